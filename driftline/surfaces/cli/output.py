"""Where an answer goes: the terminal, a pipe or a file, in the format asked for."""

import os
import shutil
import sys
from typing import TYPE_CHECKING

from driftline.render.page import Page
from driftline.surfaces.cli.options import Choices, program

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    asked: "Sequence[Path]" = (),
) -> None:
    """Print the answer in the format of the choices.

    `asked` is what the question was about, a folder or several repositories.
    """
    if choices.format == "json":
        from driftline.render.json_text import json_text

        text = json_text(answer, whole=every_row, indented=sys.stdout.isatty())
    elif choices.format == "markdown":
        from driftline.render.markdown import markdown_of

        text = markdown_of(answer, now=_now_text())
    else:
        from driftline.render.lines import to_text
        from driftline.render.screens import screen

        page = page_for(choices, took_seconds=took_seconds, asked=asked)
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


def page_for(choices: Choices, *, took_seconds: float | None, asked: "Sequence[Path]") -> Page:
    """The page that fits the terminal, or the size that files and pipes get."""
    height = _HEIGHT_DEFAULT
    width = _WIDTH_DEFAULT
    if sys.stdout.isatty():
        size = shutil.get_terminal_size((_WIDTH_DEFAULT, _HEIGHT_DEFAULT))
        width = min(max(size.columns, _WIDTH_MIN), _WIDTH_MAX)
        # The prompt after the report needs its lines too.
        height = min(max(size.lines - 2, _HEIGHT_DEFAULT), _HEIGHT_MAX)
    command, before = command_again(choices, asked)
    return Page(
        width=choices.width or width,
        height=height,
        took_seconds=took_seconds,
        command=command,
        before=before,
        now=_now_text(),
    )


def command_again(choices: Choices, asked: "Sequence[Path]") -> tuple[str, str]:
    """How to ask again with the same settings and history, and what to run before, if anything.

    Both are ready to be pasted. Several repositories, or a file such as a
    bundle, have no folder that leads to their history, so they are given one.
    """
    named = ((choices.config, "--config"), (choices.store, "--store"))
    options = [
        word
        for file, option in named
        if file
        for word in (option, str((choices.folder / file).absolute()))
    ]
    has_folder = len(asked) == 1 and not asked[0].is_file()
    if asked and not has_folder and not choices.store:
        places = [_short(path) or str(path) for path in asked]
        return _pasted(program(), *options), _pasted(program(), "init", *places)
    place = _short(asked[0]) if len(asked) == 1 else ""
    if not place:
        return _pasted(program(), *options), ""
    # A program that is called by its path is not found from another folder.
    if "/" in program():
        return _pasted(program(), "-C", place, *options), ""
    return _pasted(program(), *options), _pasted("cd", place)


def _pasted(*words: str) -> str:
    """Words as a command line; a leading `~/` stays what the shell makes of it."""
    import shlex

    return " ".join(
        "~/" + shlex.quote(word[2:]) if word.startswith("~/") else shlex.quote(word)
        for word in words
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
    home = os.environ.get("HOME", "").rstrip("/")
    named = [os.path.relpath(there, here), there]
    if home and there.startswith(home + "/"):
        named.append("~" + there[len(home) :])
    return min(named, key=len)


def is_colored(choices: Choices) -> bool:
    """Whether to use colour: as asked, else on a terminal that does not refuse it."""
    if choices.color != "auto":
        return choices.color == "always"
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not refused
