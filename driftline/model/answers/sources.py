"""Where we look, and how long ago we last saw: what `driftline sources` answers."""

import msgspec

from driftline.model.answers.parity import GapNote


class SourceNote(msgspec.Struct, frozen=True):
    """One source.

    `last_look` is the instant that its last look speaks of (for git, that of a
    commit), `last_read` when we last read it well. `usual_seconds` is the usual
    time between two readings, where that is known; `limit_seconds` the age from
    which it is stale. `gaps` are what cannot be read of it now.
    """

    kind: str
    plane: str
    locator: str
    branch: str
    looks: int
    last_look: str | None
    last_read: str | None
    age_seconds: int | None
    usual_seconds: int | None
    limit_seconds: int | None
    is_stale: bool
    gaps: tuple[GapNote, ...] = ()


class SourcesAnswer(msgspec.Struct, frozen=True):
    """Every source of the history, the one that was read longest ago first."""

    schema: str
    asked_at: str
    sources: tuple[SourceNote, ...]
    notes: tuple[str, ...] = ()
