"""Rounds begin when they are due, a little spread, and sooner after a failure."""

from hypothesis import given
from hypothesis import strategies as st

from driftline.engine.clusters.rounds import JITTER_SHARE, RETRY_SECONDS, Rounds

EVERY = 600.0


class Clock:
    """A clock that moves only when somebody waits."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def now(self) -> float:
        """Seconds since whenever."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.seconds += seconds


@given(st.integers(0, 1000), st.lists(st.floats(0, 3 * EVERY), max_size=8))
def test_rounds_keep_their_regular_instants(seed: int, lasting: list[float]) -> None:
    """However long a round lasts, the next begins within a tenth after a regular instant."""
    clock = Clock()
    rounds = Rounds(EVERY, clock, seed=seed)
    for seconds in lasting:
        clock.sleep(seconds)
        before = clock.seconds
        rounds.wait()
        late = (clock.seconds - 1_000.0) % EVERY

        assert before < clock.seconds <= before + EVERY * (1 + JITTER_SHARE)
        assert -1e-6 <= late <= JITTER_SHARE * EVERY + 1e-6


def test_after_a_failure() -> None:
    """A failure is tried again soon, then ever later, and never later than usual."""
    rounds = Rounds(EVERY, Clock(), seed=1)
    pauses = [rounds.pause(has_failed=True) for _ in range(12)]

    assert [RETRY_SECONDS, 2 * RETRY_SECONDS, 4 * RETRY_SECONDS] == pauses[:3]
    assert max(pauses) <= EVERY * (1 + JITTER_SHARE)


def test_success_forgets_failures() -> None:
    """After a round that went well the next failure is the first one again."""
    rounds = Rounds(EVERY, Clock(), seed=1)
    for has_failed in (True, True, False):
        rounds.pause(has_failed=has_failed)

    assert RETRY_SECONDS == rounds.pause(has_failed=True)
