"""Commits written as a git repository, through one `git fast-import`.

The same commits give the same hashes on every machine: nothing of the user's
git configuration, identity, clock or default hash is used.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from driftline.errors import SourceError, UsageError
from driftline.lab.fleet import Staff
from driftline.lab.weaving import Commit

BRANCH = "main"


def _signature(word: str, staff: Staff, at: int) -> bytes:
    return f"{word} {staff.name} <{staff.email}> {at} {staff.zone}\n".encode()


def _data(text: str) -> bytes:
    body = text.encode()
    return b"data %d\n%s\n" % (len(body), body)


def stream(commits: Sequence[Commit]) -> Iterator[bytes]:
    """The commits in the language of `git fast-import`, marks counting from 1."""
    for mark, commit in enumerate(commits, 1):
        # Inner commits too are made on the main branch: each commit names its
        # parents, and the branch ends at the last, which is always a landing.
        lines = [
            f"commit refs/heads/{BRANCH}\nmark :{mark}\n".encode(),
            _signature("author", commit.author, commit.authored_at),
            _signature("committer", commit.committer, commit.committed_at),
            _data(commit.message + "\n"),
        ]
        words = ("from", *["merge"] * (len(commit.parents) - 1))
        lines += [
            f"{word} :{parent + 1}\n".encode()
            for word, parent in zip(words, commit.parents, strict=False)
        ]
        for path, text in commit.changes:
            if text is None:
                lines.append(f"D {path}\n".encode())
            else:
                lines.append(f"M 100644 inline {path}\n".encode() + _data(text))
        yield b"".join(lines)
    yield b"done\n"


def _environment() -> dict[str, str]:
    """The process environment without anything that could change what git writes."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_DEFAULT_HASH": "sha1",
        "LC_ALL": "C",
    }


def _git(folder: Path, *arguments: str, feed: bytes | None = None) -> None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        ended = subprocess.run(
            command, input=feed, env=_environment(), capture_output=True, check=False
        )
    except FileNotFoundError:
        raise SourceError(
            "git was not found, and the example fleet is a git repository; install git"
        ) from None
    if ended.returncode != 0:
        said = ended.stderr.decode(errors="replace").strip().splitlines()
        raise SourceError(
            f"{folder}: git {arguments[0]} failed ({said[-1] if said else 'it gave no reason'}); "
            "check that the folder is writable and its disk is not full"
        )


def write(folder: Path, commits: Sequence[Commit]) -> Path:
    """A new repository in `folder` with these commits, its files checked out.

    The folder is made; it must not exist yet, or be empty. Raises UsageError
    when it holds something, SourceError when git or the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = next(folder.iterdir(), None)
    except OSError as error:
        raise SourceError(
            f"{folder}: {error.strerror}; choose a folder that can be written"
        ) from None
    if held is not None:
        raise UsageError(f"{folder} is not empty (it holds {held.name!r}); name a new folder")
    _git(folder, "init", "--quiet", "--template=")
    # Before git 2.28 the first branch could not be named on creation.
    _git(folder, "symbolic-ref", "HEAD", f"refs/heads/{BRANCH}")
    _git(folder, "fast-import", "--quiet", "--done", feed=b"".join(stream(commits)))
    _git(folder, "reset", "--quiet", "--hard")
    return folder
