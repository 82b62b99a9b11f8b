"""A share is as sure as the number of cases behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.statistics.intervals import wilson

# Successes, trials, and the 95 % bounds as tables print them.
CASES = [
    (0, 10, (0.0, 0.2775)),
    (1, 10, (0.0179, 0.4042)),
    (5, 10, (0.2366, 0.7634)),
    (10, 10, (0.7225, 1.0)),
    (81, 263, (0.2553, 0.3662)),
    (0, 0, (0.0, 1.0)),
]


@pytest.mark.parametrize(("successes", "trials", "expected"), CASES)
def test_bounds(successes: int, trials: int, expected: tuple[float, float]) -> None:
    """The bounds are those of the score interval without continuity correction."""
    assert expected == pytest.approx(wilson(successes, trials), abs=5e-5)


@given(
    st.integers(1, 400).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))
)
def test_the_share_lies_inside(case: tuple[int, int]) -> None:
    """The bounds hold the share, stay between 0 and 1, and mirror each other."""
    successes, trials = case
    low, high = wilson(successes, trials)
    mirrored = wilson(trials - successes, trials)

    assert 0 <= low <= successes / trials <= high <= 1
    assert (1 - high, 1 - low) == pytest.approx(mirrored)


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_of_the_same_is_surer(successes: int, failures: int) -> None:
    """Twice as many cases with the same share never widen the interval."""
    low, high = wilson(successes, successes + failures)
    closer, nearer = wilson(2 * successes, 2 * (successes + failures))

    assert nearer - closer <= high - low
