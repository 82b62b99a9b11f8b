"""Where we look, as a table: how old each source is, and what could not be read of it."""

from driftline.model.answers.sources import SourceNote, SourcesAnswer
from driftline.render.coverage_lines import gap_lines, note_lines
from driftline.render.harmless import markdown_code, markdown_text
from driftline.render.lines import Line, Style, cells, cut_middle, fit, left, right, span
from driftline.render.markdown_table import table
from driftline.render.page import Page
from driftline.render.values import count, duration_text

_AGE, _LOOKS, _GAPS = 10, 9, 7


def sources_lines(answer: SourcesAnswer, page: Page) -> list[Line]:
    """A row for each source, its gaps below it; what is stale is told in words."""
    names = [_name(one) for one in answer.sources]
    widest = max((cells(span(name).text) for name in names), default=6)
    room = min(widest, page.width // 3)
    lines: list[Line] = [
        [
            left("Source", room + 2, Style.HEADING),
            left("plane", 10, Style.QUIET),
            right("read", _AGE, Style.QUIET),
            right("looks", _LOOKS, Style.QUIET),
            right("gaps", _GAPS, Style.QUIET),
        ]
    ]
    for one, name in zip(answer.sources, names, strict=True):
        style = Style.BAD if one.is_stale else Style.PLAIN
        lines.append(
            [
                left(cut_middle(span(name).text, room), room + 2, Style.NAME),
                left(one.plane, 10),
                right(_age(one), _AGE, style),
                right(count(one.looks), _LOOKS),
                right(count(len(one.gaps)), _GAPS),
                span("  " + _why(one), Style.BAD if one.is_stale else Style.QUIET),
            ]
        )
        lines += [[span("  "), *line] for line in gap_lines(one.gaps, page)]
    lines += note_lines(answer.notes, page)
    return [fit(line, page.width) for line in lines]


def sources_blocks(answer: SourcesAnswer) -> list[str]:
    """The same as a table in Markdown."""
    rows = (
        (
            markdown_code(_name(one)),
            one.plane,
            _age(one),
            count(one.looks),
            count(len(one.gaps)),
            markdown_text(_why(one)),
        )
        for one in answer.sources
    )
    heads = ["Source", "Plane", "Read:", "Looks:", "Gaps:", ""]
    return [
        "## Sources",
        table(heads, rows),
        *(f"- {markdown_text(note)}" for note in answer.notes),
    ]


def _name(one: SourceNote) -> str:
    return f"{one.locator} ({one.branch})" if one.branch else one.locator


def _age(one: SourceNote) -> str:
    return "never" if one.age_seconds is None else f"{duration_text(one.age_seconds)} ago"


def _why(one: SourceNote) -> str:
    """What is usual, and whether it is late."""
    if one.usual_seconds is None and one.limit_seconds is None:
        return ""
    usual = f"usually every {duration_text(one.usual_seconds)}" if one.usual_seconds else ""
    if not one.is_stale:
        return usual
    limit = f"stale: more than {duration_text(one.limit_seconds or 0)} old"
    return f"{limit}, {usual}" if usual else limit
