"""What would be lost if an environment were rebuilt tonight, as a headline."""

from collections.abc import Sequence

from driftline.model.answers.planes import BurnedDown
from driftline.render.harmless import markdown_text
from driftline.render.lines import Line, Style, fit, span
from driftline.render.page import Page
from driftline.render.values import age_text, counted

_OWNERS_MAX = 4
_ENVIRONMENTS_MAX = 3


def burned_lines(losses: Sequence[BurnedDown], page: Page, now: str | None) -> list[Line]:
    """Two lines for each environment, the greatest loss first; nothing without a loss."""
    lines: list[Line] = []
    for one in _greatest_first(losses)[:_ENVIRONMENTS_MAX]:
        oldest = f"the oldest for {age_text(one.oldest, now)} · " if one.oldest else ""
        lines.append([span(headline(one), Style.STRONG)])
        lines.append([span(f"  {oldest}{_owners(one)}", Style.QUIET)])
    return [fit(line, page.width) for line in lines]


def burned_blocks(losses: Sequence[BurnedDown], now: str | None) -> list[str]:
    """The same in Markdown."""
    return [
        f"**{markdown_text(headline(one))}**"
        + (f", the oldest for {age_text(one.oldest, now)}" if one.oldest else "")
        + f" ({markdown_text(_owners(one))})."
        for one in _greatest_first(losses)
    ]


def headline(one: BurnedDown) -> str:
    """The loss in one sentence.

    >>> headline(BurnedDown("production", 31, 2, None))
    'If production burned down tonight: 31 facts in 2 resources exist only in the running system'
    """
    facts, resources = counted(one.facts, "fact"), counted(one.resources, "resource")
    verb = "exists" if one.facts == 1 else "exist"
    return (
        f"If {one.environment} burned down tonight: {facts} in {resources} {verb} only in the "
        "running system"
    )


def _greatest_first(losses: Sequence[BurnedDown]) -> list[BurnedDown]:
    return sorted(losses, key=lambda one: (-one.facts, one.environment))


def _owners(one: BurnedDown) -> str:
    """Whose it is, the oldest first."""
    told = [f"{row.owner or 'nobody known'} {row.facts:,}" for row in one.owners[:_OWNERS_MAX]]
    if len(one.owners) > _OWNERS_MAX:
        told.append(f"{len(one.owners) - _OWNERS_MAX} more")
    return ", ".join(told)
