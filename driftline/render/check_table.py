"""What a change does to parity, on a terminal: what it opens, closes, forgets and leaves."""

from collections import Counter
from collections.abc import Sequence

from driftline.model.answers.check import CheckAnswer, CheckedRow, Forgotten
from driftline.render.check_rows import (
    BY_DESIGN,
    Act,
    acts,
    against_text,
    follower_text,
    forgotten_text,
    kind_text,
    move_texts,
    place_text,
    told_apart,
    verdict_text,
)
from driftline.render.coverage_lines import LABEL_CELLS, gap_lines, labelled, note_lines
from driftline.render.lines import (
    Line,
    Span,
    Style,
    cells,
    cut_middle,
    fit,
    flow,
    line_cells,
    span,
)
from driftline.render.page import Page
from driftline.render.values import count, counted, file_text, path_text

_ACTS_MAX = 12
_STANDING_MAX = 5
_COMMIT_LENGTH = 10
_KINDS = {"standing": Style.BAD, "unknown": Style.DOUBTFUL, "in flight": Style.PLAIN}


def check_lines(answer: CheckAnswer, page: Page, *, every_row: bool = False) -> list[Line]:
    """The change in short, what it does, what it forgot, and what could not be read."""
    most = 0 if every_row else _ACTS_MAX
    lines = _head(answer)
    for title, rows in (
        ("Opens", answer.opened),
        ("Changes", answer.changed),
        ("Closes", answer.closed),
    ):
        lines.extend(_section(title, rows, page, most, every_row=every_row))
    if not (answer.opened or answer.changed or answer.closed):
        lines.extend([[], _nothing(answer)])
    lines.extend(_sentences("Forgot", [forgotten_line(one) for one in answer.forgotten], page))
    followers = [
        [span(f"{one.role} {one.path}: ", Style.STRONG), span(follower_text(one))]
        for one in answer.followers
    ]
    lines.extend(_sentences("Follows", followers, page))
    lines.extend(_standing(answer, page, every_row=every_row))
    tail = [*gap_lines(answer.gaps, page), *note_lines(answer.notes, page)]
    lines.extend([[], *tail] if tail else [])
    lines.extend([[], _verdict(answer)])
    return [fit(line, page.width) for line in lines]


def forgotten_line(one: Forgotten) -> Line:
    """What was forgotten, with its role in front."""
    return [span(f"{one.role}: ", Style.STRONG), span(forgotten_text(one))]


def _head(answer: CheckAnswer) -> list[Line]:
    name = answer.repository.rstrip("/").rpartition("/")[2]
    base = answer.merge_base[:_COMMIT_LENGTH]
    return [
        [
            span(f"{answer.base}…{answer.head}", Style.NAME),
            span(f"  {name}", Style.STRONG),
            span(f"  {counted(len(answer.files), 'configuration file')} since {base}", Style.QUIET),
        ]
    ]


def _nothing(answer: CheckAnswer) -> Line:
    if not answer.environments:
        return [span("The change moves nothing in any environment.", Style.GOOD)]
    number = counted(len(answer.environments), "environment")
    return [span(f"The change moves {number} and opens, changes and closes nothing.", Style.GOOD)]


def _section(
    title: str, rows: Sequence[CheckedRow], page: Page, most: int, *, every_row: bool
) -> list[Line]:
    if not rows:
        return []
    found = acts(rows)
    listed = [act for act in found if every_row or act.lead.kind not in BY_DESIGN]
    shown = listed[: most or None]
    lines: list[Line] = [[], [span(f"{title} ({count(len(found))})", Style.HEADING)]]
    for act in shown:
        lines.extend(_act(act, page))
    if len(listed) > len(shown):
        lines.append([span(f" … and {count(len(listed) - len(shown))} more (--all)", Style.QUIET)])
    folded = [act for act in found if act not in listed]
    if folded:
        reasons = Counter(kind_text(act) for act in folded).most_common()
        pieces: list[Line] = [
            [span(f"{count(number)} {reason}", Style.QUIET)] for reason, number in reasons
        ]
        lines.extend([Span(" "), *line] for line in flow(pieces, page.width - 1, indent=2))
    return lines


def _act(act: Act, page: Page) -> list[Line]:
    row = act.lead
    who, before, after = move_texts(act)
    room = max((page.width - 8) // 2, 20)
    role = cut_middle(span(row.role).text, room // 2)
    head: Line = [
        Span(" "),
        Span(role, Style.STRONG),
        span(f" {path_text(row.path, room - len(role))}" if row.path else ""),
        span(f"  {who}: ", Style.NAME),
    ]
    free = page.width - line_cells(head) - len(" → ")
    if row.path and cells(span(before + after).text) > free:
        before, after = told_apart(before, after, max(free // 2, 9))
    what: Line = [
        *head,
        span(before),
        span(" → ", Style.DOUBTFUL),
        span(after, Style.STRONG),
    ]
    verb = "differed from" if row.effect == "closed" else "differs from"
    kind = f"was {kind_text(act)}" if row.effect == "closed" else kind_text(act)
    style = Style.QUIET if row.effect == "closed" else _KINDS.get(row.kind, Style.QUIET)
    told: Line = [span(f"{verb} {against_text(act)}", Style.QUIET), span(f" · {kind}", style)]
    place = place_text(row)
    lines = _wrapped(told, page.width - 3)
    if place:
        lines.append([span(file_text(place, page.width - 3), Style.QUIET)])
    return [what, *([Span("   "), *line] for line in lines)]


def _wrapped(told: Line, room: int) -> list[Line]:
    """Words of several styles on as many lines as they take."""
    words: list[Line] = [[Span(word, piece.style)] for piece in told for word in piece.text.split()]
    return flow(words, room, indent=2, between=" ")


def _sentences(label: str, told: Sequence[Line], page: Page) -> list[Line]:
    lines: list[Line] = []
    for one in told:
        for line in _wrapped(one, page.width - LABEL_CELLS):
            margin = "" if lines else label
            lines.append([span(margin.ljust(LABEL_CELLS), Style.HEADING), *line])
    return [[], *lines] if lines else []


def _standing(answer: CheckAnswer, page: Page, *, every_row: bool) -> list[Line]:
    """What stood before and stands after, by role and path; pairs are only counted."""
    if not answer.standing:
        return []
    paths: dict[tuple[str, str], list[CheckedRow]] = {}
    for row in sorted(answer.standing, key=lambda row: (row.since or "9999", row.role, row.path)):
        paths.setdefault((row.role, row.path), []).append(row)
    pieces: list[Line] = [
        [
            span(f"{role} {path_text(path, page.width // 2)}".rstrip()),
            span(f" ({_between(rows)})", Style.QUIET),
        ]
        for (role, path), rows in paths.items()
    ]
    shown = pieces if every_row else pieces[:_STANDING_MAX]
    if len(shown) < len(pieces):
        shown.append([span(f"{count(len(pieces) - len(shown))} more", Style.QUIET)])
    return [[], *labelled("Standing", shown, page)]


def _between(rows: Sequence[CheckedRow]) -> str:
    if len(rows) > 1:
        return counted(len(rows), "pair")
    return f"{rows[0].left} ↔ {rows[0].right}"


def _verdict(answer: CheckAnswer) -> Line:
    style = Style.BAD if answer.failed else Style.DOUBTFUL if answer.gaps else Style.GOOD
    return [span("Verdict".ljust(LABEL_CELLS), Style.HEADING), span(verdict_text(answer), style)]
