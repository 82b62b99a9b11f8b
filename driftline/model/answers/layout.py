"""What was taken for which environment, role and layer: what `driftline layout` answers."""

import msgspec

from driftline.model.answers.scan import EnvironmentSummary, QuestionNote


class PlacementNote(msgspec.Struct, frozen=True):
    """One file and what it was taken for, with evidence and confidence from 0 to 1."""

    repository: str
    path: str
    environments: tuple[str, ...]
    role: str
    layer: str | None
    precedence: int
    confidence: float
    evidence: tuple[str, ...]
    alive: bool


class LivePlaceNote(msgspec.Struct, frozen=True):
    """Where an environment lives: namespaces of a cluster, or what of them a selector picks."""

    environment: str
    cluster: str
    namespaces: tuple[str, ...]
    selector: str
    confidence: float
    evidence: tuple[str, ...]


class LayoutAnswer(msgspec.Struct, frozen=True):
    """Every placement, and what the rules would rather ask than guess.

    `live` is where environments live, for the clusters that were looked at.
    """

    schema: str
    environments: tuple[EnvironmentSummary, ...]
    placements: tuple[PlacementNote, ...]
    questions: tuple[QuestionNote, ...]
    live: tuple[LivePlaceNote, ...] = ()
