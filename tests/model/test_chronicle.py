import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.model.chronicle import Chronicle, act_of, instant_of
from driftline.model.look import Contribution, Look, Person

ANN = Person("Ann", "ann@example.org")


def chronicle(*times: int) -> Chronicle:
    """Looks at these times, the second of which has two contributions."""
    looks = [Look(number, at, f"c{number}", ANN, None, "") for number, at in enumerate(times)]
    made = [Contribution(f"i{number}", ANN, "s") for number in range(2)]
    return Chronicle(looks, [0] * len(looks), {1: made}, {})


@given(st.integers(0, 10**9), st.integers(0, 4095))
def test_an_act_knows_its_instant(instant: int, number: int) -> None:
    """An act is an instant and a number, and acts are in the order of both."""
    act = act_of(instant, number)

    assert instant == instant_of(act)
    assert act < act_of(instant + 1, 0)


def test_a_crowded_look_keeps_its_instant() -> None:
    """Beyond what an act can count, the last number stands for all."""
    assert (3, act_of(3, 4095)) == (instant_of(act_of(3, 10**6)), act_of(3, 10**6))


def test_contributions_are_looked_up_by_act() -> None:
    """An act leads to its contribution, where that was loaded."""
    known = chronicle(0, 10)

    assert "i1" == getattr(known.contribution(act_of(1, 1)), "ref", None)
    assert None is known.contribution(act_of(1, 2))
    assert None is known.contribution(act_of(0, 0))


def test_times_are_iso() -> None:
    """An instant is told as a time in UTC."""
    assert "1970-01-01T00:00:10Z" == chronicle(0, 10).time(1)


@pytest.mark.parametrize(
    ("at", "expected"), [(-1, None), (0, 0), (9, 0), (10, 2), (11, 2), (99, 3)]
)
def test_the_last_look_at_a_time(at: int, expected: int | None) -> None:
    """Of several looks of one time the last one counts."""
    assert expected == chronicle(0, 10, 10, 20).last_at_or_before(at)


@given(st.lists(st.integers(0, 20)).map(sorted), st.integers(-1, 21))
def test_finding_a_look_equals_a_search(times: list[int], at: int) -> None:
    """The last look that is not later is found as by trying them all."""
    tried = [number for number, time in enumerate(times) if time <= at]

    assert (tried[-1] if tried else None) == chronicle(*times).last_at_or_before(at)
