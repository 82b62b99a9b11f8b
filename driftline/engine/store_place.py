"""Where the history of a question lives on disk.

Beside `driftline.toml`, in `.driftline/`, where `init` ran; else in the XDG
data folder, under a readable name and a hash of what was scanned. Never inside
a repository that was only scanned.
"""

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from driftline.errors import UsageError

FOLDER = ".driftline"
FILE = "history.db"
NOTE = "last-used"  # where it is written which history was filled from a folder


def beside(settings_file: Path) -> Path:
    """The history that belongs to a `driftline.toml`."""
    return settings_file.parent / FOLDER / FILE


def in_data_folder(scanned: Sequence[Path], environ: Mapping[str, str]) -> Path:
    """The history of repositories that were scanned without a `driftline.toml`.

    The same set of repositories always has the same history, in any order.
    Raises UsageError when the environment names no home.
    """
    roots = sorted({repository_root(path) for path in scanned})
    digest = hashlib.sha256(b"\0".join(os.fsencode(root) for root in roots)).hexdigest()[:12]
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", roots[0].name).strip("-.")[:40] or "root"
    more = f"+{len(roots) - 1}" if len(roots) > 1 else ""
    return _data_folder(environ) / "driftline" / f"{readable}{more}-{digest}" / FILE


def note_use(folder: Path, store_path: Path, environ: Mapping[str, str]) -> None:
    """Remember that a history was filled from a folder, so that questions from there find it.

    That it cannot be written is no error: only the convenience is lost.
    """
    note = _note_of(folder, environ)
    if note.with_name(FILE) == store_path:
        return
    try:
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        note.write_text(str(store_path), encoding="utf-8")
    except (OSError, UnicodeEncodeError):
        return


def used_from(folder: Path, environ: Mapping[str, str]) -> Path | None:
    """The history that was last filled from a folder, if it is still there."""
    try:
        named = Path(_note_of(folder, environ).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
    return named if named.is_absolute() and named.is_file() else None


def _note_of(folder: Path, environ: Mapping[str, str]) -> Path:
    return in_data_folder((folder,), environ).with_name(NOTE)


def example_folder(environ: Mapping[str, str]) -> Path:
    """Where the example fleet's repository is written unless a place is named."""
    return _data_folder(environ) / "driftline" / "example-fleet"


def repository_root(path: Path | str) -> Path:
    """The repository around a path, as an absolute path; the path itself if there is none."""
    absolute = Path(os.path.realpath(path))
    for folder in (absolute, *absolute.parents):
        if (folder / ".git").exists():
            return folder
    return absolute


def prepare(store_path: Path) -> None:
    """Make the folder of a history, readable by its owner alone.

    A `.driftline` folder gets a `.gitignore` that keeps all of it out of
    commits. Raises UsageError when the folder cannot be made.
    """
    folder = store_path.parent
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if folder.name == FOLDER and not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{folder}: the history cannot be kept here ({error.strerror}); "
            "name a place that can be written with --store FILE or DRIFTLINE_STORE"
        ) from error


def _data_folder(environ: Mapping[str, str]) -> Path:
    named = environ.get("XDG_DATA_HOME", "")
    # The XDG rules say that a relative path is invalid and is to be ignored.
    if named.startswith("/"):
        return Path(named)
    home = environ.get("HOME", "")
    if home.startswith("/"):
        # A home that is not there is a service account's, and nobody would
        # look for a history below it, even where we were allowed to make it.
        if not Path(home).is_dir():
            raise UsageError(
                f"HOME is {home}, which is no folder, so there is no place for the history; "
                "name one with --store FILE or DRIFTLINE_STORE"
            )
        return Path(home) / ".local" / "share"
    raise UsageError(
        "neither HOME nor XDG_DATA_HOME names a folder, so there is no place for the history; "
        "name one with --store FILE or DRIFTLINE_STORE"
    )
