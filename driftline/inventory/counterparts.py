"""Which document of one side stands for which of the other, where nobody described either.

Two folders, two states or two bills of materials are laid side by side as they
come. What stands in the same file under the same name is the same thing;
Kubernetes objects are the same wherever their file lies. What is then left is
matched by ever weaker signs, but only where a sign is unique on both sides, so
that nothing is ever matched by chance.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property

import msgspec

from driftline.inventory.compare import View
from driftline.inventory.layers.layer import Layer, MergeMode, Point
from driftline.inventory.layers.material import text_of
from driftline.inventory.roles import without_words
from driftline.inventory.units import Unit
from driftline.model.document import DocumentKind

_NUMBER = re.compile(r"#\d+$")
# The hash that kustomize puts after the name of what it generates.
_HASH = re.compile(r"-[2456789bcdfghkmt]{10}$")
_HASHED_KINDS = frozenset({"ConfigMap", "Secret"})
_ALIKE_SHARE = 0.5


class Thing(msgspec.Struct, frozen=True, dict=True):
    """One document of one side: the file it stands in, its key there, and its facts."""

    file: str
    key: str
    kind: DocumentKind
    view: View

    @property
    def is_object(self) -> bool:
        """Whether it is a Kubernetes object, which has a name whatever file it stands in."""
        return self.kind is DocumentKind.OBJECT

    @property
    def is_named(self) -> bool:
        """Whether it has a name and is no object: a resource of a state, a component."""
        return not self.is_object and bool(self.base_key)

    @property
    def is_file(self) -> bool:
        """Whether nothing but its file names it."""
        return not self.is_object and not self.base_key

    @property
    def called(self) -> str:
        """What it is called among the things of its side: its key, or else its file."""
        return self.file if self.is_file else self.base_key

    @property
    def base_key(self) -> str:
        """The key without the number that tells it from others of the same file."""
        return _NUMBER.sub("", self.key)

    def text(self, address: str) -> str:
        """The text at an address; empty where there is none."""
        point = self.view.facts.get(address)
        return text_of(point.value) if point is not None else ""

    @cached_property
    def identity(self) -> tuple[str, str, str, str]:
        """Group, kind, namespace and name of an object; the version of its API is no part."""
        group, slash, _ = self.text("/apiVersion").partition("/")
        name = self.text("/metadata/name") or self.text("/metadata/generateName")
        return (
            group if slash else "",
            self.text("/kind"),
            self.text("/metadata/namespace"),
            name,
        )


class Match(msgspec.Struct, frozen=True):
    """A thing with its counterpart, or None where it has none; `is_sure` where names agree."""

    left: Thing | None
    right: Thing | None
    is_sure: bool = True

    @property
    def things(self) -> tuple[Thing, ...]:
        """The one thing or the two things, the left one first."""
        return tuple(one for one in (self.left, self.right) if one is not None)


def thing(file: str, key: str, kind: DocumentKind, facts: Mapping[str, str]) -> Thing:
    """A document as it was read, as something that can be compared."""
    layer = Layer("file", file, MergeMode.WHOLE, False, ())
    unit = Unit("", key or file, (layer,), (), 0, None)
    points = {address: Point(0, value, 0, 0, -1) for address, value in facts.items()}
    return Thing(file, key, kind, View(unit, {}, points))


def matched(
    left: Sequence[Thing],
    right: Sequence[Thing],
    *,
    files: Mapping[str, str],
    words: frozenset[str],
    is_one_file_each: bool = False,
) -> list[Match]:
    """Every thing of both sides, once, with its counterpart.

    `files` says of files on the right which file on the left they are, where
    that is another path. `words` are the lower-case words by which the names
    of both sides may differ, such as staging and production. With one file on
    each side, things that are the only ones of their kind belong together.
    """
    homes = {id(one): files.get(one.file, one.file) for one in right}

    def in_file(one: Thing) -> Hashable:
        named = one.identity if one.is_object else (one.kind, one.base_key)
        return homes.get(id(one), one.file), named

    board = _Board(left, right)
    board.pair_all(in_file)
    board.pair_all(lambda one: one.identity if one.is_object else None)
    board.pair_unique(lambda one: _in_any_namespace(one) if one.is_object else None)
    board.pair_unique(lambda one: _bare_identity(one, words) if one.is_object else None)
    board.pair_unique(lambda one: (one.kind, one.key) if one.is_named else None)
    board.pair_unique(
        lambda one: (one.kind, one.key, _bare_stem(one.file, words)) if one.is_file else None,
        only=_alike,
    )
    if is_one_file_each:
        board.pair_unique(lambda one: one.identity[:2] if one.is_object else None)
        board.pair_unique(lambda one: (one.kind, one.key) if one.is_file else None)
    return board.matches()


Sign = Callable[[Thing], Hashable]


class _Board:
    """What is still without a counterpart on each side, and the matches made so far."""

    def __init__(self, left: Sequence[Thing], right: Sequence[Thing]) -> None:
        self._left = list(left)
        self._right = list(right)
        self._matches: list[Match] = []

    def pair_all(self, sign: Sign) -> None:
        """Pair things of one sign: those that are equal first, and the others in their order."""
        ours, theirs = self._groups(sign)
        for group in ours.keys() & theirs.keys():
            for one, other in _paired(ours[group], theirs[group]):
                self._matches.append(Match(one, other))
        self._forget()

    def pair_unique(
        self, sign: Sign, *, only: Callable[[Thing, Thing], bool] = lambda _one, _other: True
    ) -> None:
        """Pair things whose sign nothing else bears on their side."""
        ours, theirs = self._groups(sign)
        for group in ours.keys() & theirs.keys():
            (one, *more), (other, *others) = ours[group], theirs[group]
            if not more and not others and only(one, other):
                self._matches.append(Match(one, other, is_sure=False))
        self._forget()

    def matches(self) -> list[Match]:
        """Every match, and what has none."""
        alone = [Match(one, None) for one in self._left]
        return [*self._matches, *alone, *(Match(None, one) for one in self._right)]

    def _groups(
        self, sign: Sign
    ) -> tuple[dict[Hashable, list[Thing]], dict[Hashable, list[Thing]]]:
        found: list[dict[Hashable, list[Thing]]] = []
        for things in (self._left, self._right):
            groups: dict[Hashable, list[Thing]] = defaultdict(list)
            for one in things:
                named = sign(one)
                if named is not None:
                    groups[named].append(one)
            found.append(groups)
        return found[0], found[1]

    def _forget(self) -> None:
        taken = {id(one) for match in self._matches for one in (match.left, match.right)}
        self._left = [one for one in self._left if id(one) not in taken]
        self._right = [one for one in self._right if id(one) not in taken]


def _paired(ours: list[Thing], theirs: list[Thing]) -> list[tuple[Thing, Thing]]:
    if len(ours) == len(theirs) == 1:
        return [(ours[0], theirs[0])]
    pairs = []
    left, right = list(ours), list(theirs)
    for one in ours:
        equal = next((other for other in right if _is_equal(one, other)), None)
        if equal is not None:
            pairs.append((one, equal))
            left.remove(one)
            right.remove(equal)
    return pairs + list(zip(left, right, strict=False))


def _is_equal(one: Thing, other: Thing) -> bool:
    facts, others = one.view.facts, other.view.facts
    return len(facts) == len(others) and all(
        address in others and others[address].value == point.value
        for address, point in facts.items()
    )


def _alike(one: Thing, other: Thing) -> bool:
    """Whether at least half of the places of the smaller one are in the other, too."""
    shared = len(one.view.facts.keys() & other.view.facts.keys())
    return shared >= _ALIKE_SHARE * min(len(one.view.facts), len(other.view.facts)) > 0


def _in_any_namespace(one: Thing) -> Hashable:
    group, kind, _, name = one.identity
    return group, kind, name


def _bare_identity(one: Thing, words: frozenset[str]) -> Hashable:
    group, kind, _, name = one.identity
    if kind in _HASHED_KINDS:
        name = _HASH.sub("", name)
    return group, kind, without_words(name, words)


def _bare_stem(file: str, words: frozenset[str]) -> str:
    """The name of a file without its format, and without what names an environment."""
    name = file.rpartition("/")[2].lower()
    stem = name.rpartition(".")[0] or name
    return without_words(stem, words)
