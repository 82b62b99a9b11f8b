"""Since when a system lags behind a declaration that moved before anybody looked at the system.

At the first look a system may hold what was declared before. Then it is the
declaration that moved, and the difference began there, not at the look; unless
whoever owns the field wrote it later than that.
"""

from collections.abc import Callable, Sequence

import msgspec

from driftline.inventory.compare import Difference
from driftline.inventory.layers.merging import Point
from driftline.inventory.siblings import Found
from driftline.inventory.travel.onset import Onset
from driftline.inventory.typed import equal

# The second at which the owner of an address of a role last moved anything, if it is known.
LastMoved = Callable[[str, str], int | None]


def since_declared(found: Found, *, at: Sequence[int], last_moved: LastMoved) -> Found:
    """The comparison with each onset where the declaration, on the left, left the system.

    `at` has the second of each instant.
    """
    onsets = [
        _sooner(found, one, onset, at, last_moved)
        for one, onset in zip(found.compared.differences, found.onsets, strict=True)
    ]
    return msgspec.structs.replace(found, onsets=onsets)


def _sooner(
    found: Found, one: Difference, onset: Onset, at: Sequence[int], last_moved: LastMoved
) -> Onset:
    actual = one.right
    if onset.kind != "born" or actual is None or actual.value is None:
        return onset
    series = found.left.views[one.role].series.get(one.address, ())
    left = _left_it(series, one.address, actual.value, onset.instant)
    if left is None:
        return onset
    written = last_moved(one.role, one.right_address)
    if written is not None and written > at[left.instant]:
        return onset
    return Onset(left.instant, "drifted", "left", left)


def _left_it(points: Sequence[Point], address: str, value: str, until: int) -> Point | None:
    """The step by which a declaration left a value that it had held until then."""
    earlier = [point for point in points if point.instant <= until]
    for before, after in zip(reversed(earlier[:-1]), reversed(earlier[1:]), strict=True):
        if equal(address, before.value, value):
            return after
    return None
