"""How environments compare: pairs, divergences, and the sides' account of a value.

These records are the JSON that other programs rely on; docs/json.md and the
published JSON Schema describe them. Instants are ISO 8601 in UTC, ending in Z.
"""

import enum
from typing import Any

import msgspec

from driftline.model.answers.planes import (
    ActorRef,
    Ghost,
    KindCoverage,
    QuietNote,
    Unmanaged,
)
from driftline.model.answers.side_by_side import FileCounts

__all__ = [
    "ActorRef",
    "Comparison",
    "Divergence",
    "GapNote",
    "Pair",
    "RoleCounts",
    "Side",
]


class Side(enum.StrEnum):
    """What one side of a divergence says about the path."""

    PRESENT = "present"
    ABSENT = "absent"  # every layer was read, and none sets it
    UNKNOWN = "unknown"  # a layer below could not be read, and may set it


class Divergence(msgspec.Struct, frozen=True):
    """A path at which two environments differ now.

    `onset` is `born` when the sides never agreed since both existed, `drifted`
    when they once did. `moved` says which side moved at `since`: `left`,
    `right`, `both`, or `unknown`. `type` is how the values were compared, and
    `aspect` the only part in which they differ, if there is one (an image's
    tag). Values are JSON values; `left_state` tells absent from unknown.
    An empty `path` is the role as a whole: one side does not have it.
    `right_path` is set when a list element has another name on the right.

    `kind` is the judgement (see `driftline.model.verdict.Kind`) and `reason`
    why. `rank` orders standing rows by what is most worth asking about, from 1;
    0 is no rank. Rows with one `cause` have one act, layer or shape behind them.
    `threshold_seconds` is the age from which what is in flight is late.
    `left_plane` and `right_plane` say whose account of reality each side is;
    `plane` is both where they are one, else both with a slash between.
    """

    left: str
    right: str
    plane: str
    role: str
    path: str
    type: str
    left_state: Side
    right_state: Side
    left_value: Any
    right_value: Any
    left_layer: str | None
    right_layer: str | None
    since: str | None
    onset: str
    moved: str
    actor: ActorRef | None
    approved_by: str | None
    aspect: str = ""
    left_file: str | None = None
    right_file: str | None = None
    right_path: str | None = None
    look: str | None = None
    subject: str | None = None
    kind: str = "unknown"
    reason: str = ""
    stands_from: str | None = None
    share_of_time_apart: float = 0.0
    spells: int = 0
    rank: int = 0
    cause: str = ""
    owner: str = ""
    threshold_seconds: int | None = None
    left_plane: str = "declared"
    right_plane: str = "declared"


class Pair(msgspec.Struct, frozen=True):
    """How well two environments match, in plain counts of facts.

    Every fact of the pair is in exactly one of common, left only, right only
    and unknown; `facts_differ` is the part of common that is not equal.
    `inherited` counts the facts that one side sets itself and the other
    inherits from a shared layer. `facts_in_left_roles` is the part of left only
    that stands in roles which the right side does not have at all, and
    `facts_in_right_roles` the reverse.
    """

    left: str
    right: str
    plane: str
    facts_common: int
    facts_differ: int
    facts_left_only: int
    facts_right_only: int
    inherited: int
    unknown: int
    roles_common: int
    roles_left_only: int
    roles_right_only: int
    facts_in_left_roles: int = 0
    facts_in_right_roles: int = 0
    environmental: int = 0
    in_flight: int = 0
    standing: int = 0
    frozen: int = 0
    accepted: int = 0
    noise: int = 0
    left_plane: str = "declared"
    right_plane: str = "declared"


class RoleCounts(msgspec.Struct, frozen=True):
    """The counts of a pair for one role that both sides have; they mean the same as in `Pair`."""

    role: str
    facts_common: int
    facts_differ: int
    facts_left_only: int
    facts_right_only: int
    inherited: int
    unknown: int


class Comparison(msgspec.Struct, frozen=True):
    """One pair with its divergences; what `driftline compare` answers.

    Where a side is a running system: `unmanaged` runs and is declared nowhere,
    `ghosts` are declared and do not run, both oldest first; `coverage` says how
    much of each kind that runs is declared. `informational` differs, and is no
    drift; `noise` is what was left out, listed only where it was asked for.
    `files` is told where files were compared as they came, without a history.
    """

    schema: str
    left_ref: str
    right_ref: str
    left_at: str | None
    right_at: str | None
    layer: str
    pair: Pair
    divergences: tuple[Divergence, ...]
    gaps: "tuple[GapNote, ...]"
    notes: tuple[str, ...] = ()
    roles: tuple[RoleCounts, ...] = ()
    left_plane: str = "declared"
    right_plane: str = "declared"
    unmanaged: tuple[Unmanaged, ...] = ()
    ghosts: tuple[Ghost, ...] = ()
    coverage: tuple[KindCoverage, ...] = ()
    informational: tuple[QuietNote, ...] = ()
    noise: tuple[QuietNote, ...] = ()
    files: FileCounts | None = None


class GapNote(msgspec.Struct, frozen=True):
    """What could not be read: the file, since which look, and why."""

    path: str
    look: str
    reason: str
    repository: str = ""
