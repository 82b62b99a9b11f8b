"""Rows of made-up answers: divergences, pairs and environments of a believable fleet."""

from typing import Any

import msgspec

from driftline.model.answers.parity import ActorRef, Divergence, Pair, Side
from driftline.model.answers.scan import EnvironmentSummary

NOW = "2026-08-07T12:00:00Z"
ANA = ActorRef(name="Ana Lopes", class_="human")
SHIP = ActorRef(name="shipit", class_="ci")
UPDATES = ActorRef(name="renovate[bot]", class_="bot")
MISSING = object()


def divergence(
    role: str,
    path: str,
    left: Any,
    right: Any,
    *,
    since: str | None = "2026-03-04T10:00:00Z",
    moved: str = "left",
    onset: str = "drifted",
    actor: ActorRef | None = ANA,
    kind: str = "text",
    names: tuple[str, str] = ("staging", "production"),
) -> Divergence:
    """A divergence of two present values, unless a side is MISSING."""
    return Divergence(
        left=names[0],
        right=names[1],
        plane="declared",
        role=role,
        path=path,
        type=kind,
        left_state=Side.ABSENT if left is MISSING else Side.PRESENT,
        right_state=Side.ABSENT if right is MISSING else Side.PRESENT,
        left_value=None if left is MISSING else left,
        right_value=None if right is MISSING else right,
        left_layer="environment",
        right_layer="environment",
        since=since,
        onset=onset,
        moved=moved,
        actor=actor,
        approved_by=None,
    )


def unknown_side(role: str, path: str, left: Any) -> Divergence:
    """A divergence whose right side could not be read."""
    row = divergence(role, path, left, MISSING, moved="unknown", actor=None, since=None)
    fields = {name: getattr(row, name) for name in row.__struct_fields__}
    return Divergence(**(fields | {"right_state": Side.UNKNOWN}))


def judged(row: Divergence, kind: str, reason: str, **fields: Any) -> Divergence:
    """The row as the judgement leaves it."""
    return msgspec.structs.replace(row, kind=kind, reason=reason, **fields)


DIVERGENCES = (
    divergence(
        "checkout",
        "/image/tag",
        "2.14.1",
        "2.14.0",
        since="2026-08-07T09:00:00Z",
        actor=SHIP,
    ),
    divergence(
        "checkout",
        "/resources/limits/memory",
        "512Mi",
        "1Gi",
        since="2026-01-12T02:10:00Z",
        moved="right",
        kind="quantity",
    ),
    divergence(
        "checkout", "/flags/newBasket", True, MISSING, since="2025-12-30T15:00:00Z", moved="left"
    ),
    divergence(
        "payments",
        "/spec/template/spec/containers/[name=web]/image",
        "registry.example.com/shop/payments:1.9.3",
        "registry.example.com/shop/payments:1.9.1",
        since="2026-06-20T15:00:00Z",
        actor=UPDATES,
        kind="image",
    ),
    divergence(
        "payments",
        "/database/password",
        {"secret": "a1b2c3d4:9f8e7d6c5b4a3210"},
        {"secret": "a1b2c3d4:0011223344556677"},
        onset="born",
        since="2022-02-01T00:00:00Z",
        moved="unknown",
        actor=None,
        kind="secret",
    ),
    divergence(
        "search",
        "/ingress/host",
        "search.staging.shop.example.com",
        "search.shop.example.com",
        onset="born",
        since="2021-09-02T00:00:00Z",
        moved="unknown",
        actor=None,
    ),
    divergence(
        "search",
        "/replicas",
        1,
        6,
        onset="born",
        since="2021-09-02T00:00:00Z",
        moved="unknown",
        actor=None,
        kind="number",
    ),
    unknown_side("search", "/index/shards", 3),
)

_LATE = (
    "staging moved and production is late: it usually follows within 24 h (30 steps of the path)"
)
_FOLLOWS = "staging moved; production usually follows within 24 h (30 steps of the path)"
_TIMEOUTS = 'one commit, 4c1d2e3 "tune timeouts after the incident"'
JUDGED = (
    judged(
        msgspec.structs.replace(DIVERGENCES[0], since="2026-08-07T09:00:00Z"),
        "in flight",
        _FOLLOWS,
        threshold_seconds=24 * 3600,
    ),
    judged(DIVERGENCES[1], "standing", "production moved alone, against the usual way", rank=2),
    judged(DIVERGENCES[2], "standing", _LATE, rank=1, stands_from="2025-12-31T15:00:00Z"),
    judged(DIVERGENCES[3], "frozen", "frozen by production: payments /suspend since 2026-06-01"),
    judged(DIVERGENCES[4], "environmental", "secret, another one everywhere"),
    judged(DIVERGENCES[5], "environmental", "names its own environment"),
    judged(DIVERGENCES[6], "environmental", "size, different since both exist"),
    judged(DIVERGENCES[7], "unknown", "a layer of production that could not be read may set it"),
    judged(
        divergence("web", "/log/level", "debug", "info"), "accepted", "known, until 2026-09-01, Ana"
    ),
    *(
        judged(
            divergence("search", f"/timeouts/{name}Seconds", 5, 20, moved="right"),
            "standing",
            "production moved alone, against the usual way",
            rank=rank,
            cause=_TIMEOUTS,
        )
        for rank, name in enumerate(("connect", "read", "write", "idle"), 3)
    ),
)
VERDICTS = {"environmental": 3, "in_flight": 1, "standing": 6, "frozen": 1, "accepted": 1}


def pair(left: str = "staging", right: str = "production", **counts: int) -> Pair:
    """A pair with believable counts."""
    numbers = {
        "facts_common": 343,
        "facts_differ": 64,
        "facts_left_only": 12,
        "facts_right_only": 9,
        "inherited": 29,
        "unknown": 4,
        "roles_common": 9,
        "roles_left_only": 0,
        "roles_right_only": 1,
    }
    whole = Pair(left, right, "declared", **numbers)  # type: ignore[arg-type]  # all are counts
    return msgspec.structs.replace(whole, **counts)


def environment(name: str, *, alive: bool = True, facts: int = 412) -> EnvironmentSummary:
    """An environment with believable counts."""
    return EnvironmentSummary(
        name=name,
        plane="declared",
        first_seen="2021-09-02T08:00:00Z",
        last_seen="2026-08-06T16:40:00Z",
        alive=alive,
        resources=23,
        facts=facts,
        confidence=0.95,
        evidence=(f"environments/{name}/",),
    )
