"""Look by look, how two environments moved apart and together again.

Every role of a pair is followed through its whole history, address by address.
What comes out are moves: what one look did to the distance of one role, on
which side and by whose act. All figures are sums of moves from nothing on, so
that whatever is asked later, parts add up to wholes exactly.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from driftline.inventory.alignment import align
from driftline.inventory.layers.layer import Point
from driftline.inventory.layers.life import Life, Told, joined, lives
from driftline.inventory.metric.distance import apart, apart_max
from driftline.inventory.metric.weights import RESOURCE
from driftline.inventory.siblings import Environment
from driftline.model.chronicle import instant_of

MovedSide = Literal["left", "right", "both"]


class Move(msgspec.Struct, frozen=True, gc=False):
    """What one look did to one path of a role, or to the presence of the role.

    `distance` and `distance_max` are changes of the role's distance; `length`
    is how far the sides moved, both together. `paths`, `unknown` and `missing`
    are changes of the counts of paths that differ, of paths that may differ,
    and of roles that one side lacks. `act` is negative where only the look is known.
    """

    instant: int
    role: str
    side: MovedSide
    act: int
    distance: int
    distance_max: int
    length: int
    paths: int
    unknown: int
    missing: int


class PairMotion(msgspec.Struct, frozen=True):
    """All moves of a pair, in the order of their instants.

    Both environments exist from the instant `start` until `end` (None: still).
    `start` is None where they never existed together. `missing` names the side
    that does not have a role at the end: `left`, `right` or `both`.
    """

    left: str
    right: str
    start: int | None
    end: int | None
    moves: tuple[Move, ...]
    missing: Mapping[str, str] = {}


class _Raw(msgspec.Struct, frozen=True, gc=False):
    """A change at one address before it counts towards its role."""

    instant: int
    address: str
    side: MovedSide
    act: int
    distance: int
    distance_max: int
    length: int
    paths: int
    unknown: int


def pair_motion(left: Environment, right: Environment, words: frozenset[str]) -> PairMotion:
    """The motion of two environments."""
    return motion_of((left.name, lives(left)), (right.name, lives(right)), words)


def motion_of(
    left: tuple[str, Mapping[str, Life]],
    right: tuple[str, Mapping[str, Life]],
    words: frozenset[str],
) -> PairMotion:
    """As `pair_motion`, for environments whose lives are known already, each with its name."""
    start, end = _together(list(left[1].values()), list(right[1].values()))
    moves: list[Move] = []
    missing: dict[str, str] = {}
    if start is not None:
        for role in sorted(left[1].keys() | right[1].keys()):
            sides = left[1].get(role), right[1].get(role)
            moves += role_moves(role, *sides, words)
            lacking = [
                side
                for side, life in zip(("left", "right"), sides, strict=True)
                if life is None or not life.is_there_before(end)
            ]
            if lacking:
                missing[role] = lacking[0] if len(lacking) == 1 else "both"
        moves.sort(key=lambda one: one.instant)
    return PairMotion(left[0], right[0], start, end, tuple(moves), missing)


def _together(left: Sequence[Life], right: Sequence[Life]) -> tuple[int | None, int | None]:
    """The instants between which both sides have anything."""
    if not left or not right:
        return None, None
    start = max(min(one.born for one in side) for side in (left, right))
    ends = [
        max(one.gone or 0 for one in side)
        for side in (left, right)
        if all(one.gone is not None for one in side)
    ]
    end = min(ends, default=None)
    return (None, None) if end is not None and end <= start else (start, end)


def role_moves(
    role: str, left: Life | None, right: Life | None, words: frozenset[str]
) -> list[Move]:
    """The moves of one role that either side has or had, in order."""
    if left is None or right is None:
        alone = left or right
        return [] if alone is None else _alone(role, alone, "left" if right is None else "right")
    start = max(left.born, right.born)
    ends = [one.gone for one in (left, right) if one.gone is not None]
    end = min(ends, default=None)
    if end is not None and end <= start:
        return sorted(
            [*_alone(role, left, "left"), *_alone(role, right, "right")],
            # What ends in a look ends before anything begins in it.
            key=lambda one: (one.instant, one.distance),
        )
    told = _Role(role, start, end)
    if left.born < start:
        told.appear(left.born, "left", left.birth_act)
    elif right.born < start:
        told.appear(right.born, "right", right.birth_act)
    raw = _raw_moves(left, right, start, end, words)
    at = 0
    while at < len(raw) and raw[at].instant <= start:
        at += 1
    told.meet(raw[:at], left, right)
    for one in raw[at:]:
        told.move(one)
    if end is not None:
        told.part(end, left, right)
    return told.moves


def _alone(role: str, life: Life, side: MovedSide) -> list[Move]:
    """A role that only one side has, from its birth to its end."""
    whole = RESOURCE
    moves = [Move(life.born, role, side, life.birth_act, whole, whole, whole, 0, 0, 1)]
    if life.gone is not None:
        moves.append(Move(life.gone, role, side, life.end_act, -whole, -whole, whole, 0, 0, -1))
    return moves


class _Role:
    """The distance of one role while its history is played."""

    def __init__(self, role: str, start: int, end: int | None) -> None:
        self.role = role
        self.start = start
        self.end = end
        self.moves: list[Move] = []
        self.sum = self.sum_max = 0  # of all addresses, which may be more than a resource
        self.distance = self.distance_max = 0
        self.paths = self.unknown = self.missing = 0

    def appear(self, instant: int, side: MovedSide, act: int) -> None:
        """One side begins to have the role, the other does not."""
        self._tell(instant, side, act, (RESOURCE, RESOURCE), RESOURCE, (0, 0, 1))

    def meet(self, raw: Sequence[_Raw], left: Life, right: Life) -> None:
        """Both sides have the role from here on, with these first differences."""
        for one in raw:
            self.sum += one.distance
            self.sum_max += one.distance_max
        counts = (sum(one.paths for one in raw), sum(one.unknown for one in raw), 0)
        side: MovedSide = "both"
        act, length = max(left.birth_act, right.birth_act), 2 * RESOURCE
        if left.born != right.born:
            side = "left" if left.born > right.born else "right"
            act = left.birth_act if side == "left" else right.birth_act
            length = RESOURCE
        self._tell(self.start, side, act, self._held(), length, counts)

    def move(self, one: _Raw) -> None:
        """One address changes."""
        self.sum += one.distance
        self.sum_max += one.distance_max
        counts = (self.paths + one.paths, self.unknown + one.unknown, 0)
        self._tell(one.instant, one.side, one.act, self._held(), one.length, counts)

    def part(self, end: int, left: Life, right: Life) -> None:
        """One side or both stop having the role; the other may follow later."""
        if left.gone == right.gone:
            act = max(left.end_act, right.end_act)
            self._tell(end, "both", act, (0, 0), 2 * RESOURCE, (0, 0, 0))
            return
        first, last = (left, right) if left.gone == end else (right, left)
        sides: tuple[MovedSide, MovedSide] = (
            ("left", "right") if first is left else ("right", "left")
        )
        self._tell(end, sides[0], first.end_act, (RESOURCE, RESOURCE), RESOURCE, (0, 0, 1))
        if last.gone is not None:
            self._tell(last.gone, sides[1], last.end_act, (0, 0), RESOURCE, (0, 0, 0))

    def _held(self) -> tuple[int, int]:
        # No resource differs by more than itself; the bound keeps the metric one.
        return min(RESOURCE, self.sum), min(RESOURCE, self.sum_max)

    def _tell(
        self,
        instant: int,
        side: MovedSide,
        act: int,
        now: tuple[int, int],
        length: int,
        counts: tuple[int, int, int],
    ) -> None:
        paths, unknown, missing = counts
        self.moves.append(
            Move(
                instant,
                self.role,
                side,
                act,
                now[0] - self.distance,
                now[1] - self.distance_max,
                length,
                paths - self.paths,
                unknown - self.unknown,
                missing - self.missing,
            )
        )
        self.distance, self.distance_max = now
        self.paths, self.unknown, self.missing = counts


def _raw_moves(
    left: Life, right: Life, start: int, end: int | None, words: frozenset[str]
) -> list[_Raw]:
    """The changes at every address while both sides have the role, in order."""
    found: list[_Raw] = []
    for address, mine, theirs, their_address in _coordinates(left, right, start, end, words):
        found += _at_address(
            address,
            left.telling(address, mine, theirs),
            right.telling(their_address, theirs, mine),
            start,
            end,
        )
    found.sort(key=lambda one: (one.instant, one.address))
    return found


_Coordinate = tuple[str, Sequence[Point], Sequence[Point], str]


def _coordinates(
    left: Life, right: Life, start: int, end: int | None, words: frozenset[str]
) -> Iterator[_Coordinate]:
    """Both series of each address that can differ, with its names on the left and on the right."""
    renamed = _renamed(left, right, end, words)
    named = {mine: theirs for theirs, mine in renamed.items()}
    series, other = left.series, right.series
    for address, points in series.items():
        if address in named or address in renamed:
            theirs = () if address in renamed else other.get(address, ())
            if address in named:
                # The name on the left may have been one on the right too, earlier.
                theirs = joined(other[named[address]], theirs)
            yield address, points, theirs, named.get(address, address)
            continue
        found = other.get(address)
        if found is None:
            yield address, points, (), address
        elif not _is_same(points, found, start):
            yield address, points, found, address
    for address, points in other.items():
        if address not in renamed and address not in series:
            yield address, (), points, address


def _is_same(mine: Sequence[Point], theirs: Sequence[Point], start: int) -> bool:
    """Whether both sides say one and the same from the start on; nearly all addresses do."""
    if len(mine) != 1 or len(theirs) != 1 or mine[0].value != theirs[0].value:
        return False
    return mine[0].instant <= start and theirs[0].instant <= start


def _renamed(left: Life, right: Life, end: int | None, words: frozenset[str]) -> Mapping[str, str]:
    """Right addresses that stand for left ones, as the last look at both sees it."""
    if not left.has_names or not right.has_names:
        return {}
    mine, theirs = left.facts_before(end), right.facts_before(end)
    return align(mine - theirs, theirs - mine, mine, theirs, words)


def _at_address(
    address: str, mine: Sequence[Told], theirs: Sequence[Told], start: int, end: int | None
) -> list[_Raw]:
    """The changes at one address; the first of them is what the sides begin with."""
    found: list[_Raw] = []
    low = high = 0
    value: str | None = None
    other: str | None = None
    at = their_at = 0
    while at < len(mine) or their_at < len(theirs):
        instants = [
            one[number].instant
            for one, number in ((mine, at), (theirs, their_at))
            if number < len(one)
        ]
        instant = min(instants)
        if end is not None and instant >= end:
            break
        before, before_other = value, other
        act = their_act = -2
        while at < len(mine) and mine[at].instant == instant:
            value, act = mine[at].value, mine[at].act
            at += 1
        while their_at < len(theirs) and theirs[their_at].instant == instant:
            other, their_act = theirs[their_at].value, theirs[their_at].act
            their_at += 1
        if instant <= start:
            upcoming = [
                one[n].instant for one, n in ((mine, at), (theirs, their_at)) if n < len(one)
            ]
            if upcoming and min(upcoming) <= start:
                continue
            before, before_other = value, other
        now = apart(address, value, other)
        most = apart_max(address, value, other)
        length = 0
        if instant > start:
            length = travelled(address, before, value) + travelled(address, before_other, other)
        if now == low and most == high and not length:
            continue
        side: MovedSide = (
            "both"
            if before != value and before_other != other
            else ("left" if before != value else "right")
        )
        found.append(
            _Raw(
                max(instant, start),
                address,
                side,
                _later(act, their_act, side),
                now - low,
                most - high,
                length,
                (now > 0) - (low > 0),
                (most > now == 0) - (high > low == 0),
            )
        )
        low, high = now, most
    return found


def travelled(address: str, before: str | None, after: str | None) -> int:
    """How far one side moved; into the unknown or out of it as far as can be."""
    return apart_max(address, before, after)


def _later(left: int, right: int, side: MovedSide) -> int:
    """The act that moved: of the side that did, or the later one of both."""
    if side == "left":
        return left
    return right if side == "right" else max(left, right)


def acts(motion: PairMotion) -> set[int]:
    """The instants whose contributions say who made the moves."""
    return {instant_of(one.act) for one in motion.moves if one.act >= 0}
