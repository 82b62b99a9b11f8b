"""What stands, oldest first, and what is new since the reader last looked.

Each path is told once, under the first pair at which it differs: what stands
between staging and production need not be read again for the next sibling.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from driftline.model.answers.parity import Divergence, Pair
from driftline.model.answers.scan import Scan
from driftline.model.answers.seen import SeenRow, SinceLook
from driftline.model.verdict import Kind
from driftline.render.burned_lines import burned_lines
from driftline.render.coverage_lines import LABEL_CELLS, gap_lines, labelled, note_lines
from driftline.render.divergence_table import divergence_lines, what_column
from driftline.render.kinds import LISTED, folded_lines, heading
from driftline.render.lines import Line, Style, fit, span
from driftline.render.odd_ones import odd_lines
from driftline.render.page import Page
from driftline.render.terminal_report import among_many, focus_pair
from driftline.render.values import age_text, count, date_text

_NOTES_MAX = 2
_NEWS_MAX = 6
_ROWS_LEAST = 8
_ROWS_SURE = 3
_NOW_SECONDS = "0 s"
_LATEST = "9999"
_ORDER = {kind.value: place for place, kind in enumerate(LISTED)}


def status_lines(scan: Scan, page: Page, *, every_row: bool = False) -> list[Line]:
    """What is new, what stands, what is in flight, and what was not read."""
    head = [
        _read(scan),
        *burned_lines(scan.burned_down, page, scan.asked_at),
        *_news_lines(scan.since_last_look, scan.asked_at, page),
    ]
    tail = [
        *folded_lines(scan.divergences, page, label_cells=LABEL_CELLS),
        *gap_lines(scan.gaps, page),
        *note_lines(scan.notes, page, most=0 if every_row else _NOTES_MAX),
        *_next(scan, page),
    ]
    room = max(page.height - len(head) - len(tail) - 2, _ROWS_LEAST)
    found = None if every_row else among_many(scan)
    if found:
        body = odd_lines(found, page, now=scan.asked_at, room=room)
    else:
        body = _pairs(scan, page, 0 if every_row else room)
    return [fit(line, page.width) for line in (*head, [], *body, [], *tail)]


def oldest_first(rows: Iterable[Divergence]) -> list[Divergence]:
    """What is drift: what stands, then what is in flight, then what is frozen."""
    return sorted(
        (row for row in rows if row.kind in LISTED),
        key=lambda row: (_ORDER[row.kind], row.since or _LATEST, row.role, row.path),
    )


def told_once(scan: Scan) -> list[tuple[Pair, list[Divergence], int]]:
    """Each pair with the rows that no pair before it has, and how many it shares with those.

    The pair that is worth most comes first.
    """
    focus = focus_pair(scan)
    pairs = sorted(scan.pairs, key=lambda pair: pair is not focus)
    seen: set[tuple[str, str]] = set()
    told = []
    for pair in pairs:
        names = (pair.left, pair.right)
        rows = oldest_first(row for row in scan.divergences if (row.left, row.right) == names)
        new = [row for row in rows if (row.role, row.path) not in seen]
        seen.update((row.role, row.path) for row in new)
        told.append((pair, new, len(rows) - len(new)))
    return told


def news_text(news: SinceLook, now: str) -> str:
    """What is new, in one sentence."""
    if news.looked_at is None:
        return "You look at this for the first time; from now on, what is new is told here."
    numbers = (
        (len(news.opened), "opened"),
        (len(news.closed), "closed"),
        (len(news.became_standing), "became standing"),
        (len(news.decided), "decided"),
    )
    told = ", ".join(f"{count(number)} {word}" for number, word in numbers if number)
    age = age_text(news.looked_at, now)
    when = "just now" if age == _NOW_SECONDS else f"{age} ago"
    return f"Since you last looked ({when}): {told or 'nothing new'}"


def _read(scan: Scan) -> Line:
    """What was read last, and how old that is."""
    names = [row.path.rstrip("/").rpartition("/")[2] or row.path for row in scan.repositories]
    last = max((row.last for row in scan.repositories if row.last), default=None)
    what = "commit" if any(row.kind == "git" for row in scan.repositories) else "look"
    behind = f"  last {what} {date_text(last)}, {age_text(last, scan.asked_at)} ago" if last else ""
    return [span(", ".join(names), Style.STRONG), span(behind, Style.QUIET)]


def _news_lines(news: SinceLook | None, now: str, page: Page) -> list[Line]:
    if news is None:
        return []
    lines: list[Line] = [[span(news_text(news, now))]]
    told = [
        *(("became standing", row) for row in news.became_standing),
        *(("opened", row) for row in news.opened),
        *(("closed", row) for row in news.closed),
        *(("decided", row) for row in news.decided),
    ]
    widest = max((len(word) for word, _ in told[:_NEWS_MAX]), default=0)
    for word, row in told[:_NEWS_MAX]:
        lines.append([span(f" {word.ljust(widest)} ", Style.QUIET), *_place(row, page)])
    if len(told) > _NEWS_MAX:
        lines.append([span(f" … and {count(len(told) - _NEWS_MAX)} more", Style.QUIET)])
    return lines


def _place(row: SeenRow, page: Page) -> Line:
    (what,) = what_column([(row.role, row.path)], page.width // 2)
    return [*what, span(f"  {row.left} ↔ {row.right}", Style.NAME)]


def _pairs(scan: Scan, page: Page, room: int) -> list[Line]:
    """A table for each pair; `room` limits the lines of all of them (0: all)."""
    told = [one for one in told_once(scan) if one[1]]
    lines: list[Line] = []
    if not any(row.kind == Kind.STANDING for row in scan.divergences):
        nothing = span("nothing, as far as was read", Style.GOOD)
        lines.append([span("Standing  ", Style.HEADING), nothing])
    later = sum(_least(rows) for _, rows, _ in told)
    for _, rows, again in told:
        later -= _least(rows)
        most = max(room - len(lines) - later - 3, 1) if room else len(rows)
        lines.extend([*([[]] if lines else []), *_pair(rows, rows[:most], again, page, scan)])
    return lines


def _least(rows: Sequence[Divergence]) -> int:
    """The lines that a pair is sure of: a blank, a heading, some rows and a count."""
    return min(len(rows), _ROWS_SURE) + 3


def _pair(
    rows: Sequence[Divergence], shown: Sequence[Divergence], again: int, page: Page, scan: Scan
) -> list[Line]:
    totals = Counter(map(heading, rows))
    lines = divergence_lines(shown, page, now=scan.asked_at, totals=totals)
    rest = []
    if len(shown) < len(rows):
        rest.append(f"{count(len(rows) - len(shown))} that began later (driftline status --all)")
    if again:
        rest.append(f"{count(again)} that an earlier pair has too")
    return [*lines, [span(f" … and {', '.join(rest)}", Style.QUIET)]] if rest else lines


def _next(scan: Scan, page: Page) -> list[Line]:
    commands = [f"{page.command} promotions"]
    if any(row.kind == Kind.STANDING for row in scan.divergences):
        commands.insert(0, f"{page.command} spells --standing")
    return labelled("Next", [[span(command)] for command in commands], page)
