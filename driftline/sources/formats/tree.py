"""What every parser makes of a document, and how it becomes flat facts.

A tree is a mapping, a list, or a leaf that is JSON text already. Mappings and
lists may be shared between places (YAML aliases), so a small tree can stand
for many facts: flattening counts them against the limits.
"""

from typing import TypeAlias

from driftline.model.address import element, escape
from driftline.sources.formats.limits import (
    ADDRESS_CHARACTERS_MAX,
    DEPTH_MAX,
    LEAVES_MAX,
    Unreadable,
    too_deep,
    too_many,
)
from driftline.sources.formats.list_keys import key_field

Tree: TypeAlias = str | list["Tree"] | dict[str, "Tree"]

_TOKENS_MAX = 50_000
_tokens: dict[str, str] = {}


def key_token(key: str) -> str:
    """A slash and the escaped key: what the key adds to an address."""
    token = _tokens.get(key)
    if token is None:
        if len(_tokens) >= _TOKENS_MAX:
            _tokens.clear()
        token = _tokens[key] = "/" + escape(key)
    return token


def flatten(tree: Tree, prefix: str = "", parent: str = "") -> dict[str, str]:
    """Address to JSON text for every leaf below a prefix.

    `parent` is the key under which the tree stands, because the natural key of
    a list depends on it. Raises Unreadable when the tree stands for too much.

    >>> flatten({"env": [{"name": '"A"', "value": '"1"'}], "args": []})
    {'/env/[name=A]/name': '"A"', '/env/[name=A]/value': '"1"', '/args': '[]'}
    """
    facts: dict[str, str] = {}
    if tree.__class__ is str:
        facts[prefix] = tree
        return facts
    _Flattening(facts).visit(tree, prefix, parent, prefix.count("/"))
    return facts


class _Flattening:
    """One run over one tree, with what it has cost so far."""

    __slots__ = ("address_characters", "facts")

    def __init__(self, facts: dict[str, str]) -> None:
        self.facts = facts
        self.address_characters = 0

    def visit(self, tree: Tree, address: str, parent: str, depth: int) -> None:
        """Add the facts of a mapping or list."""
        facts = self.facts
        self.address_characters += (len(address) + 8) * len(tree)
        if depth > DEPTH_MAX:
            raise too_deep()
        if len(facts) + len(tree) > LEAVES_MAX:
            raise too_many()
        if self.address_characters > ADDRESS_CHARACTERS_MAX:
            raise Unreadable("its keys are too long for the depth at which they are nested")
        if isinstance(tree, dict):
            if not tree:
                facts[address] = "{}"
            tokens = _tokens
            for key, child in tree.items():
                place = address + (tokens.get(key) or key_token(key))
                if child.__class__ is str:
                    facts[place] = child
                else:
                    self.visit(child, place, key, depth + 1)
        elif isinstance(tree, list):
            if not tree:
                facts[address] = "[]"
            field = key_field(parent, tree)
            for position, child in enumerate(tree):
                if field is None:
                    place = f"{address}/{position}"
                else:
                    place = f"{address}/{element(field[0], field[1][position])}"
                if child.__class__ is str:
                    facts[place] = child
                else:
                    self.visit(child, place, "", depth + 1)
