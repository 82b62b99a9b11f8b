"""Stretches of difference and what they were: what `driftline spells` answers."""

from typing import Any

import msgspec

from driftline.model.answers.parity import ActorRef


class SpellNote(msgspec.Struct, frozen=True):
    """One spell of one path of a pair.

    `started` is its onset. Up to `stands_from` it was in flight, from then on
    it stood; None where it never stood. `ended` is None while it lasts.
    """

    left: str
    right: str
    role: str
    path: str
    started: str
    stands_from: str | None
    ended: str | None
    seconds_in_flight: int
    seconds_standing: int
    opened_by: str
    kind: str
    reason: str
    actor: ActorRef | None = None
    left_value: Any = None
    right_value: Any = None


class SpellsAnswer(msgspec.Struct, frozen=True):
    """Every spell asked for, newest onset first."""

    schema: str
    spells: tuple[SpellNote, ...]
    notes: tuple[str, ...] = ()
