"""Where environments live: the cluster and the namespaces of each, and how we know."""

from collections.abc import Sequence

from driftline.model.answers.layout import LivePlaceNote
from driftline.render.harmless import markdown_text
from driftline.render.lines import Line, Style, cells, fit, left, right, span
from driftline.render.markdown_table import table
from driftline.render.page import Page

_NAMESPACES_MAX = 6
_WIDEST_SHARE = 4


def live_lines(places: Sequence[LivePlaceNote], page: Page) -> list[Line]:
    """A row for each place: environment, cluster, namespaces, confidence and evidence."""
    if not places:
        return []
    name = _width("Live", [one.environment for one in places], page)
    cluster = _width("cluster", [one.cluster for one in places], page)
    where = _width("namespaces", [where_text(one) for one in places], page)
    lines: list[Line] = [
        [
            left("Live", name + 3, Style.HEADING),
            left("cluster", cluster + 2, Style.QUIET),
            left("namespaces", where, Style.QUIET),
            right("sure", 7, Style.QUIET),
            span("  evidence", Style.QUIET),
        ]
    ]
    for one in places:
        sure = Style.PLAIN if one.confidence >= 0.8 else Style.DOUBTFUL
        lines.append(
            [
                span(" "),
                left(one.environment, name, Style.NAME),
                span("  "),
                left(one.cluster, cluster),
                span("  "),
                left(where_text(one), where),
                right(f"{one.confidence:.0%}".replace("%", " %"), 7, sure),
                span("  " + "; ".join(one.evidence), Style.QUIET),
            ]
        )
    return [fit(line, page.width) for line in lines]


def live_blocks(places: Sequence[LivePlaceNote]) -> list[str]:
    """The same as a table in Markdown; nothing where no environment is known to live."""
    if not places:
        return []
    rows = (
        (
            markdown_text(one.environment),
            markdown_text(one.cluster),
            markdown_text(where_text(one)),
            f"{one.confidence:.0%}",
            markdown_text("; ".join(one.evidence)),
        )
        for one in places
    )
    return [table(["Live", "Cluster", "Namespaces", "Sure:", "Evidence"], rows)]


def where_text(place: LivePlaceNote) -> str:
    """The namespaces of a place, and what picks its part of them."""
    names = ", ".join(place.namespaces[:_NAMESPACES_MAX])
    if len(place.namespaces) > _NAMESPACES_MAX:
        names += f", {len(place.namespaces) - _NAMESPACES_MAX} more"
    return f"{names} where {place.selector}" if place.selector else names


def _width(head: str, texts: Sequence[str], page: Page) -> int:
    """How wide a column is: as its widest cell, up to a share of the page."""
    widest = max(cells(span(text).text) for text in (head, *texts))
    return max(len(head), min(widest, page.width // _WIDEST_SHARE))
