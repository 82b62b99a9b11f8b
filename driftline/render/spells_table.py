"""Stretches of difference, newest first: when, where, how long in flight and how long standing."""

from collections.abc import Sequence

from driftline.model.answers.parity import Side
from driftline.model.answers.spells import SpellNote, SpellsAnswer
from driftline.render.coverage_lines import note_lines
from driftline.render.divergence_table import what_cells, what_column
from driftline.render.lines import Line, Style, cells, fit, left, right, shares, span
from driftline.render.page import Page
from driftline.render.values import ABSENT, counted, date_text, duration_text, pair_texts

_ROOMY_CELLS = 10_000
_VALUE_CELLS_MAX = 32
_LEAST_CELLS = 8
_FLIGHT_FROM_WIDTH = 90
_REASONS_FROM_WIDTH = 140
_MOVED = {"left": "◂", "right": "▸", "both": "◆"}


def spells_lines(answer: SpellsAnswer, page: Page, *, most: int = 0) -> list[Line]:
    """A line for each spell below the names of its pair; `most` limits the rows (0: all)."""
    shown = answer.spells[: most or None]
    pairs = list(dict.fromkeys((one.left, one.right) for one in shown))
    lines: list[Line] = []
    for names in pairs:
        rows = [one for one in shown if (one.left, one.right) == names]
        lines.extend([*([[]] if lines else []), *_pair(rows, page)])
    if not shown:
        lines.append([span("No spells: the environments never differed here.", Style.QUIET)])
    if len(shown) < len(answer.spells):
        more = counted(len(answer.spells) - len(shown), "older spell")
        lines.append([span(f" … and {more} (--all)", Style.QUIET)])
    notes = note_lines(answer.notes, page)
    lines.extend([[], *notes] if notes else [])
    return [fit(line, page.width) for line in lines]


def stood_text(row: SpellNote) -> str:
    """How long the spell stood, or that it never did."""
    return duration_text(row.seconds_standing) if row.stands_from else ABSENT


def flight_text(row: SpellNote) -> str:
    """How long the spell was in flight, or that it never was."""
    return duration_text(row.seconds_in_flight) if row.seconds_in_flight else ABSENT


def ended_text(row: SpellNote) -> str:
    """The day on which it ended, or what it is now."""
    return date_text(row.ended) if row.ended else row.kind


def _pair(rows: Sequence[SpellNote], page: Page) -> list[Line]:
    """The spells of one pair."""
    first = rows[0]
    texts = [_texts(row, _ROOMY_CELLS, _ROOMY_CELLS) for row in rows]
    has_flight = page.width >= _FLIGHT_FROM_WIDTH
    flight = max(len("in flight"), *(len(flight_text(row)) for row in rows)) if has_flight else -2
    stood = max(len("standing"), *(len(stood_text(row)) for row in rows))
    ended = max(len("until"), *(len(ended_text(row)) for row in rows))
    room = page.width - len("2026-01-01") - 3 - flight - stood - ended - 3 * 2 - 2
    why = _why_cells(rows, page, room)
    room -= why + 2 if why else 0
    wanted = [
        min(max(cells(span(name).text), *map(cells, column)), _VALUE_CELLS_MAX)
        for name, column in zip((first.left, first.right), zip(*texts, strict=True), strict=True)
    ]
    what = max(what_cells(row.role, row.path) for row in rows)
    what = min(max(what, len(" Spell")), max(room * 9 // 20, room - sum(wanted)))
    one, other = shares(wanted, room - what, least=_LEAST_CELLS)
    whats = what_column([(row.role, row.path) for row in rows], what)
    lines: list[Line] = [
        [
            left("Since", len("2026-01-01"), Style.HEADING),
            left(" Spell", what, Style.HEADING),
            span("  "),
            left(first.left, one, Style.NAME),
            span("   "),
            left(first.right, other, Style.NAME),
            *([right("in flight", flight + 2, Style.QUIET)] if has_flight else []),
            right("standing", stood + 2, Style.QUIET),
            span("  "),
            left("until", ended, Style.QUIET),
            *([span("  "), left("why", why, Style.QUIET)] if why else []),
        ]
    ]
    for row, named in zip(rows, whats, strict=True):
        values = _texts(row, one, other)
        lines.append(
            [
                span(date_text(row.started)),
                *named,
                span("  "),
                left(values[0], one, _emphasis(row, "left")),
                span(f" {_MOVED.get(row.opened_by, ' ')} ", Style.DOUBTFUL),
                left(values[1], other, _emphasis(row, "right")),
                *([right(flight_text(row), flight + 2, Style.QUIET)] if has_flight else []),
                right(stood_text(row), stood + 2),
                span("  "),
                left(ended_text(row), ended, Style.QUIET if row.ended else Style.STRONG),
                *([span("  "), left(row.reason, why, Style.QUIET)] if why else []),
            ]
        )
    return lines


def _why_cells(rows: Sequence[SpellNote], page: Page, room: int) -> int:
    widest = max(cells(span(row.reason).text) for row in rows)
    return min(widest, room // 3) if page.width >= _REASONS_FROM_WIDTH else 0


def _texts(row: SpellNote, room_left: int, room_right: int) -> tuple[str, str]:
    sides = [
        (Side.ABSENT if value is None else Side.PRESENT, value)
        for value in (row.left_value, row.right_value)
    ]
    return pair_texts(sides[0], sides[1], (room_left, room_right))


def _emphasis(row: SpellNote, side: str) -> Style:
    return Style.STRONG if row.opened_by in (side, "both") else Style.PLAIN
