"""What was read and what was not: coverage, gaps by reason, questions of the layout."""

from collections import Counter
from collections.abc import Sequence

from driftline.model.answers.parity import GapNote
from driftline.model.answers.scan import Coverage, QuestionNote
from driftline.render.lines import Line, Style, fit, flow, left, span
from driftline.render.page import Page
from driftline.render.values import count, counted, percentage

LABEL_CELLS = 12
_REASONS_SHOWN_MAX = 4
_SENTENCE_LINES_MAX = 2


def coverage_lines(coverage: Coverage, page: Page) -> list[Line]:
    """How much of what was seen was understood."""
    read = coverage.files - coverage.unreadable
    pieces = [
        [
            span(f"{count(read)} of {counted(coverage.files, 'configuration file')} read"),
            span(f" ({percentage(read, coverage.files)})", Style.QUIET),
        ],
        [span(f"{count(coverage.placed)} in environments")],
        [span(f"{count(coverage.shared)} shared")],
        [span(f"{count(coverage.unplaced)} unplaced", _doubt(coverage.unplaced))],
        *(
            [[span(f"{counted(other, 'other file')} not looked into", Style.QUIET)]]
            if (other := coverage.not_configuration)
            else []
        ),
        [span(counted(coverage.facts, "fact"))],
        [span(counted(coverage.fact_changes, "change of a fact", "changes of facts"))],
    ]
    return labelled("Coverage", pieces, page)


def gap_lines(gaps: Sequence[GapNote], page: Page) -> list[Line]:
    """The gaps, counted by reason, the most frequent first."""
    if not gaps:
        return []
    reasons = Counter(gap.reason for gap in gaps).most_common()
    reasons.sort(key=lambda entry: (-entry[1], entry[0]))
    pieces = [
        [
            span(f"{count(number)} x ", Style.DOUBTFUL),
            *fit([span(reason)], page.width - LABEL_CELLS - 10),
        ]
        for reason, number in reasons[:_REASONS_SHOWN_MAX]
    ]
    if len(reasons) > _REASONS_SHOWN_MAX:
        rest = sum(number for _, number in reasons[_REASONS_SHOWN_MAX:])
        pieces.append([span(f"{count(rest)} for other reasons", Style.QUIET)])
    return labelled("Gaps", pieces, page)


def question_lines(questions: Sequence[QuestionNote], page: Page, *, most: int) -> list[Line]:
    """What the layout rules would rather ask than guess, with the line that answers it."""
    lines: list[Line] = []
    for question in questions[:most]:
        for line in _wrapped(question.text, page, Style.DOUBTFUL):
            lines.append([left("" if lines else "Question", LABEL_CELLS, Style.HEADING), *line])
        answer = [left("", LABEL_CELLS), span("driftline.toml: ", Style.QUIET)]
        lines.append(fit([*answer, span(question.answer)], page.width))
    if len(questions) > most:
        more = f"{counted(len(questions) - most, 'more question')} (driftline layout)"
        label = left("" if lines else "Question", LABEL_CELLS, Style.HEADING)
        lines.append(
            fit([label, span(f"… and {more}" if lines else more, Style.QUIET)], page.width)
        )
    return lines


def note_lines(notes: Sequence[str], page: Page, *, most: int = 0) -> list[Line]:
    """What else is worth knowing, each on a few lines; `most` limits the notes (0: all)."""
    lines: list[Line] = []
    for note in notes[: most or None]:
        for line in _wrapped(note, page, Style.PLAIN):
            lines.append([left("" if lines else "Note", LABEL_CELLS, Style.HEADING), *line])
    if most and len(notes) > most:
        more = counted(len(notes) - most, "more note")
        hint = f"… and {more} (driftline status --format json)"
        lines.append([left("", LABEL_CELLS), span(hint, Style.QUIET)])
    return lines


def _wrapped(text: str, page: Page, style: Style) -> list[Line]:
    """A sentence on a few lines beside the margin; what is cut away ends in an ellipsis."""
    room = page.width - LABEL_CELLS
    words: list[Line] = [[span(word, style)] for word in text.split()]
    lines = flow(words, room, indent=2, between=" ")
    if len(lines) <= _SENTENCE_LINES_MAX:
        return lines
    last = lines[_SENTENCE_LINES_MAX - 1]
    end = fit(last, room - 2)
    # What had to be cut ends in an ellipsis already.
    end = [*last, span(" …", style)] if end is last else end
    return [*lines[: _SENTENCE_LINES_MAX - 1], end]


def labelled(label: str, pieces: Sequence[Line], page: Page) -> list[Line]:
    """Pieces that flow beside a label in the margin."""
    lines = flow(pieces, page.width - LABEL_CELLS, indent=0)
    return [
        [left(label if not at else "", LABEL_CELLS, Style.HEADING), *line]
        for at, line in enumerate(lines)
    ]


def _doubt(number: int) -> Style:
    return Style.DOUBTFUL if number else Style.PLAIN
