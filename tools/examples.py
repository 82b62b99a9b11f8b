"""Runs the console and Python examples of a page and compares what they print.

A page whose first lines hold the mark below is executed from top to bottom in
one empty folder, as a reader would who types along. In a `console` block each
line after `$ ` is a command and the rest its output, where a line `...` stands
for any number of lines and `...` within a line for any text. A command that
should fail says so: `$ driftline compare a b  # exits 2`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec

MARK = "<!-- examples: executed -->"
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXITS = re.compile(r"#\s*exits (\d+)\s*$")


class Example(msgspec.Struct, frozen=True):
    """One command and what it should print; `line` is where it stands on the page."""

    line: int
    command: str
    expected: str
    exit_code: int = 0


class Breach(msgspec.Struct, frozen=True):
    """An example that did something else than its page says."""

    example: Example
    actual: str
    exit_code: int

    def __str__(self) -> str:
        return (
            f"line {self.example.line}: $ {self.example.command} (exit code {self.exit_code})\n"
            f"--- the page says\n{self.example.expected}--- it printed\n{self.actual}"
        )


def is_executed(page: str) -> bool:
    """Whether the page asks to be executed."""
    return MARK in page.split("\n\n", 1)[0]


def examples(page: str) -> tuple[Example, ...]:
    """The examples of a page in order."""
    found: list[Example] = []
    for block in _BLOCK.finditer(page):
        line = page.count("\n", 0, block.start()) + 2
        if block[1] == "python":
            found.append(Example(line, f"python - <<'END'\n{block[2]}END", ""))
        else:
            found += _commands(block[2], line)
    return tuple(found)


def _commands(block: str, first_line: int) -> list[Example]:
    found: list[Example] = []
    for number, text in enumerate(block.splitlines()):
        if text.startswith("$ "):
            code = _EXITS.search(text)
            found.append(Example(first_line + number, text[2:], "", int(code[1]) if code else 0))
        elif found:
            last = found[-1]
            grown = msgspec.structs.replace(last, expected=f"{last.expected}{text}\n")
            found[-1] = grown
    return found


def matches(expected: str, actual: str) -> bool:
    r"""Whether the output is what the page says, but for spaces at line ends.

    >>> matches("a\n...\nz 3 of ...\n", "a\nb\nc\nz 3 of 9\n"), matches("a\n", "a\nb\n")
    (True, False)
    """
    pattern = ""
    for line in expected.rstrip("\n").split("\n"):
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += re.escape(line.rstrip()).replace(r"\.\.\.", r"[^\n]*") + r" *\n"
    tidy = "".join(f"{line.rstrip()}\n" for line in actual.rstrip("\n").split("\n"))
    return re.fullmatch(pattern, tidy) is not None


def environment(home: Path) -> dict[str, str]:
    """What a reader's terminal is like: our program on the PATH, and an empty home."""
    programs = Path(sys.executable).parent
    return {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(home),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "TZ": "UTC",
    }


def run(page: str, folder: Path) -> list[Breach]:
    """Execute a page in an empty folder; the examples that broke, none if all is well."""
    home = folder / "home"
    here = folder / "here"
    home.mkdir()
    here.mkdir()
    where = folder / "where"
    breaches = []
    for example in examples(page):
        # The folder is remembered, so that `cd` works from one example to the next.
        script = f"trap 'pwd >{where}' EXIT\n{example.command}"
        result = subprocess.run(
            ("bash", "-c", script),
            cwd=here,
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        here = Path(where.read_text().strip())
        right = matches(example.expected, result.stdout) if example.expected else True
        if not right or result.returncode != example.exit_code:
            breaches.append(Breach(example, result.stdout, result.returncode))
    return breaches
