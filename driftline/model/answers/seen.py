"""What is new since somebody last looked: a part of what `driftline status` answers."""

import msgspec


class SeenRow(msgspec.Struct, frozen=True, order=True):
    """A difference by its place; `kind` is what it is now, or was before it closed."""

    left: str
    right: str
    role: str
    path: str
    kind: str


class SinceLook(msgspec.Struct, frozen=True):
    """What happened since this user last looked; `looked_at` is None for the first time.

    Only what is drift is told: standing, in flight or frozen. `became_standing`
    was in flight or frozen before, `decided` was drift and is now accepted or
    known to be by design.
    """

    looked_at: str | None
    opened: tuple[SeenRow, ...] = ()
    closed: tuple[SeenRow, ...] = ()
    became_standing: tuple[SeenRow, ...] = ()
    decided: tuple[SeenRow, ...] = ()
