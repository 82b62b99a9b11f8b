"""Since when a difference means something, where at first it was only noise.

A field that nobody declares differs from the first look on, because the server
filled it in. It is drift only since somebody moved it away from there.
"""

from collections.abc import Callable

import msgspec

from driftline.inventory.compare import Difference
from driftline.inventory.siblings import Found
from driftline.inventory.travel.onset import Onset

# Whether a value of the right side was noise at an instant: role, address, value, instant.
WasNoise = Callable[[str, str, str, int], bool]


def since_meaningful(found: Found, was_noise: WasNoise) -> Found:
    """The comparison with the onset of each undeclared difference where it ceased to be noise."""
    onsets = [
        _later(found, one, onset, was_noise)
        for one, onset in zip(found.compared.differences, found.onsets, strict=True)
    ]
    return msgspec.structs.replace(found, onsets=onsets)


def _later(found: Found, one: Difference, onset: Onset, was_noise: WasNoise) -> Onset:
    if one.left is not None or one.right is None:
        return onset
    series = found.right.views[one.role].series.get(one.right_address, ())
    points = [point for point in series if point.instant >= onset.instant]
    for before, after in zip(reversed(points[:-1]), reversed(points[1:]), strict=True):
        if before.value is not None and was_noise(
            one.role, one.right_address, before.value, before.instant
        ):
            return Onset(after.instant, "drifted", "right", after)
    return onset
