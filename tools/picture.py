"""Draws what a terminal shows as an SVG, so that pages show the real report.

Text with ANSI colours goes in. Every stretch of one colour is placed by its
column and stretched to its width in cells, so that columns line up in any font.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

import msgspec

from driftline.render.lines import cells

CELL_WIDTH = 8.4
LINE_HEIGHT = 19
MARGIN = 22
BAR_HEIGHT = 34
FONT = "ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
BACKGROUND, BAR, TEXT, QUIET = "#11151c", "#1b212b", "#cdd5df", "#7f8a99"
COLOURS = {
    "1": "#ffffff",
    "2": QUIET,
    "31": "#f28779",
    "32": "#9ccf6b",
    "33": "#f2c46d",
    "36": "#6fc7d6",
}
_SGR = re.compile(r"\x1b\[([0-9;]*)m")


class Stretch(msgspec.Struct, frozen=True):
    """Text of one colour in one line, and the column at which it begins."""

    column: int
    text: str
    codes: frozenset[str]


def stretches(line: str) -> Iterator[Stretch]:
    r"""The stretches of a line with ANSI colours, blanks at their ends left out.

    >>> [(one.column, one.text, sorted(one.codes)) for one in stretches("a  \x1b[1;36mbc\x1b[0m")]
    [(0, 'a', []), (3, 'bc', ['1', '36'])]
    """
    column = 0
    codes: frozenset[str] = frozenset()
    pieces = _SGR.split(line)
    for number, piece in enumerate(pieces):
        if number % 2:
            codes = frozenset(piece.split(";")) - {"0", ""}
            continue
        # Columns are told apart by two blanks or more; each is placed by itself.
        for match in re.finditer(r"\S+(?: \S+)*", piece):
            yield Stretch(column + cells(piece[: match.start()]), match[0], codes)
        column += cells(piece)


def _text(one: Stretch, top: float) -> str:
    colours = [COLOURS[code] for code in sorted(one.codes, reverse=True) if code in COLOURS]
    weight = ' font-weight="bold"' if "1" in one.codes else ""
    left = MARGIN + one.column * CELL_WIDTH
    width = cells(one.text) * CELL_WIDTH
    return (
        f'<text x="{left:.1f}" y="{top:.0f}" fill="{colours[0] if colours else TEXT}"{weight} '
        f'textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs">{escape(one.text)}</text>'
    )


def _frame(title: str, width: float, height: float) -> str:
    name = escape(title)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"
 font-family="{FONT}" font-size="14">
<title>{name}</title>
<rect width="{width:.0f}" height="{height:.0f}" rx="9" fill="{BACKGROUND}"/>
<path d="M0 {BAR_HEIGHT}V9a9 9 0 0 1 9-9h{width - 18:.0f}a9 9 0 0 1 9 9v{BAR_HEIGHT - 9}z"
 fill="{BAR}"/>
<text x="{MARGIN}" y="22" fill="{QUIET}">$ <tspan fill="{TEXT}">{name}</tspan></text>"""


def picture(output: str, *, title: str, columns: int = 100) -> str:
    """The output as an SVG of a terminal window with this title."""
    lines = output.rstrip("\n").split("\n")
    width = 2 * MARGIN + columns * CELL_WIDTH
    height = BAR_HEIGHT + 2 * MARGIN + (len(lines) - 1) * LINE_HEIGHT
    drawn = [_frame(title, width, height)]
    for number, line in enumerate(lines):
        top = BAR_HEIGHT + MARGIN + 4 + number * LINE_HEIGHT
        drawn += [_text(one, top) for one in stretches(line)]
    return "\n".join([*drawn, "</svg>"]) + "\n"
