"""One pair in full: every divergence by role, after the counts that sum them up."""

from driftline.model.answers.parity import Comparison
from driftline.render.coverage_lines import gap_lines, note_lines
from driftline.render.divergence_table import by_interest, divergence_lines
from driftline.render.lines import Line, Style, fit, span
from driftline.render.match_table import pair_lines
from driftline.render.page import Page
from driftline.render.values import counted


def comparison_lines(comparison: Comparison, page: Page) -> list[Line]:
    """All rows of the comparison; nothing is cut but what is wider than the page."""
    lines: list[Line] = [_header(comparison), [], *pair_lines([comparison.pair], page), []]
    rows = by_interest(comparison.divergences)
    if rows:
        title = counted(len(rows), "divergence")
        lines.extend(divergence_lines(rows, page, now=_latest(comparison), title=title))
    else:
        lines.append([span("Nothing differs", Style.GOOD), span(", as far as was read.")])
    rest = [*gap_lines(comparison.gaps, page), *note_lines(comparison.notes, page)]
    lines.extend([[], *rest] if rest else [])
    return [fit(line, page.width) for line in lines]


def _latest(comparison: Comparison) -> str | None:
    """Ages count from the later of both sides: a comparison of the past is told from there."""
    return max(filter(None, (comparison.left_at, comparison.right_at)), default=None)


def _header(comparison: Comparison) -> Line:
    pair = comparison.pair
    pieces = [span(comparison.left_ref, Style.STRONG)]
    if comparison.left_at:
        pieces.append(span(f" at {_moment(comparison.left_at)}", Style.QUIET))
    pieces += [span(" ↔ ", Style.QUIET), span(comparison.right_ref, Style.STRONG)]
    if comparison.right_at:
        pieces.append(span(f" at {_moment(comparison.right_at)}", Style.QUIET))
    pieces.append(span(f" · {pair.plane} · {comparison.layer} values", Style.QUIET))
    roles = counted(pair.roles_common, "role")
    only = pair.roles_left_only + pair.roles_right_only
    pieces.append(span(f" · {roles} in common", Style.QUIET))
    if only:
        pieces.append(span(f", {only} on one side only", Style.DOUBTFUL))
    return pieces


def _moment(text: str) -> str:
    return text[:16].replace("T", " ")
