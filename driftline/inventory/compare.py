"""The one comparison: two sides at an instant, matched by role and address.

Intent against actual, staging against production, today against last month:
each is this function on two sets of views. Nothing else compares. It is pure,
counts every fact once, and keeps absent apart from unknown.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from driftline.inventory.alignment import align
from driftline.inventory.merging import EffectiveSeries, Point, effective
from driftline.inventory.typed import equal
from driftline.inventory.units import Unit
from driftline.inventory.unseen import is_hidden
from driftline.model.answers.parity import Side

Status = Literal["differ", "left only", "right only", "unknown"]


class View(msgspec.Struct, frozen=True):
    """One unit as it was at an instant: the whole series up to then, and the facts in force."""

    unit: Unit
    series: EffectiveSeries
    facts: Mapping[str, Point]


class Difference(msgspec.Struct, frozen=True):
    """One address at which two views differ. Both addresses are the same unless an element of a
    list with names has another name on the right.
    """

    role: str
    address: str
    right_address: str
    status: Status
    left: Point | None
    right: Point | None
    left_state: Side
    right_state: Side


class Counts(msgspec.Struct, frozen=True):
    """Plain counts of facts: every fact is in one of common, left_only, right_only, unknown."""

    common: int = 0
    differ: int = 0
    left_only: int = 0
    right_only: int = 0
    inherited: int = 0
    unknown: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both counts together."""
        pairs = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)
        return Counts(*(one + two for one, two in pairs))


class Compared(msgspec.Struct, frozen=True):
    """What a comparison found; roles that only one side has are named, not spelled out.

    `by_role` has the counts of each role that both sides have.
    """

    counts: Counts
    by_role: Mapping[str, Counts]
    differences: tuple[Difference, ...]
    roles_common: tuple[str, ...]
    roles_left_only: tuple[str, ...]
    roles_right_only: tuple[str, ...]


def view(unit: Unit, *, until: int | None = None) -> View | None:
    """A unit at an instant (None: the last), or None when it was not there."""
    if until is None:
        if unit.gone is not None:
            return None
    elif unit.born > until or (unit.gone is not None and unit.gone <= until):
        return None
    series = effective(unit.layers, until=until)
    facts = {
        address: points[-1] for address, points in series.items() if points[-1].value is not None
    }
    return View(unit, series, facts)


def compare(
    left: Mapping[str, View], right: Mapping[str, View], words: frozenset[str] = frozenset()
) -> Compared:
    """Compare two sides role by role.

    `words` are the lower-case words that name environments, used to recognise
    list elements whose names carry the environment.
    """
    counts = Counts()
    by_role: dict[str, Counts] = {}
    found: list[Difference] = []
    common = sorted(left.keys() & right.keys())
    for role in common:
        by_role[role], differences = compare_views(left[role], right[role], words)
        counts += by_role[role]
        found += differences
    left_only = tuple(sorted(left.keys() - right.keys()))
    right_only = tuple(sorted(right.keys() - left.keys()))
    counts += Counts(
        left_only=sum(len(left[role].facts) for role in left_only),
        right_only=sum(len(right[role].facts) for role in right_only),
    )
    return Compared(counts, by_role, tuple(found), tuple(common), left_only, right_only)


def compare_views(
    left: View, right: View, words: frozenset[str] = frozenset()
) -> tuple[Counts, list[Difference]]:
    """Compare two views of one role; differences are ordered by address."""
    facts, other = left.facts, right.facts
    renamed = align(facts.keys() - other.keys(), other.keys() - facts.keys(), facts, other, words)
    back = {mine: theirs for theirs, mine in renamed.items()}
    common = differ = inherited = unknown = left_only = right_only = 0
    found: list[Difference] = []
    role = left.unit.role
    for address, mine in facts.items():
        their_address = back.get(address, address)
        theirs = other.get(their_address)
        if theirs is not None:
            common += 1
            inherited += _is_inherited(left, right, mine, theirs)
            if mine.value != theirs.value and not equal(address, mine.value, theirs.value):
                differ += 1
                found.append(
                    Difference(
                        role,
                        address,
                        their_address,
                        "differ",
                        mine,
                        theirs,
                        Side.PRESENT,
                        Side.PRESENT,
                    )
                )
        elif is_hidden(address, right.unit.hidden):
            unknown += 1
            found.append(
                Difference(
                    role, address, address, "unknown", mine, None, Side.PRESENT, Side.UNKNOWN
                )
            )
        elif not _is_filled(address, mine, other):
            left_only += 1
            found.append(
                Difference(
                    role, address, address, "left only", mine, None, Side.PRESENT, Side.ABSENT
                )
            )
    for address, theirs in other.items():
        if address in facts or address in renamed:
            continue
        if is_hidden(address, left.unit.hidden):
            unknown += 1
            found.append(
                Difference(
                    role, address, address, "unknown", None, theirs, Side.UNKNOWN, Side.PRESENT
                )
            )
        elif not _is_filled(address, theirs, facts):
            right_only += 1
            found.append(
                Difference(
                    role, address, address, "right only", None, theirs, Side.ABSENT, Side.PRESENT
                )
            )
    found.sort(key=lambda one: one.address)
    return Counts(common, differ, left_only, right_only, inherited, unknown), found


def _is_inherited(left: View, right: View, mine: Point, theirs: Point) -> bool:
    """Whether exactly one of the sides sets the fact itself and the other takes a shared layer's."""
    return _is_shared(left, mine) != _is_shared(right, theirs)


def _is_shared(side: View, point: Point) -> bool:
    return point.layer is not None and side.unit.layers[point.layer].is_shared


def _is_filled(address: str, point: Point, other: Mapping[str, Point]) -> bool:
    """Whether an empty container on one side merely has content on the other.

    The content is told by its own rows; the empty container is then no news.
    """
    if point.value not in ("{}", "[]"):
        return False
    start = address + "/"
    return any(one.startswith(start) for one in other)


def views(units: Mapping[str, Unit], *, until: int | None = None) -> dict[str, View]:
    """The views of an environment's units at an instant, by role."""
    made = ((role, view(unit, until=until)) for role, unit in units.items())
    return {role: one for role, one in made if one is not None}


def facts_of(sides: Sequence[View]) -> int:
    """How many facts these views have in force."""
    return sum(len(side.facts) for side in sides)
