"""Runs the console and Python examples of a page and compares what they print.

A page whose first lines hold the mark below is executed from top to bottom in
one empty folder, as a reader would who types along. In a `console` block each
line after `$ ` is a command and the rest its output, where a line `...` stands
for any number of lines and `...` within a line for any text. A command that
should fail says so: `$ driftline compare a b  # exits 2`.

The clock stands an hour after the last commit of the example fleet, so that an
age on a page is as true next year. `refreshed` writes what commands print now.
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

MARK = "<!-- examples: executed -->"
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CLOCK = Path(__file__).with_name("clock")
_NOW = "2026-11-14T12:00:00Z"
# What differs from run to run, and so stands on a page as `...`.
_VARYING = (re.compile(r"(?<=read in )\d+\.\d+ s"),)
_EXITS = re.compile(r"#\s*exits (\d+)\s*$")


class Example(msgspec.Struct, frozen=True):
    """One command and what it should print; `line` is where it stands on the page."""

    line: int
    command: str
    expected: str
    exit_code: int = 0


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
        "PYTHONPATH": str(_CLOCK),
        "EXAMPLE_NOW": _NOW,
        # Digests of secrets are the same in every run only under one key.
        "DRIFTLINE_SECRET_KEY": "the key of the documentation",
    }


class Outcome(msgspec.Struct, frozen=True):
    """What one example printed, and its exit code."""

    example: Example
    actual: str
    exit_code: int

    @property
    def is_as_said(self) -> bool:
        """Whether the page tells the truth; an example without output promises none."""
        said = self.example.expected
        return self.exit_code == self.example.exit_code and (not said or matches(said, self.actual))

    def __str__(self) -> str:
        code = f" (exit code {self.exit_code})" if self.exit_code != self.example.exit_code else ""
        difference = difflib.unified_diff(
            self.example.expected.splitlines(),
            self.actual.splitlines(),
            "the page says",
            "it printed",
            lineterm="",
        )
        head = f"line {self.example.line}: $ {self.example.command}{code}"
        return "\n".join([head, *difference])


def outcomes(page: str) -> list[Outcome]:
    """Execute a page in an empty home, as a reader would who types along."""
    # A path that fills its line is cut, so it must be as long on every machine.
    with tempfile.TemporaryDirectory(prefix="pages-", dir="/tmp") as folder:
        place = Path(folder).resolve()
        return _outcomes(page, place / "home", place / "where")


def _outcomes(page: str, home: Path, where: Path) -> list[Outcome]:
    home.mkdir()
    here = home
    found = []
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
        actual = result.stdout.replace(str(home), "~")
        found.append(Outcome(example, actual, result.returncode))
    return found


def run(page: str) -> list[Outcome]:
    """The examples of a page that did something else than it says; none if all is well."""
    return [outcome for outcome in outcomes(page) if not outcome.is_as_said]


def refreshed(page: str) -> str:
    """The page with what its console examples print now.

    Raises ValueError when a command ends otherwise than the page says: then
    it is not the page that has to change.
    """
    lines = page.split("\n")
    found = outcomes(page)
    for outcome in found:
        if outcome.exit_code != outcome.example.exit_code:
            raise ValueError(str(outcome))
    for outcome in reversed(found):
        example = outcome.example
        if example.expected:
            actual = outcome.actual.rstrip("\n")
            for pattern in _VARYING:
                actual = pattern.sub("...", actual)
            said = example.expected.count("\n")
            lines[example.line : example.line + said] = actual.split("\n")
    return "\n".join(line.rstrip() for line in lines)


def executed_pages(root: Path) -> list[Path]:
    """Every page of a repository that asks to be executed."""
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    return [page for page in pages if is_executed(page.read_text(encoding="utf-8"))]
