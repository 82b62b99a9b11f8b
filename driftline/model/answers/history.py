"""The life of one fact in each environment: what `driftline history` answers."""

from typing import Any

import msgspec

from driftline.model.answers.parity import ActorRef


class SeriesStep(msgspec.Struct, frozen=True):
    """One change of the effective value. `state` is present, absent or unknown."""

    at: str
    look: str
    state: str
    value: Any
    layer: str | None
    file: str | None
    actor: ActorRef | None
    approved_by: str | None
    subject: str


class Series(msgspec.Struct, frozen=True):
    """The steps of one path in one environment, oldest first."""

    environment: str
    role: str
    path: str
    steps: tuple[SeriesStep, ...]


class History(msgspec.Struct, frozen=True):
    """All series that the question matched, and the other paths that it might mean."""

    schema: str
    role: str
    path: str | None
    series: tuple[Series, ...]
    paths: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
