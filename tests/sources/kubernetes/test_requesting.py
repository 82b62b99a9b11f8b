"""Pace, patience and the time budget, on a clock that only moves when somebody sleeps."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from driftline.errors import SourceError
from driftline.sources.kubernetes.requesting import (
    Answer,
    Asking,
    Broken,
    Limits,
    OutOfTime,
    Pace,
    Unreachable,
)
from tests.sources.kubernetes.serving import SteadyClock

OK = Answer(200, b"{}", at=1_000)


class Scripted:
    """Answers from a list, in order; the last one for ever."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0

    def get(self, _path: str, _parameters: Mapping[str, str], _accept: str) -> Answer:
        """The next answer."""
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    @contextmanager
    def lines(
        self, path: str, parameters: Mapping[str, str], _silent: float
    ) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        """The next answer, and no lines."""
        yield self.get(path, parameters, ""), iter(())


def asking(transport: Scripted, clock: SteadyClock, limits: Limits | None = None) -> Asking:
    """Questions to scripted answers."""
    return Asking(transport, clock, where="kubernetes test", limits=limits, seed=1)


def test_pace() -> None:
    """After a burst, questions are spaced evenly."""
    clock = SteadyClock()
    pace = Pace(clock, Limits(requests_per_second=10, burst=5))
    for _ in range(25):
        pace.wait()

    assert pytest.approx(2.0) == clock.seconds


def test_patience_as_asked() -> None:
    """A server that names a time is not asked again before."""
    clock = SteadyClock()
    slow = Answer(429, b"", retry_after_seconds=12)
    transport = Scripted(slow, slow, OK)
    question = asking(transport, clock)

    assert OK == question.ask("/api")
    assert 2 == question.waits
    assert all(seconds >= 12 for seconds in clock.slept)


def test_waits_are_spread_and_grow() -> None:
    """Without a named time waits grow, and differ from one observer to the next."""
    waits = []
    for seed in (1, 2):
        clock = SteadyClock()
        question = Asking(
            Scripted(Answer(503, b"")), clock, where="x", limits=Limits(burst=100), seed=seed
        )
        with pytest.raises(Broken):
            question.ask("/api")
        waits.append(clock.slept)

    assert waits[0] != waits[1]
    assert sorted(waits[0]) == waits[0]


def test_a_bounded_number_of_tries() -> None:
    """What fails each time becomes a reason, not an endless wait."""
    transport = Scripted(Answer(429, b""))
    with pytest.raises(Broken, match=r"asked us to slow down \(429\), 5 times"):
        asking(transport, SteadyClock()).ask("/api")

    assert 5 == transport.asked


def test_time_budget() -> None:
    """A look ends when its time is up, without waiting for what cannot come in time."""
    clock = SteadyClock()
    question = asking(
        Scripted(Answer(429, b"", retry_after_seconds=500)), clock, Limits(budget_seconds=100)
    )
    with pytest.raises(OutOfTime, match="took longer than 100 s"):
        question.ask("/api")

    assert clock.seconds < 100


def test_refused_credentials() -> None:
    """401 is the user's to mend, at any time."""
    with pytest.raises(SourceError, match="log in again"):
        asking(Scripted(Answer(401, b"")), SteadyClock()).ask("/api")


def test_no_way_to_the_server() -> None:
    """Before any answer it is an error; after one it is a reason like any other."""
    gone = Unreachable("no route")
    with pytest.raises(Unreachable):
        asking(Scripted(gone), SteadyClock()).ask("/api")
    question = asking(Scripted(OK, gone), SteadyClock())
    question.ask("/api")

    with pytest.raises(Broken, match="could no longer be reached"):
        question.ask("/api")


def test_broken_answers_are_asked_for_again() -> None:
    """An answer that did not arrive whole is asked for again."""
    question = asking(Scripted(Broken("cut"), OK), SteadyClock())

    assert OK == question.ask("/api")
    assert 1_000 == question.at
    assert 2 == question.questions


def test_following() -> None:
    """Following an answer checks the credentials, too."""
    question = asking(Scripted(Answer(401, b"")), SteadyClock())

    with pytest.raises(SourceError), question.follow("/api", {}, 1.0):
        raise AssertionError("nothing may be followed")
