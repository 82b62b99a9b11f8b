"""What a change does, a row for each thing that it moves, however many siblings that concerns.

Moving one value may differ from ten siblings at once, and a release moves
several environments alike. That is one act, so it is told once, with all siblings
beside it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from driftline.model.answers.check import CheckAnswer, CheckedRow, Follower, Forgotten
from driftline.model.answers.parity import Side
from driftline.model.verdict import Kind
from driftline.render.lines import cut
from driftline.render.values import (
    ABSENT,
    count,
    counted,
    duration_text,
    pair_texts,
    side_text,
    value_text,
)

# The gravest of several siblings' kinds speaks for the thing that was moved.
_GRAVEST = (
    Kind.STANDING,
    Kind.UNKNOWN,
    Kind.IN_FLIGHT,
    Kind.FROZEN,
    Kind.ACCEPTED,
    Kind.ENVIRONMENTAL,
)
_ORDER = {kind.value: place for place, kind in enumerate(_GRAVEST)}
BY_DESIGN = frozenset({Kind.ENVIRONMENTAL.value, Kind.ACCEPTED.value})
_NAMES_MAX = 3
_VALUE_CELLS = 60


class Act(msgspec.Struct, frozen=True):
    """One thing that the change moves, with every difference that it makes.

    `movers` are the environments that it moves, empty where it moves none by
    itself. The lead is the row of the gravest kind.
    """

    movers: tuple[str, ...]
    rows: tuple[CheckedRow, ...]

    @property
    def lead(self) -> CheckedRow:
        """The row that speaks for all."""
        return min(self.rows, key=lambda row: (_ORDER.get(row.kind, 0), row.left, row.right))

    @property
    def is_unsettled(self) -> bool:
        """Whether it is what the condition `opened` is about."""
        return any(row.is_unsettled for row in self.rows)

    @property
    def others(self) -> tuple[str, ...]:
        """The environments that it differs from, or differed from."""
        names = [name for row in self.rows for name in (row.left, row.right)]
        return tuple(dict.fromkeys(name for name in names if name not in self.movers))


def acts(rows: Iterable[CheckedRow]) -> list[Act]:
    """The rows, those of one act together; the gravest acts first."""
    found: dict[tuple[str, ...], list[CheckedRow]] = {}
    for row in rows:
        side = row.moved_by_change
        if side in ("left", "right"):
            # Two environments that make one step made it together.
            step = (getattr(row, f"{side}_before"), getattr(row, f"{side}_value"))
            key = (row.effect, row.role, row.path, repr(step))
        else:
            key = (row.effect, row.role, row.path, side)
        found.setdefault(key, []).append(row)
    made = [Act(_movers(several), tuple(several)) for several in found.values()]
    return sorted(made, key=lambda act: (_ORDER.get(act.lead.kind, 0), _place(act.lead)))


def _place(row: CheckedRow) -> tuple[str, str, str]:
    return row.role, row.path, row.left


def _movers(rows: Sequence[CheckedRow]) -> tuple[str, ...]:
    sides = {"left": ("left",), "right": ("right",), "both": ("left", "right")}
    names = [getattr(row, side) for row in rows for side in sides.get(row.moved_by_change, ())]
    return tuple(dict.fromkeys(names))


def move_texts(act: Act) -> tuple[str, str, str]:
    """Who is moved, what it said before and what it says after."""
    row = act.lead
    side = "right" if row.moved_by_change == "right" else "left"
    who = names_text(act.movers) if act.movers else f"{row.left} and {row.right}"
    after, state = getattr(row, f"{side}_value"), getattr(row, f"{side}_state")
    before = getattr(row, f"{side}_before")
    if not row.path:
        there = state is Side.PRESENT
        shown = "there" if there else ABSENT
        if row.effect == "closed":
            return who, shown, ABSENT if there else "there"
        return who, ABSENT if there else "there", shown
    if row.moved_by_change == "both":
        # One value for two would be half of the truth.
        said = _apart(
            side_text(row.left_state, row.left_value), side_text(row.right_state, row.right_value)
        )
        if row.effect == "closed":
            return who, said, "the same"
        return who, _apart(*map(_before_text, (row.left_before, row.right_before))), said
    if row.effect == "closed":
        other = "left" if side == "right" else "right"
        # What it says now is what the sibling says: that closed it.
        return (
            who,
            side_text(state, after),
            side_text(getattr(row, f"{other}_state"), getattr(row, f"{other}_value")),
        )
    return who, _before_text(before), side_text(state, after)


def _before_text(value: object) -> str:
    return ABSENT if value is None else value_text(value)


def _apart(left: str, right: str) -> str:
    """Both values, once where they are one."""
    return left if left == right else f"{left} ≠ {right}"


def told_apart(before: str, after: str, room: int) -> tuple[str, str]:
    """Two values within their rooms, shortened so that what moved can be seen."""
    if ABSENT in (before, after):
        return cut(before, room), cut(after, room)
    return pair_texts((Side.PRESENT, before), (Side.PRESENT, after), (room, room))


def against_text(act: Act) -> str:
    """What the siblings say that it differs from."""
    row = act.lead
    if not act.others:
        return f"{row.left} ≠ {row.right}"
    if len(act.others) > 1:
        return names_text(act.others)
    side = "right" if row.right == act.others[0] else "left"
    if not row.path:
        return act.others[0]
    other = "left" if side == "right" else "right"
    says, said = (
        (getattr(row, f"{one}_state"), getattr(row, f"{one}_value")) for one in (side, other)
    )
    shown, _ = pair_texts(says, said, (_VALUE_CELLS, _VALUE_CELLS))
    return f"{act.others[0]} ({shown})"


def kind_text(act: Act) -> str:
    """Of which kind the difference is, in the words of the judgement."""
    row = act.lead
    kinds = Counter(one.kind for one in act.rows)
    if row.kind == Kind.IN_FLIGHT and row.threshold_seconds is not None:
        told = f"in flight, late after {duration_text(row.threshold_seconds)}"
    elif row.kind == Kind.ENVIRONMENTAL:
        told = f"by design: {row.reason}" if row.reason else "by design"
    elif row.reason:
        told = f"{row.kind}: {row.reason}"
    else:
        told = row.kind
    if row.said_before_by:
        told += f"; {names_text(row.said_before_by)} said so before"
    if len(kinds) > 1:
        told += f" ({', '.join(f'{count(number)} {kind}' for kind, number in kinds.items())})"
    return told


def place_text(row: CheckedRow | Forgotten) -> str:
    """File and line, as tools link to them."""
    if row.file is None:
        return ""
    return row.file if row.line is None else f"{row.file}:{row.line}"


def names_text(names: Sequence[str]) -> str:
    """Some names and how many more there are."""
    if len(names) <= _NAMES_MAX:
        return (
            " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + f" and {names[-1]}"
        )
    return f"{', '.join(names[:_NAMES_MAX])} and {count(len(names) - _NAMES_MAX)} more"


def forgotten_text(one: Forgotten) -> str:
    """What did not move, and how sure it is that it usually does."""
    moved = f"{one.environment} moves {one.path}"
    if one.missing_environment == one.environment:
        role = "" if one.missing_role == one.role else f"{one.missing_role} "
        rest = f"but not {role}{one.missing_path} beside it"
    else:
        rest = f"but {one.missing_environment} does not"
    times = f"{count(one.together)} of the last {count(one.times)} changes moved both"
    return f"{moved}, {rest}: {times}"


def follower_text(one: Follower) -> str:
    """Who takes it over, how surely and how soon."""
    arrived = f"{count(one.arrived)} of {counted(one.times, 'change')} arrived"
    lags = [
        f"{share} within {duration_text(seconds)}"
        for share, seconds in (("half", one.lag_seconds_p50), ("9 of 10", one.lag_seconds_p90))
        if seconds is not None
    ]
    return f"{one.to} follows {one.environment}: {', '.join([arrived, *lags])}"


def verdict_text(answer: CheckAnswer) -> str:
    """In one sentence, what became of the conditions that were asked for."""
    if answer.failed:
        return f"fails: {', '.join(map(_CONDITIONS.__getitem__, answer.failed))}"
    asked = [one for one in answer.fail_on if one != "none"]
    if not asked:
        return "nothing was to fail"
    if answer.gaps:
        return "incomplete: what the change touches could not all be read"
    unknown = len({(row.role, row.path) for row in _news(answer) if row.kind == Kind.UNKNOWN})
    if unknown:
        return f"passes, but {counted(unknown, 'path')} may be set by a layer that cannot be read"
    return "passes"


def _news(answer: CheckAnswer) -> tuple[CheckedRow, ...]:
    return (*answer.opened, *answer.changed)


_CONDITIONS = {
    "opened": "it opens differences that nobody is known to bring",
    "standing": "differences stand",
    "forgotten": "it seems to forget something",
    "gaps": "what it touches could not all be read",
}
