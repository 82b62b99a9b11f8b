"""A patch that brings one environment to another: what `driftline align` answers."""

from typing import Any

import msgspec


class AlignedFact(msgspec.Struct, frozen=True):
    """One difference that the patch ends. `what` says in a sentence how.

    `before` is the target's value and `after` the source's; None with a state
    of absent is a value that is not there.
    """

    role: str
    path: str
    file: str
    before_state: str
    before: Any
    after_state: str
    after: Any
    kind: str
    what: str


class Refusal(msgspec.Struct, frozen=True):
    """One difference that no patch ends exactly; `why` completes "because"."""

    role: str
    path: str
    kind: str
    why: str


class AlignAnswer(msgspec.Struct, frozen=True):
    """A unified diff, with paths from the root of `repository`, for the commit `head`.

    `source` is the environment whose values count, `target` the one that is
    changed. The patch is empty where nothing could be aligned exactly.
    """

    schema: str
    repository: str
    head: str
    branch: str | None
    source: str
    target: str
    patch: str
    files: tuple[str, ...]
    aligned: tuple[AlignedFact, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
