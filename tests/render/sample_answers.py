"""Made-up answers about what happens over time: spells, promotions, trend and decisions."""

from typing import Any

from driftline.model.answers.decisions import DecisionNote, DecisionsAnswer
from driftline.model.answers.promotions import Lags, Promotion, PromotionsAnswer
from driftline.model.answers.spells import SpellNote, SpellsAnswer
from driftline.model.answers.trend import (
    ServiceTrend,
    TrendAnswer,
    TrendPart,
    TrendPoint,
    Velocity,
)
from tests.render.sample_rows import ANA, NOW


def spell(role: str, path: str, started: str, ended: str | None, **fields: Any) -> SpellNote:
    """One spell that was in flight for a day and stood from then on."""
    given: dict[str, Any] = {
        "left": "staging",
        "right": "production",
        "stands_from": "2026-07-02T09:00:00Z",
        "seconds_in_flight": 86_400,
        "seconds_standing": 5 * 86_400,
        "opened_by": "left",
        "kind": "standing",
        "reason": "staging moved and production is late",
        "actor": ANA,
        "left_value": "2.14.1",
        "right_value": "2.14.0",
    }
    return SpellNote(role=role, path=path, started=started, ended=ended, **(given | fields))


def spells() -> SpellsAnswer:
    """Spells of two pairs: one that lasts, one that ended, one that never stood."""
    never = {"stands_from": None, "seconds_standing": 0, "kind": "in flight"}
    return SpellsAnswer(
        schema="driftline.spells/1",
        spells=(
            spell("checkout", "/image/tag", "2026-08-07T09:00:00Z", None, **never),
            spell("search", "/replicas", "2026-07-01T09:00:00Z", None, right_value=None),
            spell(
                "checkout", "/image/tag", "2026-06-01T09:00:00Z", "2026-06-02T10:00:00Z", **never
            ),
            spell("web", "/log", "2026-01-01T09:00:00Z", "2026-01-09T09:00:00Z", left="local"),
        ),
        notes=("of spells that are over, at most the latest 2000 are told",),
    )


def promotions() -> PromotionsAnswer:
    """Two paths that travel one way, and one that is not known to."""
    return PromotionsAnswer(
        schema="driftline.promotions/1",
        promotions=(
            Promotion(
                from_="staging",
                to="production",
                role="checkout",
                path="/image/tag",
                count=132,
                lag_seconds=Lags(1_200, 16_000, 90_000, 900_000),
                superseded=5,
                withdrawn=3,
                co_moved=3,
                backwards=1,
                threshold_seconds=90_000,
                level="path",
                steps=50,
                is_learnt=True,
            ),
            Promotion(
                from_="staging",
                to="production",
                role="payments",
                path="/spec/template/spec/containers/[name=web]/image",
                count=4,
                lag_seconds=Lags(None, 86_400, None, 300_000),
                open=1,
                threshold_seconds=86_400,
                level="default",
                steps=7,
                is_learnt=True,
            ),
            Promotion(
                from_="production", to="staging", role="search", path="/replicas", count=1, steps=2
            ),
        ),
    )


def trend() -> TrendAnswer:
    """Two weeks of one pair."""
    names = ("staging", "production")
    return TrendAnswer(
        schema="driftline.trend/1",
        trend=(
            TrendPoint(*names, "2026-07-31T12:00:00Z", 1_200_000, 1_400_000, 9_000_000, 70, 12, 3),
            TrendPoint(*names, NOW, 900_000, 1_100_000, 9_600_000, 77, 9, 3),
        ),
        parts=(TrendPart(*names, "human", "left", 100_000, 400_000, 7),),
        velocity=(Velocity(*names, "2026-07-31T12:00:00Z", -300_000, 600_000, 7),),
        services=(ServiceTrend(*names, "checkout", 500_000, 4_000_000, 40, 5),),
        asked_at=NOW,
        focus=names,
    )


def decisions() -> DecisionsAnswer:
    """One decision that lasts."""
    return DecisionsAnswer(
        schema="driftline.decisions/1",
        file="driftline-ledger.yaml",
        decisions=(
            DecisionNote(
                decision="accept",
                role="checkout",
                path="/image/tag",
                environments=("staging", "production"),
                values=(),
                class_="",
                until="2026-09-01",
                ends_in_days=25,
                reason="a known difference",
                owner="team-a",
            ),
        ),
    )
