"""How long ago was a source read well, and is that longer than usual?

A detector that has stopped looks exactly like a system without drift. So the
age of the last good reading is a finding of its own.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import msgspec

USUAL_TIMES_MAX = 3  # how many usual intervals may pass
READINGS_MIN = 3  # from how many readings on an interval is usual
_SECONDS_MIN = 60


class Staleness(msgspec.Struct, frozen=True):
    """The age of the last reading, the usual interval and the limit, each where it is known."""

    age_seconds: int | None
    usual_seconds: int | None
    limit_seconds: int | None

    @property
    def is_stale(self) -> bool:
        """Whether it was read longer ago than it may be, or never."""
        if self.limit_seconds is None:
            return False
        return self.age_seconds is None or self.age_seconds > self.limit_seconds


def staleness(
    readings: Sequence[int], *, now: int, age_seconds_max: int | None = None
) -> Staleness:
    """The staleness of a source that was read well at these seconds, oldest first.

    `age_seconds_max` is the limit that a person set; without it three usual
    intervals are one, as soon as there is a usual interval.

    >>> staleness([0, 600, 1200], now=4000)
    Staleness(age_seconds=2800, usual_seconds=600, limit_seconds=1800)
    """
    age = max(0, now - readings[-1]) if readings else None
    usual = None
    if len(readings) >= READINGS_MIN:
        usual = int(median(after - before for before, after in pairwise(readings)))
    limit = age_seconds_max
    if limit is None and usual is not None:
        limit = max(_SECONDS_MIN, USUAL_TIMES_MAX * usual)
    return Staleness(age, usual, limit)
