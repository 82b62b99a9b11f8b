"""The life of a fact, side by side: a line for each instant at which it moved somewhere.

The newest instant stands last, next to the prompt. A dot marks a step, a thin
line a value that stayed; `=` says that all agreed afterwards. Environments
that always moved together share a column; where there are too many columns
all the same, each step is a line that names its environments.
"""

from collections.abc import Sequence

import msgspec

from driftline.model.answers.history import History, Series, SeriesStep
from driftline.render.coverage_lines import note_lines
from driftline.render.lines import Line, Span, Style, cells, fit, flow, left, shares, span
from driftline.render.page import Page
from driftline.render.values import ABSENT, UNKNOWN, counted, image_name, value_text

_WHO_CELLS = 22
_WHO_FROM_WIDTH = 70
_INSTANT_CELLS = 16
_COLUMN_CELLS_MIN = 12
_PATHS_BESIDE_MAX = 8


class Column(msgspec.Struct, frozen=True):
    """Environments that always moved together, and their steps."""

    names: tuple[str, ...]
    steps: tuple[SeriesStep, ...]

    def at(self, instant: str) -> SeriesStep | None:
        """The last step at exactly this instant."""
        return next((step for step in reversed(self.steps) if step.at == instant), None)


class Timeline(msgspec.Struct, frozen=True):
    """One path: its columns, its instants, and the part of all values that is said only once."""

    role: str
    path: str
    columns: tuple[Column, ...]
    instants: tuple[str, ...]
    shared: str

    def text(self, step: SeriesStep | None) -> str:
        """What a step says, without what all of them share."""
        if step is None or step.state == "absent":
            return ABSENT
        if step.state == "unknown":
            return UNKNOWN
        return value_text(step.value).removeprefix(self.shared)


def history_lines(history: History, page: Page, *, most: int) -> list[Line]:
    """A timeline for each path; `most` limits the instants shown of each (0: all)."""
    lines: list[Line] = []
    for path in dict.fromkeys(series.path for series in history.series):
        timeline = _timeline([series for series in history.series if series.path == path])
        lines.extend([*([[]] if lines else []), *_timeline_lines(timeline, page, most)])
    told = {history.path, *(series.path for series in history.series)}
    others = [path for path in history.paths if path not in told]
    if others:
        most_paths = _PATHS_BESIDE_MAX if history.series else len(others)
        title = "Paths" if not history.series else "Other paths of this role"
        lines.extend([*([[]] if lines else []), *_paths(others, page, most_paths, title)])
    if history.notes:
        lines.extend([[], *note_lines(history.notes, page)])
    return [fit(line, page.width) for line in lines]


def _timeline(beside: Sequence[Series]) -> Timeline:
    together: dict[tuple[tuple[str, str, str], ...], list[Series]] = {}
    for series in beside:
        moves = tuple((step.at, step.state, value_text(step.value)) for step in series.steps)
        together.setdefault(moves, []).append(series)
    columns = tuple(
        Column(tuple(series.environment for series in group), group[0].steps)
        for group in together.values()
    )
    steps = [step for column in columns for step in column.steps]
    names = {image_name(step.value) for step in steps if step.state == "present"}
    name = names.pop() if len(names) == 1 else ""
    return Timeline(
        role=beside[0].role,
        path=beside[0].path,
        columns=columns,
        instants=tuple(sorted({step.at for step in steps})),
        shared=name,
    )


def _timeline_lines(timeline: Timeline, page: Page, most: int) -> list[Line]:
    """Columns side by side where they are wide enough to be read, else a line for each step."""
    room = page.width - _INSTANT_CELLS - 3
    if page.width >= _WHO_FROM_WIDTH:
        room -= _WHO_CELLS
    shown = timeline.instants[-most:] if most else timeline.instants
    hidden = timeline.instants[: len(timeline.instants) - len(shown)]
    lines: list[Line] = [_heading(timeline)]
    wide = room // (_COLUMN_CELLS_MIN + 2) >= len(timeline.columns)
    widths = _widths(timeline, room)
    if wide:
        lines.append([Span(" " * (_INSTANT_CELLS + 3)), *_heads(timeline, widths)])
    if hidden:
        text = f" … {counted(len(hidden), 'earlier instant')} (--all)"
        lines.append([span(text, Style.QUIET)])
    if not wide:
        return [*lines, *_log(timeline, shown, page)]
    state: list[SeriesStep | None] = [None] * len(timeline.columns)
    for at in hidden:
        state = [
            column.at(at) or before for column, before in zip(timeline.columns, state, strict=True)
        ]
    for at in shown:
        moved = [column.at(at) for column in timeline.columns]
        state = [step or before for step, before in zip(moved, state, strict=True)]
        lines.append(_instant(timeline, at, moved, state, widths, page))
    return lines


def _heading(timeline: Timeline) -> Line:
    steps = sum(len(column.steps) for column in timeline.columns)
    heading = [span(timeline.role, Style.STRONG), span(f"  {timeline.path}")]
    if timeline.shared:
        heading.append(span(f"  {timeline.shared}", Style.QUIET))
    return [*heading, span(f"  {counted(steps, 'step')}", Style.QUIET)]


def _instant(
    timeline: Timeline,
    at: str,
    moved: Sequence[SeriesStep | None],
    state: Sequence[SeriesStep | None],
    widths: Sequence[int],
    page: Page,
) -> Line:
    agree = len(state) > 1 and len({timeline.text(step) for step in state}) == 1
    line = [_when(at), span(" = " if agree else "   ", Style.GOOD)]
    for step, current, width in zip(moved, state, widths, strict=True):
        if step:
            style = Style.STRONG if step.state == "present" else Style.DOUBTFUL
            line.append(left(f"● {timeline.text(step)}", width, style))
        else:
            quiet = f"│ {timeline.text(current)}" if current else ""
            line.append(left(quiet, width, Style.QUIET))
        line.append(Span("  "))
    who = _who([step for step in moved if step])
    if who and page.width >= _WHO_FROM_WIDTH:
        line.append(left(who, _WHO_CELLS, Style.QUIET))
    return line


def _log(timeline: Timeline, instants: Sequence[str], page: Page) -> list[Line]:
    """A line for each value that was set at an instant, with whoever got it."""
    lines: list[Line] = []
    room = page.width - _INSTANT_CELLS - 4 - _WHO_CELLS - 2
    for at in instants:
        by_text: dict[str, list[str]] = {}
        steps = []
        for column in timeline.columns:
            step = column.at(at)
            if step:
                steps.append(step)
                by_text.setdefault(timeline.text(step), []).extend(column.names)
        for number, (text, names) in enumerate(by_text.items()):
            line: list[Span] = [_when(at) if not number else left("", _INSTANT_CELLS), Span("  ")]
            value = left(f"● {text}", room // 2, Style.STRONG)
            line += [value, Span("  "), left(", ".join(names), room - room // 2), Span("  ")]
            lines.append([*line, left(_who(steps), _WHO_CELLS, Style.QUIET)])
    return lines


def _who(steps: Sequence[SeriesStep]) -> str:
    """Class and name of everybody who moved something, each once."""
    actors = [step.actor for step in steps if step.actor]
    return ", ".join(dict.fromkeys(f"{actor.class_} {actor.name}" for actor in actors))


def _when(at: str) -> Span:
    return left(at[:16].replace("T", " "), _INSTANT_CELLS, Style.QUIET)


def _heads(timeline: Timeline, widths: Sequence[int]) -> list[Span]:
    heads = []
    for column, width in zip(timeline.columns, widths, strict=True):
        names = ", ".join(column.names)
        if cells(span(names).text) > width and len(column.names) > 1:
            names = f"{len(column.names)} alike"
        heads += [left(names, width, Style.NAME), Span("  ")]
    return heads


def _widths(timeline: Timeline, room: int) -> list[int]:
    wanted = []
    for column in timeline.columns:
        texts = [cells(timeline.text(step)) + 2 for step in column.steps]
        names = cells(span(", ".join(column.names)).text)
        wanted.append(max([names, _COLUMN_CELLS_MIN, *texts]))
    return shares(wanted, room - 2 * len(wanted), least=_COLUMN_CELLS_MIN)


def _paths(paths: Sequence[str], page: Page, most: int, title: str) -> list[Line]:
    """What else could be asked of the role; the paths come in the order of the answer."""
    pieces: list[Line] = [[span(path)] for path in paths[:most]]
    if len(paths) > most:
        pieces.append([span(f"… and {len(paths) - most} more", Style.QUIET)])
    lines = flow(pieces, page.width - 2, indent=0, between="  ")
    return [[span(title, Style.HEADING)], *([Span("  "), *line] for line in lines)]
