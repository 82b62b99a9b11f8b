"""The life of a fact, side by side: a line for each instant at which it moved somewhere.

The newest instant stands last, next to the prompt. A filled dot marks a step,
a thin line a value that stayed; the sign in the middle margin says whether all
environments agreed afterwards.
"""

from collections.abc import Sequence

from driftline.model.answers.history import History, Series, SeriesStep
from driftline.render.coverage_lines import note_lines
from driftline.render.lines import Line, Span, Style, cells, fit, flow, left, shares, span
from driftline.render.page import Page
from driftline.render.values import ABSENT, UNKNOWN, counted, value_text

_WHO_CELLS = 22
_INSTANT_CELLS = 16
_PATHS_SHOWN_MAX = 30


def history_lines(history: History, page: Page, *, most: int) -> list[Line]:
    """A timeline for each path; `most` limits the instants shown of each (0: all)."""
    lines: list[Line] = []
    for path in dict.fromkeys(series.path for series in history.series):
        beside = [series for series in history.series if series.path == path]
        lines.extend([*([[]] if lines else []), *_timeline(beside, page, most)])
    if not history.series:
        lines.append([span(f"{history.role}: no series is shown without a path.")])
    if history.paths:
        lines.extend([*([[]] if lines else []), *_paths(history.paths, page)])
    if history.notes:
        lines.extend([[], *note_lines(history.notes, page)])
    return [fit(line, page.width) for line in lines]


def _timeline(beside: Sequence[Series], page: Page, most: int) -> list[Line]:
    """The series of one path, an environment a column."""
    instants = sorted({step.at for series in beside for step in series.steps})
    hidden = len(instants) - most if most and len(instants) > most else 0
    room = page.width - _INSTANT_CELLS - 3 - (_WHO_CELLS + 2 if page.width >= 70 else 0)
    columns = _columns(beside, room)
    first = beside[0]
    lines: list[Line] = [
        [span(first.role, Style.STRONG), span(f"  {first.path}"), _steps_counted(beside)]
    ]
    heads = [
        left(s.environment, width, Style.NAME) for s, width in zip(beside, columns, strict=True)
    ]
    lines.append([span(" " * (_INSTANT_CELLS + 3)), *(_spaced(heads))])
    if hidden:
        lines.append([span(f" … {counted(hidden, 'earlier instant')} (--all)", Style.QUIET)])
    state: list[SeriesStep | None] = [None] * len(beside)
    for at in instants[:hidden]:
        state = [_at(series, at) or before for series, before in zip(beside, state, strict=True)]
    for at in instants[hidden:]:
        moved = [_at(series, at) for series in beside]
        state = [step or before for step, before in zip(moved, state, strict=True)]
        lines.append(_instant(at, moved, state, columns, who=page.width >= 70))
    return lines


def _instant(
    at: str,
    moved: Sequence[SeriesStep | None],
    state: Sequence[SeriesStep | None],
    columns: Sequence[int],
    *,
    who: bool,
) -> Line:
    agree = len({_text(step) for step in state}) == 1
    line = [
        span(at[:16].replace("T", " "), Style.QUIET),
        span(" = " if agree else "   ", Style.GOOD),
    ]
    for step, current, width in zip(moved, state, columns, strict=True):
        if step:
            style = Style.STRONG if step.state == "present" else Style.DOUBTFUL
            line.append(left(f"● {_text(step)}", width, style))
        else:
            quiet = f"│ {_text(current)}" if current else ""
            line.append(left(quiet, width, Style.QUIET))
        line.append(span("  "))
    actors = dict.fromkeys(
        f"{step.actor.class_} {step.actor.name}" for step in moved if step and step.actor
    )
    if who and actors:
        line.append(left(", ".join(actors), _WHO_CELLS, Style.QUIET))
    return line


def _columns(beside: Sequence[Series], room: int) -> list[int]:
    wanted = []
    for series in beside:
        texts = [cells(_text(step)) + 2 for step in series.steps]
        wanted.append(max([cells(span(series.environment).text), 8, *texts]))
    return shares(wanted, room - 2 * (len(beside) - 1), least=8)


def _spaced(heads: Sequence[Span]) -> list[Span]:
    spaced = []
    for head in heads:
        spaced += [head, span("  ")]
    return spaced


def _steps_counted(beside: Sequence[Series]) -> Span:
    steps = sum(len(series.steps) for series in beside)
    return span(f"  {counted(steps, 'step')}", Style.QUIET)


def _at(series: Series, at: str) -> SeriesStep | None:
    """The last step of a series at exactly this instant."""
    return next((step for step in reversed(series.steps) if step.at == at), None)


def _text(step: SeriesStep | None) -> str:
    if step is None or step.state == "absent":
        return ABSENT
    return UNKNOWN if step.state == "unknown" else value_text(step.value)


def _paths(paths: Sequence[str], page: Page) -> list[Line]:
    shown: list[Line] = [[span(path)] for path in paths[:_PATHS_SHOWN_MAX]]
    if len(paths) > _PATHS_SHOWN_MAX:
        shown.append([span(f"… and {len(paths) - _PATHS_SHOWN_MAX} more", Style.QUIET)])
    return [
        [span("Other paths of this role" if len(paths) > 1 else "Another path", Style.HEADING)],
        *flow([[span(" ")], *shown], page.width, indent=1, between="  "),
    ]
