"""Since when two sides differ at an address, whether they ever agreed, and which side moved.

The spell in force is the longest unbroken stretch of difference that ends at
the instant asked. Its onset never moves when the values change again inside it.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from driftline.inventory.layers.merging import Point
from driftline.inventory.typed import equal

OnsetKind = Literal["born", "drifted"]
Mover = Literal["left", "right", "both", "unknown"]


class Onset(msgspec.Struct, frozen=True):
    """How a difference began.

    `born`: the sides never agreed on a value since both existed. `drifted`:
    they did, or agreed on having none until one side alone set it. `point` is
    the step of the side that moved; None when it has none, as when a side began
    to exist without the fact.
    """

    instant: int
    kind: OnsetKind
    moved: Mover
    point: Point | None


def onset(
    address: str,
    left: Sequence[Point],
    right: Sequence[Point],
    *,
    left_born: int,
    right_born: int,
) -> Onset:
    """The beginning of the spell in force at the end of both series.

    `left_born` and `right_born` are the instants from which each side existed;
    before the later of them there was nothing to compare.
    """
    start = max(left_born, right_born)
    moves = [start, *sorted({one.instant for one in (*left, *right) if one.instant > start})]
    states = list(zip(_values(left, moves), _values(right, moves), strict=True))
    first = len(states) - 1
    while first > 0 and not equal(address, *states[first - 1]):
        first -= 1
    instant = moves[first]
    if first == 0:
        moved: Mover = "both"
        if left_born != right_born:
            moved = "left" if left_born > right_born else "right"
        return Onset(instant, "born", moved, _mover(left, right, instant, moved))
    before, after = states[first - 1], states[first]
    # Equality is transitive, so at least one side moved in meaning, not only in spelling.
    moved = _side(not equal(address, before[0], after[0]), not equal(address, before[1], after[1]))
    agreed = any(one is not None and equal(address, one, two) for one, two in states[:first])
    one_sided = states[-1][0] is None or states[-1][1] is None
    kind: OnsetKind = "drifted" if agreed or one_sided else "born"
    return Onset(instant, kind, moved, _mover(left, right, instant, moved))


def _side(left: bool, right: bool) -> Mover:  # noqa: FBT001 - two plain truths, named
    if left and right:
        return "both"
    if left:
        return "left"
    return "right" if right else "unknown"


def _values(points: Sequence[Point], moves: Sequence[int]) -> list[str | None]:
    values: list[str | None] = []
    value: str | None = None
    index = 0
    for instant in moves:
        while index < len(points) and points[index].instant <= instant:
            value = points[index].value
            index += 1
        values.append(value)
    return values


def _mover(
    left: Sequence[Point], right: Sequence[Point], instant: int, moved: Mover
) -> Point | None:
    """The last step at or before the onset of the side that moved; of either when both did."""
    sides = {"left": (left,), "right": (right,)}.get(moved, (left, right))
    steps = [one for side in sides for one in side if one.instant <= instant]
    return max(steps, key=lambda one: one.instant, default=None)
