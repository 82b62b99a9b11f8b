"""What of a difference is drift: kinds, spells, steps and promotions.

The words of DESIGN's "Standing or in flight". Instants are positions in the
order of all looks (`driftline.model.chronicle`); seconds are since 1970 UTC.
"""

import enum

import msgspec


class Kind(enum.StrEnum):
    """What a divergence is. Exactly one; the reason says why."""

    ENVIRONMENTAL = "environmental"  # differs by design: names, sizes, domains
    IN_FLIGHT = "in flight"  # on its way, and not late yet
    STANDING = "standing"  # drift: nobody is bringing it
    FROZEN = "frozen"  # a declared freeze stops it; always listed
    ACCEPTED = "accepted"  # in the ledger, until it expires
    UNKNOWN = "unknown"  # a layer or file that could not be read decides


class StepEnd(enum.StrEnum):
    """How a step of the source ended for the target."""

    PROMOTED = "promoted"  # the target took this very value
    SUPERSEDED = "superseded"  # the target took a later value of the source
    WITHDRAWN = "withdrawn"  # the source went back to the target's value; censors
    OPEN = "open"  # the target has not caught up; censors
    CO_MOVED = "co-moved"  # both moved in one look; no lag
    ADOPTED = "adopted"  # the target held the value first, and the source followed


class PathClass(enum.StrEnum):
    """How a path behaves over all environments that have it."""

    CONSTANT = "constant"  # the same everywhere, by history
    PARAMETER = "environment parameter"  # constant inside an environment, differs between them
    TEMPLATE = "template"  # a function of the environment's own words
    UNIQUE = "unique"  # another value each time, everywhere: ids, digests of secrets
    FREE = "free"  # moves over time: tags, versions, sizes that are tuned


class Step(msgspec.Struct, frozen=True, gc=False):
    """One change in the source and how it ended for the target.

    `started_at` and `ended_at` are seconds; `lag_seconds` is None unless it was
    promoted or superseded. `ended` is the instant of `ended_at`.
    """

    instant: int
    started_at: int
    value: str | None
    end: StepEnd
    ended_at: int | None
    lag_seconds: int | None
    ended: int | None = None


class Threshold(msgspec.Struct, frozen=True):
    """The age at which a step is late, and where the figure comes from.

    `level` is `path`, `role`, `pair` or `default`; `steps` counts the steps
    behind it, `promotions` those that arrived.
    """

    seconds: int
    level: str
    steps: int
    promotions: int


class Spell(msgspec.Struct, frozen=True, gc=False):
    """One unbroken stretch of difference at a path of a pair.

    `opened_by` is `left`, `right`, `both` or `unknown`. `stands_from` is the
    second from which it was standing (None: it never was); what came before
    stays in flight for ever. `ended_at` is None while it lasts.
    """

    started: int
    started_at: int
    ended_at: int | None
    opened_by: str
    stands_from: int | None


class Verdict(msgspec.Struct, frozen=True):
    """The judgement of one divergence. `stands_from` is in seconds, for standing ones."""

    kind: Kind
    reason: str
    stands_from: int | None
    share_of_time_apart: float
    spells: int
    threshold: Threshold | None = None
