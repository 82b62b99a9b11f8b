"""What differs and is no drift, a row for each path: every value once, with who has it.

Between six environments, a path at which each has its own value differs in
fifteen pairs. People read it as one line with six values, so it is told as one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from driftline.model.answers.parity import Divergence, Side
from driftline.render.html.tables import Cell, Column, Row, table
from driftline.render.html.tags import (
    Markup,
    breaking,
    code,
    joined,
    path_code,
    quiet,
    role_text,
    tag,
)
from driftline.render.lines import cut
from driftline.render.values import age_text, counted, date_text, value_text

# Here a value is to be recognised; whoever needs all of it asks for its history.
VALUE_CELLS = 72
REASONS_MAX = 3
MISSING = {Side.ABSENT: "not set", Side.UNKNOWN: "unknown: a layer could not be read"}
ROLE_TEXTS = {
    Side.PRESENT: "there",
    Side.ABSENT: "not there",
    Side.UNKNOWN: "perhaps there: a layer could not be read",
}
_COLUMNS = (
    Column("Service and path"),
    Column("Values", kind="values"),
    Column("Since", kind="age"),
    Column("Why", kind="why"),
)


class Held(msgspec.Struct, frozen=True):
    """What one side says, and the environments that say it."""

    state: Side
    value: Any
    environments: tuple[str, ...]


class PathRow(msgspec.Struct, frozen=True):
    """A path of a role with all that is held there, most widely held first, and its rows."""

    role: str
    path: str
    held: tuple[Held, ...]
    rows: tuple[Divergence, ...]

    @property
    def since(self) -> str:
        """The earliest instant from which two of the environments differ; empty if unknown."""
        return min((row.since for row in self.rows if row.since), default="")


def by_path(rows: Iterable[Divergence]) -> list[PathRow]:
    """The rows of one role and path as one, by role and path."""
    found: dict[tuple[str, str], list[Divergence]] = {}
    for row in rows:
        found.setdefault((row.role, row.path), []).append(row)
    return [
        PathRow(role, path, _held(several), tuple(several))
        for (role, path), several in sorted(found.items())
    ]


def path_table(rows: Sequence[PathRow], now: str, anchors: Sequence[str | None]) -> Markup:
    """The paths as a table; `anchors` are the ids of its rows."""
    caption = f"Every value and who has it ({counted(len(rows), 'path')})"
    columns = _COLUMNS if any(_reasons(row) or _owners(row) for row in rows) else _COLUMNS[:-1]
    shown = (
        _row(row, now, anchor, cells=len(columns))
        for row, anchor in zip(rows, anchors, strict=True)
    )
    return table(caption, columns, shown, class_="paths")


def _held(rows: Sequence[Divergence]) -> tuple[Held, ...]:
    # A value has no order and may be no text, so it is known by how it is spelled here.
    values: dict[tuple[Side, str], tuple[Any, dict[str, None]]] = {}
    for row in rows:
        for name, state, value in (
            (row.left, row.left_state, row.left_value),
            (row.right, row.right_state, row.right_value),
        ):
            _, names = values.setdefault((state, repr(value)), (value, {}))
            names[name] = None
    ordered = sorted(
        values.items(), key=lambda one: (one[0][0] is not Side.PRESENT, -len(one[1][1]))
    )
    return tuple(Held(state, value, tuple(names)) for (state, _), (value, names) in ordered)


def _row(row: PathRow, now: str, anchor: str | None, *, cells: int) -> Row:
    path = path_code(row.path) if row.path else quiet("the service as a whole")
    told = (
        Cell(joined([role_text(row.role), " ", path]), f"{row.role} {row.path}"),
        joined([_value(row, one) for one in row.held]),
        Cell(_since(row, now), row.since),
        joined([_reasons(row), _owners(row)]),
    )
    return Row(told[:cells], anchor, _words(row))


def _value(row: PathRow, one: Held) -> Markup:
    names = tag("span", ", ".join(one.environments), class_="names")
    if not row.path:
        text: object = ROLE_TEXTS[one.state]
    elif one.state is Side.PRESENT:
        text = code(cut(value_text(one.value), VALUE_CELLS))
    else:
        text = quiet(MISSING[one.state])
    return tag("span", names, text, class_="held")


def _since(row: PathRow, now: str) -> Markup:
    if not row.since:
        return quiet("not known")
    return joined([age_text(row.since, now), " ", quiet(date_text(row.since))])


def _reasons(row: PathRow) -> str:
    """Why, most frequent first; what could not be read is already said beside its value."""
    reasons = Counter(one.reason for one in row.rows if one.reason and not _is_unknown(one))
    ordered = sorted(reasons, key=lambda reason: (-reasons[reason], reason))
    left_over = len(ordered) - REASONS_MAX
    more = [f"and {counted(left_over, 'more reason')}"] if left_over > 0 else []
    return "; ".join([*ordered[:REASONS_MAX], *more])


def _is_unknown(row: Divergence) -> bool:
    return Side.UNKNOWN in {row.left_state, row.right_state}


def _owners(row: PathRow) -> Markup | None:
    owners = ", ".join(dict.fromkeys(one.owner for one in row.rows if one.owner))
    return tag("span", "owner: ", breaking(owners), class_="file quiet") if owners else None


def _words(row: PathRow) -> str:
    said = [row.role, row.path, row.rows[0].kind]
    said += [name for one in row.held for name in one.environments]
    said += [one.owner for one in row.rows]
    return " ".join(dict.fromkeys(" ".join(said).lower().split()))
