"""Which resource continued as which other one, where a file was renamed or a layout migrated.

The store keeps files as they are, so a renamed file is one resource that ended
and another that began. Analysis joins the two series where the facts leave no
doubt: nearly the same values at the same addresses, and no second candidate
that fits as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

# How many of the facts of both together must be equal.
SIMILARITY_MIN = 0.6

# Two resources that share nearly everything need no common name.
SIMILARITY_ALONE_MIN = 0.8

# Below this many facts, likeness is no evidence without a common file name.
FACTS_MIN = 3

# A file is at times added under its new name first and removed a little later.
LOOKS_BETWEEN_MAX = 50

# A name or value that so many candidates near in time share tells none of them
# apart; one that so many share in all is not even looked into.
NEAR_HOLDERS_MAX = 40
HOLDERS_MAX = 400


FACTS_LOOKED_UP = 12


class Ended(msgspec.Struct, frozen=True, gc=False):
    """A resource that ended at a position, with the facts that it had until then."""

    resource: int
    file: str
    key: str
    kind: str
    position: int
    facts: Mapping[str, str]


class Begun(msgspec.Struct, frozen=True, gc=False):
    """A resource that began at a position, with the facts that it began with.

    It may begin a while before the other one ends: a migration often keeps both
    layouts alive.
    """

    resource: int
    file: str
    key: str
    kind: str
    position: int
    facts: Mapping[str, str]


class Successor(msgspec.Struct, frozen=True, gc=False):
    """One resource that continues another from a position on, and why we believe it."""

    old: int
    new: int
    position: int
    similarity: float
    evidence: str


class _Pair(NamedTuple):
    similarity: float
    same_name: bool
    near: int
    old: Ended
    new: Begun


def successors(
    ended: Sequence[Ended],
    begun: Sequence[Begun],
    *,
    looks_between_max: int = LOOKS_BETWEEN_MAX,
) -> tuple[Successor, ...]:
    """Every pair of a resource that ended and the one that continued it, by position.

    Each resource has at most one successor and one predecessor. Where two
    candidates fit equally well, neither is chosen. A secret counts as any other
    value: it is compared by its digest.
    """
    near = _Near(begun, looks_between_max)
    pairs: list[_Pair] = []
    for old in ended:
        pairs.extend(_fitting(old, near.candidates(old)))
    pairs.sort(key=_rank, reverse=True)
    rivals = _rivals(pairs)
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for pair in pairs:
        old, new = pair.old, pair.new
        if (old.resource, old.position) in rivals or new.resource in rivals:
            continue
        if old.resource in taken_old or new.resource in taken_new:
            continue
        taken_old.add(old.resource)
        taken_new.add(new.resource)
        found.append(
            Successor(old.resource, new.resource, old.position, pair.similarity, _words(pair))
        )
    return tuple(sorted(found, key=lambda one: (one.position, one.old)))


def similarity(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """The share of equal facts among all facts of both; 1 for two equal mappings.

    >>> similarity({"/a": "1", "/b": "2"}, {"/a": "1", "/b": "3"})
    0.3333333333333333
    """
    if not one and not other:
        return 1.0
    equal = len(one.items() & other.items())
    return equal / (len(one) + len(other) - equal)


class _Near:
    """Resources that began, findable by what one that ended could share with them."""

    def __init__(self, begun: Sequence[Begun], looks_between_max: int) -> None:
        self._looks_between_max = looks_between_max
        self._by_mark: dict[tuple[str, ...], list[Begun]] = defaultdict(list)
        for new in begun:
            for mark in _marks(new):
                self._by_mark[mark].append(new)

    def candidates(self, old: Ended) -> list[Begun]:
        """Those near in time that share the name or some telling facts."""
        found: dict[int, Begun] = {}
        for mark in _marks(old):
            holders = self._by_mark.get(mark, [])
            if len(holders) > HOLDERS_MAX:
                continue
            near = [new for new in holders if self._is_near(old, new)]
            # What many hold, such as an apiVersion, tells nobody apart.
            if len(near) <= NEAR_HOLDERS_MAX:
                found.update((new.resource, new) for new in near)
        return list(found.values())

    def _is_near(self, old: Ended, new: Begun) -> bool:
        return (
            new.resource != old.resource
            and abs(new.position - old.position) <= self._looks_between_max
        )


def _marks(one: Ended | Begun) -> Iterator[tuple[str, ...]]:
    """By what a copy is found: its name, alone and with each folder, and a few facts.

    Of the facts, those with long values come first, as they are rarely shared.
    """
    *folders, base = one.file.split("/")
    yield "name", base, one.key
    for folder in set(folders):
        yield "folder", folder, base, one.key
    by_length = sorted(one.facts.items(), key=lambda fact: (-len(fact[1]), fact))
    for address, value in by_length[:FACTS_LOOKED_UP]:
        yield "fact", address, value


def _fitting(old: Ended, candidates: Iterable[Begun]) -> Iterable[_Pair]:
    for new in candidates:
        if not _comparable(old, new):
            continue
        likeness = similarity(old.facts, new.facts)
        same_name = _base(old.file) == _base(new.file)
        named_alike = same_name or (bool(old.key) and old.key == new.key)
        enough = SIMILARITY_MIN if named_alike else SIMILARITY_ALONE_MIN
        few = min(len(old.facts), len(new.facts)) < FACTS_MIN
        if likeness >= enough and (named_alike or not few):
            yield _Pair(likeness, same_name, -abs(new.position - old.position), old, new)


def _comparable(old: Ended, new: Begun) -> bool:
    return old.kind == new.kind and (old.key == new.key or not old.key.startswith("#"))


def _rank(pair: _Pair) -> tuple[float, bool, int, int]:
    return pair.similarity, pair.same_name, _shared_folders(pair), pair.near


def _shared_folders(pair: _Pair) -> int:
    """How many folders the two paths have in common, from both ends.

    The files of several environments often look alike; the one whose folders
    kept their names, `staging` among them, is the one that moved.
    """
    return len(set(pair.old.file.split("/")[:-1]) & set(pair.new.file.split("/")[:-1]))


def _rivals(pairs: Sequence[_Pair]) -> set[object]:
    """Those whose best two candidates fit equally well, so that neither can be chosen."""
    rivals: set[object] = set()
    by_old: dict[object, list[_Pair]] = defaultdict(list)
    by_new: dict[object, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        by_old[(pair.old.resource, pair.old.position)].append(pair)
        by_new[pair.new.resource].append(pair)
    for groups in (by_old, by_new):
        for name, several in groups.items():
            # Pairs come best first.
            best = _rank(several[0])
            others = {(one.old.resource, one.new.resource) for one in several if _rank(one) == best}
            if len(others) > 1:
                rivals.add(name)
    return rivals


def _words(pair: _Pair) -> str:
    share = f"{pair.similarity:.0%} of the facts are equal"
    name = f"both files are called {_base(pair.old.file)}" if pair.same_name else ""
    between = pair.old.position - pair.new.position
    time = "in the same look" if not between else f"{abs(between)} looks apart"
    return ", ".join(filter(None, (share, name, time)))


def _base(file: str) -> str:
    return file.rpartition("/")[2]
