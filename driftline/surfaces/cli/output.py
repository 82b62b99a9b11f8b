"""Where an answer goes: the terminal, a pipe or a file, in the format asked for."""

import os
import shutil
import sys
from typing import TYPE_CHECKING

from driftline.render.page import Page
from driftline.surfaces.cli.options import Choices, program

if TYPE_CHECKING:
    from pathlib import Path

    from driftline.render.screens import Answer

_WIDTH_DEFAULT = 100
_WIDTH_MIN, _WIDTH_MAX = 60, 200
_HEIGHT_DEFAULT = 40
_HEIGHT_MAX = 60


def write_answer(
    answer: "Answer",
    choices: Choices,
    *,
    every_row: bool = False,
    took_seconds: float | None = None,
    folder: "Path | None" = None,
) -> None:
    """Print the answer in the format of the choices."""
    if choices.format == "json":
        from driftline.render.json_text import json_text

        text = json_text(answer)
    elif choices.format == "markdown":
        from driftline.render.markdown import markdown_of

        text = markdown_of(answer, now=_now_text())
    else:
        from driftline.render.lines import to_text
        from driftline.render.screens import screen

        page = page_for(choices, took_seconds=took_seconds, folder=folder)
        text = to_text(screen(answer, page, every_row=every_row), color=is_colored(choices))
    write_text(text, exact=choices.format != "table")


def write_text(text: str, *, exact: bool = True) -> None:
    """Print a text; `exact` keeps it as UTF-8 whatever the terminal's encoding."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        # A terminal that lacks our arrows shows question marks, never a failure.
        reconfigure(encoding="utf-8") if exact else reconfigure(errors="replace")
    sys.stdout.write(text)
    sys.stdout.flush()


def page_for(choices: Choices, *, took_seconds: float | None, folder: "Path | None") -> Page:
    """The page that fits the terminal, or the size that files and pipes get."""
    place = _short(folder) if folder else ""
    # A program that is called by a relative path is not found from another folder.
    by_path = "/" in program()
    height = _HEIGHT_DEFAULT
    width = _WIDTH_DEFAULT
    if sys.stdout.isatty():
        size = shutil.get_terminal_size((_WIDTH_DEFAULT, _HEIGHT_DEFAULT))
        width = min(max(size.columns, _WIDTH_MIN), _WIDTH_MAX)
        # The prompt after the report needs its lines too.
        height = min(max(size.lines - 2, _HEIGHT_DEFAULT), _HEIGHT_MAX)
    return Page(
        width=choices.width or width,
        height=height,
        took_seconds=took_seconds,
        command=command_again(choices, place if by_path else ""),
        folder="" if by_path else place,
        now=_now_text(),
    )


def _now_text() -> str:
    import time

    from driftline.model.ref import time_text

    return time_text(int(time.time()))


def _short(folder: "Path") -> str:
    """The folder as one would type it from here; nothing where one is there already."""
    import os.path

    from driftline.engine.store_place import repository_root

    here, there = os.path.realpath("."), str(repository_root(folder))
    if str(repository_root(here)) == there:
        return ""
    return min(os.path.relpath(there, here), there, key=len)


def is_colored(choices: Choices) -> bool:
    """Whether to use colour: as asked, else on a terminal that does not refuse it."""
    if choices.color != "auto":
        return choices.color == "always"
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not refused


def command_again(choices: Choices, folder: str = "") -> str:
    """How the user calls us again with the same settings and history, ready to be pasted."""
    import shlex

    words = [program(), *(["-C", folder] if folder else [])]
    for option, file in (("--config", choices.config), ("--store", choices.store)):
        if file:
            words += [option, str((choices.folder / file).absolute())]
    return shlex.join(words)
