"""Screens as text files: what a renderer must print, readable as a user sees it.

After a change that is meant, `DRIFTLINE_WRITE_SCREENS=1 pytest tests/render`
writes the files and docs/schema anew; the diff of the commit then shows what
users will see.
"""

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from driftline.render.lines import Line, line_cells, to_text

FOLDER = Path(__file__).parent / "screens"
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def check_screen(name: str, lines: Sequence[Line], *, width: int) -> None:
    """The lines are those of the file, and none is wider than the page."""
    check_text(f"{name}-{width}.txt", to_text(lines, color=False))

    assert not [line for line in lines if line_cells(line) > width]


def check_text(name: str, text: str) -> None:
    """The text is that of the file."""
    file = FOLDER / name
    if os.environ.get("DRIFTLINE_WRITE_SCREENS"):
        file.write_text(text, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text


def unseen_in(text: str) -> list[str]:
    """Every character of a page that a reader cannot see, but line feeds."""
    return [one for one in text if one != "\n" and unicodedata.category(one) in UNSEEN]
