"""How far environments drifted over time: what `driftline trend` answers.

Distances are in micro-units: a resource weighs one million. All sums are of
integers, so that parts add up to wholes exactly.
"""

import msgspec


class TrendPoint(msgspec.Struct, frozen=True):
    """A pair at an instant.

    `distance` is how far apart the sides are, as an interval where gaps leave
    it open; `path_length` how much either moved to get here; `exposure` the
    integral of distance over days, in micro-unit-days. `paths` and `roles` are
    the plain counts behind the distance: paths that differ, in so many roles
    that both sides have. `roles_missing` are roles that only one side has, each
    a whole unit of the distance; `unknown` are paths that may differ.
    """

    left: str
    right: str
    at: str
    distance: int
    distance_max: int
    path_length: int
    exposure: int
    paths: int
    roles: int
    roles_missing: int = 0
    unknown: int = 0


class TrendPart(msgspec.Struct, frozen=True):
    """What one actor class added to or took from the distance of a pair, by who moved.

    `side` is `left`, `right` or `both`: the side that moved. `removed` is not
    negative; added less removed, over all parts of a pair, is exactly the
    change of its distance from its first point to its last. `changes` are steps
    of paths, and of roles that appeared or ended.
    """

    left: str
    right: str
    actor_class: str
    side: str
    added: int
    removed: int
    changes: int


class Velocity(msgspec.Struct, frozen=True):
    """The change of a pair's distance in one week, beginning at `week`."""

    left: str
    right: str
    week: str
    change: int
    path_length: int
    changes: int


class ServiceTrend(msgspec.Struct, frozen=True):
    """The present distance, path length and exposure of one role of a pair.

    `missing` is the side that does not have the role: `left`, `right`, `both`
    or empty.
    """

    left: str
    right: str
    role: str
    distance: int
    path_length: int
    exposure: int
    paths: int
    distance_max: int = 0
    unknown: int = 0
    missing: str = ""


class TrendAnswer(msgspec.Struct, frozen=True):
    """The trend of every pair asked for, points weekly and at the end.

    `since` is the instant of the first points where one was asked for; `role`
    is the only role counted, if any. Figures of different `metric_epoch` have
    other weights behind them and cannot be compared.
    """

    schema: str
    trend: tuple[TrendPoint, ...]
    parts: tuple[TrendPart, ...]
    velocity: tuple[Velocity, ...]
    services: tuple[ServiceTrend, ...]
    notes: tuple[str, ...] = ()
    asked_at: str = ""
    since: str | None = None
    role: str | None = None
    focus: tuple[str, str] | None = None
    metric_epoch: int = 1
