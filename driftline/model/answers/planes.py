"""What runs beside what was declared: objects of one plane alone, coverage, and what is no drift.

Instants are ISO 8601 in UTC, ending in Z. What cannot be known is None and
never an empty text.
"""

from typing import Any

import msgspec


class ActorRef(msgspec.Struct, frozen=True):
    """Who made a change, as evidence of that one change."""

    name: str
    class_: str = msgspec.field(name="class")


class Unmanaged(msgspec.Struct, frozen=True):
    """An object that runs and is declared nowhere.

    `since` is the look at which it was first seen, or its own `created` where it
    was there before anybody looked. `facts` counts what would be lost with it.
    `judged` is the judgement (see `driftline.model.verdict.Kind`).
    """

    environment: str
    plane: str
    role: str
    kind: str
    namespace: str
    name: str
    since: str | None
    created: str | None
    owner: str
    actor: ActorRef | None
    facts: int
    judged: str
    reason: str


class Ghost(msgspec.Struct, frozen=True):
    """An object that is declared and does not run.

    `since` is when it vanished, or when it was declared if it never ran as far
    as anybody looked; `was_there` tells which.
    """

    environment: str
    plane: str
    role: str
    kind: str
    namespace: str
    name: str
    since: str | None
    was_there: bool
    owner: str
    actor: ActorRef | None
    file: str | None
    judged: str
    reason: str


class KindCoverage(msgspec.Struct, frozen=True):
    """How much of what runs of one kind is declared, and how much of what is declared runs.

    What a server or controller makes by itself counts nowhere. `percent` is the
    declared share of what runs, None where nothing runs or nothing was listed.
    """

    environment: str
    kind: str
    running: int
    declared: int
    managed: int
    percent: float | None
    unlisted: str | None = None


class QuietNote(msgspec.Struct, frozen=True):
    """A difference that is no drift: where, the rule that says so, and why."""

    role: str
    path: str
    rule: str
    reason: str
    left_value: Any
    right_value: Any


class OwnerLoss(msgspec.Struct, frozen=True):
    """What of an owner exists only in a running system; an empty `owner` is nobody known."""

    owner: str
    facts: int
    resources: int
    oldest: str | None


class BurnedDown(msgspec.Struct, frozen=True):
    """What of an environment would be lost if it were rebuilt from its declarations tonight.

    `oldest` is since when the oldest of it exists; `owners` are in that order.
    """

    environment: str
    facts: int
    resources: int
    oldest: str | None
    owners: tuple[OwnerLoss, ...] = ()
