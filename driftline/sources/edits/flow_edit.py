"""Changes inside brackets: JSON, and the flow style of YAML."""

from collections.abc import Sequence

import msgspec

from driftline.model.address import element_name, is_position, unescape
from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.nodes import Node
from driftline.sources.edits.spelling import json_value, yaml_key, yaml_scalar


class Notation(msgspec.Struct, frozen=True):
    """How keys and values are written inside brackets."""

    is_json: bool

    def key(self, key: str) -> str:
        """A key with its colon."""
        return json_value(_text(key)) + ": " if self.is_json else yaml_key(key, in_flow=True) + ": "

    def value(self, value: str) -> str:
        """A value."""
        return json_value(value) if self.is_json else yaml_scalar(value, in_flow=True)

    def nested(self, tokens: Sequence[str], value: str) -> str:
        """A value below some tokens, all of them new, on one line."""
        if not tokens:
            return self.value(value)
        token, rest = tokens[0], tokens[1:]
        named = element_name(token)
        if named is not None:
            return f"[{self.element(named, rest, value)}]"
        if token == "0":  # noqa: S105 - a position
            return f"[{self.nested(rest, value)}]"
        return "{" + self.key(unescape(token)) + self.nested(rest, value) + "}"

    def element(self, named: tuple[str, str], rest: Sequence[str], value: str) -> str:
        """A new element of a list with names."""
        field, name = named
        if tuple(rest) == (field,):
            return "{" + self.key(field) + self.value(value) + "}"
        inner = self.nested(rest, value)
        if not inner.startswith("{"):
            raise Inexact("the element of the list is no mapping")
        return "{" + self.key(field) + self.value(_text(name)) + ", " + inner[1:]


def with_child(text: str, node: Node, tokens: Sequence[str], value: str, notation: Notation) -> str:
    """The text with one more child in a flow mapping or list; `tokens` begin with its token."""
    token, rest = tokens[0], tokens[1:]
    named = element_name(token)
    children = list(node.items or ())
    if node.entries is not None:
        if named is not None:
            raise Inexact("a mapping stands where the other side has a list")
        added = notation.key(unescape(token)) + notation.nested(rest, value)
        children = [entry.value for entry in node.entries]
        first = node.entries[0].key_start if children else 0
    else:
        if named is not None:
            added = notation.element(named, rest, value)
        elif is_position(token) and int(token) == len(children):
            added = notation.nested(rest, value)
        else:
            raise Inexact("the list is shorter than that position")
        first = children[0].start if children else 0
    if not children:
        return text[: node.start + 1] + added + text[node.end - 1 :]
    last = children[-1].end
    behind = text[last : node.end - 1]
    if behind.strip():
        raise Inexact("a comment or a comma stands before the closing bracket")
    between = text[node.start + 1 : first]
    glue = "," + between if "\n" in between and not between.strip() else ", "
    return text[:last] + glue + added + text[last:]


def without_child(text: str, node: Node, number: int) -> str:
    """The text without one child of a flow mapping or list that has several."""
    if node.entries is not None:
        spans = [(one.key_start, one.value.end) for one in node.entries]
    else:
        spans = [(one.start, one.end) for one in node.items or ()]
    start, end = spans[number]
    if number:
        before = spans[number - 1][1]
        if text[before:start].strip() != ",":
            raise Inexact("a comment stands between the entries")
        return text[:before] + text[end:]
    after = spans[1][0]
    if text[end:after].strip() != ",":
        raise Inexact("a comment stands between the entries")
    return text[:start] + text[after:]


def _text(text: str) -> str:
    return msgspec.json.encode(text).decode()
