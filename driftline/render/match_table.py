"""How well environments match: a list of pairs, or a matrix where there are many.

A match is the share of equal facts among all facts that at least one of the
two sides has and that are known on both.
"""

from collections.abc import Mapping, Sequence

from driftline.model.answers.parity import Pair
from driftline.render.lines import Line, Span, Style, cells, left, right, span
from driftline.render.page import Page
from driftline.render.values import ABSENT, count, percentage

PAIRS_LISTED_MAX = 6
_BAR_CELLS = 8
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_COLUMNS = ("equal", "differ", "only left", "only right", "inherited", "unknown")


def equal_facts(pair: Pair) -> int:
    """How many facts both sides have and agree on."""
    return pair.facts_common - pair.facts_differ


def known_facts(pair: Pair) -> int:
    """How many facts at least one side has, and neither leaves unknown."""
    return pair.facts_common + pair.facts_left_only + pair.facts_right_only


def unequal_facts(pair: Pair) -> int:
    """How many facts stand on one side only or differ."""
    return pair.facts_differ + pair.facts_left_only + pair.facts_right_only


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
    columns = [name for name in _COLUMNS if page.width >= 90 or name not in _COLUMNS[4:]]
    widths = [max(len(name), 6) + 2 for name in columns]
    bar = _BAR_CELLS + 2 if page.width >= 90 else 0
    room = max(page.width - sum(widths) - 7 - bar - 1, 16)
    # The names of a pair are cut only as far as the counts need the room.
    names = [(pair.left, pair.right) for pair in pairs]
    room_each = (room - 3) // 2
    wide_left = min(room_each, max(cells(span(name).text) for name, _ in names))
    wide_right = min(room_each, max(cells(span(name).text) for _, name in names))
    title = left("How well they match", wide_left + wide_right + 4, Style.HEADING)
    heads = [right(name, width, Style.QUIET) for name, width in zip(columns, widths, strict=True)]
    lines: list[Line] = [[title, *heads, right("match", 7, Style.QUIET)]]
    for pair in pairs:
        numbers = dict(zip(_COLUMNS, _counts(pair), strict=True))
        lines.append(
            [
                span(" "),
                left(pair.left, wide_left, Style.NAME),
                span(" ↔ ", Style.QUIET),
                left(pair.right, wide_right, Style.NAME),
                *(
                    right(count(numbers[name]), width, _emphasis(name, numbers[name]))
                    for name, width in zip(columns, widths, strict=True)
                ),
                right(percentage(equal_facts(pair), known_facts(pair)), 7, Style.STRONG),
                *([span("  "), _bar(pair)] if bar else []),
            ]
        )
    return lines


def matrix_lines(pairs: Sequence[Pair], page: Page, facts: Mapping[str, int]) -> list[Line]:
    """A square: the match above the diagonal, the count of unequal facts below it."""
    found: dict[tuple[str, str], Pair] = {}
    for pair in pairs:
        found[pair.left, pair.right] = found[pair.right, pair.left] = pair
    names = list(dict.fromkeys(name for pair in pairs for name in (pair.left, pair.right)))
    widest = max(cells(span(name).text) for name in names)
    label = min(widest, max(page.width // 5, 10))
    size = max((len(count(facts[name])) for name in names if name in facts), default=0)
    margin = 5 + label + (size + 7 if size else 0)
    column = max(len(str(len(names))), *(len(count(unequal_facts(pair))) for pair in pairs), 3) + 1
    shown = max((page.width - margin) // column, 1)
    legend = "right and up: % of facts equal · left and down: facts that differ"
    lines: list[Line] = [
        [span("How well they match", Style.HEADING), span("  " + legend, Style.QUIET)]
    ]
    heads = [right(str(at + 1), column, Style.QUIET) for at in range(len(names))]
    lines.append([span(" " * margin), *heads[:shown]])
    for row, name in enumerate(names):
        line = [right(str(row + 1), 3, Style.QUIET), span(" "), left(name, label, Style.NAME)]
        if size:
            known = f"{count(facts[name])} facts" if name in facts else ""
            line.append(right(known, size + 7, Style.QUIET))
        line.append(span(" "))
        for at, other in enumerate(names[:shown]):
            line.append(_square(found.get((name, other)), column, row - at))
        lines.append(line)
    if shown < len(names):
        lines.append([span(f" … and {len(names) - shown} more columns", Style.QUIET)])
    return lines


def _square(pair: Pair | None, column: int, below: int) -> Span:
    if below == 0:
        return right("·", column, Style.QUIET)
    if pair is None:
        return right(ABSENT, column, Style.QUIET)
    if below > 0:
        return right(count(unequal_facts(pair)), column)
    share = percentage(equal_facts(pair), known_facts(pair)).removesuffix(" %")
    return right(share, column, Style.STRONG)


def _counts(pair: Pair) -> tuple[int, ...]:
    return (
        equal_facts(pair),
        pair.facts_differ,
        pair.facts_left_only,
        pair.facts_right_only,
        pair.inherited,
        pair.unknown,
    )


def _emphasis(name: str, number: int) -> Style:
    if not number:
        return Style.QUIET
    return Style.DOUBTFUL if name == "unknown" else Style.PLAIN


def _bar(pair: Pair) -> Span:
    """The match as a bar, whose last cell is filled by eighths."""
    known = known_facts(pair)
    eighths = round(8 * _BAR_CELLS * equal_facts(pair) / known) if known else 0
    full, part = divmod(eighths, 8)
    filled = "█" * full + (_EIGHTHS[part] if part else "")
    return Span(filled, Style.GOOD)
