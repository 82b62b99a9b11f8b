"""When to look again: every so often, by a clock that never goes back, a little spread."""

import random
from typing import Protocol

JITTER_SHARE = 0.1
RETRY_SECONDS = 5.0


class Clock(Protocol):
    """A clock that never goes back, and can be waited on."""

    def now(self) -> float:
        """Seconds since whenever."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Rounds:
    """Rounds that begin every so many seconds, one at a time.

    Each begins up to a tenth of the interval late, so that many programs that
    were started together do not ask together. A round that lasts longer than
    the interval makes the next one begin at the next regular instant. After a
    failure the next one begins sooner, and later with each failure that follows.
    """

    def __init__(self, every_seconds: float, clock: Clock, *, seed: int) -> None:
        self._every = every_seconds
        self._clock = clock
        self._dice = random.Random(seed)  # noqa: S311 - nothing secret hangs on when we look
        self._start = clock.now()
        self._failures = 0

    def wait(self, *, has_failed: bool = False) -> None:
        """Wait until the next round is due."""
        self._clock.sleep(self.pause(has_failed=has_failed))

    def pause(self, *, has_failed: bool = False) -> float:
        """For how many seconds to wait after a round that ended now."""
        self._failures = self._failures + 1 if has_failed else 0
        passed = self._clock.now() - self._start
        regular = (passed // self._every + 1) * self._every - passed
        regular += self._dice.random() * JITTER_SHARE * self._every
        if not has_failed:
            return regular
        return min(regular, RETRY_SECONDS * float(2 ** min(self._failures - 1, 10)))
