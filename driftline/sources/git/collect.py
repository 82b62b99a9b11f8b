"""All that is asked of git, and nothing that writes.

Git is run with argument lists, in an environment that cannot page, prompt,
fetch, run hooks, filters or external programs, or take optional locks; a
repository that was looked at is byte for byte what it was before.
"""

import contextlib
import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import msgspec

from driftline.errors import SourceError, UsageError
from driftline.sources.git.log import FORMAT, file_name

CHUNK_BYTES = 1 << 18
VERSION_MIN = "2.31"

# Settings of the user or of the repository itself that would change what git
# prints, run programs, or reach the network.
_SETTINGS = (
    "core.quotePath=false",
    "core.fsmonitor=false",
    "core.pager=cat",
    "diff.orderFile=/dev/null",
    "i18n.logOutputEncoding=UTF-8",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",
    "submodule.recurse=false",
)

# Variables by which a hook or a shell that we run in could redirect git; the
# few that remain say where the user's own configuration is.
_KEPT = frozenset(
    {
        "GIT_CEILING_DIRECTORIES",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
        "GIT_EXEC_PATH",
    }
)


class NotARepository(UsageError):  # noqa: N818 - what is there may well be readable otherwise.
    """There is something at this path, and it is in no git repository."""


class Repository(msgspec.Struct, frozen=True):
    """A repository that can be read.

    `locator` is its work tree, or the repository itself where it is bare;
    `branch` is what HEAD stands on, empty when HEAD is detached. `inside` is
    the folder below the work tree that was asked for, empty for all of it.
    """

    locator: str
    git_dir: str
    branch: str
    inside: str
    is_bare: bool
    is_shallow: bool
    is_partial: bool


def environment() -> dict[str, str]:
    """The environment in which git runs."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT
    }
    return kept | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_PAGER": "cat",
    }


def open_repository(path: Path) -> Repository:
    """The repository that holds a path: a work tree, a folder in one, or a bare one.

    Raises UsageError when there is none or git is missing or too old, and
    SourceError when there is one that git will not read.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder; name the folder of a git repository")
    folder = path if path.is_dir() else path.parent
    asked = run(
        ["rev-parse", "--absolute-git-dir", "--is-bare-repository", "--is-shallow-repository"],
        folder=folder,
    )
    if asked.returncode != 0:
        raise _refusal(path, os.fsdecode(asked.stderr))
    *git_dir_lines, bare, shallow = os.fsdecode(asked.stdout).rstrip("\n").split("\n")
    git_dir = "\n".join(git_dir_lines)
    top = run(["rev-parse", "--show-toplevel"], folder=folder)
    inside = ""
    if top.returncode == 0:
        locator = os.fsdecode(top.stdout).removesuffix("\n")
        inside = os.path.relpath(os.path.realpath(folder), locator)
    else:
        # Asked from inside `.git`, or bare: the work tree, where there is one,
        # is the folder around it, so that both ways in name one source.
        named_git = Path(git_dir).name == ".git" and bare == "false"
        locator = str(Path(git_dir).parent) if named_git else git_dir
    branch = run(["symbolic-ref", "--quiet", "HEAD"], git_dir=git_dir)
    partial = run(["config", "--get-regexp", r"^remote\..*\.promisor$"], git_dir=git_dir)
    return Repository(
        locator=locator,
        git_dir=git_dir,
        branch=os.fsdecode(branch.stdout).strip().removeprefix("refs/heads/"),
        inside="" if inside == "." else inside,
        is_bare=bare == "true",
        is_shallow=shallow == "true",
        is_partial=b"true" in partial.stdout,
    )


def resolve(repository: Repository, branch: str = "") -> str | None:
    """The commit that a branch stands on, local or remote-only; HEAD for the empty name."""
    if not branch:
        names = ["HEAD"]
    else:
        # A name is tried as a branch only, so that a tag or a file of the
        # same name cannot take its place.
        names = [f"refs/heads/{branch}", f"refs/remotes/{branch}", f"refs/remotes/origin/{branch}"]
    for name in names:
        asked = run(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"],
            git_dir=repository.git_dir,
        )
        if asked.returncode == 0:
            return asked.stdout.decode().strip()
    return None


def branches(repository: Repository) -> tuple[str, ...]:
    """Names of all branches, local ones first; remote-only ones as `origin/name`."""
    asked = run(
        ["for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes"],
        git_dir=repository.git_dir,
    )
    check(repository, asked)
    names = [file_name(line) for line in asked.stdout.splitlines()]
    local = [name.removeprefix("refs/heads/") for name in names if name.startswith("refs/heads/")]
    remote = [name.removeprefix("refs/remotes/") for name in names if "refs/remotes/" in name]
    here = set(local)
    others = [
        name for name in remote if "/" in name and name.split("/", 1)[1] not in here | {"HEAD"}
    ]
    return tuple(local + others)


def boundary(repository: Repository) -> frozenset[str]:
    """The commits of a shallow clone whose parents it does not hold."""
    if not repository.is_shallow:
        return frozenset()
    asked = run(["rev-parse", "--git-path", "shallow"], git_dir=repository.git_dir)
    check(repository, asked)
    try:
        text = Path(os.fsdecode(asked.stdout).removesuffix("\n")).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{repository.locator}: cannot read where the shallow clone ends ({error}); run git"
            " fetch --unshallow there"
        ) from error
    return frozenset(text.split())


def first_parents(repository: Repository, tip: str) -> list[str]:
    """The first-parent chain that ends in a commit, newest first."""
    asked = run(["rev-list", "--first-parent", tip, "--"], git_dir=repository.git_dir)
    check(repository, asked)
    return asked.stdout.decode("ascii").split()


def continues(repository: Repository, last: str, tip: str) -> bool:
    """Whether the first-parent chain of the tip holds the commit `last`, and goes on after it."""
    asked = run(
        ["rev-list", "--first-parent", "--parents", tip, "^" + last, "--"],
        git_dir=repository.git_dir,
    )
    if asked.returncode != 0:
        # The commit is no longer in the repository at all.
        return False
    oldest = asked.stdout.decode("ascii").strip().rpartition("\n")[2].split()
    return oldest[1:2] == [last]


def count(repository: Repository, tip: str) -> int:
    """How many commits a commit holds, itself included."""
    asked = run(["rev-list", "--count", tip, "--"], git_dir=repository.git_dir)
    check(repository, asked)
    return int(asked.stdout)


def committed_at(repository: Repository, ref: str) -> int:
    """The instant of a commit by its committer."""
    asked = run(["show", "--no-patch", "--format=%ct", ref, "--"], git_dir=repository.git_dir)
    check(repository, asked)
    return int(asked.stdout or b"0")


def has_parent(repository: Repository, ref: str) -> bool:
    """Whether the repository still has, or has by now, the first parent of a commit."""
    asked = run(
        ["rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^1"],
        git_dir=repository.git_dir,
    )
    return asked.returncode == 0


def files(repository: Repository, ref: str) -> Iterator[tuple[str, str, str]]:
    """Path, mode and blob of every file of a commit."""
    asked = run(["ls-tree", "-r", "-z", "--full-tree", ref], git_dir=repository.git_dir)
    check(repository, asked)
    for entry in asked.stdout.split(b"\0"):
        if entry:
            about, _, path = entry.partition(b"\t")
            mode, _, name = about.decode("ascii").split(" ")
            yield file_name(path), mode, name


def log(repository: Repository, tip: str, *, after: str | None = None) -> Iterator[bytes]:
    """Chunks of the log of everything that a commit holds, without what `after` holds.

    One process gives both: a merge is compared with its first parent, which is
    a step of the chain, and every other commit with its own, which says who
    introduced what.
    """
    arguments = [
        "log",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--no-color",
        "--no-notes",
        "--no-relative",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=none",
        "--diff-merges=first-parent",
        "--topo-order",
        "--format=" + FORMAT,
        tip,
    ]
    if after is not None:
        arguments.append("^" + after)
    yield from _stream(repository, [*arguments, "--"])


def _arguments(git_dir: str | None, folder: Path | None) -> list[str]:
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    place = ["--git-dir", git_dir] if git_dir is not None else ["-C", str(folder)]
    return ["git", "--no-pager", *settings, *place]


def run(
    arguments: Sequence[str],
    *,
    git_dir: str | None = None,
    folder: Path | None = None,
    text: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """Git's answer, whatever it was; `text` is what it is given to read."""
    try:
        return subprocess.run(
            [*_arguments(git_dir, folder), *arguments],
            input=text,
            capture_output=True,
            env=environment(),
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError("git is not installed, or not on the PATH; install git") from error


def popen(
    arguments: Sequence[str], git_dir: str, *, text: bytes = b"", keeps_errors: bool = False
) -> subprocess.Popen[bytes]:
    """Git at work, its output to be read as it comes; `text` is what it is given to read.

    What it says on standard error is dropped, unless it is to be kept in a pipe.
    """
    process = subprocess.Popen(
        [*_arguments(git_dir, None), *arguments],
        stdin=subprocess.PIPE if text else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if keeps_errors else subprocess.DEVNULL,
        env=environment(),
    )
    if process.stdin is not None:
        # Written beside the reading: git answers long before it has heard all.
        threading.Thread(target=_hand_over, args=(process.stdin, text), daemon=True).start()
    return process


def _hand_over(stream: IO[bytes], text: bytes) -> None:
    with contextlib.suppress(OSError, ValueError), stream:
        stream.write(text)


def _stream(repository: Repository, arguments: Sequence[str]) -> Iterator[bytes]:
    said: list[bytes] = []
    with popen(arguments, repository.git_dir, keeps_errors=True) as process:
        listening = threading.Thread(target=_listen, args=(process.stderr, said), daemon=True)
        listening.start()
        output = process.stdout
        while output is not None and (chunk := output.read(CHUNK_BYTES)):
            yield chunk
        listening.join()
    if process.returncode != 0:
        raise _broken(repository, b"".join(said))


def _listen(stream: IO[bytes] | None, said: list[bytes]) -> None:
    # Read to the end, so that git never waits for us; the last words suffice.
    while stream is not None and (chunk := stream.read(CHUNK_BYTES)):
        said[:] = [(b"".join(said) + chunk)[-CHUNK_BYTES:]]


def check(repository: Repository, asked: subprocess.CompletedProcess[bytes]) -> None:
    """Raise SourceError where git gave no answer."""
    if asked.returncode != 0:
        raise _broken(repository, asked.stderr)


def _broken(repository: Repository, said: bytes) -> SourceError:
    text = said.decode(errors="backslashreplace").strip()
    if "unrecognized argument" in text or "unknown option" in text:
        return SourceError(f"this git is too old ({text}); install git {VERSION_MIN} or newer")
    lines = text.splitlines()
    return SourceError(
        f"{repository.locator}: git could not read its history"
        f" ({lines[-1] if lines else 'it gave no reason'}); run git fsck there"
    )


def _refusal(path: Path, said: str) -> UsageError | SourceError:
    if "dubious ownership" in said:
        return SourceError(
            f"{path}: git refuses a repository that belongs to another user; if you trust it,"
            f" run git config --global --add safe.directory {path.resolve()}"
        )
    if "not a git repository" in said:
        return NotARepository(
            f"{path}: not a git repository; name a folder that git init or git clone made"
        )
    lines = said.strip().splitlines()
    return SourceError(
        f"{path}: git could not open it ({lines[-1] if lines else 'no reason given'})"
    )
