"""Unchanged stretches of a YAML document, recognised by their text alone.

A document is cut at the lines that begin its top-level keys, and long
stretches again at the keys of the next level. A stretch that was seen before
is not parsed: its facts are the same map as before. The cut is by text, so it
can be wrong; what makes it safe is that every piece must parse by itself into
exactly one key. A quote, bracket or block left open or a second key is an
error in the piece, and then the larger stretch is parsed as a whole.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from driftline.sources.formats.limits import LEAVES_MAX, Unreadable, too_many
from driftline.sources.formats.part_cache import PartCache
from driftline.sources.formats.scalars import plain_key
from driftline.sources.formats.tree import Tree, flatten, key_token
from driftline.sources.formats.yaml_trees import Anchors, yaml_trees

Part = Mapping[str, str]


class Stretch(NamedTuple):
    """A stretch of text as read: its one key, and its facts in one or more maps.

    `made` are the anchors that it defines and `used` those that it needs from
    before it: it reads the same only while they are the very same trees.
    """

    key: str
    parts: tuple[Part, ...]
    leaves: int
    made: Mapping[str, Tree]
    used: Mapping[str, Tree]


# Shorter stretches are parsed whole: cutting them costs as much as it saves,
# and every piece is one more map to hold.
_CUT_CHARACTERS_MIN = 400
_CUT_DEPTH_MAX = 12
_INDENT_MAX = 64
_PIECES_MAX = 5_000
_MAP_BYTES = 600
_FACT_BYTES = 250

# One line at a time: early releases of Python 3.11 go wrong in a possessive group.
_BLANK = re.compile(r"[ ]*+(?:#[^\n]*+)?\n")
_HEADER = re.compile(r"([ ]*)([A-Za-z_][\w./-]*):[ ]*(?:[ ]#[^\n]*)?\n")
_FIRST_CHILD = re.compile(r"([ ]*)(?=[^\s#])")
# What may begin a key so that the line can begin a piece. Anything else on the
# same level (a merge key, an anchor, a tag, `?`) leaves the stretch uncut.
_PIECE_STARTS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./\"'$(")
_levels: dict[int, re.Pattern[str]] = {}


def _level(indent: int) -> re.Pattern[str]:
    """Finds the lines that are indented by at most so many spaces.

    List items and closing brackets on the level of the keys belong to the
    piece before them, so they are not found.
    """
    level = _levels.get(indent)
    if level is None:
        level = _levels[indent] = re.compile(rf"\n {{0,{indent}}}(?=[^\s#\-}}\]])")
    return level


def _past_blank(text: str, start: int) -> int:
    """Where the blank lines and comments end that stand at a place."""
    while blank := _BLANK.match(text, start):
        start = blank.end()
    return start


class _NotOneKey(Unreadable):
    """The piece is not one key by itself, so the cut was wrong; it never becomes a gap."""


class ChunkReader:
    """Reads YAML mappings piece by piece and remembers the pieces.

    `redact` masks the secrets of a fresh map of facts in place.
    """

    def __init__(
        self, redact: Callable[[dict[str, str]], None], cache: PartCache[Stretch] | None = None
    ) -> None:
        self._redact = redact
        self._cache: PartCache[Stretch] = PartCache() if cache is None else cache

    def read(self, text: str) -> dict[str, tuple[Part, ...]] | None:
        """The facts below each top-level key of one document without markers.

        None when the text cannot be cut safely. Raises Unreadable only for a
        document that stands for too many facts.
        """
        pieces = self._cuts(text, 0, 0)
        if pieces is None:
            return None
        sections: dict[str, tuple[Part, ...]] = {}
        known: dict[str, Tree] = {}
        leaves = 0
        for piece in pieces:
            try:
                stretch = self._stretch(piece, "", 0, known)
            except Unreadable:
                return None
            if stretch.key in sections:
                return None
            sections[stretch.key] = stretch.parts
            if stretch.made:
                known.update(stretch.made)
            leaves += stretch.leaves
            if leaves > LEAVES_MAX:
                raise too_many()
        return sections

    def _cuts(self, text: str, start: int, indent: int) -> list[str] | None:
        """The pieces of the text at one level, or None if they are not surely pieces."""
        at = [start]  # comments before the first piece belong to it
        if start == 0 and text[:1] in _PIECE_STARTS:
            at.append(0)
        width = indent + 1
        # The search begins at the line end before the text, if there is one.
        for match in _level(indent).finditer(text, max(start - 1, 0)):
            line, key = match.span()
            if key - line != width or text[key] not in _PIECE_STARTS:
                return None
            at.append(line + 1)
        at.append(len(text))
        if not 3 <= len(at) <= _PIECES_MAX:
            return None
        del at[1]
        return [text[at[i] : at[i + 1]] for i in range(len(at) - 1)]

    def _stretch(self, text: str, prefix: str, depth: int, known: dict[str, Tree]) -> Stretch:
        """A stretch that holds one key; raises Unreadable when it does not."""
        kept = self._cache.get((prefix, text))
        if kept is not None and all(known.get(name) is tree for name, tree in kept.used.items()):
            return kept
        read = None
        if len(text) >= _CUT_CHARACTERS_MIN and depth < _CUT_DEPTH_MAX:
            read = self._from_pieces(text, prefix, depth, known)
        if read is None:
            read = self._parsed(text, prefix, known)
        # The pieces' maps are paid for by the pieces.
        own_facts = read.leaves if len(read.parts) == 1 else 0
        self._cache.keep((prefix, text), read, _MAP_BYTES + len(text) + own_facts * _FACT_BYTES)
        return read

    def _from_pieces(
        self, text: str, prefix: str, depth: int, known: dict[str, Tree]
    ) -> Stretch | None:
        header = _HEADER.match(text, _past_blank(text, 0))
        if header is None:
            return None
        first = _FIRST_CHILD.match(text, _past_blank(text, header.end()))
        if first is None or not len(header[1]) < len(first[1]) <= _INDENT_MAX:
            return None
        pieces = self._cuts(text, header.end(), len(first[1]))
        if pieces is None or len(pieces) < 2:
            return None
        key = plain_key(header[2])
        below = prefix + key_token(key)
        try:
            children = self._children(pieces, below, depth + 1, known)
        except Unreadable:
            return None
        if len({child.key for child in children}) < len(children):
            return None
        made: dict[str, Tree] = {}
        used: dict[str, Tree] = {}
        for child in children:
            used.update((name, tree) for name, tree in child.used.items() if name not in made)
            made.update(child.made)
        parts = tuple(part for child in children for part in child.parts)
        return Stretch(key, parts, sum(child.leaves for child in children), made, used)

    def _children(
        self, pieces: list[str], prefix: str, depth: int, known: dict[str, Tree]
    ) -> list[Stretch]:
        """The stretches of successive pieces, each with the anchors of those before it."""
        children: list[Stretch] = []
        known = dict(known)
        leaves = 0
        for piece in pieces:
            child = self._stretch(piece, prefix, depth, known)
            children.append(child)
            known.update(child.made)
            leaves += child.leaves
            if leaves > LEAVES_MAX:
                raise too_many()
        return children

    def _parsed(self, text: str, prefix: str, known: dict[str, Tree]) -> Stretch:
        anchors = Anchors(known)
        trees = list(yaml_trees(text, anchors))
        tree = trees[0] if len(trees) == 1 else None
        if not isinstance(tree, dict) or len(tree) != 1:
            raise _NotOneKey
        ((key, child),) = tree.items()
        facts = flatten(child, prefix + key_token(key), key)
        self._redact(facts)
        return Stretch(key, (facts,), len(facts), anchors.made, anchors.used)
