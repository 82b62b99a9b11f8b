"""How far pairs drifted over time: a chart, who moved, and which roles; or a line for each pair.

Distances are shown in resources' worth: 1.000 is a whole resource that one side
lacks. Beside each of them stand the plain counts that it is made of. Charts
begin at nothing, so that their height means what it seems to mean.
"""

import shlex
from collections.abc import Callable, Sequence
from itertools import pairwise

from driftline.model.answers.trend import ServiceTrend, TrendAnswer, TrendPart, TrendPoint, Velocity
from driftline.render.coverage_lines import note_lines
from driftline.render.drift_units import MICRO, days_text, signed_text, units_text
from driftline.render.lines import (
    Line,
    Span,
    Style,
    cut_middle,
    fit,
    flow,
    left,
    line_cells,
    right,
    shares,
    span,
)
from driftline.render.page import Page
from driftline.render.values import count, counted, date_text, instant

_BLOCKS = " ▁▂▃▄▅▆▇█"
_CHART_ROWS = 5
_INNER_ROWS = 3
_CHANGES_ROWS = 2
_AXIS_CELLS = 9
_NUMBER_CELLS = 8
_ROLES_MAX = 10
_SPARK_CELLS_MIN, _SPARK_CELLS_MAX = 10, 52
_UNIT = (
    "1.000 is a whole resource that one side lacks; a path that differs counts at most 0.025, "
    "by its kind and by how far apart its values are."
)
# The looks back that people ask for, in weeks.
_BACK = ((4, "4 weeks"), (13, "13 weeks"), (52, "a year"))


def trend_lines(answer: TrendAnswer, page: Page, *, every_row: bool = False) -> list[Line]:
    """One pair in full, or a line for each pair; `every_row` cuts no roles away."""
    pairs = pairs_of(answer)
    if not pairs:
        lines: list[Line] = [[span("No two environments to compare over time.", Style.DOUBTFUL)]]
    elif len(pairs) == 1:
        lines = _pair_lines(answer, pairs[0], page, every_row=every_row)
    else:
        lines = _pairs_lines(answer, pairs, page)
    if answer.notes:
        lines.extend([[], *note_lines(answer.notes, page, most=0 if every_row else 4)])
    return [fit(line, page.width) for line in lines]


def pairs_of(answer: TrendAnswer) -> list[list[TrendPoint]]:
    """The points of each pair, in the order of the answer."""
    found: dict[tuple[str, str], list[TrendPoint]] = {}
    for point in answer.trend:
        found.setdefault((point.left, point.right), []).append(point)
    return list(found.values())


def sum_text(point: TrendPoint, *, asked_at: str = "") -> str:
    """A distance with the plain counts behind it, as one sentence; past if asked later."""
    is_past = point.at < asked_at
    if not point.distance_max:
        return f"No drift: nothing {'differed' if is_past else 'differs'}."
    pieces = []
    if point.paths:
        pieces.append(f"{counted(point.paths, 'path')} in {counted(point.roles, 'role')}")
    if point.roles_missing:
        pieces.append(f"{counted(point.roles_missing, 'whole role')} that only one side has")
    if point.unknown:
        pieces.append(f"{counted(point.unknown, 'path')} that may differ")
    worth = units_text(point.distance)
    if point.distance_max > point.distance:
        worth = f"{worth} to {units_text(point.distance_max)}"
    counts = pieces[0] if len(pieces) == 1 else f"{', '.join(pieces[:-1])} and {pieces[-1]}"
    verb = f"was, on {date_text(point.at)}," if is_past else "is"
    return f"Drift {verb} {worth} resources' worth: {counts}."


def _pair_lines(
    answer: TrendAnswer, points: Sequence[TrendPoint], page: Page, *, every_row: bool
) -> list[Line]:
    last = points[-1]
    lines: list[Line] = _heading(answer, points, page)
    lines += _sentence(sum_text(last, asked_at=answer.asked_at), page, Style.STRONG)
    lines += [*_sentence(_UNIT, page, Style.QUIET), []]
    lines += [*_chart(points, answer.velocity, page), []]
    lines += [*_moments(points, page, asked_at=answer.asked_at), []]
    lines += _parts(answer.parts, points, page)
    rows = [row for row in answer.services if answer.role is None]
    lines += [[], *_roles(rows, points, page, most=0 if every_row else _ROLES_MAX)] if rows else []
    return lines


def _heading(answer: TrendAnswer, points: Sequence[TrendPoint], page: Page) -> list[Line]:
    first, last = points[0], points[-1]
    sides = [
        span(first.left, Style.STRONG),
        span(" ↔ ", Style.QUIET),
        span(first.right, Style.STRONG),
    ]
    pieces: list[Line] = [sides]
    if answer.role:
        pieces.append([span(f"only {answer.role}")])
    pieces.append([span(f"{date_text(first.at)} to {date_text(last.at)}", Style.QUIET)])
    return flow(pieces, page.width, indent=0)


def _sentence(text: str, page: Page, style: Style) -> list[Line]:
    """A sentence broken between words."""
    return flow(
        [[span(word, style)] for word in text.split(" ")], page.width, indent=0, between=" "
    )


def _chart(points: Sequence[TrendPoint], weeks: Sequence[Velocity], page: Page) -> list[Line]:
    """The distance over time; once more without the roles of one side; and what moved then."""
    room = page.width - _AXIS_CELLS
    lines = _area(columns([(_second(one), one.distance) for one in points], room), _CHART_ROWS)
    if any(one.roles_missing and one.paths for one in points):
        inner = [(_second(one), one.distance - one.roles_missing * MICRO) for one in points]
        lines += _sentence("The same within the roles that both sides have:", page, Style.QUIET)
        lines += _area(columns(inner, room), _INNER_ROWS)
    if any(one.changes for one in weeks):
        lines += _sentence("Changes of paths in the same time:", page, Style.QUIET)
        lines += _area(_changes(points, weeks, room), _CHANGES_ROWS, name=count)
    begin, end = date_text(points[0].at), date_text(points[-1].at)
    gap = " " * max(room - len(begin) - len(end), 1)
    lines.append([span(" " * _AXIS_CELLS), span(f"{begin}{gap}{end}", Style.QUIET)])
    return lines


def _changes(points: Sequence[TrendPoint], weeks: Sequence[Velocity], room: int) -> list[int]:
    """How many paths changed in each of so many stretches of time."""
    sums, total = [(_second(points[0]), 0)], 0
    for at, week in zip(points[1:], weeks, strict=False):
        total += week.changes
        sums.append((_second(at), total))
    ends = columns(sums, room)
    return [after - before for before, after in pairwise([0, *ends])]


def _area(bars: Sequence[int], rows: int, *, name: Callable[[int], str] = units_text) -> list[Line]:
    """Bars from nothing, the highest of them named at the side."""
    most = max(bars)
    lines: list[Line] = []
    for row in range(rows, 0, -1):
        label = {1: "0", rows: name(most)}.get(row, "")
        body = "".join(_block(value, most, row, rows) for value in bars)
        axis = right(label, _AXIS_CELLS - 1, Style.QUIET)
        lines.append([axis, span(" "), Span(body, Style.NAME)])
    return lines


def _second(point: TrendPoint) -> int:
    moment = instant(point.at)
    return 0 if moment is None else int(moment.timestamp())


def columns(points: Sequence[tuple[int, int]], room: int) -> list[int]:
    """The value at the end of each of so many equal stretches of time; it stays until it changes.

    >>> columns([(0, 1), (10, 5), (20, 3)], 4)
    [1, 5, 5, 3]
    """
    first, last = points[0][0], points[-1][0]
    found, at = [], 0
    for column in range(1, room + 1):
        until = first + (last - first) * column // room
        while at + 1 < len(points) and points[at + 1][0] <= until:
            at += 1
        found.append(points[at][1])
    return found


def _block(value: int, most: int, row: int, rows: int) -> str:
    """The part of a column in one of the rows, the lowest being 1."""
    if not most or not value:
        return _BLOCKS[0]
    # What is not nothing is seen, however little it is.
    eighths = max(1, round(value * rows * 8 / most)) - (row - 1) * 8
    return _BLOCKS[min(max(eighths, 0), 8)]


def sparkline(values: Sequence[int]) -> str:
    """One row of blocks from nothing to the highest value.

    >>> sparkline([0, 4, 8])
    ' ▄█'
    """
    most = max(values, default=0)
    return "".join(
        _BLOCKS[max(1, round(8 * value / most)) if most and value else 0] for value in values
    )


def _table_line(cells: Sequence[str], style: Style = Style.PLAIN) -> Line:
    return [right(text, _NUMBER_CELLS + 2, style) for text in cells]


def _moments(points: Sequence[TrendPoint], page: Page, *, asked_at: str) -> list[Line]:
    """The pair now and some time ago, a line each, with the plain counts."""
    last = points[-1]
    is_past = last.at < asked_at
    chosen = [(f"on {date_text(last.at)}" if is_past else "now", last)]
    for weeks, name in _BACK:
        at = _second(last) - weeks * 7 * 86_400
        before = [point for point in points if _second(point) <= at]
        if before:
            chosen.append((f"{name} {'before' if is_past else 'ago'}", before[-1]))
    if len(points) > 1:
        chosen.append((f"on {date_text(points[0].at)}", points[0]))
    heads = ["distance", "paths", "roles", "one-sided", "moved", "exposure"]
    name_cells = 16
    shown = min(len(heads), (page.width - name_cells) // (_NUMBER_CELLS + 2))
    lines: list[Line] = [
        [left("", name_cells), *_table_line(heads[:shown], Style.HEADING)],
    ]
    for name, point in chosen:
        texts = [
            units_text(point.distance),
            count(point.paths),
            count(point.roles),
            count(point.roles_missing),
            units_text(point.path_length),
            days_text(point.exposure),
        ]
        lines.append([left(name, name_cells), *_table_line(texts[:shown])])
    told = "moved: how much either side moved since the start; exposure: distance times days"
    return [*lines, *_sentence(told, page, Style.QUIET)]


def _parts(parts: Sequence[TrendPart], points: Sequence[TrendPoint], page: Page) -> list[Line]:
    """Who moved apart and together, by class and side; the sum is the change of the distance."""
    first, last = points[0], points[-1]
    if not parts:
        return [[span("Nobody moved.", Style.QUIET)]]
    sides = {"left": first.left, "right": first.right, "both": "both at once"}
    rows = [(row.actor_class, sides.get(row.side, row.side), row) for row in parts]
    numbers = 4 * (_NUMBER_CELLS + 2)
    by, side = shares(
        [max(len("Who moved"), *(len(row[0]) for row in rows)) + 2, _widest(rows) + 2],
        page.width - numbers,
        least=8,
    )
    heads = ["apart", "together", "in all", "changes"]
    lines: list[Line] = [
        [
            left("Who moved", by, Style.HEADING),
            left("which side", side, Style.HEADING),
            *_table_line(heads, Style.HEADING),
        ]
    ]
    for name, where, row in rows:
        texts = [
            signed_text(row.added),
            signed_text(-row.removed),
            signed_text(row.added - row.removed),
            count(row.changes),
        ]
        lines.append([left(name, by), left(where, side), *_table_line(texts)])
    change = last.distance - first.distance
    total = (
        f"From {units_text(first.distance)} on {date_text(first.at)} "
        f"to {units_text(last.distance)}: {signed_text(change)}, which is exactly the sum."
    )
    return [*lines, *_sentence(total, page, Style.QUIET)]


def _widest(rows: Sequence[tuple[str, str, TrendPart]]) -> int:
    return max(len("which side"), *(line_cells([span(where)]) for _, where, _ in rows))


def _roles(
    rows: Sequence[ServiceTrend], points: Sequence[TrendPoint], page: Page, *, most: int
) -> list[Line]:
    """The roles that are farthest apart now."""
    names = {"left": points[0].left, "right": points[0].right}
    living = [row for row in rows if row.distance or row.distance_max]
    shown = living[:most] if most else living
    if not shown:
        return []
    heads = ["distance", "paths", "moved", "exposure"]
    room = page.width - len(heads) * (_NUMBER_CELLS + 2)
    wide = min(room, max(line_cells([span(_role_text(row, names))]) for row in shown) + 2)
    lines: list[Line] = [
        [left("Roles", wide, Style.HEADING), *_table_line(heads, Style.HEADING)],
    ]
    for row in shown:
        paths = "—" if row.missing else count(row.paths)
        texts = [
            units_text(row.distance),
            paths,
            units_text(row.path_length),
            days_text(row.exposure),
        ]
        lines.append([left(_role_text(row, names), wide), *_table_line(texts)])
    if len(living) > len(shown):
        lines.append(
            [span(f" … and {counted(len(living) - len(shown), 'more role')}", Style.QUIET)]
        )
    return lines


def _role_text(row: ServiceTrend, names: dict[str, str]) -> str:
    return f"{row.role} (not in {names[row.missing]})" if row.missing in names else row.role


def _pairs_lines(
    answer: TrendAnswer, pairs: Sequence[Sequence[TrendPoint]], page: Page
) -> list[Line]:
    """A line for each pair, the farthest apart first."""
    ordered = sorted(pairs, key=lambda one: -one[-1].distance)
    since = date_text(answer.since or ordered[0][0].at)
    title = f"Drift of {counted(len(pairs), 'pair')} since {since}"
    heading: list[Line] = [[span(title, Style.STRONG)]]
    if answer.role:
        heading.append([span(f"only {answer.role}")])
    lines = flow(heading, page.width, indent=0)
    lines += [*_sentence(_UNIT, page, Style.QUIET), []]
    lines += _pair_table(ordered, page)
    pair = answer.focus or (ordered[0][0].left, ordered[0][0].right)
    command = f"{page.command} trend {shlex.join(pair)}"
    return [*lines, [], [span("Next  ", Style.HEADING), span(command)]]


def _pair_table(pairs: Sequence[Sequence[TrendPoint]], page: Page) -> list[Line]:
    heads = ["distance", "change", "paths", "one-sided", "moved"]
    heads = heads if page.width >= 100 else heads[:4]
    names = [f"{one[0].left} ↔ {one[0].right}" for one in pairs]
    room = page.width - len(heads) * (_NUMBER_CELLS + 2)
    widest = max(line_cells([span(name)]) for name in names) + 2
    name_cells = min(widest, max(room - _SPARK_CELLS_MIN, 20))
    chart = min(max(room - name_cells, 0), _SPARK_CELLS_MAX)
    lines: list[Line] = [
        [
            left("Pair", name_cells, Style.HEADING),
            left("over time" if chart > len("over time") else "", chart, Style.HEADING),
            *_table_line(heads, Style.HEADING),
        ]
    ]
    for name, points in zip(names, pairs, strict=True):
        last, first = points[-1], points[0]
        bars = columns([(_second(point), point.distance) for point in points], chart)
        texts = [
            units_text(last.distance),
            signed_text(last.distance - first.distance),
            count(last.paths),
            count(last.roles_missing),
            units_text(last.path_length - first.path_length),
        ]
        numbers = _table_line(texts[: len(heads)])
        shown = cut_middle(span(name).text, name_cells - 2)
        lines.append([left(shown, name_cells), Span(sparkline(bars), Style.NAME), *numbers])
    return lines
