"""Asking one question at a time without hurting the server: pace, patience and a time budget.

A look must never starve the API. Questions are spaced by a token bucket, an
answer that says "too many" is waited for as long as it asks, and nothing is
tried more than a few times.
"""

import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import msgspec

from driftline.errors import SourceError

REQUESTS_PER_SECOND = 10.0
BURST = 20
ATTEMPTS_MAX = 5
BUDGET_SECONDS = 600.0
_BACKOFF_SECONDS = 0.5
_BACKOFF_SECONDS_MAX = 30.0
JSON = "application/json"
_UNAUTHORIZED = 401
# The server is there and asks for patience, or a part behind it is not there just now.
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


class Answer(msgspec.Struct, frozen=True):
    """One whole answer; `at` is the server's own clock, in seconds since 1970 UTC."""

    status: int
    body: bytes
    at: int | None = None
    retry_after_seconds: int | None = None


class Broken(Exception):  # noqa: N818 - the reason is the point, and it becomes a gap.
    """An answer did not arrive whole; the message is a reason that a person understands."""


class Unreachable(SourceError):  # noqa: N818 - named as Broken is, which it becomes half-way.
    """There is no way to the server just now; before any answer there is nothing to go on with."""


class OutOfTime(Broken):
    """The time that one look may take is used up."""


class Transport(Protocol):
    """Sends GET requests; `driftline.sources.kubernetes.collect.Connection` does it."""

    def get(self, path: str, parameters: Mapping[str, str], accept: str) -> Answer:
        """One whole answer; raises Broken or SourceError."""

    def lines(
        self, path: str, parameters: Mapping[str, str], silent_seconds_max: float
    ) -> AbstractContextManager[tuple[Answer, Iterator[bytes]]]:
        """An answer whose lines come as they are written."""


class Clock(Protocol):
    """Time that passes; handed in, so that tests need not wait."""

    def now(self) -> float:
        """Seconds on a clock that never goes backwards."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Limits(msgspec.Struct, frozen=True):
    """How hard a look may push."""

    requests_per_second: float = REQUESTS_PER_SECOND
    burst: int = BURST
    attempts_max: int = ATTEMPTS_MAX
    budget_seconds: float = BUDGET_SECONDS


class Pace:
    """A token bucket that several threads may share."""

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self._clock = clock
        self._rate = limits.requests_per_second
        self._burst = float(max(1, limits.burst))
        self._tokens = self._burst
        self._filled_at = clock.now()
        self._lock = threading.Lock()

    def wait(self) -> float:
        """Wait for a turn; the seconds waited."""
        with self._lock:
            now = self._clock.now()
            self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._rate)
            self._filled_at = now
            self._tokens -= 1
            seconds = max(0.0, -self._tokens / self._rate)
        if seconds:
            self._clock.sleep(seconds)
        return seconds


class Asking:
    """Questions to one cluster during one look.

    `seed` spreads the waits of several observers; `where` begins the message of
    an error. `questions` counts the requests, `waits` those that were answered
    with "not now". `at` is the server's clock at its first answer.
    """

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        *,
        where: str,
        limits: Limits | None = None,
        seed: int = 0,
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._where = where
        self._limits = limits or Limits()
        self._pace = Pace(clock, self._limits)
        self._dice = random.Random(seed)  # noqa: S311 - spreads waits, guards nothing.
        self._until = clock.now() + self._limits.budget_seconds
        self.questions = 0
        self.waits = 0
        self.at: int | None = None
        self._is_answered = False

    def ask(
        self,
        path: str,
        parameters: Mapping[str, str] | None = None,
        accept: str = "application/json",
    ) -> Answer:
        """The answer to one question, whatever its status, after as many tries as are fair.

        Raises Broken with the reason when there was none, OutOfTime when the
        look has taken too long, and SourceError when the credentials are
        refused.
        """
        problem = ""
        for attempt in range(self._limits.attempts_max):
            if self._clock.now() >= self._until:
                raise OutOfTime(
                    f"not attempted: the look took longer than {self._limits.budget_seconds:g} s"
                )
            self._pace.wait()
            self.questions += 1
            try:
                answer = self._transport.get(path, parameters or {}, accept)
            except Broken as reason:
                problem = str(reason)
                self._rest(attempt, None)
                continue
            except Unreachable:
                if not self._is_answered:
                    raise
                problem = "the server could no longer be reached"
                self._rest(attempt, None)
                continue
            self._is_answered = True
            if self.at is None:
                self.at = answer.at
            if answer.status not in _TRY_AGAIN:
                self.check(answer)
                return answer
            self.waits += 1
            problem = _PROBLEMS.get(answer.status, "the server answered with an error of its own")
            problem += f" ({answer.status})"
            self._rest(attempt, answer.retry_after_seconds)
        raise Broken(f"{problem}, {self._limits.attempts_max} times")

    @contextmanager
    def follow(
        self, path: str, parameters: Mapping[str, str], silent_seconds_max: float
    ) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        """One answer whose lines are read as they come; neither tried again nor limited in time."""
        self._pace.wait()
        self.questions += 1
        with self._transport.lines(path, parameters, silent_seconds_max) as (answer, lines):
            self.check(answer)
            yield answer, lines

    def check(self, answer: Answer) -> None:
        """Raise SourceError for an answer that says the credentials are no good."""
        if answer.status == _UNAUTHORIZED:
            raise SourceError(
                f"{self._where}: the server does not accept the credentials (401); they have "
                "expired or were revoked: log in again, then see whether "
                "`kubectl get namespaces` works with this context"
            )

    def backoff_seconds(self, attempt: int, asked_seconds: int | None = None) -> float:
        """How long to wait before another try; never shorter than the server asked."""
        longest = min(_BACKOFF_SECONDS_MAX, _BACKOFF_SECONDS * 2.0**attempt)
        jittered = longest * (0.5 + self._dice.random() / 2)
        return jittered if asked_seconds is None else asked_seconds + jittered / 2

    def _rest(self, attempt: int, asked_seconds: int | None) -> None:
        if attempt + 1 >= self._limits.attempts_max:
            return
        seconds = self.backoff_seconds(attempt, asked_seconds)
        if self._clock.now() + seconds < self._until:
            self._clock.sleep(seconds)
        else:
            # What the server asks for is more than we have: no use in waiting.
            self._until = self._clock.now()


_PROBLEMS = {
    429: "the server asked us to slow down",
    503: "the server or what stands behind it is not available",
    504: "what stands behind the server did not answer in time",
}
