"""What reading anew brought, a few lines for each repository and cluster."""

from collections.abc import Sequence

from driftline.model.answers.observed import Observed, ObservedCluster, ObservedRepository
from driftline.model.ref import time_text
from driftline.render.coverage_lines import gap_lines, note_lines
from driftline.render.harmless import harmless
from driftline.render.lines import Line, Style, fit, span
from driftline.render.page import Page
from driftline.render.values import counted


def observed_lines(observed: Observed, page: Page) -> list[Line]:
    """A line for each repository and cluster, then what could not be read there."""
    lines: list[Line] = []
    for repository in observed.repositories:
        lines.append(_summary(repository))
        lines.extend(gap_lines(repository.gaps, page))
        lines.extend(note_lines(repository.notes, page))
    for cluster in observed.clusters:
        lines.append(_seen(cluster))
        lines.extend(gap_lines(cluster.gaps, page))
        lines.extend(note_lines(cluster.notes, page))
    lines.extend(note_lines(observed.notes, page))
    return [fit(line, page.width) for line in lines]


def _summary(repository: ObservedRepository) -> Line:
    if repository.looks_added:
        added = counted(repository.looks_added, "new look")
        facts = counted(repository.facts_added, "change of a fact", "changes of facts")
        news = f"{added}, {facts}"
    else:
        news = "nothing new"
    return [
        span(repository.path, Style.STRONG),
        span(f"  {news}"),
        span(f" · {counted(repository.looks, 'look')} · at {repository.head[:10]}", Style.QUIET),
    ]


def _seen(cluster: ObservedCluster) -> Line:
    name = span(cluster.cluster, Style.STRONG)
    if cluster.error:
        return [name, span("  not looked at: ", Style.BAD), span(cluster.error)]
    news = "nothing moved"
    if cluster.moved:
        facts = counted(cluster.facts_added, "change of a fact", "changes of facts")
        news = f"{counted(cluster.moved, 'object')} moved, {facts}"
    quiet = f" · {counted(cluster.objects, 'object')} · at {(cluster.at or '')[:16]}"
    return [name, span(f"  {news}"), span(quiet, Style.QUIET)]


def news_line(cluster: str, at: int, moved: int, facts: int, notes: Sequence[str]) -> str:
    """What one look at a cluster that is followed brought, in one line."""
    told = "nothing moved"
    if moved:
        changes = counted(facts, "change of a fact", "changes of facts")
        told = f"{counted(moved, 'object')} moved, {changes}"
    return harmless("; ".join((f"{time_text(at)} {cluster}  {told}", *notes)))
