"""What differs between two environments, by role: both values, since when, who moved.

An arrow between the values points at the side that moved. Which rows come
first, and under which heading, is decided in `driftline.render.kinds`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from driftline.model.answers.parity import ActorRef, Divergence, Side
from driftline.model.verdict import Kind
from driftline.render.kinds import Fold, has_drifted, heading, is_drift, is_judged
from driftline.render.lines import (
    Line,
    Span,
    Style,
    cells,
    cut,
    cut_middle,
    fit,
    left,
    right,
    shares,
    span,
)
from driftline.render.owners import HEADING as OWNER
from driftline.render.owners import owner_cells, owner_line, owner_text
from driftline.render.page import Page
from driftline.render.values import (
    age_text,
    count,
    duration_text,
    pair_texts,
    path_texts,
    side_text,
)

_LEAST_CELLS = 9
_VALUE_CELLS_MAX = 48
_ROOMY_CELLS = 10_000
_ARROWS = {"left": "◂", "right": "▸", "both": "◆"}
NAMES_FROM_WIDTH = 110
REASONS_FROM_WIDTH = 140
_NAME_CELLS_MIN = 8


class Columns(msgspec.Struct, frozen=True):
    """The width of each column in cells; `what` holds role and path."""

    what: int
    left: int
    right: int
    age: int
    who: int
    why: int
    owner: int = 0


def divergence_lines(
    items: Sequence[Divergence | Fold],
    page: Page,
    *,
    now: str | None,
    totals: Mapping[str, int] | None = None,
    title: str = "",
) -> list[Line]:
    """Headings with the names of both sides, then a line for each item.

    All rows are of one pair and in the order of `kinds.in_order`. `totals` says
    how many rows each heading has in all; `title` replaces the first heading.
    """
    rows = [item for item in items if isinstance(item, Divergence)]
    if not rows:
        return []
    headings = [title, *(_entitled(name, totals) for name, _ in _under_headings(items))]
    columns = _columns(rows, page, now, max(map(len, headings)))
    lines: list[Line] = []
    for name, section in groupby(_under_headings(items), key=lambda pair: pair[0]):
        shown = _entitled(name, totals)
        first = _heading(rows[0], columns, title or shown)
        lines.append([span(shown, Style.HEADING)] if lines else first)
        lines.extend(_section([item for _, item in section], columns, page, now))
    owned = owner_line([row.owner for row in rows], page)
    return [*lines, owned] if owned else lines


def _under_headings(items: Sequence[Divergence | Fold]) -> Iterator[tuple[str, Divergence | Fold]]:
    """Each item with its heading; a fold stands under that of the row above it."""
    name = ""
    for item in items:
        name = name if isinstance(item, Fold) else heading(item)
        yield name, item


def _entitled(name: str, totals: Mapping[str, int] | None) -> str:
    return f"{name} ({count(totals[name])})" if totals and name in totals else name


def _section(
    items: Sequence[Divergence | Fold], columns: Columns, page: Page, now: str | None
) -> Iterator[Line]:
    rows = [item for item in items if isinstance(item, Divergence)]
    whats = iter(what_column([(row.role, row.path) for row in rows], columns.what))
    for item in items:
        if isinstance(item, Fold):
            cause = f": {item.cause}" if item.cause else ""
            more = [span(f"   and {count(item.rows)} more of one cause{cause}", Style.QUIET)]
            yield fit(more, page.width)
        else:
            yield _row(item, next(whats), columns, now)


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
        *([span("  "), left(OWNER, columns.owner, Style.QUIET)] if columns.owner else []),
        *([span("  "), left("why", columns.why, Style.QUIET)] if columns.why else []),
    ]


def _row(row: Divergence, what: Line, columns: Columns, now: str | None) -> Line:
    texts = value_texts(row, columns.left, columns.right)
    moved, actor = row.moved, row.actor
    if not is_told(row):
        moved, actor = "unknown", None
    return [
        *what,
        span("  "),
        left(texts[0], columns.left, _side_style(row.left_state, moved=moved == "left")),
        span(f" {_ARROWS.get(moved, ' ')} ", Style.DOUBTFUL),
        left(texts[1], columns.right, _side_style(row.right_state, moved=moved == "right")),
        span("  "),
        right(for_text(row, now), columns.age, Style.QUIET),
        *_who(actor, columns.who),
        *_owner(row.owner, columns.owner),
        *([span("  "), left(row.reason, columns.why, Style.QUIET)] if columns.why else []),
    ]


def is_told(row: Divergence) -> bool:
    """Whether it is worth saying who moved the row.

    Who brought two sides into the world that never agreed moved neither of them.
    """
    return has_drifted(row) or (is_judged(row) and is_drift(row))


def for_text(row: Divergence, now: str | None) -> str:
    """How long the sides have differed, and for what is in flight how long that may take."""
    age = age_text(row.since, now)
    if row.kind != Kind.IN_FLIGHT or row.threshold_seconds is None:
        return age
    return f"{age} of ≤ {duration_text(row.threshold_seconds)}"


def value_texts(row: Divergence, room_left: int, room_right: int) -> tuple[str, str]:
    """What both sides say, within their rooms; a role as a whole is there or not."""
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
    if not room:
        return []
    if actor is None:
        return [span("  "), left("", room)]
    return [span("  "), *class_and_name(actor.class_, actor.name, room)]


def _owner(owner: str, room: int) -> list[Span]:
    return [span("  "), left(owner_text(owner, room), room, Style.QUIET)] if room else []


def _side_style(state: Side, *, moved: bool) -> Style:
    if state is Side.UNKNOWN:
        return Style.DOUBTFUL
    if state is Side.ABSENT:
        return Style.QUIET
    return Style.STRONG if moved else Style.PLAIN


def _columns(
    rows: Sequence[Divergence], page: Page, now: str | None, heading_cells: int
) -> Columns:
    """The room of each column; role and path may take nearly half of it."""
    age = max(3, *(len(for_text(row, now)) for row in rows))
    who = who_cells([row.actor for row in rows if row.actor and is_told(row)], page)
    owner = owner_cells([row.owner for row in rows], page)
    room = page.width - 2 - 3 - 2 - age - sum(one + 2 for one in (who, owner) if one)
    texts = [value_texts(row, _ROOMY_CELLS, _ROOMY_CELLS) for row in rows]
    wanted_left = _widest(rows[0].left, [one for one, _ in texts])
    wanted_right = _widest(rows[0].right, [other for _, other in texts])
    wanted = max(what_cells(row.role, row.path) for row in rows)
    why = _why_cells(rows, page, room)
    room -= why + 2 if why else 0
    what = min(max(wanted, heading_cells), max(room * 9 // 20, room - wanted_left - wanted_right))
    given = shares([wanted_left, wanted_right], room - what, least=_LEAST_CELLS)
    return Columns(what, given[0], given[1], age, who, why, owner)


def _why_cells(rows: Sequence[Divergence], page: Page, room: int) -> int:
    """Room for reasons, on pages that are wide enough to give it away."""
    widest = max(cells(span(row.reason).text) for row in rows)
    return min(widest, room // 3) if page.width >= REASONS_FROM_WIDTH else 0


def _widest(name: str, texts: Sequence[str]) -> int:
    widest = max(cells(text) for text in texts)
    return max(cells(span(name).text), min(widest, _VALUE_CELLS_MAX))
