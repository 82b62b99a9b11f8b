"""YAML text as nodes: every document, with where each part of it stands."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from driftline.model.document import DocumentKind
from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.nodes import Entry, Node, Style
from driftline.sources.formats.documents import documents_of_tree, with_unique_keys
from driftline.sources.formats.identity import heading_of_tree
from driftline.sources.formats.limits import DEPTH_MAX, Unreadable
from driftline.sources.formats.scalars import number_value, plain_key, plain_value, text_value
from driftline.sources.formats.tree import Tree

_TAG = "tag:yaml.org,2002:"
# An anchor and a tag stand before what they belong to, in any order.
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*(?:[&!]\S*$)?")
_STYLES = {"": Style.PLAIN, "'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.LITERAL}


def yaml_nodes(text: str) -> list[Node]:
    """The root node of every document of the text, an empty one as null.

    Raises Inexact for what cannot be placed: text that does not parse, and keys
    that are no scalars.
    """
    parser: Any = CParser(text)
    try:
        return list(_Nodes(text, parser.get_event).documents())
    except (yaml.YAMLError, Inexact) as why:
        if "{{" in text:
            raise Inexact("its file is a template that only its own tool can render") from None
        problem = "its file is not valid YAML as a whole"
        raise Inexact(str(why) if isinstance(why, Inexact) else problem) from None
    finally:
        parser.dispose()


def document_node(
    roots: list[Node], key: str, expected: DocumentKind
) -> tuple[Node, tuple[str, ...]]:
    """The document of a file that a key names: its root, and the tokens that lead to it there.

    There are tokens where a document is one of the items of a list object.
    """
    places: list[tuple[Node, tuple[str, ...]]] = []
    named = []
    for root in roots:
        tree = tree_of(root)
        is_envelope = _is_envelope(tree)
        try:
            found = documents_of_tree(tree, expected, _Unmasked())
        except Unreadable:
            raise Inexact("another document of its file cannot be read") from None
        named += found
        places += [
            (root, ("items", str(number)) if is_envelope else ()) for number in range(len(found))
        ]
    for document, place in zip(with_unique_keys(named), places, strict=True):
        if document.key == key:
            return place
    raise Inexact("its document was not found in the file")


class _Unmasked:
    """Leaves facts as they are: only the names of documents are asked for."""

    def redact(self, facts: dict[str, str], secret_below: tuple[str, ...] = ()) -> None:
        """Do nothing."""


def _is_envelope(tree: Tree) -> bool:
    """Whether a document is nothing but a list of objects."""
    items = tree.get("items") if isinstance(tree, dict) else None
    return (
        heading_of_tree(tree).is_list
        and isinstance(items, list)
        and bool(items)
        and all(heading_of_tree(item).is_object for item in items)
    )


def tree_of(node: Node) -> Tree:
    """A node as the readers' tree; what aliases and merge keys bring is left out."""
    if node.entries is not None:
        return {one.key: tree_of(one.value) for one in node.entries if one.key is not None}
    if node.items is not None:
        return [tree_of(one) for one in node.items]
    return "null" if node.leaf is None else node.leaf


class _Nodes:
    """Folds the events of a text into nodes."""

    def __init__(self, text: str, next_event: Any) -> None:
        self.text = text
        self.next_event = next_event

    def documents(self) -> Iterator[Node]:
        """The root of each document."""
        while True:
            event = self.next_event()
            if event.__class__ is DocumentStartEvent:
                yield self.node(self.next_event(), 0)
            elif event.__class__ is StreamEndEvent:
                return

    def node(self, event: Any, depth: int) -> Node:
        """The node that begins with an event."""
        if depth > DEPTH_MAX:
            raise Inexact("it is nested too deeply")
        kind = event.__class__
        start, end = _span(event)
        if kind is AliasEvent:
            return Node(start, end, Style.ALIAS, anchor=event.anchor)
        if kind is ScalarEvent:
            return self.scalar(event, start, end)
        style = Style.FLOW if event.flow_style else Style.BLOCK
        found = _PROPERTIES.match(self.text, start, end) if event.anchor or event.tag else None
        node = Node(
            found.end() if found else start,
            end,
            style,
            anchor=event.anchor or "",
            tag=event.tag or "",
        )
        if kind is MappingStartEvent:
            node.entries = []
            last = self.mapping(node.entries, depth)
        elif kind is SequenceStartEvent:
            node.items = []
            last = self.sequence(node.items, depth)
        else:  # pragma: no cover - the parser has no other events here
            raise Inexact("its notation is unknown")
        children = [*(one.value for one in node.entries or ()), *(node.items or ())]
        node.end = last.end_mark.index if style is Style.FLOW or not children else children[-1].end
        return node

    def mapping(self, entries: list[Entry], depth: int) -> Any:
        """Add the entries of a mapping; the event that ends it."""
        while True:
            event = self.next_event()
            if event.__class__.__name__ == "MappingEndEvent":
                return event
            if event.__class__ is not ScalarEvent:
                raise Inexact("its file has a key that is no plain word")
            key_start, key_end = _span(event)
            value = self.node(self.next_event(), depth + 1)
            entries.append(Entry(_key(event), key_start, key_end, value))

    def sequence(self, items: list[Node], depth: int) -> Any:
        """Add the items of a list; the event that ends it."""
        while True:
            event = self.next_event()
            if event.__class__.__name__ == "SequenceEndEvent":
                return event
            items.append(self.node(event, depth + 1))

    def scalar(self, event: Any, start: int, end: int) -> Node:
        """The node of a scalar."""
        style = _STYLES.get(event.style or "", Style.FOLDED)
        if event.anchor or event.tag:
            found = _PROPERTIES.match(self.text, start, end)
            start = found.end() if found else start
        if style in (Style.LITERAL, Style.FOLDED) and not self._keeps_blanks(start):
            # The parser counts the blank lines after a block to it.
            end = start + len(self.text[start:end].rstrip())
        return Node(start, end, style, _leaf(event), anchor=event.anchor or "", tag=event.tag or "")

    def _keeps_blanks(self, start: int) -> bool:
        header = self.text[start : start + 3].split("\n")[0]
        return "+" in header


def _span(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


def _key(event: Any) -> str | None:
    text: str = event.value
    if event.implicit[0]:
        return None if text == "<<" else plain_key(text)
    if event.tag not in (None, _TAG + "str"):
        raise Inexact("its file has a key with a tag")
    return text


def _leaf(event: Any) -> str:
    """The JSON text of a scalar, as the readers have it."""
    text: str = event.value
    if event.implicit[0]:
        return plain_value(text)
    if event.tag is None:
        return text_value(text)
    name = event.tag.removeprefix(_TAG)
    if name in ("int", "float"):
        return number_value(text) or text_value(text)
    return plain_value(text) if name in ("bool", "null") else text_value(text)
