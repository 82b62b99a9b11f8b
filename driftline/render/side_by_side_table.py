"""What differs between files that were compared as they came: both values, and nothing of time."""

import posixpath
from collections.abc import Sequence

from driftline.model.answers.parity import Comparison, Divergence, GapNote, Side
from driftline.render.coverage_lines import LABEL_CELLS, note_lines
from driftline.render.divergence_table import value_texts, what_cells, what_column
from driftline.render.harmless import markdown_code, markdown_text
from driftline.render.lines import (
    Line,
    Span,
    Style,
    cells,
    cut_middle,
    fit,
    flow,
    left,
    shares,
    span,
)
from driftline.render.markdown_table import table
from driftline.render.page import Page
from driftline.render.values import count, counted, path_text

_ROOMY_CELLS = 10_000
_VALUE_CELLS_MAX = 48
_VALUE_CELLS_MIN = 9
_MARKDOWN_CELLS = 60
_NOTHING = "Nothing differs"
_AS_FAR = ", as far as was read."


def side_by_side_lines(comparison: Comparison, page: Page) -> list[Line]:
    """How much was compared, every row by role, and each file that could not be read."""
    rows = comparison.divergences
    lines: list[Line] = [*_header(comparison, page), []]
    if rows:
        lines.extend(_table(rows, page))
    else:
        lines.append([span(_NOTHING, Style.GOOD), span(_AS_FAR if comparison.gaps else ".")])
    rest = [*_gap_lines(comparison.gaps, page), *note_lines(comparison.notes, page)]
    lines.extend([[], *rest] if rest else [])
    return [fit(line, page.width) for line in lines]


def side_by_side_blocks(comparison: Comparison) -> list[str]:
    """The same as Markdown; `table` makes a table of heads and rows."""
    sides = f"{markdown_text(comparison.left_ref)} ↔ {markdown_text(comparison.right_ref)}"
    blocks = [f"## {sides}", ", ".join(_sizes(comparison))]
    rows = comparison.divergences
    if rows:
        names = short_names(comparison.left_ref, comparison.right_ref)
        heads = ["What", "Path", *map(markdown_text, names)]
        blocks.append(table(heads, map(_markdown_row, rows)))
    else:
        blocks.append(_NOTHING + (_AS_FAR if comparison.gaps else "."))
    if comparison.gaps:
        unread = (
            (markdown_code(gap.path), markdown_text(gap.repository), markdown_text(gap.reason))
            for gap in comparison.gaps
        )
        blocks.append(table(["File", "Of", "Why it was not read"], unread))
    return [*blocks, "\n".join(f"- {markdown_text(note)}" for note in comparison.notes)]


def short_names(one: str, other: str) -> tuple[str, str]:
    """The least of two paths that tells them apart, from the end.

    >>> short_names("./overlays/staging/web.yaml", "./overlays/production/web.yaml")
    ('staging/web.yaml', 'production/web.yaml')
    >>> short_names("./a", "./b"), short_names("./a", "git:main:./a")
    (('a', 'b'), ('./a', 'git:main:./a'))
    """
    if any(":" in name or not posixpath.basename(name.rstrip("/")) for name in (one, other)):
        return one, other
    ours, theirs = (name.rstrip("/").split("/") for name in (one, other))
    for size in range(1, min(len(ours), len(theirs))):
        if ours[-size:] != theirs[-size:]:
            return "/".join(ours[-size:]), "/".join(theirs[-size:])
    return one, other


def _header(comparison: Comparison, page: Page) -> list[Line]:
    sides: Line = [
        span(comparison.left_ref, Style.STRONG),
        span(" ↔ ", Style.QUIET),
        span(comparison.right_ref, Style.STRONG),
    ]
    pieces: list[Line] = [sides, *([span(size, Style.QUIET)] for size in _sizes(comparison))]
    return flow(pieces, page.width, indent=0)


def _sizes(comparison: Comparison) -> list[str]:
    """How much there was on each side, and what became of it."""
    files, pair = comparison.files, comparison.pair
    told = []
    if files is not None:
        one, other = counted(files.left, "file"), counted(files.right, "file")
        told.append(
            f"{one} beside {other}" if (files.left, files.right) != (1, 1) else "1 file each"
        )
        if files.equal:
            told.append(f"{count(files.equal)} equal byte for byte")
    if pair.roles_common:
        told.append(f"{counted(pair.roles_common, 'thing')} compared")
    if pair.roles_left_only or pair.roles_right_only:
        told.append(f"{count(pair.roles_left_only)} only left")
        told.append(f"{count(pair.roles_right_only)} only right")
    return told


def _table(rows: Sequence[Divergence], page: Page) -> list[Line]:
    names = short_names(rows[0].left, rows[0].right)
    title = counted(len(rows), "difference")
    texts = [value_texts(row, _ROOMY_CELLS, _ROOMY_CELLS) for row in rows]
    wanted = [
        max(cells(names[side]), min(max(cells(text[side]) for text in texts), _VALUE_CELLS_MAX))
        for side in (0, 1)
    ]
    what = max([len(title), *(what_cells(row.role, row.path) for row in rows)])
    room = page.width - 4
    what = min(what, max(room * 9 // 20, room - sum(wanted)))
    one, other = shares(wanted, room - what, least=_VALUE_CELLS_MIN)
    lines: list[Line] = [
        [
            left(title, what, Style.HEADING),
            Span("  "),
            left(cut_middle(names[0], one), one, Style.NAME),
            Span("  "),
            left(cut_middle(names[1], other), other, Style.NAME),
        ]
    ]
    column = what_column([(row.role, row.path) for row in rows], what)
    for row, shown in zip(rows, column, strict=True):
        values = value_texts(row, one, other)
        lines.append(
            [
                *shown,
                Span("  "),
                left(values[0], one, _style(row.left_state)),
                Span("  "),
                left(values[1], other, _style(row.right_state)),
            ]
        )
    return lines


def _style(state: Side) -> Style:
    return {Side.UNKNOWN: Style.DOUBTFUL, Side.ABSENT: Style.QUIET}.get(state, Style.PLAIN)


def _gap_lines(gaps: Sequence[GapNote], page: Page) -> list[Line]:
    """Each file that could not be read: there are few, and each may hide a difference."""
    told: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        told.setdefault((gap.path, gap.reason), []).append(gap.repository)
    lines: list[Line] = []
    for (path, reason), sides in told.items():
        where = f"{path} on both sides"
        if len(sides) == 1:
            is_file = posixpath.basename(sides[0].rstrip("/")) == path
            where = sides[0] if is_file else posixpath.join(sides[0], path)
        words = [span(path_text(where, page.width // 2) + ":", Style.DOUBTFUL)]
        words += [span(word) for word in reason.split()]
        pieces = [[word] for word in words]
        for line in flow(pieces, page.width - LABEL_CELLS, indent=2, between=" "):
            lines.append([left("" if lines else "Gaps", LABEL_CELLS, Style.HEADING), *line])
    return lines


def _markdown_row(row: Divergence) -> Sequence[str]:
    values = value_texts(row, _MARKDOWN_CELLS, _MARKDOWN_CELLS)
    path = markdown_code(row.path) if row.path else ""
    return [markdown_code(row.role), path, *map(markdown_text, values)]
