"""How changes travel between environments: what `driftline promotions` answers."""

import msgspec


class Lags(msgspec.Struct, frozen=True):
    """Quantiles of the catch-up lag in seconds, with censoring; None where the data cannot say."""

    p10: int | None
    p50: int | None
    p90: int | None
    max: int | None


class Promotion(msgspec.Struct, frozen=True):
    """One path of one role in one direction. `count` steps were promoted as they were.

    `from_` is the source. `open` counts steps that have not arrived yet,
    `backwards` moves of the target alone. `threshold_seconds` is the age from
    which a step is late, `level` where that figure comes from, `steps` the
    number of steps behind it. `is_learnt` tells whether the direction is sure.
    """

    from_: str = msgspec.field(name="from")
    to: str = ""
    role: str = ""
    path: str = ""
    count: int = 0
    lag_seconds: Lags = Lags(None, None, None, None)
    superseded: int = 0
    withdrawn: int = 0
    co_moved: int = 0
    backwards: int = 0
    open: int = 0
    threshold_seconds: int = 0
    level: str = "default"
    steps: int = 0
    is_learnt: bool = False


class PromotionsAnswer(msgspec.Struct, frozen=True):
    """Every path that travels between environments."""

    schema: str
    promotions: tuple[Promotion, ...]
    notes: tuple[str, ...] = ()
