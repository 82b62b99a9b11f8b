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


class ObservedCluster(msgspec.Struct, frozen=True):
    """One cluster: what one look at it saw.

    `at` is the instant of the look by the cluster's own clock. `objects` are all
    that are known now, `moved` those that changed, came or went. `not_listed`
    counts the kinds that are never read. `error` says why there was no look; then
    nothing else is told.
    """

    cluster: str
    at: str | None
    objects: int = 0
    moved: int = 0
    facts_added: int = 0
    not_listed: int = 0
    gaps: tuple[GapNote, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""


class Observed(msgspec.Struct, frozen=True):
    """Every repository that was read, and every cluster that was looked at, in the order asked."""

    schema: str
    asked_at: str
    repositories: tuple[ObservedRepository, ...]
    notes: tuple[str, ...] = ()
    clusters: tuple[ObservedCluster, ...] = ()
