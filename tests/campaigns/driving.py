"""The real program, run as a user runs it, against repositories made for one test."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

import driftline

PROGRAM = (sys.executable, "-m", "driftline.surfaces.cli")
TIMEOUT_SECONDS = 60

# Whatever can move a cursor, change a colour, hide or turn text round. A line
# break is how our own output is made.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

SERVICE = "replicas: {replicas}\nimage:\n  tag: 1.0.0\n"
PLAIN: dict[str, str] = {
    "environments/staging/api.yaml": SERVICE.format(replicas=1),
    "environments/production/api.yaml": SERVICE.format(replicas=3),
    "environments/staging/web.yaml": SERVICE.format(replicas=2),
    "environments/production/web.yaml": SERVICE.format(replicas=4),
}


class Outcome(msgspec.Struct, frozen=True):
    """How a run ended: its exit code (negative for a signal), and what it said where."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        """The JSON that was printed."""
        return json.loads(self.out)


class Machine:
    """A place to run the program in: a home of its own, and the path to git and Python."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.home.mkdir()
        self.folder = folder
        self.environment: dict[str, str] = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            # The program that runs is the one that these tests stand beside.
            "PYTHONPATH": str(Path(driftline.__file__).parents[1]),
        }

    def start(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        environment: Mapping[str, str | None] | None = None,
        limit: Callable[[], None] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start the program; None in the environment takes a variable away."""
        variables = {**self.environment, **(environment or {})}
        return subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            cwd=cwd or self.folder,
            env={key: value for key, value in variables.items() if value is not None},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=limit,  # noqa: PLW1509 - the limits of a process are set before it begins
        )

    def run(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        environment: Mapping[str, str | None] | None = None,
        limit: Callable[[], None] | None = None,
    ) -> Outcome:
        """Run the program to its end."""
        return ended(self.start(*arguments, cwd=cwd, environment=environment, limit=limit))

    def scan(self, *arguments: str | Path) -> Any:
        """The JSON of a scan that must go well."""
        outcome = self.run("scan", *arguments, "--format", "json")
        assert outcome.code == 0, outcome.err
        return outcome.answer


def ended(process: subprocess.Popen[bytes]) -> Outcome:
    """Wait for a started program; what is no UTF-8 in its output fails the test."""
    try:
        out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        raise AssertionError(f"still running after {TIMEOUT_SECONDS} s: {err!r}") from None
    return Outcome(process.returncode, out.decode("utf-8"), err.decode("utf-8"))


def git(folder: Path, *arguments: str, feed: bytes | None = None) -> bytes:
    """Run git with no configuration but the repository's own."""
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(
        command, input=feed, env=variables, capture_output=True, check=True
    ).stdout


Content = str | bytes | None
Files = Mapping[str, Content] | Mapping[bytes, Content]


def _quoted(path: str | bytes) -> bytes:
    raw = path if isinstance(path, bytes) else path.encode()
    safe = b"".join(
        b"\\%03o" % byte if byte < 32 or byte > 126 or byte in b'"\\' else bytes((byte,))
        for byte in raw
    )
    return b'"' + safe + b'"'


def commit(
    files: Files,
    *,
    at: int = 1_760_000_000,
    author: str | bytes = "Ada <ada@example.com>",
    subject: str = "change",
    modes: Mapping[str, str] | None = None,
) -> bytes:
    """One commit as `git fast-import` reads it; None as content removes a path."""
    message = subject.encode()
    who = author if isinstance(author, bytes) else author.encode()
    lines = [
        b"commit refs/heads/main\n",
        b"author %s %d +0000\n" % (who, at),
        b"committer %s %d +0000\n" % (who, at),
        b"data %d\n%s\n" % (len(message), message),
    ]
    for path, content in files.items():
        if content is None:
            lines.append(b"D " + _quoted(path) + b"\n")
            continue
        body = content if isinstance(content, bytes) else content.encode()
        mode = (modes or {}).get(path if isinstance(path, str) else "", "100644")
        if mode == "160000":
            lines.append(b"M 160000 " + body + b" " + _quoted(path) + b"\n")
        else:
            lines.append(b"M %s inline " % mode.encode() + _quoted(path) + b"\n")
            lines.append(b"data %d\n%s\n" % (len(body), body))
    return b"".join(lines)


def repository(folder: Path, *commits: bytes, checkout: bool = True) -> Path:
    """A new repository with these commits on its main branch."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--template=")
    git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    if commits:
        git(folder, "fast-import", "--quiet", "--date-format=raw-permissive",
            feed=b"".join(commits))  # fmt: skip
        if checkout:
            git(folder, "reset", "--quiet", "--hard")
    return folder


def lasting(answer: Any) -> Any:
    """An answer without what depends on when and where it was asked."""
    kept = {key: value for key, value in answer.items() if key not in ("asked_at", "notes")}
    for one in kept["repositories"]:
        one.pop("path", None)
    for one in kept["gaps"]:
        one.pop("repository", None)
    # The trend ends now, and what was new since the last look depends on the looks.
    kept.pop("trend", None)
    kept.pop("since_last_look", None)
    for one in kept["divergences"]:
        one.pop("share_of_time_apart", None)
    for one in kept["spells"]:
        # What still stands grows by the second.
        if one["ended"] is None:
            one.pop("seconds_standing", None)
            one.pop("seconds_in_flight", None)
    return kept


def assert_civil(outcome: Outcome, expected_codes: Sequence[int] = (0,)) -> None:
    """The run ended as a user deserves: a known code, no traceback, nothing unsafe printed."""
    said = f"exit {outcome.code}\n{outcome.out[-2000:]}\n{outcome.err[-3000:]}"

    assert outcome.code in expected_codes, said
    assert "Traceback" not in outcome.err + outcome.out, said
    assert "defect of driftline" not in outcome.err, said
    found = UNSAFE.search(outcome.out) or UNSAFE.search(outcome.err)
    assert found is None, f"unsafe {found and found[0]!r} in:\n{said!r}"


def assert_refused(outcome: Outcome, *words: str) -> None:
    """The run was refused with a message that names all of these, and printed no answer."""
    assert_civil(outcome, (2,))

    assert outcome.out == "", outcome.out
    for word in words:
        assert word.lower() in outcome.err.lower(), f"{word!r} not in {outcome.err!r}"
