"""What a scan found: the one document that `driftline scan --format json` prints."""

import msgspec

from driftline.model.answers.majority import Majority
from driftline.model.answers.parity import Divergence, GapNote, Pair
from driftline.model.answers.planes import BurnedDown
from driftline.model.answers.promotions import Promotion
from driftline.model.answers.seen import SinceLook
from driftline.model.answers.spells import SpellNote
from driftline.model.answers.trend import TrendPoint


class RepositorySummary(msgspec.Struct, frozen=True):
    """One repository as far as it was read. `first` and `last` are instants.

    `kind` is `git`, or `folder` for what was read as it is, without a past.
    """

    path: str
    head: str
    commits: int
    looks: int
    first: str | None
    last: str | None
    branch: str | None = None
    shallow: bool = False
    epochs: int = 1
    kind: str = "git"


class EnvironmentSummary(msgspec.Struct, frozen=True):
    """One environment: when it was seen, how much it holds, why we believe in it."""

    name: str
    plane: str
    first_seen: str | None
    last_seen: str | None
    alive: bool
    resources: int
    facts: int
    confidence: float
    evidence: tuple[str, ...]


class ActorSummary(msgspec.Struct, frozen=True):
    """One actor with its class, its count of fact changes, and why that class."""

    name: str
    class_: str = msgspec.field(name="class")
    changes: int = 0
    evidence: str = ""
    assisted: int = 0


class Changed(msgspec.Struct, frozen=True):
    """A fact that moved often: where, how many times in which environments, and when last."""

    role: str
    path: str
    changes: int
    environments: tuple[str, ...]
    last: str


class Coverage(msgspec.Struct, frozen=True):
    """How much of what was seen was understood, in plain counts.

    `files` are configuration files alive now; `placed` those that belong to an
    environment, `shared` those in a shared layer, `unplaced` the rest;
    `unreadable` those behind a gap. `not_configuration` were not looked into.
    """

    files: int
    placed: int
    shared: int
    unplaced: int
    unreadable: int
    not_configuration: int
    facts: int
    fact_changes: int


class QuestionNote(msgspec.Struct, frozen=True):
    """What the layout rules would not guess, and the line that answers it."""

    text: str
    paths: tuple[str, ...]
    answer: str


class Scan(msgspec.Struct, frozen=True):
    """Everything a scan has to say, in the order people want to read it.

    `focus` is the pair that people look at first: production against the
    sibling nearest to it, or the pair that agrees on most. `since_last_look`
    is told by `status` alone. `majorities` is empty where no value can be called
    usual, as in any fleet of fewer than eight environments.
    """

    schema: str
    generated_by: str
    asked_at: str
    repositories: tuple[RepositorySummary, ...]
    environments: tuple[EnvironmentSummary, ...]
    pairs: tuple[Pair, ...]
    divergences: tuple[Divergence, ...]
    most_changed: tuple[Changed, ...]
    actors: tuple[ActorSummary, ...]
    gaps: tuple[GapNote, ...]
    coverage: Coverage
    questions: tuple[QuestionNote, ...]
    notes: tuple[str, ...] = ()
    focus: tuple[str, str] | None = None
    promotions: tuple[Promotion, ...] = ()
    spells: tuple[SpellNote, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    since_last_look: SinceLook | None = None
    burned_down: tuple[BurnedDown, ...] = ()
    majorities: tuple[Majority, ...] = ()
