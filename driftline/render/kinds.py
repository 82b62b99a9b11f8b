"""Which differences come first, which stand together, and which are only counted.

What stands is read first, ranked by what is most worth asking about, with rows
of one cause together; then what is in flight, and what is frozen. What differs
by design, was accepted or cannot be known is folded into counts with reasons.
Rows that nobody judged are told by whether the sides ever agreed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from driftline.model.answers.parity import Divergence
from driftline.model.verdict import Kind
from driftline.render.lines import Line, Span, Style, fit, flow, span
from driftline.render.page import Page
from driftline.render.values import count

DRIFTED = "What differs now"
BORN = "Different from the start"
LISTED = (Kind.STANDING, Kind.IN_FLIGHT, Kind.FROZEN)
_FOLDED = (Kind.ACCEPTED, Kind.ENVIRONMENTAL, Kind.UNKNOWN)
_ORDER = {kind.value: place for place, kind in enumerate((*LISTED, *_FOLDED))}
_HEADINGS = {
    Kind.STANDING: "Standing",
    Kind.IN_FLIGHT: "In flight",
    Kind.FROZEN: "Frozen",
    Kind.ACCEPTED: "Accepted",
    Kind.ENVIRONMENTAL: "Environmental",
    Kind.UNKNOWN: "Unknown",
}
_LATEST = "9999"
# From so many rows on, the rows of one cause are the first of them and a count.
_FOLD_FROM = 3
_REASON_LINES_MAX = 2


class Fold(msgspec.Struct, frozen=True):
    """Rows that are not shown because they have the cause of the row above."""

    rows: int
    cause: str


def is_judged(row: Divergence) -> bool:
    """Whether the judgement was asked about the row; unknown is a judgement with a reason."""
    return row.kind != Kind.UNKNOWN or bool(row.reason)


def is_drift(row: Divergence) -> bool:
    """Whether the row is news: standing, in flight or frozen, or drifted where nobody judged."""
    return row.kind in LISTED if is_judged(row) else has_drifted(row)


def has_drifted(row: Divergence) -> bool:
    """Whether the two sides agreed once; else they were different from the start."""
    return row.onset == "drifted"


def heading(row: Divergence) -> str:
    """The heading that a row stands under."""
    if is_judged(row):
        return _HEADINGS[Kind(row.kind)]
    return DRIFTED if has_drifted(row) else BORN


def in_order(divergences: Iterable[Divergence]) -> list[Divergence]:
    """The rows as people read them; those of one cause, or of one role, stand together."""
    ranked = sorted(divergences, key=_place)
    leaders: dict[tuple[str, str], int] = {}
    for place, row in enumerate(ranked):
        leaders.setdefault(_company(row), place)
    return sorted(ranked, key=lambda row: leaders[_company(row)])


def groups(rows: Iterable[Divergence]) -> list[list[Divergence]]:
    """Rows in order, those of one cause as one group; a row without a cause is its own."""
    found: list[list[Divergence]] = []
    for row in in_order(rows):
        above = found[-1][0] if found else None
        if row.cause and above and (above.kind, above.cause) == (row.kind, row.cause):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def abridged(rows: Iterable[Divergence], room: int) -> list[Divergence | Fold]:
    """As much as so many lines hold; many rows of one cause are its first and a count."""
    shown: list[Divergence | Fold] = []
    for group in groups(rows):
        folds = len(group) >= _FOLD_FROM
        told: list[Divergence | Fold] = [*group[:1]] if folds else [*group]
        if folds:
            told.append(Fold(len(group) - 1, group[0].cause))
        if len(shown) + len(told) > room:
            break
        shown.extend(told)
    return shown


def told(items: Sequence[Divergence | Fold]) -> int:
    """How many rows these are, with those that are folded."""
    return sum(item.rows if isinstance(item, Fold) else 1 for item in items)


def folded_lines(rows: Iterable[Divergence], page: Page, *, label_cells: int) -> list[Line]:
    """A line for each kind that is only counted, with its most frequent reasons."""
    by_kind: dict[str, Counter[str]] = {}
    for row in rows:
        if is_judged(row) and row.kind in _FOLDED:
            by_kind.setdefault(row.kind, Counter())[row.reason] += 1
    lines: list[Line] = []
    for kind in _FOLDED:
        reasons = by_kind.get(kind)
        if reasons:
            label = "" if lines else "The rest"
            told = _reasons(kind, reasons, page.width - label_cells)
            for at, line in enumerate(told):
                shown = "" if at else label
                margin = Span(shown + " " * (label_cells - len(shown)), Style.HEADING)
                lines.append(fit([margin, *line], page.width))
    return lines


def _reasons(kind: Kind, reasons: Counter[str], room: int) -> list[Line]:
    """The count with its reasons on at most so many lines, the most frequent first."""
    ordered = sorted(reasons.items(), key=lambda entry: (-entry[1], entry[0]))
    total = span(f"{count(reasons.total())} {kind.value}: ")
    if len(ordered) == 1:
        return [[total, span(ordered[0][0], Style.QUIET)]]
    pieces: list[Line] = [
        [span(f"{count(number)} x {why}", Style.QUIET)] for why, number in ordered
    ]
    for shown in range(len(pieces), 0, -1):
        left_over = len(pieces) - shown
        more = f"{count(left_over)} more {'reason' if left_over == 1 else 'reasons'}"
        rest: list[Line] = [[span(more, Style.QUIET)]] if left_over else []
        lines = flow([[total, *pieces[0]], *pieces[1:shown], *rest], room, indent=2)
        if len(lines) <= _REASON_LINES_MAX:
            break
    return lines


def _place(row: Divergence) -> tuple[int, int, str, str, str]:
    since = row.since or _LATEST
    if not is_judged(row):
        return (len(_ORDER) + (not has_drifted(row)), 0, since, row.role, row.path)
    return (_ORDER[row.kind], row.rank or 1_000_000, since, row.role, row.path)


def _company(row: Divergence) -> tuple[str, str]:
    """What a row stands together with: its cause, else its role where ranks say nothing."""
    if row.cause:
        return heading(row), f"cause {row.cause}"
    if row.rank:
        return heading(row), f"row {row.role} {row.path}"
    return heading(row), f"role {row.role}"
