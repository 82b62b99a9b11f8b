"""Every path of a pair with its whole past: both sides' moves, steps and spells.

What the judgement, the promotions and the spells of a pair are told from. Paths
on which the sides agreed ever since both exist are left out, except those that
travelled between them.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import msgspec

from driftline.inventory.alignment import align
from driftline.inventory.compare import Difference, View
from driftline.inventory.layers.merging import Point
from driftline.inventory.layers.unseen import is_hidden
from driftline.inventory.siblings import Found
from driftline.inventory.travel.freezes import DeclaredFreeze, freezes
from driftline.inventory.travel.lateness import Limits, Pace, Paces, Watched
from driftline.inventory.travel.promotion import moves, travelled
from driftline.inventory.travel.spells import Freeze, Path, Stretch, spells
from driftline.inventory.typed import type_of
from driftline.model.verdict import Step

DEFAULTS = Limits()
_EMPTY = ("{}", "[]")


class Journey(msgspec.Struct, frozen=True):
    """One path of one role in both environments.

    `reading` is how its first value is read. It is not seen where a layer that
    could not be read may set the value of a side.
    """

    role: str
    address: str
    reading: str
    path: Path
    freezes: tuple[Freeze, ...] = ()
    is_seen: bool = True


class Journeys(msgspec.Struct, frozen=True, dict=True):
    """All journeys of a pair, and what they taught about its two directions.

    `instants` is the number of looks; `paces` are those of left to right and
    of right to left.
    """

    left: str
    right: str
    journeys: tuple[Journey, ...]
    paces: tuple[Paces, Paces]
    flags: Mapping[str, tuple[DeclaredFreeze, ...]]
    at: Callable[[int], int]
    instants: int
    now: int
    limits: Limits

    @cached_property
    def by_path(self) -> dict[tuple[str, str], Journey]:
        """The journeys by role and address."""
        return {(one.role, one.address): one for one in self.journeys}

    def spells(self, journey: Journey) -> tuple[Stretch, ...]:
        """The spells of one of the journeys, oldest first."""

        def pace_at(source: int, step: Step) -> Pace:
            return self.paces[source].at(
                journey.role, journey.address, journey.reading, step.instant, step.started_at
            )

        return spells(
            journey.path,
            self.at,
            pace_at,
            now=self.now,
            freezes=journey.freezes,
            limits=self.limits,
        )


def journeys(
    found: Found,
    looks: Sequence[int],
    *,
    now: int,
    words: frozenset[str] = frozenset(),
    limits: Limits = DEFAULTS,
) -> Journeys:
    """The journeys of a pair; `looks` are the seconds of all instants."""
    at = looks.__getitem__
    differing: dict[str, dict[str, Difference]] = {}
    for one in found.compared.differences:
        differing.setdefault(one.role, {})[one.address] = one
    made: list[Journey] = []
    flags: dict[str, tuple[DeclaredFreeze, ...]] = {}
    for role in found.compared.roles_common:
        left, right = found.left.views[role], found.right.views[role]
        declared = (*freezes(left), *freezes(right))
        if declared:
            flags[role] = declared
        gatherer = _Gatherer(left, right, declared, at, now)
        made += gatherer.gather(differing.get(role, {}), words)
    paces = (Paces(limits), Paces(limits))
    for way in made:
        for number, steps in enumerate((way.path.left_steps, way.path.right_steps)):
            if steps:
                watched = [Watched(step, _frozen_from(step, way.freezes, now)) for step in steps]
                paces[number].add(way.role, way.address, way.reading, watched)
    paces[0].settle(paces[1])
    paces[1].settle(paces[0])
    return Journeys(
        found.left.name, found.right.name, tuple(made), paces, flags, at, len(looks), now, limits
    )


class _Gatherer:
    """One role of the pair."""

    def __init__(
        self,
        left: View,
        right: View,
        flags: Sequence[DeclaredFreeze],
        at: Callable[[int], int],
        now: int,
    ) -> None:
        self.left, self.right, self.flags = left, right, flags
        self.at, self.now = at, now
        self.start = max(left.unit.born, right.unit.born)

    def gather(self, differing: Mapping[str, Difference], words: frozenset[str]) -> list[Journey]:
        """The journeys of its paths, in the order of their addresses."""
        mine, theirs = self.left.series, self.right.series
        renamed = align(
            mine.keys() - theirs.keys(), theirs.keys() - mine.keys(), mine, theirs, words
        )
        renamed |= {
            one.right_address: address
            for address, one in differing.items()
            if one.right_address != address
        }
        back = {address: other for other, address in renamed.items()}
        found = []
        for address in sorted(mine.keys() | (theirs.keys() - renamed.keys())):
            left, right = mine.get(address, ()), theirs.get(back.get(address, address), ())
            if not self._is_still(left, right):
                made = self._journey(address, left, right, address in differing)
                if made is not None:
                    found.append(made)
        return found

    def _is_still(self, left: Sequence[Point], right: Sequence[Point]) -> bool:
        """Whether the sides agreed ever since both exist, whatever each was before."""
        start, mine, theirs = self.start, len(left) - 1, len(right) - 1
        while mine >= 0 and theirs >= 0:
            one, other = left[mine], right[theirs]
            if one.value != other.value:
                return False
            if one.instant <= start and other.instant <= start:
                return True
            if one.instant != other.instant:
                return False
            mine, theirs = mine - 1, theirs - 1
        # Where the points of one side are used up, absence is what it began with.
        return all(
            at < 0 or (points[at].value is None and points[at].instant <= start)
            for points, at in ((left, mine), (right, theirs))
        )

    def _journey(
        self,
        address: str,
        left: Sequence[Point],
        right: Sequence[Point],
        differs: bool,  # noqa: FBT001
    ) -> Journey | None:
        if not differs and not (left and right) and _is_bare((*left, *right)):
            return None
        mine = moves(address, left, born=self.left.unit.born)
        theirs = moves(address, right, born=self.right.unit.born)
        steps = travelled(mine, theirs, self.at, now=self.now)
        first = min((*left, *right), key=lambda one: (one.instant, one.value is None))
        held = tuple(
            Freeze(
                self.at(one.since), None if one.until is None else self.at(one.until), _said(one)
            )
            for one in self.flags
            if one.holds(address) and not one.is_at(address)
        )
        return Journey(
            self.left.unit.role,
            address,
            type_of(address, first.value).value,
            Path(mine, theirs, *steps),
            held,
            differs or not self._may_be_hidden(address, mine[-1].text, theirs[-1].text),
        )

    def _may_be_hidden(self, address: str, left: str | None, right: str | None) -> bool:
        return (left is None and is_hidden(address, self.left.unit.hidden)) or (
            right is None and is_hidden(address, self.right.unit.hidden)
        )


def _is_bare(points: Sequence[Point]) -> bool:
    """Whether an address only ever held an empty container, which content elsewhere fills."""
    return all(one.value is None or one.value in _EMPTY for one in points)


def _said(freeze: DeclaredFreeze) -> str:
    return f"{freeze.environment}: {freeze.role} {freeze.address}"


def _frozen_from(step: Step, held: Sequence[Freeze], now: int) -> int | None:
    """The second from which a freeze held a step back while it was on its way."""
    ended = now if step.ended_at is None else step.ended_at
    since = [
        max(one.since, step.started_at)
        for one in held
        if one.since < ended and (one.until is None or one.until > step.started_at)
    ]
    return min(since, default=None)
