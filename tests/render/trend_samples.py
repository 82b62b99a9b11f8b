"""Trends as screens and pages show them in tests."""

from driftline.model.answers.trend import (
    ServiceTrend,
    TrendAnswer,
    TrendPart,
    TrendPoint,
    Velocity,
)
from driftline.model.ref import parse_time, time_text

WEEK = 7 * 86_400
FIRST = parse_time("2025-06-02")
LEFT, RIGHT = "staging", "production"


def point(week: int, distance: int, *, left: str = LEFT, missing: int = 0) -> TrendPoint:
    """A pair after so many weeks, all its distance in paths but that of missing roles."""
    inner = distance - missing * 1_000_000
    return TrendPoint(
        left=left,
        right=RIGHT,
        at=time_text(FIRST + week * WEEK),
        distance=distance,
        distance_max=distance + (2_500 if missing else 0),
        path_length=week * 40_000,
        exposure=week * 7 * distance,
        paths=inner // 2_500,
        roles=min(3, inner // 2_500),
        roles_missing=missing,
        unknown=1 if missing else 0,
    )


def pair() -> TrendAnswer:
    """A year of one pair, with a role that production lacks from the middle on."""
    distances = [20_000 + 15_000 * (week % 9) for week in range(30)]
    points = [point(week, distance) for week, distance in enumerate(distances)]
    points += [point(week, 1_120_000 + 5_000 * week, missing=1) for week in range(30, 60)]
    last = points[-1].distance
    return TrendAnswer(
        schema="driftline.trend/1",
        trend=tuple(points),
        parts=(
            TrendPart(LEFT, RIGHT, "bot", "left", 2_000_000, 0, 80),
            TrendPart(LEFT, RIGHT, "bot", "right", 0, 1_880_000, 76),
            TrendPart(LEFT, RIGHT, "human", "both", 120, 0, 4),
            TrendPart(LEFT, RIGHT, "human", "left", last - 140_120, 0, 9),
        ),
        velocity=tuple(
            Velocity(LEFT, RIGHT, one.at, 15_000, 40_000, number % 7)
            for number, one in enumerate(points[:-1])
        ),
        services=(
            ServiceTrend(
                LEFT, RIGHT, "reports", 1_000_000, 1_000_000, 90_000_000, 0, missing="right"
            ),
            ServiceTrend(LEFT, RIGHT, "web", last - 1_000_000, 900_000, 9_000_000, 166, last, 1),
            ServiceTrend(LEFT, RIGHT, "queue", 0, 60_000, 300_000, 0),
        ),
        notes=("1 file could not be read; of it counts what was last read",),
        asked_at=points[-1].at,
        focus=(LEFT, RIGHT),
    )


def several() -> TrendAnswer:
    """Three pairs, one of them with a long name and one without any drift."""
    long = "production-europe-central-blue"
    return TrendAnswer(
        schema="driftline.trend/1",
        trend=(
            *(point(week, 10_000 * week) for week in range(12)),
            *(point(week, 200_000 - 10_000 * week, left=long) for week in range(12)),
            *(point(week, 0, left="canary") for week in range(12)),
        ),
        parts=(),
        velocity=(),
        services=(),
        since=time_text(FIRST),
        focus=(LEFT, RIGHT),
    )


def nothing() -> TrendAnswer:
    """No pair at all."""
    return TrendAnswer(schema="driftline.trend/1", trend=(), parts=(), velocity=(), services=())
