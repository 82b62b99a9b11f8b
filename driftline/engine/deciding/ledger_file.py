"""The ledger on disk: read as it is or as it was in git, and extended by whole decisions.

The file's own git history is its past. Where it lives in no repository, only
its present is known, and a question about the past is answered with that. What reads and
writes its text is imported once there is a file: most have none.
"""

import difflib
import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from driftline.engine.store_place import repository_root
from driftline.errors import DriftlineError, UsageError
from driftline.model.ledger import Entry, Ledger
from driftline.sources.git import collect

IGNORE_NAME = ".driftignore"
_EVER = 1 << 62


class Written(msgspec.Struct, frozen=True):
    """A ledger with new decisions: its file, and the change as a patch for `git apply`."""

    file: Path
    patch: str
    is_kept: bool


def ledger_now(path: Path | None) -> Ledger:
    """The decisions as they stand on disk; a file that is not there holds none."""
    if path is None:
        return Ledger()
    if _is_bare(path.parent):
        return ledger_at(path, _EVER)
    return _read(path, _on_disk)


def ledger_at(path: Path | None, at: int) -> Ledger:
    """The decisions as they were committed at a second, or as they are outside of git."""
    if path is None:
        return Ledger()
    try:
        repository = collect.open_repository(path.parent)
        commit = _commit_at(repository, at)
    except DriftlineError:
        return _read(path, _on_disk)
    return _committed(path, repository, commit) if commit else Ledger()


def ledger_of_commit(path: Path | None, repository: collect.Repository, commit: str) -> Ledger:
    """The decisions as a commit of a repository holds them, or as they are outside of it."""
    if path is None:
        return Ledger()
    root, folder = os.path.realpath(repository.locator), os.path.realpath(path.parent)
    if os.path.commonpath([root, folder]) != root:
        return ledger_now(path)
    return _committed(path, repository, commit)


def _committed(path: Path, repository: collect.Repository, commit: str) -> Ledger:
    root = Path(os.path.realpath(repository.locator))

    def committed(file: Path) -> bytes | None:
        place = os.path.relpath(os.path.realpath(file.parent), root)
        name = file.name if place == "." else f"{place}/{file.name}"
        asked = collect.run(["show", f"{commit}:{name}"], git_dir=repository.git_dir)
        return asked.stdout if asked.returncode == 0 else None

    return _read(path, committed)


def extend(path: Path, entries: Sequence[Entry], *, is_kept: bool) -> Written:
    """Append decisions to the ledger, or only say what would be appended.

    Raises UsageError when the file cannot be read or written, or when the
    place for the decisions is not sure.
    """
    if _is_bare(path.parent):
        raise UsageError(
            f"{path.parent}: a bare repository has no place for a file; "
            "name one with path in [ledger], or decide in a clone"
        )
    from driftline.sources.ledger.writing import with_entries

    file = Path(os.path.realpath(path))
    try:
        data = _on_disk(file)
        before = data.decode("utf-8") if data is not None else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: {_why(error)}; mend the file, or name another in [ledger]"
        ) from error
    after = with_entries(before, entries, origin=path.name)
    if is_kept:
        _write(file, after)
    return Written(path, _patch(path, before, after, is_new=data is None), is_kept)


def _is_bare(folder: Path) -> bool:
    """Whether a folder is a repository without a work tree, which holds files as commits only."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()


def _read(path: Path, content: Callable[[Path], bytes | None]) -> Ledger:
    """The short lines first, so that a decision with a reason has the last word."""
    found = Ledger()
    for file in (path.parent / IGNORE_NAME, path):
        try:
            data = content(file)
            part = Ledger() if data is None else _parsed(file, data.decode("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            part = Ledger(problems=(f"{file.name}: {_why(error)}; nothing in it counts",))
        found = Ledger((*found.entries, *part.entries), (*found.problems, *part.problems))
    return found


def _parsed(file: Path, text: str) -> Ledger:
    from driftline.sources.ledger.ignore_lines import read_ignore_lines
    from driftline.sources.ledger.reading import read_ledger

    read = read_ignore_lines if file.name == IGNORE_NAME else read_ledger
    return read(text, origin=file.name)


def _on_disk(file: Path) -> bytes | None:
    try:
        about = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    # A pipe of that name would be waited for, and a folder is none of ours.
    if not stat.S_ISREG(about.st_mode):
        raise OSError(0, "it is no file")
    from driftline.sources.ledger.reading import CHARACTERS_MAX

    if about.st_size > CHARACTERS_MAX:
        raise OSError(0, f"longer than {CHARACTERS_MAX:,} bytes")
    return file.read_bytes()


def _why(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror})"
    return "not UTF-8 text"


def _commit_at(repository: collect.Repository, at: int) -> str:
    """The last commit of the first-parent chain that is not after a second; empty: none is."""
    asked = collect.run(
        ["log", "--first-parent", "--format=%H %ct", "HEAD", "--"], git_dir=repository.git_dir
    )
    collect.check(repository, asked)
    found, latest = "", 0
    for line in reversed(asked.stdout.decode("ascii").splitlines()):
        commit, _, committed = line.partition(" ")
        # Clocks run backwards now and then; the chain's order is the truth.
        latest = max(latest, int(committed))
        if latest > at:
            break
        found = commit
    return found


def _write(file: Path, text: str) -> None:
    try:
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask()
        with tempfile.NamedTemporaryFile(
            dir=file.parent, prefix=f".{file.name}.", delete=False
        ) as writing:
            writing.write(text.encode("utf-8"))
        Path(writing.name).chmod(mode)
        Path(writing.name).replace(file)
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be written ({error.strerror}); use --print and apply the patch, or "
            "name another place in [ledger]"
        ) from error


def _umask() -> int:
    before = os.umask(0o022)
    os.umask(before)
    return before


def _patch(path: Path, before: str, after: str, *, is_new: bool) -> str:
    root = repository_root(path.parent)
    name = os.path.relpath(Path(os.path.realpath(path.parent)) / path.name, root)
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        "/dev/null" if is_new else f"a/{name}",
        f"b/{name}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
