"""Paths that travel are told with their lags, their direction, and what did not arrive."""

from typing import Any

from driftline.analysis.promotions import promotions
from driftline.inventory.travel.journeys import journeys
from driftline.model.answers.promotions import Lags, Promotion
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of

HOUR = 3600
LOOKS = [number * HOUR for number in range(2000)]

Versions = list[tuple[int, Any]]


def told(left: Versions, right: Versions, *, hour: int = 1999) -> tuple[Promotion, ...]:
    """The promotions of a role whose file had these versions in two environments."""
    sides = [
        environment(name, {"app": (0, None, [layer_of(name, versions)])})
        for name, versions in (("staging", left), ("production", right))
    ]
    return promotions(journeys(pair(*sides), LOOKS, now=hour * HOUR))


def tags(*versions: tuple[int, str]) -> Versions:
    """A file with nothing but a tag."""
    return [(instant, {"tag": value}) for instant, value in versions]


def test_a_row_for_each_path_that_travels() -> None:
    """What was promoted, superseded, withdrawn, moved at once and is open is counted."""
    left = tags((0, "0"), (10, "1"), (20, "2"), (21, "3"), (30, "4"), (31, "3"), (40, "5"),
                (50, "6"))  # fmt: skip
    right = tags((0, "0"), (12, "1"), (24, "3"), (40, "5"))
    (row,) = told(left, right)

    assert ("staging", "production", "app", "/tag") == (row.from_, row.to, row.role, row.path)
    assert (2, 1, 1, 1, 1) == (row.count, row.superseded, row.withdrawn, row.co_moved, row.open)
    assert (86_400, "default", False) == (row.threshold_seconds, row.level, row.is_learnt)
    assert 4 * HOUR == row.lag_seconds.max


def test_lags_are_quantiles_with_censoring() -> None:
    """A lag that a tenth, a half and nine tenths have reached; what waits is not left out."""
    left = tags(*((number * 100, str(number)) for number in range(11)))
    right = tags((0, "0"), *((number * 100 + number, str(number)) for number in range(1, 11)))
    (row,) = told(left, right, hour=1100)
    waiting = [*left, *tags((1101, "x"))]
    (later,) = told(waiting, right, hour=1200)

    assert Lags(HOUR, 5 * HOUR, 9 * HOUR, 10 * HOUR) == row.lag_seconds
    assert Lags(2 * HOUR, 6 * HOUR, 10 * HOUR, 10 * HOUR) == later.lag_seconds


def test_few_steps_have_no_quantiles() -> None:
    """Of fewer than five steps only the longest lag is told."""
    (row,) = told(tags((0, "0"), (10, "1")), tags((0, "0"), (12, "1")))

    assert Lags(None, None, None, 2 * HOUR) == row.lag_seconds


def test_moves_of_the_follower_are_backwards() -> None:
    """What the follower did alone is counted beside the direction that is told."""
    (row,) = told(tags((0, "0"), (10, "1")), tags((0, "0"), (12, "1"), (20, "0"), (21, "1")))

    assert ("staging", 1, 1) == (row.from_, row.count, row.backwards)


def test_both_ways_are_two_rows() -> None:
    """A path that travelled both ways is told in both directions."""
    rows = told(tags((0, "0"), (10, "1"), (22, "2")), tags((0, "0"), (12, "1"), (20, "2")))

    assert [("production", 1), ("staging", 1)] == [(row.from_, row.count) for row in rows]


def test_a_learnt_direction_is_told() -> None:
    """With five arrivals one way the direction is sure."""
    left = tags(*((number * 100, str(number)) for number in range(7)))
    right = tags((0, "0"), *((number * 100 + 2, str(number)) for number in range(1, 7)))
    (row,) = told(left, right)

    assert row.is_learnt
    assert 6 == row.steps


def test_what_never_travelled_has_no_row() -> None:
    """A path that only ever moved on one side, or on both at once, travels nowhere."""
    assert () == told(tags((0, "0"), (10, "1")), tags((0, "0")))
    assert () == told(tags((0, "0"), (10, "1")), tags((0, "0"), (10, "2")))
