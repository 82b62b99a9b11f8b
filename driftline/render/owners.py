"""Whose a difference is, as short as a column of a screen needs it.

Teams of one forge all begin with the name of the company, which says nothing
beside each other; whoever needs the whole name finds it in the JSON.
"""

from collections import Counter
from collections.abc import Sequence

from driftline.render.lines import Line, Style, cells, cut, span
from driftline.render.page import Page

HEADING = "owner"
# Narrower pages need their room for paths and values.
COLUMN_FROM_WIDTH = 120
_CELLS_MIN = 8


def owner_text(owner: str, room: int) -> str:
    """The owners within a room: as many as fit, and how many more there are.

    >>> owner_text("@shop/platform, @shop/payments", 24), owner_text("@shop/platform, team-b", 13)
    ('platform, payments', 'platform +1')
    """
    names = [_short(name) for name in owner.split(", ") if name]
    for kept in range(len(names), 0, -1):
        more = f" +{len(names) - kept}" if kept < len(names) else ""
        text = ", ".join(names[:kept])
        if cells(text) + len(more) <= room:
            return text + more
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return cut(names[0], room - len(more)) + more if names else ""


def owner_cells(owners: Sequence[str], page: Page) -> int:
    """The room of a column of owners; none where a line says it as well, or the page is narrow."""
    if len(set(owners)) < 2 or page.width < COLUMN_FROM_WIDTH:
        return 0
    widest = max(cells(owner_text(owner, page.width)) for owner in owners)
    return max(min(widest, page.width // 9), _CELLS_MIN)


def owner_line(owners: Sequence[str], page: Page) -> Line | None:
    """Whose the rows are, where no column says so; None where nobody is known to own any."""
    if not any(owners) or owner_cells(owners, page):
        return None
    counts = Counter(_short(name) for owner in owners for name in owner.split(", ") if name)
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    if len(set(owners)) == 1:
        told = ", ".join(ordered)
    else:
        told = ", ".join(f"{name} ({counts[name]})" for name in ordered)
    return [span(cut(f"   owned by {told}", page.width), Style.QUIET)]


def _short(name: str) -> str:
    """A team without its company; other names, such as e-mail addresses, stay whole."""
    shown = span(name).text
    if not shown.startswith("@"):
        return shown
    return shown.rpartition("/")[2] or shown
