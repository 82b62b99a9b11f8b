"""HCL text as nodes: attributes, objects and blocks, with where each stands.

A body (the file, a block) is a block mapping, an object or tuple is a flow
one. A block's type and labels are mappings without a place of their own: what
is in them can be changed, but nothing can be added beside it.
"""

from typing import Any

from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.nodes import Entry, Node, Style
from driftline.sources.formats.hcl_trees import hcl_tree, key_of, leaf_of, parsed, repeats
from driftline.sources.formats.limits import DEPTH_MAX, Unreadable

_WRAPPERS = ("expression", "collection_value", "literal_value", "template_expr")
SHARED = "no place of its own"


def hcl_node(text: str) -> Node:
    """The root of an HCL text; raises Inexact where it cannot be read."""
    try:
        hcl_tree(text)
    except Unreadable:
        raise Inexact("its file is not valid HCL as a whole") from None
    source = text.encode()
    return _Nodes(source, is_ascii=len(source) == len(text)).root(parsed(source).root_node)


class _Nodes:
    """Makes nodes of one syntax tree."""

    def __init__(self, source: bytes, *, is_ascii: bool) -> None:
        self.source = source
        self.is_ascii = is_ascii

    def at(self, offset: int) -> int:
        """The character that begins at a byte."""
        return offset if self.is_ascii else len(self.source[:offset].decode())

    def node(self, syntax: Any, style: Style) -> Node:
        """A node with the extent of a syntax node."""
        return Node(self.at(syntax.start_byte), self.at(syntax.end_byte), style)

    def root(self, syntax: Any) -> Node:
        """The node of a file."""
        for child in syntax.named_children:
            if child.type == "body":
                return self.body(child, 0)
        raise Inexact("its document is empty")

    def body(self, syntax: Any, depth: int) -> Node:
        """The node of a body: its attributes, and its blocks below their types and labels."""
        if depth > DEPTH_MAX:
            raise Inexact("it is nested too deeply")
        node = self.node(syntax, Style.BLOCK)
        node.entries = []
        for child in syntax.named_children:
            if child.type == "attribute":
                name, expression = child.named_children[0], child.named_children[1]
                value = self.value(expression, depth + 1)
                node.entries.append(self.entry(name, _text(name), value))
            elif child.type == "block":
                self.block(child, node, depth)
        return node

    def entry(self, syntax: Any, key: str, value: Node) -> Entry:
        """An entry whose key stands where a syntax node does."""
        return Entry(key, self.at(syntax.start_byte), self.at(syntax.end_byte), value)

    def block(self, syntax: Any, into: Node, depth: int) -> None:
        """Put a block below its type and labels."""
        names: list[tuple[Any, str]] = []
        inner = self.node(syntax, Style.BLOCK)
        inner.entries = []
        for child in syntax.named_children:
            if child.type == "identifier":
                names.append((child, _text(child)))
            elif child.type == "string_lit":
                names.append((child, _text(child)[1:-1]))
            elif child.type == "body":
                inner = self.body(child, depth + 1 + len(names))
        place = into
        for name, key in names[:-1]:
            place = self.below(place, name, key)
        name, key = names[-1]
        known = next((one.value for one in place.entries or () if one.key == key), None)
        if not repeats(names[0][1], is_inner=depth > 0):
            if known is None:
                put(place, self.entry(name, key, inner))
            else:
                # Two blocks of one name are one mapping, of which neither is the place.
                known.tag = SHARED
        elif known is not None and known.items is not None:
            known.items.append(inner)
        else:
            several = Node(inner.start, inner.end, Style.BLOCK, items=[inner], tag=SHARED)
            put(place, self.entry(name, key, several))

    def below(self, place: Node, name: Any, key: str) -> Node:
        """The mapping under a type or label, made where it is new."""
        found = next((one.value for one in place.entries or () if one.key == key), None)
        if found is None:
            found = self.node(name, Style.BLOCK)
            found.entries, found.tag = [], SHARED
            put(place, self.entry(name, key, found))
        return found

    def value(self, syntax: Any, depth: int) -> Node:
        """The node of an expression."""
        if depth > DEPTH_MAX:
            raise Inexact("it is nested too deeply")
        kind, children = syntax.type, syntax.named_children
        if kind in _WRAPPERS and len(children) == 1:
            return self.value(children[0], depth + 1)
        if kind == "tuple":
            node = self.node(syntax, Style.FLOW)
            node.items = [
                self.value(one, depth + 1) for one in children if one.type == "expression"
            ]
            return node
        if kind == "object":
            node = self.node(syntax, Style.FLOW)
            node.entries = []
            for child in children:
                if child.type == "object_elem":
                    key, value = (one for one in child.named_children if one.type == "expression")
                    inner = self.value(value, depth + 1)
                    node.entries.append(self.entry(key, key_of(key), inner))
            return node
        node = self.node(syntax, Style.LITERAL if kind == "heredoc_template" else Style.PLAIN)
        node.leaf = leaf_of(syntax)
        return node


def put(place: Node, entry: Entry) -> None:
    """Add an entry to a mapping."""
    if place.entries is None:
        raise Inexact("its file has a block and a value of one name")
    place.entries.append(entry)


def _text(node: Any) -> str:
    return str(node.text.decode())
