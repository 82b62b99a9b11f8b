"""Charts in a repository, and which of them a set of values files overlays.

Deploy scripts often join `config/{env}.yaml` to a chart without any file
saying so. Then content decides: the files' top-level keys are the chart's own
or the names of its dependencies, and no other chart explains them as well.
"""

from collections.abc import Iterable, Sequence

import msgspec

from driftline.inventory.layout.evidence import shapes_of, top_level
from driftline.inventory.layout.templates import Template
from driftline.inventory.layout.tree import Entry
from driftline.inventory.layout.words import tokens_of

COVERED_FROM = 0.75  # the share of an overlay's keys that its chart has to know
AHEAD_BY = 0.2  # by how much the best chart has to beat the next one


class Chart(msgspec.Struct, frozen=True):
    """One chart: its folder, its name, and the top-level keys its values may have."""

    folder: tuple[str, ...]
    name: str
    keys: frozenset[str]


def charts_of(entries: Iterable[Entry]) -> dict[tuple[str, ...], Chart]:
    """Charts by folder, from Chart.yaml and what stands beside it."""
    folders: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        folders.setdefault(entry.folder, []).append(entry)
    charts = {}
    for folder, held in folders.items():
        if not any(entry.names[-1].stem == "Chart" for entry in held) or len(folder) < 1:
            continue
        values = [entry for entry in held if entry.names[-1].stem == "values"]
        keys = set(top_level(shapes_of(values)))
        if keys:
            keys.add("global")
        for entry in held:
            for reference in entry.card.references:
                if reference.kind == "chart":
                    keys.add(reference.target.rsplit("/", 1)[-1])
        charts[folder] = Chart(folder, folder[-1], frozenset(keys))
    return charts


def overlaid(
    template: Template, charts: Sequence[Chart], repository: str
) -> tuple[Chart, float, str] | None:
    """The one chart that an environment's nameless values overlay, how surely, and why.

    None when several charts explain the content about as well, or when nothing
    but names is known and no chart is named after the repository.
    """
    if template.is_keyed or template.core or template.form != ".yaml" or not charts:
        return None
    entries = [spot.entry for spot in template.spots]
    if not any(entry.card.shapes for entry in entries):
        named = [chart for chart in charts if chart.name.lower() in tokens_of(repository)]
        if len(named) == 1:
            return named[0], 0.7, f"the repository is named after the chart {named[0].name}"
        return None
    scored = sorted(
        ((_covered(entries, chart), chart.name, chart) for chart in charts),
        key=lambda item: (-item[0], item[1]),
    )
    best, name, chart = scored[0]
    if best < COVERED_FROM or (len(scored) > 1 and best - scored[1][0] < AHEAD_BY):
        return None
    return chart, 0.85, f"{best:.0%} of its top-level keys are keys of the chart {name}"


def _covered(entries: Iterable[Entry], chart: Chart) -> float:
    """Mean share of each file's top-level keys that the chart knows; 0 if little is known."""
    shares = []
    total: set[str] = set()
    for entry in entries:
        keys = top_level(entry.card.shapes)
        total |= keys
        if keys:
            shares.append(len(keys & chart.keys) / len(keys))
    if len(total) < 2 or not chart.keys:
        return 0.0
    return sum(shares) / len(shares)
