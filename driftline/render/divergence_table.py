"""What differs between two environments, by role: both values, since when, who moved.

An arrow between the values points at the side that moved. What once agreed
comes before what was different from the start, and what has been different
longest comes first: that is what people have forgotten.
"""

from collections.abc import Sequence
from itertools import groupby

import msgspec

from driftline.model.answers.parity import Divergence, Side
from driftline.render.lines import Line, Span, Style, cells, cut, left, right, shares, span
from driftline.render.page import Page
from driftline.render.values import age_text, pair_texts, path_text

BORN_HEADING = "Different from the start"
_LEAST_CELLS = 9
_VALUE_CELLS_MAX = 48
_ROOMY_CELLS = 10_000
_ARROWS = {"left": "◂", "right": "▸", "both": "◆"}
_LATEST = "9999"


class Columns(msgspec.Struct, frozen=True):
    """The width of each column in cells."""

    role: int
    path: int
    left: int
    right: int
    age: int
    who: int


def has_drifted(row: Divergence) -> bool:
    """Whether the two sides agreed once; else they were different from the start."""
    return row.onset == "drifted"


def by_interest(divergences: Sequence[Divergence]) -> list[Divergence]:
    """What drifted before what was born different; the oldest first; roles kept together.

    A role stands where its most interesting row stands.
    """
    ranked = sorted(
        divergences,
        key=lambda row: (not has_drifted(row), row.since or _LATEST, row.role, row.path),
    )
    places: dict[tuple[bool, str], int] = {}
    for place, row in enumerate(ranked):
        places.setdefault((has_drifted(row), row.role), place)
    return sorted(ranked, key=lambda row: places[has_drifted(row), row.role])


def chosen(divergences: Sequence[Divergence], room: int) -> list[Divergence]:
    """The rows that are worth so many lines, in the order in which they are shown.

    What drifted takes the room first. The rest goes to what was different from
    the start, a row of each role before a second one of any.
    """
    ordered = by_interest(divergences)
    drifted = [row for row in ordered if has_drifted(row)][:room]
    born = [row for row in ordered if not has_drifted(row)]
    left_over = room - len(drifted) - (1 if drifted else 0)
    if left_over < len(born):
        turns: dict[str, int] = {}
        ranked: list[tuple[int, int]] = []
        for place, row in enumerate(born):
            turns[row.role] = turns.get(row.role, 0) + 1
            ranked.append((turns[row.role], place))
        kept = sorted(place for _, place in sorted(ranked)[: max(left_over, 0)])
        born = [born[place] for place in kept]
    return [*drifted, *born]


def divergence_lines(
    rows: Sequence[Divergence], page: Page, *, now: str | None, title: str = ""
) -> list[Line]:
    """A heading with the names of both sides, then a line for each row.

    All rows are of one pair and in the order of `by_interest`.
    """
    if not rows:
        return []
    columns = _columns(rows, page, now)
    lines: list[Line] = [_heading(rows[0], columns, title)]
    for drifted, group in groupby(rows, key=has_drifted):
        if not drifted and has_drifted(rows[0]):
            lines.append([span(BORN_HEADING, Style.HEADING)])
        above = None
        for row in group:
            lines.append(_row(row, columns, now, role_shown=row.role != above))
            above = row.role
    return lines


def _heading(row: Divergence, columns: Columns, title: str) -> Line:
    return [
        left(title, columns.role + columns.path + 3, Style.HEADING),
        span("  "),
        left(row.left, columns.left, Style.NAME),
        span("   "),
        left(row.right, columns.right, Style.NAME),
        span("  "),
        right("for", columns.age, Style.QUIET),
        *([span("  "), left("moved by", columns.who, Style.QUIET)] if columns.who else []),
    ]


def _row(row: Divergence, columns: Columns, now: str | None, *, role_shown: bool) -> Line:
    texts = _texts(row, columns.left, columns.right)
    return [
        span(" "),
        left(row.role if role_shown else "", columns.role, Style.STRONG),
        span("  "),
        left(path_text(row.path, columns.path), columns.path),
        span("  "),
        left(texts[0], columns.left, _side_style(row.left_state, moved=row.moved == "left")),
        span(f" {_ARROWS.get(row.moved, ' ')} ", Style.DOUBTFUL),
        left(texts[1], columns.right, _side_style(row.right_state, moved=row.moved == "right")),
        span("  "),
        right(age_text(row.since, now), columns.age, Style.QUIET),
        *([span("  "), *_who(row, columns.who)] if columns.who else []),
    ]


def _texts(row: Divergence, room_left: int, room_right: int) -> tuple[str, str]:
    return pair_texts(
        (row.left_state, row.left_value),
        (row.right_state, row.right_value),
        (room_left, room_right),
    )


def _who(row: Divergence, room: int) -> list[Span]:
    """The class of the actor, and the name as evidence where there is room."""
    if row.actor is None:
        return [left("", room)]
    kind = cut(span(row.actor.class_).text, room)
    rest = room - cells(kind) - 1
    if rest < 4 or not row.actor.name:
        return [left(kind, room)]
    return [Span(kind + " "), left(row.actor.name, rest, Style.QUIET)]


def _side_style(state: Side, *, moved: bool) -> Style:
    if state is Side.UNKNOWN:
        return Style.DOUBTFUL
    if state is Side.ABSENT:
        return Style.QUIET
    return Style.STRONG if moved else Style.PLAIN


def _columns(rows: Sequence[Divergence], page: Page, now: str | None) -> Columns:
    """The room of each column: what its cells want, the widest giving way first."""
    role = min(max(cells(span(row.role).text) for row in rows), max(page.width // 6, 8))
    age = max(3, *(len(age_text(row.since, now)) for row in rows))
    who = 0
    if any(row.actor for row in rows):
        wanted = max(cells(_who_text(row)) for row in rows)
        who = max(min(wanted, 12 if page.width < 96 else page.width // 6), len("moved by"))
    room = page.width - 1 - role - 2 - 2 - 3 - 2 - age - (who + 2 if who else 0)
    texts = [_texts(row, _ROOMY_CELLS, _ROOMY_CELLS) for row in rows]
    wanted_cells = [
        max(cells(span(row.path).text) for row in rows),
        _widest(rows[0].left, [one for one, _ in texts]),
        _widest(rows[0].right, [other for _, other in texts]),
    ]
    given = shares(wanted_cells, room, least=_LEAST_CELLS)
    return Columns(role, given[0], given[1], given[2], age, who)


def _widest(name: str, texts: Sequence[str]) -> int:
    widest = max(cells(text) for text in texts)
    return max(cells(span(name).text), min(widest, _VALUE_CELLS_MAX))


def _who_text(row: Divergence) -> str:
    return span(f"{row.actor.class_} {row.actor.name}").text if row.actor else ""
