"""What a change would do to parity: what `driftline check` answers."""

from typing import Any

import msgspec

from driftline.model.answers.parity import Divergence, GapNote


class CheckedRow(Divergence, frozen=True):
    """A difference together with what the change does to it.

    `effect` is `opened`, `closed`, `changed`, or `standing` for a row that stood
    before and stands after. Values, layers and kind are those after the change;
    of a closed row they are those before it. The `before` fields tell what the
    sides said before; they are null where there was no difference to tell of.
    `file` and `line` are where the side that the change moved says it, at head.
    `said_before_by` are siblings that said without the change what the moved
    side says with it. `is_unsettled` marks what the condition `opened` is about:
    what the change makes stand, no sibling said before, and none is known to
    take over.
    """

    effect: str = "standing"
    kind_before: str | None = None
    left_before: Any = None
    right_before: Any = None
    moved_by_change: str = ""
    file: str | None = None
    line: int | None = None
    said_before_by: tuple[str, ...] = ()
    is_unsettled: bool = False


class Forgotten(msgspec.Struct, frozen=True):
    """What usually moves in the very look in which the moved path moves, and did not.

    `together` of the last `times` looks that moved `path` in `environment`
    moved `missing_path` of `missing_role` in `missing_environment` too. `file` and `line` are
    where the change moves the path, `missing_file` and `missing_line` where the
    other one stands. `value` is what the moved path says after the change.
    """

    role: str
    path: str
    environment: str
    missing_environment: str
    missing_role: str
    missing_path: str
    together: int
    times: int
    file: str | None = None
    line: int | None = None
    missing_file: str | None = None
    missing_line: int | None = None
    value: Any = None


class Follower(msgspec.Struct, frozen=True):
    """An environment that usually takes over what the change moves, later.

    `arrived` of `times` past steps of the path reached `to`; half of them within
    `lag_seconds_p50`, nine of ten within `lag_seconds_p90` (None: too few to
    say). After `late_after_seconds` the difference counts as standing.
    """

    role: str
    path: str
    environment: str
    to: str
    arrived: int
    times: int
    lag_seconds_p50: int | None
    lag_seconds_p90: int | None
    late_after_seconds: int | None


class CheckedPair(msgspec.Struct, frozen=True):
    """What the change does to one pair, in plain counts.

    `standing_before` and `standing_after` count every row that stands between
    the two, in all roles; the former is None where the change closes and
    changes nothing between them, so that nobody judged it.
    """

    left: str
    right: str
    opened: int
    closed: int
    changed: int
    standing_before: int | None
    standing_after: int | None
    roles: tuple[str, ...] = ()


class CheckAnswer(msgspec.Struct, frozen=True):
    """What the change from `base` to `head` opens, closes, moves and forgets.

    The change is what lies between the merge base of both and head. `standing`
    are rows that stand before and after, in the roles that the change touches,
    or in all where that was asked. `fail_on` are the conditions asked for,
    `failed` those that are met; `gaps` are those in what was asked.
    """

    schema: str
    generated_by: str
    asked_at: str
    repository: str
    base: str
    head: str
    base_commit: str
    head_commit: str
    merge_base: str
    files: tuple[str, ...]
    environments: tuple[str, ...]
    pairs: tuple[CheckedPair, ...]
    opened: tuple[CheckedRow, ...]
    closed: tuple[CheckedRow, ...]
    changed: tuple[CheckedRow, ...]
    standing: tuple[CheckedRow, ...]
    forgotten: tuple[Forgotten, ...]
    followers: tuple[Follower, ...]
    gaps: tuple[GapNote, ...]
    fail_on: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
