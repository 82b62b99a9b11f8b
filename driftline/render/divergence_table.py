"""What differs between two environments, by role: both values, since when, who moved.

An arrow between the values points at the side that moved. What once agreed
comes before what was different from the start, and what has been different
longest comes first: that is what people have forgotten.
"""

from collections.abc import Sequence
from itertools import groupby

import msgspec

from driftline.model.answers.parity import ActorRef, Divergence, Side
from driftline.render.lines import (
    Line,
    Span,
    Style,
    cells,
    cut,
    cut_middle,
    left,
    right,
    shares,
    span,
)
from driftline.render.page import Page
from driftline.render.values import age_text, pair_texts, path_texts, side_text

BORN_HEADING = "Different from the start"
_LEAST_CELLS = 9
_VALUE_CELLS_MAX = 48
_ROOMY_CELLS = 10_000
_ARROWS = {"left": "◂", "right": "▸", "both": "◆"}
NAMES_FROM_WIDTH = 110
_NAME_CELLS_MIN = 8
_LATEST = "9999"


class Columns(msgspec.Struct, frozen=True):
    """The width of each column in cells; `what` holds role and path."""

    what: int
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
        told = list(group)
        whats = what_column([(row.role, row.path) for row in told], columns.what)
        lines.extend(_row(row, what, columns, now) for row, what in zip(told, whats, strict=True))
    return lines


def what_column(things: Sequence[tuple[str, str]], room: int) -> list[list[Span]]:
    """Role and path of each row in one column; a role is said once, its further paths indented."""
    roles: list[str | None] = []
    paths: list[tuple[str, int]] = []
    above = None
    for role, path in things:
        shown = None
        rest = room - 3
        if role != above:
            wanted = cells(span(path).text)
            shown = cut_middle(span(role).text, max(room // 2, room - wanted - 2))
            rest = room - cells(shown) - 2
        above = role
        roles.append(shown)
        paths.append((path, rest))
    column = []
    for shown, text, (path, rest) in zip(roles, path_texts(paths), paths, strict=True):
        margin = (
            [Span("   ")] if shown is None else [Span(" "), Span(shown, Style.STRONG), Span(" ")]
        )
        column.append([*margin, left(text if path else "", rest)])
    return column


def what_cells(role: str, path: str) -> int:
    """How much room role and path would like."""
    return 2 + cells(span(role).text) + cells(span(path).text)


def class_and_name(kind: str, name: str, room: int) -> list[Span]:
    """The class of an actor, and the name as evidence where there is room for one."""
    shown = cut(span(kind).text, room)
    rest = room - cells(shown) - 1
    if not name or (rest < _NAME_CELLS_MIN and cells(span(name).text) > rest):
        return [left(shown, room)]
    return [Span(shown + " "), left(name, rest, Style.QUIET)]


def who_cells(actors: Sequence[ActorRef], page: Page) -> int:
    """The room for whoever moved something; only wide pages have room for names."""
    if not actors:
        return 0
    names = [actor.class_ for actor in actors]
    if page.width >= NAMES_FROM_WIDTH:
        names = [f"{actor.class_} {actor.name}" for actor in actors]
    widest = max(cells(span(name).text) for name in names)
    return max(min(widest, page.width // 6), len("moved by"))


def _heading(row: Divergence, columns: Columns, title: str) -> Line:
    return [
        left(title, columns.what, Style.HEADING),
        span("  "),
        left(row.left, columns.left, Style.NAME),
        span("   "),
        left(row.right, columns.right, Style.NAME),
        span("  "),
        right("for", columns.age, Style.QUIET),
        *([span("  "), left("moved by", columns.who, Style.QUIET)] if columns.who else []),
    ]


def _row(row: Divergence, what: Line, columns: Columns, now: str | None) -> Line:
    texts = _texts(row, columns.left, columns.right)
    # Who brought two sides into the world that never agreed moved neither of them.
    moved = row.moved if has_drifted(row) else "unknown"
    actor = row.actor if has_drifted(row) else None
    return [
        *what,
        span("  "),
        left(texts[0], columns.left, _side_style(row.left_state, moved=moved == "left")),
        span(f" {_ARROWS.get(moved, ' ')} ", Style.DOUBTFUL),
        left(texts[1], columns.right, _side_style(row.right_state, moved=moved == "right")),
        span("  "),
        right(age_text(row.since, now), columns.age, Style.QUIET),
        *_who(actor, columns.who),
    ]


def _texts(row: Divergence, room_left: int, room_right: int) -> tuple[str, str]:
    if not row.path:
        return _presence(row.left_state), _presence(row.right_state)
    return pair_texts(
        (row.left_state, row.left_value),
        (row.right_state, row.right_value),
        (room_left, room_right),
    )


def _presence(state: Side) -> str:
    """What is said of a role as a whole, which has no value of its own."""
    return "there" if state is Side.PRESENT else side_text(state, None)


def _who(actor: ActorRef | None, room: int) -> list[Span]:
    if not room or actor is None:
        return []
    return [span("  "), *class_and_name(actor.class_, actor.name, room)]


def _side_style(state: Side, *, moved: bool) -> Style:
    if state is Side.UNKNOWN:
        return Style.DOUBTFUL
    if state is Side.ABSENT:
        return Style.QUIET
    return Style.STRONG if moved else Style.PLAIN


def _columns(rows: Sequence[Divergence], page: Page, now: str | None) -> Columns:
    """The room of each column; role and path may take nearly half of it."""
    age = max(3, *(len(age_text(row.since, now)) for row in rows))
    who = who_cells([row.actor for row in rows if row.actor and has_drifted(row)], page)
    room = page.width - 2 - 3 - 2 - age - (who + 2 if who else 0)
    texts = [_texts(row, _ROOMY_CELLS, _ROOMY_CELLS) for row in rows]
    wanted_left = _widest(rows[0].left, [one for one, _ in texts])
    wanted_right = _widest(rows[0].right, [other for _, other in texts])
    wanted = max(what_cells(row.role, row.path) for row in rows)
    what = min(wanted, max(room * 9 // 20, room - wanted_left - wanted_right))
    given = shares([wanted_left, wanted_right], room - what, least=_LEAST_CELLS)
    return Columns(what, given[0], given[1], age, who)


def _widest(name: str, texts: Sequence[str]) -> int:
    widest = max(cells(text) for text in texts)
    return max(cells(span(name).text), min(widest, _VALUE_CELLS_MAX))
