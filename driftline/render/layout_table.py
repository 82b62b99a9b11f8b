"""What was taken for what, folded: one row stands for a file's siblings in all environments."""

import itertools
from collections.abc import Sequence

import msgspec

from driftline.model.answers.layout import LayoutAnswer, PlacementNote
from driftline.render.coverage_lines import question_lines
from driftline.render.lines import Line, Span, Style, cells, fit, left, right, shares, span
from driftline.render.live_places_table import live_lines
from driftline.render.page import Page
from driftline.render.values import count, counted, date_text, file_text

_EVIDENCE_CELLS_MIN = 14


class Fold(msgspec.Struct, frozen=True):
    """Files that differ in nothing but the environment in their paths.

    `confidence` is that of the least certain of them.
    """

    pattern: str
    role: str
    layer: str | None
    files: int
    environments: tuple[str, ...]
    confidence: float
    evidence: tuple[str, ...]
    alive: int


def folds(placements: Sequence[PlacementNote]) -> list[Fold]:
    """The placements folded by pattern, role and layer, in the order of the patterns."""
    groups: dict[tuple[str, str, str | None], list[PlacementNote]] = {}
    for placement in placements:
        groups.setdefault((pattern(placement), placement.role, placement.layer), []).append(
            placement
        )
    return [
        Fold(
            pattern=key[0],
            role=key[1],
            layer=key[2],
            files=len(group),
            environments=tuple(dict.fromkeys(name for note in group for name in note.environments)),
            confidence=min(note.confidence for note in group),
            evidence=group[0].evidence,
            alive=sum(note.alive for note in group),
        )
        for key, group in sorted(groups.items(), key=lambda entry: str(entry[0]))
    ]


def pattern(placement: PlacementNote) -> str:
    """The path with the environment's own name replaced by `{env}`, token by token."""
    if len(placement.environments) != 1:
        return placement.path
    shown = placement.path
    for part in placement.environments[0].split("/"):
        shown = _replaced(shown, part)
    return shown


def _replaced(path: str, word: str) -> str:
    """The path with every whole occurrence of a word replaced; `prod` is not in `product`."""
    pieces = path.split(word)
    text = pieces[0]
    for before, after in itertools.pairwise(pieces):
        bounded = not before[-1:].isalnum() and not after[:1].isalnum()
        text += ("{env}" if bounded else word) + after
    return text


def layout_lines(answer: LayoutAnswer, page: Page, *, every_file: bool) -> list[Line]:
    """Environments with their evidence, where they live, files by pattern, then questions."""
    lines = _environments(answer, page)
    if answer.live:
        lines.extend([[], *live_lines(answer.live, page)])
    placed = [note for note in answer.placements if note.layer is not None]
    rest = [note for note in answer.placements if note.layer is None]
    if placed:
        lines.extend([[], *_table(placed, page, every_file=every_file)])
    if rest and every_file:
        lines.extend([[], [span("Unplaced", Style.HEADING)]])
        lines.extend([span(f" {note.path}")] for note in rest)
    elif rest:
        text = counted(len(rest), "file")
        lines.extend(
            [[], [span(f"{text} in no environment and no shared layer (--all)", Style.QUIET)]]
        )
    questions = question_lines(answer.questions, page, most=len(answer.questions))
    lines.extend([[], *questions] if questions else [])
    return [fit(line, page.width) for line in lines]


def _environments(answer: LayoutAnswer, page: Page) -> list[Line]:
    if not answer.environments:
        return [[span("No environments were found.", Style.DOUBTFUL)]]
    rows = answer.environments
    name = min(max(cells(span(row.name).text) for row in rows), page.width // 3)
    name = max(name, len("Environments"))
    heads = [left("Environments", name + 1, Style.HEADING)]
    heads += [right(head, 10, Style.QUIET) for head in ("resources", "facts", "sure")]
    lines: list[Line] = [[*heads, span("  seen                        evidence", Style.QUIET)]]
    for row in rows:
        seen = f"{date_text(row.first_seen)} to {date_text(row.last_seen)}"
        lines.append(
            [
                span(" "),
                left(row.name, name, Style.NAME if row.alive else Style.QUIET),
                right(count(row.resources), 10),
                right(count(row.facts), 10),
                right(_sure(row.confidence), 10, _doubt(row.confidence)),
                left(f"  {seen}", 28),
                span("  " + "; ".join(row.evidence), Style.QUIET),
            ]
        )
    return lines


def _table(placements: Sequence[PlacementNote], page: Page, *, every_file: bool) -> list[Line]:
    rows = _each(placements) if every_file else folds(placements)
    layer = max(5, *(len(row.layer or "") for row in rows))
    room = page.width - 1 - 2 - 2 - layer - 14 - 2
    wanted = [
        max(len("Files"), *(cells(span(row.pattern).text) for row in rows)),
        max(len("role"), *(cells(span(row.role).text) for row in rows)),
    ]
    # Evidence is the last word and the first to give way.
    path, role = shares(wanted, room - _EVIDENCE_CELLS_MIN, least=8)
    evidence = room - path - role
    lines: list[Line] = [
        [
            left("Files", path + 3, Style.HEADING),
            left("role", role + 2, Style.QUIET),
            left("layer", layer, Style.QUIET),
            right("files", 7, Style.QUIET),
            right("sure", 7, Style.QUIET),
            span("  evidence", Style.QUIET),
        ]
    ]
    lines.extend(
        [
            span(" "),
            left(file_text(row.pattern, path), path, Style.PLAIN if row.alive else Style.QUIET),
            span("  "),
            left(row.role, role, Style.STRONG),
            span("  "),
            left(row.layer or "", layer),
            right(_times(row), 7),
            right(_sure(row.confidence), 7, _doubt(row.confidence)),
            Span("  "),
            left(_beside(row), evidence, Style.QUIET),
        ]
        for row in rows
    )
    return lines


def _each(placements: Sequence[PlacementNote]) -> list[Fold]:
    return [
        Fold(
            note.path,
            note.role,
            note.layer,
            1,
            note.environments,
            note.confidence,
            note.evidence,
            int(note.alive),
        )
        for note in placements
    ]


def _times(row: Fold) -> str:
    return f"x {row.files}" if row.files > 1 else ""


def _beside(row: Fold) -> str:
    gone = "" if row.alive else "gone; "
    return span(gone + "; ".join(row.evidence)).text


def _sure(confidence: float) -> str:
    return f"{confidence:.0%}".replace("%", " %")


def _doubt(confidence: float) -> Style:
    return Style.PLAIN if confidence >= 0.8 else Style.DOUBTFUL
