"""Lines of styled text with a known width, from which every screen is built.

A span is harmless text in one style; a line is a row of spans. Widths count
terminal cells, so that wide characters do not push columns apart.
"""

import enum
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from driftline.render.harmless import harmless


class Style(enum.StrEnum):
    """What a piece of text is, from which follows how it looks."""

    PLAIN = ""
    QUIET = "2"  # what accompanies
    STRONG = "1"  # what moved, what counts
    HEADING = "1;36"
    GOOD = "32"
    DOUBTFUL = "33"
    BAD = "31"
    NAME = "36"


class Span(NamedTuple):
    """Harmless text in one style; made by `span`, `left` or `right`."""

    text: str
    style: Style = Style.PLAIN


Line = Sequence[Span]
ELLIPSIS = "…"


def span(text: str, style: Style = Style.PLAIN) -> Span:
    """Text of any origin as a span."""
    return Span(harmless(text), style)


def cells(text: str) -> int:
    """How many terminal cells a harmless text takes.

    >>> cells("web"), cells("東京"), cells("é")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_cells_of(character) for character in text)


def cut(text: str, room: int) -> str:
    """Harmless text within a room, ending in an ellipsis if it had to be cut.

    >>> cut("production", 6)
    'produ…'
    """
    if cells(text) <= room:
        return text
    if room <= 0:
        return ""
    kept = []
    used = 1
    for character in text:
        used += _cells_of(character)
        if used > room:
            break
        kept.append(character)
    return "".join(kept) + ELLIPSIS


def cut_middle(text: str, room: int) -> str:
    """Harmless text within a room; both ends stay, for names that differ at either.

    >>> cut_middle("HelmRelease/podinfo", 11)
    'HelmR…dinfo'
    """
    if cells(text) <= room:
        return text
    if room <= 2:
        return cut(text, room)
    end = ""
    for character in reversed(text):
        if cells(character + end) > (room - 1) // 2:
            break
        end = character + end
    begin = cut(text, room - cells(end))
    return begin + end


def left(text: str, room: int, style: Style = Style.PLAIN) -> Span:
    """Text cut and filled to exactly this room, aligned to the left."""
    shown = cut(harmless(text), room)
    return Span(shown + " " * (room - cells(shown)), style)


def right(text: str, room: int, style: Style = Style.PLAIN) -> Span:
    """Text cut and filled to exactly this room, aligned to the right."""
    shown = cut(harmless(text), room)
    return Span(" " * (room - cells(shown)) + shown, style)


def line_cells(line: Line) -> int:
    """How many terminal cells a line takes."""
    return sum(cells(piece.text) for piece in line)


def fit(line: Line, room: int) -> Line:
    """The line within a room, cut where it is too long."""
    if line_cells(line) <= room:
        return line
    kept: list[Span] = []
    for piece in line:
        taken = cells(piece.text)
        if taken > room:
            kept.append(Span(cut(piece.text, room), piece.style))
            break
        kept.append(piece)
        room -= taken
    return kept


def flow(pieces: Iterable[Line], room: int, *, indent: int, between: str = " · ") -> list[Line]:
    """Pieces one after another, broken between pieces only; later lines are indented."""
    lines: list[list[Span]] = [[]]
    used = 0
    for piece in pieces:
        taken = line_cells(piece)
        if lines[-1] and used + len(between) + taken > room:
            lines.append([Span(" " * indent)])
            used = indent
        elif lines[-1]:
            lines[-1].append(Span(between, Style.QUIET))
            used += len(between)
        lines[-1].extend(piece)
        used += taken
    return [fit(line, room) for line in lines if line]


def shares(wanted: Sequence[int], room: int, *, least: int) -> list[int]:
    """Room for each column: what it wants, or less from the widest until all fit.

    >>> shares([30, 10, 20], 45, least=8)
    [18, 10, 17]
    """
    given = list(wanted)
    while sum(given) > room:
        widest = max(given)
        if widest <= least:
            break
        # The last of the widest gives first, so that the first column, which
        # says what the row is about, keeps the odd cell.
        at = len(given) - 1 - given[::-1].index(widest)
        given[at] -= 1
    return given


def to_text(lines: Iterable[Line], *, color: bool) -> str:
    """The lines as one text that ends in a line feed, with ANSI styles if wanted."""
    shown = []
    for line in lines:
        if color:
            text = "".join(_styled(piece) for piece in line)
        else:
            text = "".join(piece.text for piece in line)
        shown.append(text.rstrip())
    return "".join(text + "\n" for text in shown)


def _styled(piece: Span) -> str:
    if not piece.style or not piece.text.strip():
        return piece.text
    return f"\x1b[{piece.style.value}m{piece.text}\x1b[0m"


def _cells_of(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
