"""JSON text as a tree; numbers keep the spelling of the file.

Comments and commas before a closing bracket are forgiven, because the tools
that read such files forgive them. Of two equal keys the last one wins.
"""

import re
from typing import Any

import msgspec

from driftline.sources.formats.limits import (
    DEPTH_MAX,
    LEAVES_MAX,
    Malformed,
    Unreadable,
    too_deep,
    too_many,
)
from driftline.sources.formats.scalars import text_value
from driftline.sources.formats.tree import Tree

_FORGIVEN = re.compile(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[\]}])', re.DOTALL)
# The line of an error as msgspec gives it: a position in bytes.
_POSITION = re.compile(r"\(byte (\d+)\)")


class Spelled(str):
    """A number as the file spells it, apart from a string of the same characters."""

    __slots__ = ()


_decoder = msgspec.json.Decoder(float_hook=Spelled)


def json_tree(text: str) -> Tree:
    """The tree of a JSON text; raises Unreadable.

    >>> json_tree('{"replicas": 3, "version": 1.10, "on": true}')
    {'replicas': '3', 'version': '1.10', 'on': 'true'}
    """
    try:
        return tree_of_value(json_value(text))
    except RecursionError:
        raise too_deep() from None


def tree_of_value(value: Any) -> Tree:
    """The tree of a value as a parser made it: mappings, lists and scalars.

    A float must come as `Spelled`; anything else that is no JSON scalar (a
    date) is taken as the text it prints as.
    """
    return _Conversion().tree(value, 0)


class _Conversion:
    __slots__ = ("leaves",)

    def __init__(self) -> None:
        self.leaves = 0

    def tree(self, value: Any, depth: int) -> Tree:
        kind = value.__class__
        if kind is str:
            return text_value(value)
        if kind is dict or kind is list:
            if depth >= DEPTH_MAX:
                raise too_deep()
            # Mappings and lists inside are counted twice over, which is near enough.
            self.leaves += len(value) or 1
            if self.leaves > 2 * LEAVES_MAX:
                raise too_many()
            below = depth + 1
            if kind is list:
                return [self.tree(child, below) for child in value]
            return {key: self.tree(child, below) for key, child in value.items()}
        if value is None:
            return "null"
        if kind is bool:
            return "true" if value else "false"
        if kind is int:
            return _integer(value)
        if kind is Spelled:
            return str(value)
        return text_value(str(value))


def _integer(value: int) -> str:
    try:
        return str(value)
    except ValueError:
        raise Unreadable("holds a number of thousands of digits") from None


def json_value(text: str) -> Any:
    """The value of a JSON text, numbers with a fraction as `Spelled`; raises Unreadable."""
    try:
        return _decoder.decode(text)
    except msgspec.DecodeError as error:
        try:
            return _decoder.decode(_FORGIVEN.sub(lambda match: match[1] or " ", text))
        except msgspec.DecodeError:
            pass
        position = _POSITION.search(str(error))
        problem = "it is empty" if not text.strip() else "not valid JSON"
        if position is None:
            raise Malformed(problem) from None
        line = text.encode()[: int(position[1])].count(b"\n") + 1
        raise Malformed(problem, line) from None
