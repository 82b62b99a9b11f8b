"""A made-up scan with everything that a page can show, and the trend that goes with it."""

import msgspec

from driftline.model.answers.majority import Majority, OddOne
from driftline.model.answers.parity import Side
from driftline.model.answers.promotions import Lags, Promotion
from driftline.model.answers.scan import Scan
from driftline.model.answers.spells import SpellNote
from driftline.model.answers.trend import ServiceTrend, TrendAnswer, TrendPart, TrendPoint
from tests.render.sample_rows import ANA
from tests.render.samples import JUDGED, QUESTION, pair, scan

WEEKS = ("2026-07-20T00:00:00Z", "2026-07-27T00:00:00Z", "2026-08-03T00:00:00Z")


def point(at: str, distance: int, *, doubt: int = 0) -> TrendPoint:
    """A week of the pair."""
    return TrendPoint(
        "staging", "production", at, distance, distance + doubt, distance, distance, 12, 3
    )


TREND = TrendAnswer(
    schema="driftline.trend/1",
    trend=(point(WEEKS[0], 400_000), point(WEEKS[1], 900_000), point(WEEKS[2], 700_000, doubt=9)),
    parts=(
        TrendPart("staging", "production", "human", "right", 500_000, 0, 3),
        TrendPart("staging", "production", "bot", "left", 100_000, 300_000, 9),
    ),
    velocity=(),
    services=(ServiceTrend("staging", "production", "cart", 0, 0, 0, 0),),
    focus=("staging", "production"),
)
SPELLS = (
    SpellNote(
        left="staging",
        right="production",
        role="checkout",
        path="/flags/newBasket",
        started="2025-12-30T15:00:00Z",
        stands_from="2025-12-31T15:00:00Z",
        ended=None,
        seconds_in_flight=86_400,
        seconds_standing=200 * 86_400,
        opened_by="left",
        kind="standing",
        reason="late",
        actor=ANA,
        left_value=True,
    ),
    SpellNote(
        left="staging",
        right="production",
        role="payments",
        path="/image/tag",
        started="2026-07-30T15:00:00Z",
        stands_from=None,
        ended="2026-07-30T18:00:00Z",
        seconds_in_flight=10_800,
        seconds_standing=0,
        opened_by="left",
        kind="in flight",
        reason="usual",
        left_value="1.9.2",
        right_value="1.9.1",
    ),
)
PROMOTION = Promotion(
    from_="staging",
    to="production",
    role="checkout",
    path="/image/tag",
    count=132,
    lag_seconds=Lags(3_600, 7_200, None, 400_000),
    superseded=5,
    steps=50,
    level="path",
    threshold_seconds=86_400,
    is_learnt=True,
)


MAJORITY = Majority(
    role="payments",
    path="/proxy/image",
    state=Side.PRESENT,
    value="registry.example.com/proxy:1.27.3",
    sharing=7,
    environments=8,
    share_least=0.5291,
    odd=(
        OddOne(
            "production-us", Side.ABSENT, None, "standing", "it moved alone",
            "2026-03-02T09:00:00Z", "it",
        ),
    ),
    unread=("edge",),
)  # fmt: skip


def full_scan() -> Scan:
    """The made-up fleet, judged, with everything that a scan may say."""
    return msgspec.structs.replace(
        scan(divergences=JUDGED, pairs=[pair(standing=6)], questions=[QUESTION]),
        spells=SPELLS,
        promotions=(PROMOTION,),
        focus=("staging", "production"),
        notes=("one chart was not found",),
        majorities=(MAJORITY,),
    )
