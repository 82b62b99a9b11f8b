"""From which age a step is late, and in which direction changes travel, as known at the time.

Both are learnt from the steps that began before, and only from what had become
of them by then, so that judging the past now and having judged it then are the
same. Steps are pooled by path, by role or by pair; below the widest pool with
enough of them there is a default. Within a role or a pair only paths whose
values are read alike are pooled: image tags say little about replica counts.
What a value is read as does not change with hindsight, as the history of a path
would.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from driftline.inventory.travel.promotion import ARRIVED
from driftline.model.verdict import Step, StepEnd, Threshold
from driftline.statistics.survival import Duration, quantile

HOUR = 3600
DAY = 24 * HOUR


class Limits(msgspec.Struct, frozen=True):
    """The figures of the rule; DESIGN, "Standing or in flight"."""

    shortest_seconds: int = DAY
    longest_seconds: int = 7 * DAY
    steps_max: int = 50
    ended_min: int = 20
    promotions_min: int = 3
    direction_steps_min: int = 5
    direction_percent: int = 80
    percent: int = 90


class Watched(NamedTuple):
    """A step with what may stop its clock: the second from which a freeze holds it back."""

    step: Step
    frozen_from: int | None = None


class Pace(msgspec.Struct, frozen=True, gc=False):
    """What was known of a direction when a step began.

    `arrived` counts the steps that had arrived this way, `arrived_back` those
    of the other way, both at the level of the threshold.
    """

    threshold: Threshold
    arrived: int
    arrived_back: int

    def leads(self, limits: Limits) -> bool:
        """Whether changes are known to travel this way."""
        return _leads(self.arrived, self.arrived_back, limits)

    def follows(self, limits: Limits) -> bool:
        """Whether changes are known to travel the other way."""
        return _leads(self.arrived_back, self.arrived, limits)


def _leads(there: int, back: int, limits: Limits) -> bool:
    both = there + back
    return both >= limits.direction_steps_min and there * 100 >= limits.direction_percent * both


class _Pool:
    """Steps of one direction, in the order in which they began."""

    def __init__(self) -> None:
        self.watched: list[Watched] = []
        self.starts: list[int] = []
        self.arrivals: list[int] = []

    def settle(self) -> None:
        self.watched.sort(key=lambda one: one.step.instant)
        self.starts = [one.step.instant for one in self.watched]
        self.arrivals = sorted(
            one.step.ended
            for one in self.watched
            if one.step.end in ARRIVED and one.step.ended is not None
        )

    def before(self, instant: int, limits: Limits) -> Sequence[Watched]:
        """The last steps that began before an instant."""
        end = bisect_left(self.starts, instant)
        return self.watched[max(0, end - limits.steps_max) : end]

    def arrived(self, instant: int) -> int:
        """How many had arrived by an instant."""
        return bisect_right(self.arrivals, instant)


_NOTHING = _Pool()
Key = tuple[str, ...]


class Paces:
    """The steps of one direction of a pair, pooled; and those of the way back."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pools: dict[Key, _Pool] = defaultdict(_Pool)
        self.back: Paces | None = None

    def add(self, role: str, address: str, reading: str, watched: Iterable[Watched]) -> None:
        """Add the steps of one path; `reading` is how its values are read."""
        travelling = [
            one for one in watched if one.step.end not in (StepEnd.CO_MOVED, StepEnd.ADOPTED)
        ]
        if travelling:
            for key in _keys(role, address, reading):
                self.pools[key].watched += travelling

    def settle(self, back: "Paces") -> None:
        """Close the pools; `back` holds the steps of the other way."""
        self.back = back
        for pool in self.pools.values():
            pool.settle()

    def at(self, role: str, address: str, reading: str, instant: int, second: int) -> Pace:
        """What was known just when a step began.

        The threshold comes from the narrowest pool in which enough steps of
        this way had ended, the direction from the narrowest in which enough of
        either way had.
        """
        keys = _keys(role, address, reading)
        threshold, evidence = None, keys[-1]
        for key in reversed(keys):
            own = self.has_ended_enough(key, instant)
            if own or (self.back is not None and self.back.has_ended_enough(key, instant)):
                evidence = key
            if own:
                threshold = key
        back = _NOTHING if self.back is None else self.back.pools.get(evidence, _NOTHING)
        return Pace(
            self._threshold(threshold, keys[-1], instant, second),
            self.pools.get(evidence, _NOTHING).arrived(instant),
            back.arrived(instant),
        )

    def has_ended_enough(self, key: Key, instant: int) -> bool:
        """Whether of the last steps of a pool enough had ended by an instant."""
        pool = self.pools.get(key, _NOTHING)
        needed = self.limits.ended_min
        if len(pool.watched) < needed:
            return False
        for one in pool.before(instant, self.limits):
            ended = one.step.ended
            if ended is not None and ended <= instant:
                needed -= 1
                if not needed:
                    return True
        return False

    def _threshold(self, key: Key | None, widest: Key, instant: int, second: int) -> Threshold:
        limits = self.limits
        last = self.pools.get(key or widest, _NOTHING).before(instant, limits)
        arrived = sum(one.step.end in ARRIVED and _has_ended(one.step, instant) for one in last)
        if key is None:
            return Threshold(limits.shortest_seconds, "default", len(last), arrived)
        late = quantile([_duration(one, instant, second) for one in last], limits.percent)
        seconds = limits.longest_seconds if late is None else late
        seconds = min(max(seconds, limits.shortest_seconds), limits.longest_seconds)
        return Threshold(seconds, key[0], len(last), arrived)


def _keys(role: str, address: str, reading: str) -> tuple[Key, Key, Key]:
    """The pools of a path, narrowest first."""
    return ("path", role, address), ("role", role, reading), ("pair", reading)


def _has_ended(step: Step, instant: int) -> bool:
    return step.ended is not None and step.ended <= instant


def _duration(one: Watched, instant: int, second: int) -> Duration:
    """How long a step had lasted by an instant, and whether it had arrived."""
    step = one.step
    ended = step.ended_at if _has_ended(step, instant) else None
    until = second if ended is None else ended
    if one.frozen_from is not None and one.frozen_from < until:
        return Duration(max(0, one.frozen_from - step.started_at), is_event=False)
    return Duration(until - step.started_at, is_event=ended is not None and step.end in ARRIVED)
