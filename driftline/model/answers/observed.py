"""What reading anew brought: what `driftline observe` answers."""

import msgspec

from driftline.model.answers.parity import GapNote


class ObservedRepository(msgspec.Struct, frozen=True):
    """One repository: where it stands now, and what this reading added.

    `facts_added` counts stored fact changes; `gaps` are all files that cannot
    be read now, not only new ones.
    """

    path: str
    head: str
    looks: int
    looks_added: int
    facts_added: int
    gaps: tuple[GapNote, ...] = ()
    notes: tuple[str, ...] = ()


class Observed(msgspec.Struct, frozen=True):
    """Every repository that was read, in the order asked."""

    schema: str
    asked_at: str
    repositories: tuple[ObservedRepository, ...]
    notes: tuple[str, ...] = ()
