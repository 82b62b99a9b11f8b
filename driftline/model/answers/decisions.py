"""What was decided about differences: what `driftline decisions` answers."""

from typing import Any

import msgspec


class DecisionValue(msgspec.Struct, frozen=True):
    """The value that a decision was made for, in one environment or in any (None).

    `state` is present, absent or described: what is secret or too long to be
    written down is only described.
    """

    environment: str | None
    state: str
    value: Any


class DecisionNote(msgspec.Struct, frozen=True):
    """One decision.

    `state` is `in force`, `ends soon` (within a week), `ended`, `not yet` or
    `renewed` (a later one says the same). `ends_in_days` is None for what
    never ends. `class_` is what a correction says that a path is. `covers` counts
    the present differences that it speaks about, whether or not it is in force;
    None where nothing was read that it could speak about.
    """

    decision: str
    role: str
    path: str
    environments: tuple[str, ...]
    values: tuple[DecisionValue, ...]
    class_: str = msgspec.field(name="class")
    until: str | None = None
    ends_in_days: int | None = None
    state: str = "in force"
    reason: str = ""
    owner: str = ""
    made_on: str | None = None
    file: str = ""
    line: int = 0
    covers: int | None = None


class DecisionsAnswer(msgspec.Struct, frozen=True):
    """Every decision, those first that need attention, and what in the ledger is wrong."""

    schema: str
    file: str
    decisions: tuple[DecisionNote, ...]
    problems: tuple[str, ...] = ()
