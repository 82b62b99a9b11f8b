"""How well environments match: a list of pairs, or a matrix where there are many.

A match is the share of equal facts among the facts of all roles that both
sides have. Roles that one side lacks are counted apart: an environment with one
service more does not match worse. What is unknown on a side is left out.
"""

from collections.abc import Callable, Mapping, Sequence

from driftline.model.answers.parity import Pair
from driftline.render.lines import Line, Span, Style, cells, cut_middle, left, right, shares, span
from driftline.render.page import Page
from driftline.render.values import ABSENT, count, percentage

PAIRS_LISTED_MAX = 6
_BAR_CELLS = 8
_TITLE = "How well they match"
_AT_LEAST = ("equal", "differ")
_ALWAYS = ("equal", "differ", "only left", "only right")
_COLUMNS = (*_ALWAYS, "inherited", "unknown", "other roles")
# Where differences were judged, what they are says more than how they are spread.
_JUDGED_AT_LEAST = ("standing", "in flight")
_JUDGED_ALWAYS = ("equal", "standing", "in flight")
_JUDGED = (*_JUDGED_ALWAYS, "frozen", "accepted", "environmental", "unknown", "other roles")
_COUNT_CELLS = 6
_MATCH_CELLS = 7
_NAME_CELLS_MIN = 8
_MARGIN = " "
_BETWEEN = " ↔ "


def equal_facts(pair: Pair) -> int:
    """How many facts both sides have and agree on."""
    return pair.facts_common - pair.facts_differ


def left_facts(pair: Pair) -> int:
    """How many facts only the left side has, in roles that both have."""
    return pair.facts_left_only - pair.facts_in_left_roles


def right_facts(pair: Pair) -> int:
    """How many facts only the right side has, in roles that both have."""
    return pair.facts_right_only - pair.facts_in_right_roles


def unequal_facts(pair: Pair) -> int:
    """How many facts of shared roles stand on one side only or differ."""
    return pair.facts_differ + left_facts(pair) + right_facts(pair)


def standing_facts(pair: Pair) -> int:
    """How many differences of a pair stand."""
    return pair.standing


def known_facts(pair: Pair) -> int:
    """How many facts of shared roles at least one side has, and neither leaves unknown."""
    return equal_facts(pair) + unequal_facts(pair)


def is_judged(pair: Pair) -> bool:
    """Whether the differences of a pair were judged."""
    return any(kind_counts(pair))


def kind_counts(pair: Pair) -> tuple[int, ...]:
    """How many differences stand, are in flight, frozen, accepted and environmental."""
    return pair.standing, pair.in_flight, pair.frozen, pair.accepted, pair.environmental


def match_lines(
    pairs: Sequence[Pair], page: Page, facts: Mapping[str, int] | None = None
) -> list[Line]:
    """The section on how well environments match; `facts` counts those of each environment."""
    if not pairs:
        return []
    if len(pairs) <= PAIRS_LISTED_MAX:
        return pair_lines(pairs, page)
    return matrix_lines(pairs, page, facts or {})


def pair_lines(pairs: Sequence[Pair], page: Page) -> list[Line]:
    """One line for each pair, with its counts of facts."""
    judged = any(map(is_judged, pairs))
    rows = [_counts(pair) for pair in pairs]
    columns = _JUDGED if judged else _COLUMNS
    always = _JUDGED_ALWAYS if judged else _ALWAYS
    at_least = _JUDGED_AT_LEAST if judged else _AT_LEAST
    # A column of nothing but zeros says nothing, unless it is the point of the table.
    shown = [name for name in columns if name in always or any(row[name] for row in rows)]
    wanted_left = max(cells(span(pair.left).text) for pair in pairs)
    wanted_right = max(cells(span(pair.right).text) for pair in pairs)
    bar = _BAR_CELLS + 2
    room = page.width - _MATCH_CELLS - len(_MARGIN) - len(_BETWEEN)
    # The names of a pair come first; the bar and the rarer counts give way to them.
    while bar or len(shown) > len(at_least):
        if wanted_left + wanted_right + bar + sum(map(_column_cells, shown)) <= room:
            break
        if bar:
            bar = 0
        else:
            shown.remove(next(name for name in reversed(shown) if name not in at_least))
    rest = room - bar - sum(map(_column_cells, shown))
    wide_left, wide_right = shares([wanted_left, wanted_right], rest, least=_NAME_CELLS_MIN)
    wide_right = max(wide_right, len(_TITLE) - wide_left - len(_MARGIN) - len(_BETWEEN))
    margin = wide_left + wide_right + len(_MARGIN) + len(_BETWEEN)
    heads = [right(name, _column_cells(name), Style.QUIET) for name in shown]
    title = left(_TITLE, margin, Style.HEADING)
    lines: list[Line] = [[title, *heads, right("match", _MATCH_CELLS, Style.QUIET)]]
    for pair, row in zip(pairs, rows, strict=True):
        lines.append(
            [
                Span(_MARGIN),
                left(cut_middle(span(pair.left).text, wide_left), wide_left, Style.NAME),
                Span(_BETWEEN, Style.QUIET),
                left(cut_middle(span(pair.right).text, wide_right), wide_right, Style.NAME),
                *(
                    right(row[name], _column_cells(name), _emphasis(name, row[name]))
                    for name in shown
                ),
                right(percentage(equal_facts(pair), known_facts(pair)), _MATCH_CELLS, Style.STRONG),
                *([Span("  "), _bar(pair)] if bar else []),
            ]
        )
    return lines


def _column_cells(name: str) -> int:
    return max(len(name), _COUNT_CELLS) + 2


def matrix_lines(pairs: Sequence[Pair], page: Page, facts: Mapping[str, int]) -> list[Line]:
    """A square: the match above the diagonal, the count of what stands or differs below it."""
    judged = any(map(is_judged, pairs))
    below = standing_facts if judged else unequal_facts
    found: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        found[pair.left, pair.right] = found[pair.right, pair.left] = pair
    names = list(dict.fromkeys(name for pair in pairs for name in (pair.left, pair.right)))
    widest = max(cells(span(name).text) for name in names)
    label = min(widest, max(page.width // 5, 10))
    size = max((len(count(facts[name])) for name in names if name in facts), default=0)
    margin = 5 + label + (size + 7 if size else 0)
    column = max(len(str(len(names))), *(len(count(below(pair))) for pair in pairs), 3) + 1
    shown = max((page.width - margin) // column, 1)
    counted = "differences that stand" if judged else "facts that differ"
    legend = f"right and up: % of facts equal · left and down: {counted}"
    lines: list[Line] = [[span(_TITLE, Style.HEADING), span("  " + legend, Style.QUIET)]]
    heads = [right(str(at + 1), column, Style.QUIET) for at in range(len(names))]
    lines.append([span(" " * margin), *heads[:shown]])
    for row, name in enumerate(names):
        line = [right(str(row + 1), 3, Style.QUIET), span(" "), left(name, label, Style.NAME)]
        if size:
            known = f"{count(facts[name])} facts" if name in facts else ""
            line.append(right(known, size + 7, Style.QUIET))
        line.append(span(" "))
        for at, other in enumerate(names[:shown]):
            line.append(_square(found.get((name, other)), column, row - at, below))
        lines.append(line)
    if shown < len(names):
        lines.append([span(f" … and {len(names) - shown} more columns", Style.QUIET)])
    return lines


def _square(
    pair: Pair | None, column: int, rows_below: int, counted: Callable[[Pair], int]
) -> Span:
    if rows_below == 0:
        return right("·", column, Style.QUIET)
    if pair is None:
        return right(ABSENT, column, Style.QUIET)
    if rows_below > 0:
        return right(count(counted(pair)), column)
    share = percentage(equal_facts(pair), known_facts(pair)).removesuffix(" %")
    return right(share, column, Style.STRONG)


def _counts(pair: Pair) -> dict[str, str]:
    """The text of each column; zeros are empty where the column may be left out."""
    extra = f"{pair.roles_left_only} · {pair.roles_right_only}"
    return {
        "equal": count(equal_facts(pair)),
        "standing": count(pair.standing),
        "in flight": count(pair.in_flight),
        "frozen": count(pair.frozen) if pair.frozen else "",
        "accepted": count(pair.accepted) if pair.accepted else "",
        "environmental": count(pair.environmental) if pair.environmental else "",
        "differ": count(pair.facts_differ),
        "only left": count(left_facts(pair)),
        "only right": count(right_facts(pair)),
        "inherited": count(pair.inherited) if pair.inherited else "",
        "unknown": count(pair.unknown) if pair.unknown else "",
        "other roles": extra if pair.roles_left_only or pair.roles_right_only else "",
    }


def _emphasis(name: str, text: str) -> Style:
    if text == "0":
        return Style.QUIET
    if name == "standing":
        return Style.STRONG
    return Style.DOUBTFUL if name == "unknown" else Style.PLAIN


def _bar(pair: Pair) -> Span:
    """The match as a line of up to so many cells, to half a cell."""
    known = known_facts(pair)
    halves = round(2 * _BAR_CELLS * equal_facts(pair) / known) if known else 0
    return Span("━" * (halves // 2) + "╸" * (halves % 2), Style.GOOD)
