"""What did a change forget: which facts usually move together with what it moves, and did not?

Learnt from the looks of the past, path by path: the same path in a sibling, and
another fact of the same environment, in its file or in another. Only what
stands in an environment's own files counts, since a shared layer moves everybody
by itself. Pooling paths, roles or files was tried and is left out: it spoke more
often and was mostly wrong.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import msgspec

from driftline.inventory.compare import View
from driftline.inventory.layers.merging import Point
from driftline.inventory.typed import equal, shown
from driftline.model import address as addresses
from driftline.model.answers.check import Forgotten
from driftline.statistics.intervals import wilson
from driftline.statistics.surprise import binomial_at_least

# Fewer past looks than this teach nothing, and older ones than these no more.
LOOKS_MIN = 5
LOOKS_MAX = 50
# The share that is surely reached, at 95 %: six of six are enough, five of five are not.
SHARE_MIN = 0.6
# Two facts of one environment have less reason to go together than siblings: of
# recorded habits that were six of six, half had come to an end. Eight of eight.
PARTNER_SHARE_MIN = 2 / 3
# The convention must still hold: none of the last looks may have broken it.
UNBROKEN_LOOKS = 5
# How likely at most it may be that two paths met by being moved often.
CHANCE_MAX = 0.01

Views = Mapping[str, Mapping[str, View]]
Place = tuple[str, str]  # a role and a path in it


class Moved(msgspec.Struct, frozen=True):
    """A fact that the change moves in an environment's own file; None is absent."""

    environment: str
    role: str
    path: str
    before: str | None
    after: str | None


class _Habit(msgspec.Struct, frozen=True):
    """How often two facts moved in one look."""

    together: int
    times: int

    @property
    def share(self) -> float:
        """The share that was seen."""
        return self.together / self.times


def forgotten(
    before: Views,
    after: Views,
    moved: Collection[Moved],
    *,
    is_crowded: Callable[[int], bool],
) -> tuple[Forgotten, ...]:
    """What usually moves with these facts and stayed, each thing once, by role and path.

    `before` and `after` are the views of every environment by role, without
    and with the change; `is_crowded` tells looks that move so much that they
    say nothing of what belongs together.
    """
    found: dict[tuple[str, str, str], Forgotten] = {}
    touched = {(one.environment, one.role, one.path) for one in moved}
    past = _Past(before, is_crowded)
    for one in moved:
        looks = past.looks(one.environment, one.role, one.path)[-LOOKS_MAX:]
        if len(looks) < LOOKS_MIN:
            continue
        for missing in (*_siblings(one, looks, past, after), *_partners(one, looks, past, after)):
            key = (missing.missing_environment, missing.missing_role, missing.missing_path)
            known = found.get(key)
            if key not in touched and (known is None or _share(missing) > _share(known)):
                found[key] = missing
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (
                one.role,
                one.path,
                one.environment,
                one.missing_environment,
                one.missing_role,
                one.missing_path,
            ),
        )
    )


class _Past:
    """The looks in which environments moved facts by their own files."""

    def __init__(self, views: Views, is_crowded: Callable[[int], bool]) -> None:
        self.views = views
        self._is_crowded = is_crowded
        self._named: dict[tuple[str, str], dict[str, list[int]]] = {}
        self._moved_in: dict[str, dict[int, set[Place]]] = {}

    def looks(self, environment: str, role: str, path: str) -> list[int]:
        """The looks that moved a fact, in order; the one that began the role moved nothing."""
        view = self.views.get(environment, {}).get(role)
        return [] if view is None else self._own(view, view.series.get(path, ()))

    def named(self, environment: str, role: str) -> Mapping[str, list[int]]:
        """Every path of a role that moved and is no position, with the looks that moved it."""
        key = environment, role
        if key not in self._named:
            view = self.views[environment][role]
            self._named[key] = {
                path: looks
                for path, points in view.series.items()
                if len(points) > 1
                and not _is_by_position(path)
                and (looks := self._own(view, points))
            }
        return self._named[key]

    def moved_in(self, environment: str, look: int) -> Collection[Place]:
        """Role and path of every fact of an environment that a look moved."""
        if environment not in self._moved_in:
            found: dict[int, set[Place]] = defaultdict(set)
            for role in self.views[environment]:
                for path, looks in self.named(environment, role).items():
                    for one in looks:
                        found[one].add((role, path))
            self._moved_in[environment] = found
        return self._moved_in[environment].get(look, ())

    def active(self, environment: str, roles: Collection[str]) -> frozenset[int]:
        """The looks that moved anything in these roles."""
        return frozenset(
            look
            for role in roles
            for looks in self.named(environment, role).values()
            for look in looks
        )

    def _own(self, view: View, points: Sequence[Point]) -> list[int]:
        born, shared = view.unit.born, view.shared
        return [
            one.instant
            for one in points
            if one.instant > born and not shared[one.cause] and not self._is_crowded(one.instant)
        ]


def _siblings(one: Moved, looks: Sequence[int], past: _Past, after: Views) -> Iterator[Forgotten]:
    """The same path in other environments."""
    for name, roles in past.views.items():
        view = after.get(name, {}).get(one.role)
        if name == one.environment or one.role not in roles or view is None:
            continue
        there = view.facts.get(one.path)
        value = there.value if there else None
        # A sibling that says the same already has nothing to follow.
        if equal(one.path, value, one.after):
            continue
        habit = _habit(looks, past.looks(name, one.role, one.path))
        if _is_usual(habit, looks, SHARE_MIN):
            yield _told(one, name, (one.role, one.path), habit[0])


def _partners(one: Moved, looks: Sequence[int], past: _Past, after: Views) -> Iterator[Forgotten]:
    """Other facts of the same environment, in the same file or in another."""
    if _is_by_position(one.path):
        return
    # A partner was there in the last look, else the habit is broken.
    for role, path in sorted(past.moved_in(one.environment, looks[-1])):
        now = after.get(one.environment, {}).get(role)
        if (role, path) == (one.role, one.path) or now is None or path not in now.facts:
            continue
        found = past.named(one.environment, role)[path]
        habit = _habit(looks, found)
        if not _is_usual(habit, looks, PARTNER_SHARE_MIN):
            continue
        # What moves all the time meets everything now and then.
        active = past.active(one.environment, {one.role, role})
        share = len(found) / len(active)
        if binomial_at_least(habit[0].together, habit[0].times, share) <= CHANCE_MAX:
            yield _told(one, one.environment, (role, path), habit[0])


def _habit(looks: Sequence[int], others: Collection[int]) -> tuple[_Habit, frozenset[int]]:
    """How often the looks are among the others, and which of them."""
    both = frozenset(looks).intersection(others)
    return _Habit(len(both), len(looks)), both


def _is_usual(habit: tuple[_Habit, frozenset[int]], looks: Sequence[int], share_min: float) -> bool:
    counts, both = habit
    return wilson(counts.together, counts.times)[0] >= share_min and both.issuperset(
        looks[-UNBROKEN_LOOKS:]
    )


def _told(one: Moved, environment: str, missing: Place, habit: _Habit) -> Forgotten:
    return Forgotten(
        role=one.role,
        path=one.path,
        environment=one.environment,
        missing_environment=environment,
        missing_role=missing[0],
        missing_path=missing[1],
        together=habit.together,
        times=habit.times,
        value=shown(one.after),
    )


def _share(one: Forgotten) -> float:
    return one.together / one.times


def _is_by_position(path: str) -> bool:
    """Whether a list without names is on the way: its positions mean something else each time."""
    return any(map(addresses.is_position, addresses.tokens(path)))
