"""One role of one environment from its birth to its end, and what it says of an address.

The series of an address knows values and absence. Two things it does not know:
that an empty container is filled by other addresses, and that a layer nobody
could read may have set what is missing. Both depend on what else was there at
the time, so they are worked out here, for the few addresses that need it.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from driftline.inventory.layers.layer import EffectiveSeries, Point
from driftline.inventory.layers.lifetime import lived
from driftline.inventory.layers.unseen import is_hidden
from driftline.inventory.metric.distance import FILLED, UNKNOWN
from driftline.inventory.siblings import Environment
from driftline.inventory.units import Unit
from driftline.model import address as addresses
from driftline.model.chronicle import instant_of

_EMPTY = ("{}", "[]")


class Told(msgspec.Struct, frozen=True, gc=False):
    """What a side says of an address from an instant on: a value, absence, filled or unknown."""

    instant: int
    value: str | None
    act: int


class _Flip(msgspec.Struct, frozen=True, gc=False):
    """Something that began (1) or ceased (-1) to be there."""

    instant: int
    by: int
    act: int


class Life(msgspec.Struct, frozen=True, dict=True):
    """A unit with its whole effective series."""

    unit: Unit
    series: EffectiveSeries

    @property
    def born(self) -> int:
        """The instant from which it was there."""
        return self.unit.born

    @property
    def gone(self) -> int | None:
        """The instant at which it ended, or None."""
        return self.unit.gone

    def is_there_before(self, end: int | None) -> bool:
        """Whether it was there just before an instant (None: now)."""
        if end is None:
            return self.gone is None
        return self.born < end and (self.gone is None or self.gone >= end)

    @cached_property
    def birth_act(self) -> int:
        """The act that began it; negative where only the look is known."""
        return self._act_at(self.unit.born)

    @cached_property
    def end_act(self) -> int:
        """The act that ended it; negative where only the look is known."""
        return -1 if self.unit.gone is None else self._act_at(self.unit.gone)

    @cached_property
    def has_names(self) -> bool:
        """Whether it ever had elements of lists with names."""
        return any("/[" in address for address in self.series)

    def facts_before(self, end: int | None) -> set[str]:
        """The addresses in force just before an instant (None: now)."""
        if end not in self._in_force:
            self._in_force[end] = self._facts_before(end)
        return self._in_force[end]

    @cached_property
    def _in_force(self) -> dict[int | None, set[str]]:
        return {}

    def _facts_before(self, end: int | None) -> set[str]:
        if end is None:
            return {one for one, points in self.series.items() if points[-1].value is not None}
        found = set()
        for address, points in self.series.items():
            value = None
            for point in points:
                if point.instant >= end:
                    break
                value = point.value
            if value is not None:
                found.add(address)
        return found

    def telling(
        self, address: str, points: Sequence[Point], other: Sequence[Point]
    ) -> Sequence[Told]:
        """What this side says of an address over time, given what the other side has there."""
        is_container = any(one.value in _EMPTY for one in (*points, *other))
        if points is not self.series.get(address, ()):
            return self._telling(address, points, is_container=is_container)
        key = (address, is_container)
        if key not in self._tellings:
            self._tellings[key] = self._telling(address, points, is_container=is_container)
        return self._tellings[key]

    @cached_property
    def _tellings(self) -> dict[tuple[str, bool], Sequence[Told]]:
        return {}

    def _telling(
        self, address: str, points: Sequence[Point], *, is_container: bool
    ) -> Sequence[Told]:
        always = bool(points) and points[0].instant <= self.unit.born
        if always and all(one.value is not None for one in points):
            hidden = False
        else:
            hidden = is_hidden(address, self.unit.hidden)
        if not is_container and not hidden:
            return [Told(one.instant, one.value, one.act) for one in points]
        fillers = self._below(address) if is_container else ()
        closers = self._closers(address) if hidden else ()
        return _combined(points, fillers, closers, born=self.unit.born, hidden=hidden)

    def _act_at(self, instant: int) -> int:
        acts = [
            one.act
            for points in self.series.values()
            for one in points
            if one.instant == instant and one.act >= 0 and instant_of(one.act) == instant
        ]
        return max(acts, default=-1)

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted(self.series)

    @cached_property
    def _kept(self) -> dict[str, tuple[_Flip, ...]]:
        return {}

    def _under(self, place: str) -> Sequence[str]:
        # "0" follows "/" in every order of texts, so this is all that begins with the place.
        first = bisect_left(self._ordered, place + "/")
        return self._ordered[first : bisect_left(self._ordered, place + "0", first)]

    def _below(self, place: str) -> tuple[_Flip, ...]:
        """When addresses below a place were there."""
        key = "below " + place
        if key not in self._kept:
            self._kept[key] = self._flips(self._under(place))
        return self._kept[key]

    def _closers(self, address: str) -> tuple[_Flip, ...]:
        """When something above an address left an unread layer no say in it."""
        return tuple(
            flip for place in addresses.ancestors(address) for flip in self._closing(place)
        )

    def _closing(self, place: str) -> tuple[_Flip, ...]:
        key = "closing " + place
        if key not in self._kept:
            cut = len(place) + 1
            listed = [one for one in self._under(place) if _is_element(one[cut:])]
            own = [place] if place in self.series else []
            self._kept[key] = self._flips(listed) + self._flips(own, closing=True)
        return self._kept[key]

    def _flips(self, those: Sequence[str], *, closing: bool = False) -> tuple[_Flip, ...]:
        """When the first of these addresses began to be there, and the last ceased to."""
        turns = []
        for address in those:
            was = False
            for point in self.series[address]:
                here = point.value is not None and not (closing and point.value == "{}")
                if here != was:
                    turns.append((point.instant, 1 if here else -1, point.act))
                was = here
        turns.sort()
        found: list[_Flip] = []
        there = 0
        for number, (instant, by, act) in enumerate(turns):
            there += by
            is_last = number + 1 == len(turns) or turns[number + 1][0] != instant
            was_there = bool(found) and found[-1].by > 0
            if is_last and (there > 0) != was_there:
                found.append(_Flip(instant, 1 if there > 0 else -1, act))
        return tuple(found)


def _is_element(rest: str) -> bool:
    token = rest.partition("/")[0]
    return token[:1] == "[" or addresses.is_position(token)


def _combined(
    points: Sequence[Point],
    fillers: Sequence[_Flip],
    closers: Sequence[_Flip],
    *,
    born: int,
    hidden: bool,
) -> list[Told]:
    """The series with the absent parts said to be filled, unknown or truly absent."""
    # (instant, which of the three, number, act), so that each instant is told once.
    steps = [(one.instant, 0, number, one.act) for number, one in enumerate(points)]
    steps += [(one.instant, 1, one.by, one.act) for one in fillers]
    steps += [(one.instant, 2, one.by, one.act) for one in closers]
    steps.append((born, 3, 0, -1))
    steps.sort()
    point: Point | None = None
    filled = closed = 0
    told: list[Told] = []
    value: str | None = None
    for number, (instant, which, what, _) in enumerate(steps):
        if which == 0:
            point = points[what]
        elif which == 1:
            filled += what
        elif which == 2:
            closed += what
        if number + 1 < len(steps) and steps[number + 1][0] == instant:
            continue
        before, value = value, _said(point, filled > 0, hidden and not closed)
        if value != before or not told:
            acts = [one[3] for one in steps[: number + 1] if one[0] == instant]
            told.append(Told(instant, value, max(acts)))
    return told


def _said(point: Point | None, is_filled: bool, is_open: bool) -> str | None:  # noqa: FBT001 - two plain truths
    value = None if point is None else point.value
    if value is None or value in _EMPTY:
        if is_filled:
            return FILLED
        if value is None and is_open and (point is None or point.layer is None):
            return UNKNOWN
    return value


def joined(points: Sequence[Point], others: Sequence[Point]) -> list[Point]:
    """Two series of one thing under two names as one; the first counts where both have a value."""
    if not others:
        return list(points)
    found: list[Point] = []
    for instant in sorted({one.instant for one in (*points, *others)}):
        first = [one for one in points if one.instant <= instant]
        second = [one for one in others if one.instant <= instant]
        chosen = next(
            (one[-1] for one in (first, second) if one and one[-1].value is not None),
            (first or second)[-1],
        )
        if not found or chosen.value != found[-1].value:
            found.append(msgspec.structs.replace(chosen, instant=instant))
    return found


def lives(environment: Environment) -> dict[str, Life]:
    """Every role that an environment has or had; living ones keep the series they have."""
    found = {role: Life(view.unit, view.series) for role, view in environment.views.items()}
    gone = {role: unit for role, unit in environment.units.items() if role not in found}
    return {**found, **lives_of(gone)}


def lives_of(units: Mapping[str, Unit]) -> dict[str, Life]:
    """The lives of an environment's units, by role."""
    return {role: Life(unit, lived(unit)) for role, unit in units.items()}
