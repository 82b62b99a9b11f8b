"""The one comparison: two sides at an instant, matched by role and address.

Intent against actual, staging against production, today against last month:
each is this function on two sets of views. Nothing else compares. It is pure,
counts every fact once, and keeps absent apart from unknown.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Literal

import msgspec

from driftline.inventory.alignment import align
from driftline.inventory.layers.lifetime import lived
from driftline.inventory.layers.merging import EffectiveSeries, Point
from driftline.inventory.layers.unseen import closed_places, is_hidden
from driftline.inventory.typed import equal
from driftline.inventory.units import Unit
from driftline.model import address as addresses
from driftline.model.answers.parity import Side

_HERE = Side.PRESENT
Status = Literal["differ", "left only", "right only", "unknown"]


class View(msgspec.Struct, frozen=True, dict=True):
    """One unit as it was at an instant: the whole series up to then, and the facts in force."""

    unit: Unit
    series: EffectiveSeries
    facts: Mapping[str, Point]

    @cached_property
    def shared(self) -> tuple[bool, ...]:
        """For each layer of the unit, whether it serves several environments."""
        return tuple(layer.is_shared for layer in self.unit.layers)

    @cached_property
    def closed(self) -> frozenset[str]:
        """The places below which no unread layer can show: those of scalars and of lists."""
        return closed_places({one: point.value or "" for one, point in self.facts.items()})


class Difference(msgspec.Struct, frozen=True):
    """One address at which two views differ.

    Both addresses are the same unless an element of a list with names has
    another name on the right.
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
    series = lived(unit, until=until)
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
    role = left.unit.role
    mine_only, theirs_only = facts.keys() - other.keys(), other.keys() - facts.keys()
    renamed = align(mine_only, theirs_only, facts, other, words)
    back = {mine: theirs for theirs, mine in renamed.items()}
    common = differ = inherited = 0
    found: list[Difference] = []
    for address, mine in facts.items():
        their_address = back.get(address, address)
        theirs = other.get(their_address)
        if theirs is None:
            continue
        common += 1
        if mine.layer is not None and theirs.layer is not None:
            inherited += left.shared[mine.layer] != right.shared[theirs.layer]
        if mine.value != theirs.value and not equal(address, mine.value, theirs.value):
            differ += 1
            found.append(
                Difference(role, address, their_address, "differ", mine, theirs, _HERE, _HERE)
            )
    left_only, left_unknown = _one_sided(mine_only - back.keys(), left, right)
    right_only, right_unknown = _one_sided(theirs_only - renamed.keys(), right, left)
    found += [_alone(role, one, "left only", facts[one], None) for one in left_only]
    found += [_alone(role, one, "unknown", facts[one], None) for one in left_unknown]
    found += [_alone(role, one, "right only", None, other[one]) for one in right_only]
    found += [_alone(role, one, "unknown", None, other[one]) for one in right_unknown]
    found.sort(key=lambda one: one.address)
    unknown = len(left_unknown) + len(right_unknown)
    counts = Counts(common, differ, len(left_only), len(right_only), inherited, unknown)
    return counts, found


def _alone(
    role: str, address: str, status: Status, left: Point | None, right: Point | None
) -> Difference:
    """A fact that only one side has."""
    missing = Side.UNKNOWN if status == "unknown" else Side.ABSENT
    states = (missing, _HERE) if left is None else (_HERE, missing)
    return Difference(role, address, address, status, left, right, *states)


def _one_sided(one_sided: AbstractSet[str], side: View, other: View) -> tuple[list[str], list[str]]:
    """The addresses that only one side has: those that the other lacks, and those nobody knows.

    An empty container that merely has content on the other side is neither: the
    content is told by its own rows, and the empty container is then no news.
    """
    lacking: list[str] = []
    unknown: list[str] = []
    for address in one_sided:
        if side.facts[address].value in ("{}", "[]") and _is_filled(address, other.facts):
            continue
        if is_hidden(address, other.unit.hidden) and not _is_decided(address, other):
            unknown.append(address)
        else:
            lacking.append(address)
    return lacking, unknown


def _is_filled(address: str, facts: Mapping[str, Point]) -> bool:
    start = address + "/"
    return any(one.startswith(start) for one in facts)


def _is_decided(address: str, side: View) -> bool:
    """Whether the visible layers leave no room for an unread one to set an address.

    A null has taken the value away, or a scalar or a list stands above it.
    """
    points = side.series.get(address)
    if points and points[-1].value is None and points[-1].layer is not None:
        return True
    return not side.closed.isdisjoint(addresses.ancestors(address))


def views(units: Mapping[str, Unit], *, until: int | None = None) -> dict[str, View]:
    """The views of an environment's units at an instant, by role."""
    made = ((role, view(unit, until=until)) for role, unit in units.items())
    return {role: one for role, one in made if one is not None}


def facts_of(sides: Sequence[View]) -> int:
    """How many facts these views have in force."""
    return sum(len(side.facts) for side in sides)
