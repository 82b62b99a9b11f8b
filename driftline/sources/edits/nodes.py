"""Text as a tree of nodes that know where they stand in it.

A node is a mapping, a list, a scalar or an alias, with its first character and
the one after its last. Two notations share these nodes: YAML, and JSON, whose
mappings and lists are those of YAML's flow style.
"""

import enum
from collections.abc import Iterator, Sequence

import msgspec

from driftline.model.address import element_name, is_position, unescape
from driftline.sources.edits.contract import Inexact


class Style(enum.StrEnum):
    """How a node is written."""

    PLAIN = "plain"
    SINGLE = "single"
    DOUBLE = "double"
    LITERAL = "literal"
    FOLDED = "folded"
    BLOCK = "block"  # a mapping or list by indentation
    FLOW = "flow"  # a mapping or list in brackets
    ALIAS = "alias"


class Node(msgspec.Struct):
    """One node. `leaf` is a scalar's JSON text; `start` is behind its anchor, if it has one.

    The end of a block mapping or list is that of its last child; `end` of a
    block scalar is behind its last line with content.
    """

    start: int
    end: int
    style: Style
    leaf: str | None = None
    entries: "list[Entry] | None" = None
    items: "list[Node] | None" = None
    anchor: str = ""
    tag: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it is a null, or a mapping or list with nothing in it."""
        return not self.entries and not self.items and self.leaf in (None, "null")


class Entry(msgspec.Struct):
    """One key of a mapping with its value; `key` is None for a merge key."""

    key: str | None
    key_start: int
    key_end: int
    value: Node


class Step(msgspec.Struct):
    """One step down a tree: the mapping or list, and the place of the child in it."""

    parent: Node
    number: int

    @property
    def child(self) -> Node:
        """The child of that place."""
        if self.parent.entries is not None:
            return self.parent.entries[self.number].value
        return (self.parent.items or [])[self.number]


def descend(root: Node, tokens: Sequence[str]) -> tuple[list[Step], Node, Sequence[str]]:
    """As far down as the text goes: the steps, the node reached, and the tokens left over."""
    steps: list[Step] = []
    node = root
    for done, token in enumerate(tokens):
        number = place_of(node, token)
        if number is None:
            return steps, node, tokens[done:]
        steps.append(Step(node, number))
        node = steps[-1].child
    return steps, node, ()


def place_of(node: Node, token: str) -> int | None:
    """The place of a token's child in a mapping or list; of equal keys the last."""
    if node.entries is not None:
        key = unescape(token)
        found = [number for number, one in enumerate(node.entries) if one.key == key]
        return found[-1] if found else None
    if node.items is None:
        return None
    named = element_name(token)
    if named is not None:
        return next(
            (number for number, one in enumerate(node.items) if _is_named(one, *named)), None
        )
    if is_position(token) and int(token) < len(node.items):
        return int(token)
    return None


def _is_named(node: Node, field: str, name: str) -> bool:
    for one in node.entries or ():
        if one.key == field and one.value.leaf is not None:
            leaf = one.value.leaf
            text = msgspec.json.decode(leaf, type=str) if leaf[:1] == '"' else leaf
            return text == name
    return False


def last_with_siblings(steps: Sequence[Step], tokens: Sequence[str]) -> Step:
    """What to take away so that a value goes and nothing empty is left above it.

    Raises Inexact where that is the whole document, and where the positions of
    a list would move up.
    """
    for step, token in zip(reversed(steps), reversed(tokens), strict=True):
        count = len(step.parent.entries or step.parent.items or ())
        if count < 2:
            continue
        if step.parent.items and is_position(token) and step.number < count - 1:
            raise Inexact("the elements after it in the list would move up")
        return step
    raise Inexact("nothing would be left of its document")


def everything(node: Node) -> Iterator[Node]:
    """A node and all nodes below it."""
    yield node
    for entry in node.entries or ():
        yield from everything(entry.value)
    for item in node.items or ():
        yield from everything(item)
