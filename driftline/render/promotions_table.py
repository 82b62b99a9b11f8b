"""How changes travel between environments: a line for each path, with its usual lag.

Lags are shown as quantiles; one that the data cannot carry is left out. The
last column says from which age a step is late, and what that figure is from.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from driftline.model.answers.promotions import Promotion, PromotionsAnswer
from driftline.render.coverage_lines import note_lines
from driftline.render.divergence_table import what_cells, what_column
from driftline.render.lines import Line, Span, Style, fit, left, right, span
from driftline.render.page import Page
from driftline.render.values import ABSENT, count, counted, duration_text

_LAGS = ("p10", "p50", "p90", "max")
_ENDS = ("superseded", "withdrawn", "co-moved", "backwards")
_WHAT_CELLS_MIN = 30
_OFTEN_FROM = 3
_PROMOTED_CELLS = 10
_OPEN_CELLS = 6


def promotions_lines(answer: PromotionsAnswer, page: Page, *, most: int = 0) -> list[Line]:
    """A table for each direction, busiest path first.

    `most` limits the rows in all, and leaves out what travelled but once or
    twice (0: every row).
    """
    rows = in_order(answer.promotions)
    often = [row for row in rows if is_often(row)]
    shown = (often or rows)[:most] if most else rows
    lines: list[Line] = []
    for names, told in groupby(shown, key=lambda row: (row.from_, row.to)):
        lines.extend([*([[]] if lines else []), *_direction(names, list(told), page)])
    if not rows:
        lines.append([span("Nothing is known to travel between environments.", Style.QUIET)])
    if len(shown) < len(rows):
        lines.append([span(_rest(rows, shown), Style.QUIET)])
    notes = note_lines(answer.notes, page)
    lines.extend([[], *notes] if notes else [])
    return [fit(line, page.width) for line in lines]


def is_often(row: Promotion) -> bool:
    """Whether something travelled more often than by chance."""
    return arrived(row) >= _OFTEN_FROM


def _rest(rows: Sequence[Promotion], shown: Sequence[Promotion]) -> str:
    """What is not shown, and the option that shows it."""
    busy = sum(map(is_often, rows)) - sum(map(is_often, shown))
    seldom = len(rows) - len(shown) - busy
    pieces = [counted(busy, "more path")] if busy else []
    if seldom:
        pieces.append(f"{counted(seldom, 'path')} that travelled but once or twice")
    return f" … and {', '.join(pieces)} (--all)"


def in_order(rows: Sequence[Promotion]) -> list[Promotion]:
    """The busiest direction first, and in it the busiest path."""
    busy: dict[tuple[str, str], int] = {}
    for row in rows:
        busy[row.from_, row.to] = busy.get((row.from_, row.to), 0) + arrived(row)
    return sorted(
        rows,
        key=lambda row: (
            -busy[row.from_, row.to],
            row.from_,
            row.to,
            -arrived(row),
            row.role,
            row.path,
        ),
    )


def arrived(row: Promotion) -> int:
    """How many steps came to the other side, as they were or within a later one."""
    return row.count + row.superseded


def late_text(row: Promotion) -> str:
    """From which age a step is late, and what the figure is learnt from."""
    age = f"after {duration_text(row.threshold_seconds)}"
    if not row.is_learnt:
        return "direction not learnt"
    if row.level == "default":
        return f"{age}, too few to learn from"
    return f"{age}, from {counted(row.steps, 'step')} of the {row.level}"


def brief_late_text(row: Promotion) -> str:
    """As `late_text`, without what it is learnt from."""
    return f"after {duration_text(row.threshold_seconds)}" if row.is_learnt else "not learnt"


def lag_texts(row: Promotion) -> tuple[str, ...]:
    """The quantiles in the order of their names."""
    lags = (row.lag_seconds.p10, row.lag_seconds.p50, row.lag_seconds.p90, row.lag_seconds.max)
    return tuple(ABSENT if lag is None else duration_text(lag) for lag in lags)


def end_counts(row: Promotion) -> tuple[int, ...]:
    """How often a step ended otherwise than promoted, in the order of the columns."""
    return row.superseded, row.withdrawn, row.co_moved, row.backwards


def _direction(names: tuple[str, str], rows: Sequence[Promotion], page: Page) -> list[Line]:
    title = f"{span(names[0]).text} → {span(names[1]).text}"
    columns = _columns(rows, page)
    wanted = max(len(title), *(what_cells(row.role, row.path) for row in rows))
    what = min(wanted, page.width - columns.cells)
    whats = what_column([(row.role, row.path) for row in rows], what)
    head: Line = [left(title, what, Style.HEADING), *_heads(columns)]
    return [head, *([*named, *_row(row, columns)] for row, named in zip(rows, whats, strict=True))]


class _Columns(NamedTuple):
    """The columns that fit: lags with their rooms, rarer ends, and how lateness is told."""

    lags: Mapping[int, int]
    ends: Sequence[int]
    has_open: bool
    late: Callable[[Promotion], str]
    late_cells: int

    @property
    def cells(self) -> int:
        """The room of all of them."""
        lags = sum(room + 2 for room in self.lags.values())
        ends = sum(len(_ENDS[at]) + 2 for at in self.ends)
        late = self.late_cells + 2 if self.late_cells else 0
        return _PROMOTED_CELLS + lags + ends + (_OPEN_CELLS if self.has_open else 0) + late


def _columns(rows: Sequence[Promotion], page: Page) -> _Columns:
    """Role and path come first; reasons of lateness, rarer ends and the shortest lags give way."""
    texts = [lag_texts(row) for row in rows]
    lags = {
        at: max(len(_LAGS[at]), *(len(text[at]) for text in texts))
        for at in range(len(_LAGS))
        if any(text[at] != ABSENT for text in texts)
    }
    ends = [at for at in range(len(_ENDS)) if any(end_counts(row)[at] for row in rows)]
    has_open = any(row.open for row in rows)
    every = tuple(range(len(_LAGS)))
    choices = [
        (late_text, ends, every),
        *((brief_late_text, ends[:kept], every) for kept in range(len(ends), 0, -1)),
        (brief_late_text, ends[:1], every[1:]),
        (brief_late_text, ends[:1], every[1:3]),
        (brief_late_text, ends[:0], every[1:3]),
    ]
    for late, kept, quantiles in choices:
        room = max(len("late"), *(len(late(row)) for row in rows))
        told = {at: width for at, width in lags.items() if at in quantiles}
        columns = _Columns(told, kept, has_open, late, room)
        if columns.cells + _WHAT_CELLS_MIN <= page.width:
            return columns
    return _Columns(lags, (), has_open, brief_late_text, 0)


def _heads(columns: _Columns) -> Line:
    return [
        right("promoted", _PROMOTED_CELLS, Style.QUIET),
        *(right(_LAGS[at], room + 2, Style.QUIET) for at, room in columns.lags.items()),
        *(right(_ENDS[at], len(_ENDS[at]) + 2, Style.QUIET) for at in columns.ends),
        *([right("open", _OPEN_CELLS, Style.QUIET)] if columns.has_open else []),
        *_late("late", columns),
    ]


def _row(row: Promotion, columns: _Columns) -> Line:
    lags, ends = lag_texts(row), end_counts(row)
    return [
        right(count(row.count), _PROMOTED_CELLS, Style.STRONG),
        *(right(lags[at], room + 2) for at, room in columns.lags.items()),
        *(_counted(ends[at], len(_ENDS[at]) + 2) for at in columns.ends),
        *([_counted(row.open, _OPEN_CELLS)] if columns.has_open else []),
        *_late(columns.late(row), columns),
    ]


def _late(text: str, columns: _Columns) -> Line:
    room = columns.late_cells
    return [span("  "), left(text, room, Style.QUIET)] if room else []


def _counted(number: int, room: int) -> Span:
    return right(count(number) if number else "", room)
