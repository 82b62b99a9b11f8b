"""What a change would do to parity: what `driftline check` answers."""

import msgspec

from driftline.model.answers.parity import Divergence


class Forgotten(msgspec.Struct, frozen=True):
    """A sibling that usually moves with what the change moves, and did not.

    `together` of `times` past changes of `path` in `environment` moved
    `missing_environment` too (in the same look or within the usual lag).
    """

    role: str
    path: str
    environment: str
    missing_environment: str
    file: str | None
    together: int
    times: int
    usual_lag_seconds: int | None


class CheckAnswer(msgspec.Struct, frozen=True):
    """What the change from `base` to `head` opens, closes, moves and forgets.

    `standing` are the rows that stand at head, whether or not the change
    touched them. `failed` says which of the asked conditions failed.
    """

    schema: str
    base: str
    head: str
    opened: tuple[Divergence, ...]
    closed: tuple[Divergence, ...]
    changed: tuple[Divergence, ...]
    standing: tuple[Divergence, ...]
    forgotten: tuple[Forgotten, ...]
    gaps: "tuple[str, ...]" = ()
    failed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
