"""What was decided, as a table: what has ended first, then what ends within a week.

Each decision has a line that says what and where, and one below with the
reason. Values of an acceptance are shown, because it speaks of nothing else.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from driftline.model.address import dotted
from driftline.model.answers.decisions import DecisionNote, DecisionsAnswer, DecisionValue
from driftline.render.coverage_lines import note_lines
from driftline.render.lines import Line, Span, Style, cut, fit, flow, left, shares, span
from driftline.render.page import Page
from driftline.render.values import ABSENT, counted, value_text

_HEADINGS = {
    "ended": "Ended, and counting again",
    "ends soon": "Ending within a week",
    "in force": "In force",
    "not yet": "Not yet",
    "renewed": "Renewed below, and of no effect",
}
_STYLES = {"ended": Style.BAD, "ends soon": Style.DOUBTFUL}
_WORKING = ("in force", "ends soon")
_DECISION_CELLS = 9
_UNTIL_CELLS = 22
_VALUE_CELLS = 24
_LEAST_CELLS = 12
_GAP = "  "


def decisions_lines(answer: DecisionsAnswer, page: Page) -> list[Line]:
    """The decisions by their state, then what is wrong in the ledger."""
    lines: list[Line] = []
    if not answer.decisions:
        lines.append([span("Nothing was decided", Style.STRONG), span(f" in {answer.file}.")])
    for state, rows in groupby(answer.decisions, key=lambda one: one.state):
        several = list(rows)
        heading = [
            span(_HEADINGS.get(state, state), _STYLES.get(state, Style.HEADING)),
            span(f"  {counted(len(several), 'decision')}", Style.QUIET),
        ]
        lines += [*([[]] if lines else []), heading, *_rows(several, page)]
    if answer.problems:
        lines += [[], *note_lines(answer.problems, page)]
    return [fit(line, page.width) for line in lines]


def place_text(one: DecisionNote) -> str:
    """Where a path lies, for people."""
    return dotted(one.path) if one.path.startswith("/") else one.path or "all of it"


def until_text(one: DecisionNote) -> str:
    """When a decision ends, and how far that is."""
    if one.until is None or one.ends_in_days is None:
        return "for good"
    days = one.ends_in_days
    if days > 0:
        return f"{one.until} (in {days} d)"
    return f"{one.until} ({-days} d ago)" if days else f"{one.until} (today)"


def covers_text(one: DecisionNote) -> str:
    """How many differences a decision is about now; nothing where that is not known.

    What has ended or has not begun would cover them.
    """
    if one.covers is None:
        return ""
    if not one.covers:
        return "covers nothing now"
    would = "covers" if one.state in _WORKING else "would cover"
    return f"{would} {counted(one.covers, 'difference')}"


def value_words(values: Iterable[DecisionValue]) -> list[str]:
    """The values that a decision is about, with their environments."""
    return [
        f"{one.environment}: {_value(one)}" if one.environment else _value(one) for one in values
    ]


def _value(one: DecisionValue) -> str:
    if one.state == "absent":
        return ABSENT
    return str(one.value) if one.state == "described" else value_text(one.value)


def _rows(rows: Sequence[DecisionNote], page: Page) -> list[Line]:
    room = page.width - 1 - _DECISION_CELLS - _UNTIL_CELLS - 3 * len(_GAP)
    wanted = [
        max(len(one.role) for one in rows),
        max(len(place_text(one)) for one in rows),
    ]
    role_cells, place_cells = shares(wanted, room, least=_LEAST_CELLS)
    lines: list[Line] = []
    for one in rows:
        lines.append(
            [
                span(" "),
                left(one.decision, _DECISION_CELLS, Style.NAME),
                span(_GAP),
                left(one.role, role_cells, Style.STRONG),
                span(_GAP),
                left(place_text(one), place_cells),
                span(_GAP),
                left(until_text(one), _UNTIL_CELLS, _STYLES.get(one.state, Style.PLAIN)),
            ]
        )
        indent = 1 + _DECISION_CELLS + len(_GAP)
        about = flow(_about(one), page.width - indent, indent=0)
        lines.extend([Span(" " * indent), *line] for line in about)
    return lines


def _about(one: DecisionNote) -> list[Line]:
    """Values, environments, reason, owner, reach and place in the file, each a piece."""
    pieces: list[Line] = [[span(cut(text, 2 * _VALUE_CELLS))] for text in value_words(one.values)]
    if one.environments and not any(value.environment for value in one.values):
        pieces.append([span("in " + ", ".join(one.environments))])
    if one.class_:
        pieces.append([span(f"is {one.class_}")])
    words = one.reason.split()
    if words:
        pieces.append([span(" ".join(words))])
    if one.owner:
        pieces.append([span(one.owner)])
    covers = covers_text(one)
    if covers:
        pieces.append([span(covers, Style.PLAIN if one.covers else Style.DOUBTFUL)])
    pieces.append([span(f"{one.file}:{one.line}", Style.QUIET)])
    return pieces
