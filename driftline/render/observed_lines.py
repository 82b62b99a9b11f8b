"""What reading anew brought, a few lines for each repository."""

from driftline.model.answers.observed import Observed, ObservedRepository
from driftline.render.coverage_lines import gap_lines, note_lines
from driftline.render.lines import Line, Style, fit, span
from driftline.render.page import Page
from driftline.render.values import counted


def observed_lines(observed: Observed, page: Page) -> list[Line]:
    """A line for each repository, then what could not be read there."""
    lines: list[Line] = []
    for repository in observed.repositories:
        lines.append(_summary(repository))
        lines.extend(gap_lines(repository.gaps, page))
        lines.extend(note_lines(repository.notes, page))
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
