"""A source is stale when it was read longer ago than usual, or than it may be."""

import pytest

from driftline.analysis.staleness import staleness

# Seconds of readings, now, what a person allows; age, limit, whether it is stale.
CASES = [
    ("fresh", [0, 600, 1200], 1500, None, (300, 1800, False)),
    ("late", [0, 600, 1200], 4000, None, (2800, 1800, True)),
    ("a short interval", [0, 5, 10], 60, None, (50, 60, False)),
    ("nothing is usual yet", [0, 600], 10_000, None, (9400, None, False)),
    ("a person decides", [0, 600, 1200], 1500, 200, (300, 200, True)),
    ("never read", [], 1500, None, (None, None, False)),
    ("never read, and it matters", [], 1500, 200, (None, 200, True)),
    ("a clock that is behind", [0, 600, 1200], 1100, None, (0, 1800, False)),
    ("one long pause is not usual", [0, 600, 9000, 9600, 10_200], 11_000, None, (800, 1800, False)),
]


@pytest.mark.parametrize(("why", "readings", "now", "limit", "expected"), CASES)
def test_stale(
    why: str,
    readings: list[int],
    now: int,
    limit: int | None,
    expected: tuple[int | None, int | None, bool],
) -> None:
    """Age and limit follow from the readings, unless a person sets the limit."""
    one = staleness(readings, now=now, age_seconds_max=limit)

    assert expected == (one.age_seconds, one.limit_seconds, one.is_stale), why
