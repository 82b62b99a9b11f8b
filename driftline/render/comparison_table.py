"""One pair in full: every divergence by role, after the counts that sum them up."""

from driftline.model.answers.parity import Comparison
from driftline.model.ref import parse_ref
from driftline.render.coverage_lines import gap_lines, note_lines
from driftline.render.lines import Line, Span, Style, fit, flow, span
from driftline.render.match_table import pair_lines
from driftline.render.page import Page
from driftline.render.pair_differences import full_difference_lines
from driftline.render.planes_table import named_by_plane, plane_lines
from driftline.render.values import counted


def comparison_lines(comparison: Comparison, page: Page, *, every_row: bool = False) -> list[Line]:
    """All rows of the comparison; what differs by design is counted unless every row is wanted."""
    comparison = named_by_plane(comparison)
    lines: list[Line] = [*_header(comparison, page), [], *pair_lines([comparison.pair], page), []]
    rows = comparison.divergences
    if rows:
        title = counted(len(rows), "divergence")
        now = told_from(comparison, page.now)
        lines.extend(full_difference_lines(rows, page, now=now, every_row=every_row, title=title))
    else:
        lines.append([span("Nothing differs", Style.GOOD), span(", as far as was read.")])
    lines.extend(plane_lines(comparison, page, told_from(comparison, page.now)))
    rest = [*gap_lines(comparison.gaps, page), *note_lines(comparison.notes, page)]
    lines.extend([[], *rest] if rest else [])
    return [fit(line, page.width) for line in lines]


def told_from(comparison: Comparison, now: str | None) -> str | None:
    """The instant from which ages count: the present, unless both sides are of the past."""
    refs = (comparison.left_ref, comparison.right_ref)
    if now and not all(map(_is_past, refs)):
        return now
    return max(filter(None, (comparison.left_at, comparison.right_at)), default=None)


def _is_past(ref: str) -> bool:
    parsed = parse_ref(ref)
    return parsed.moment is not None or bool(parsed.revision)


def _header(comparison: Comparison, page: Page) -> list[Line]:
    """What was compared, and when it was like that."""
    pair = comparison.pair
    left_at, right_at = comparison.left_at, comparison.right_at
    sides: list[Span] = [span(comparison.left_ref, Style.STRONG)]
    if left_at and left_at != right_at:
        sides.append(span(f" ({_moment(left_at)})", Style.QUIET))
    sides += [span(" ↔ ", Style.QUIET), span(comparison.right_ref, Style.STRONG)]
    if right_at:
        both = "last change " if left_at == right_at else ""
        sides.append(span(f" ({both}{_moment(right_at)})", Style.QUIET))
    pieces: list[Line] = [sides, [span(f"{pair.plane}, {comparison.layer} values", Style.QUIET)]]
    pieces.append([span(f"{counted(pair.roles_common, 'role')} in common", Style.QUIET)])
    return flow(pieces, page.width, indent=0)


def _moment(text: str) -> str:
    return text[:16].replace("T", " ")
