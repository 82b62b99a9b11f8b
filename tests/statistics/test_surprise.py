"""The chance of so many hits is exact at the ends and falls with every further hit."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from driftline.statistics.surprise import binomial_at_least


@given(some.integers(0, 50), some.integers(0, 50), some.floats(0, 1))
def test_a_chance_is_a_chance(hits: int, trials: int, share: float) -> None:
    """It stays between 0 and 1 and never grows with the hits."""
    found = binomial_at_least(hits, trials, share)

    assert 0 <= found <= 1
    assert binomial_at_least(hits + 1, trials, share) <= found + 1e-12


def test_known_chances() -> None:
    """Nothing is no surprise, all of what always happens neither, and the impossible is."""
    assert 1.0 == pytest.approx(binomial_at_least(0, 7, 0.3))
    assert 1.0 == binomial_at_least(7, 7, 1.0)
    assert 0.0 == binomial_at_least(8, 7, 0.5)
    assert 11 / 1024 == pytest.approx(binomial_at_least(9, 10, 0.5))


def test_a_share_is_checked() -> None:
    """What is no share is refused."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        binomial_at_least(1, 2, 1.5)
