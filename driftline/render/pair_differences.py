"""What differs between two environments: what stands, what is in flight, and counts of the rest."""

import shlex
from collections import Counter
from collections.abc import Sequence

from driftline.model.answers.parity import Divergence, Pair
from driftline.model.verdict import Kind
from driftline.render.coverage_lines import LABEL_CELLS
from driftline.render.divergence_table import divergence_lines
from driftline.render.kinds import (
    BORN,
    DRIFTED,
    LISTED,
    Fold,
    abridged,
    folded_lines,
    groups,
    heading,
    in_order,
    is_judged,
    told,
)
from driftline.render.lines import Line, Style, span
from driftline.render.page import Page
from driftline.render.values import count, counted

# What every heading below the first is sure of.
_ROWS_SURE = 3
_WORDS = {DRIFTED: "that drifted", BORN: "from the start"}


def is_listed(row: Divergence) -> bool:
    """Whether a row is shown by itself; the others are counted by reason."""
    return not is_judged(row) or row.kind in LISTED


def pair_difference_lines(
    rows: Sequence[Divergence],
    page: Page,
    *,
    now: str,
    room: int,
    pair: Pair,
    others: Sequence[Pair] = (),
) -> list[Line]:
    """The most interesting divergences of a pair within so many lines.

    `others` are the other pairs, which are mentioned with what stands there.
    """
    if not rows:
        return [nothing_lines("What differs now", pair), *_more({}, pair, others)]
    listed = in_order(row for row in rows if is_listed(row))
    totals = Counter(map(heading, listed))
    rest = folded_lines(rows, page, label_cells=LABEL_CELLS)
    lines: list[Line] = []
    if any(map(is_judged, rows)) and not totals[heading_of(Kind.STANDING)]:
        lines.append(nothing_lines("Standing", pair))
    shown = _within(listed, totals, room - len(rest) - len(lines) - 1)
    lines.extend(divergence_lines(shown, page, now=now, totals=totals))
    lines.extend(_more(_hidden(shown, totals), pair, others))
    return [*lines, *rest]


def full_difference_lines(
    rows: Sequence[Divergence], page: Page, *, now: str | None, every_row: bool, title: str = ""
) -> list[Line]:
    """Every divergence of a pair; what is only counted elsewhere is listed with `every_row`."""
    listed = in_order(row for row in rows if every_row or is_listed(row))
    totals = Counter(map(heading, listed)) if any(map(is_judged, rows)) else None
    items = [item for group in groups(listed) for item in group]
    lines = divergence_lines(items, page, now=now, totals=totals, title="" if totals else title)
    if every_row:
        return lines
    return [*lines, *folded_lines(rows, page, label_cells=LABEL_CELLS)]


def nothing_lines(name: str, pair: Pair) -> Line:
    """A heading without rows."""
    nothing = span(f"nothing between {pair.left} and {pair.right}", Style.GOOD)
    return [span(f"{name}  ", Style.HEADING), nothing]


def heading_of(kind: Kind) -> str:
    """The heading of a kind."""
    return kind.value.capitalize()


def _within(
    listed: Sequence[Divergence], totals: Counter[str], room: int
) -> list[Divergence | Fold]:
    """The rows that fit; the first heading takes what the others are not sure of."""
    sections = {name: [row for row in listed if heading(row) == name] for name in totals}
    shown: list[Divergence | Fold] = []
    later = sum(min(number, _ROWS_SURE) + 1 for number in totals.values())
    for name, rows in sections.items():
        later -= min(totals[name], _ROWS_SURE) + 1
        taken = abridged(rows, max(room - 1 - later, 0))
        shown.extend(taken)
        room -= len(taken) + 1 if taken else 0
    return shown


def _hidden(shown: Sequence[Divergence | Fold], totals: Counter[str]) -> dict[str, int]:
    """How many rows of each heading are not shown, not even in a fold."""
    seen: Counter[str] = Counter()
    name = ""
    for item in shown:
        name = name if isinstance(item, Fold) else heading(item)
        seen[name] += told([item])
    return {name: totals[name] - seen[name] for name in totals if totals[name] > seen[name]}


def _more(hidden: dict[str, int], pair: Pair, others: Sequence[Pair]) -> list[Line]:
    """What was cut away and what stands elsewhere, in counts, with the command that shows it."""
    kinds = [f"{count(number)} {_WORDS.get(name, name.lower())}" for name, number in hidden.items()]
    worst = max(others, key=lambda one: one.standing, default=pair)
    if others:
        standing = sum(one.standing for one in others)
        more = counted(len(others), "other pair")
        kinds.append(f"{more}, where {count(standing)} stand" if standing else more)
    asked = pair if hidden else worst if worst.standing else None
    command = f" (driftline compare {shlex.join((asked.left, asked.right))})" if asked else ""
    return [[span(f" … and {', '.join(kinds)}{command}", Style.QUIET)]] if kinds else []
