"""How `init` begins: look around, keep the history here, write down what was found."""

import os
from collections.abc import Sequence
from pathlib import Path

from driftline.engine import ask, store_place
from driftline.engine.settings import FILE_NAME, load_settings
from driftline.engine.settings_text import settings_text
from driftline.errors import UsageError
from driftline.model.progress import Progress


def begin(folder: Path, paths: Sequence[Path], *, now: int, progress: Progress) -> tuple[str, ...]:
    """Read the repositories and write `driftline.toml`; gives back what was done, a line each.

    Raises UsageError when there already is one, or when there is nothing to read.
    """
    here = Path(os.path.realpath(folder))
    file = here / FILE_NAME
    if file.exists():
        raise UsageError(
            f"{file} exists and is not overwritten; edit it, or remove it and run init again"
        )
    repositories = tuple(paths) or _around(here)
    store = store_place.beside(file)
    settings = load_settings(here, os.environ, store=store, scanned=repositories)
    found = ask.scan(settings.repositories, settings, now=now, progress=progress)
    names = tuple(_relative(path, here) for path in settings.repositories)
    # Exclusive creation: of two that begin at once, the second is told so.
    try:
        with file.open("x", encoding="utf-8") as writing:
            writing.write(settings_text(names, found))
    except OSError as error:
        raise UsageError(
            f"{file} cannot be written ({error.strerror}); choose a folder with -C"
        ) from error
    commits = sum(repository.commits for repository in found.repositories)
    # What is in no repository is read as it is, and has no commits.
    size = f"{commits:,} commits of " if commits else ""
    return (
        f"read {size}{', '.join(names)}; the history is kept in {store}",
        f"found {len(found.environments)} environments; {file} lists them and every setting",
        "next: driftline status",
    )


def _around(folder: Path) -> tuple[Path, ...]:
    """The repository around a folder, else the repositories directly inside it."""
    root = store_place.repository_root(folder)
    if (root / ".git").exists():
        return (root,)
    inside = tuple(sorted(child.parent for child in folder.glob("*/.git")))
    if not inside:
        raise UsageError(
            f"{folder} is no git repository and holds none; name what to read: driftline init PATH"
        )
    return inside


def _relative(path: Path, folder: Path) -> str:
    """The path as it is written into the file: relative where that stays readable."""
    relative = os.path.relpath(path, folder)
    return str(path) if relative.startswith("../../..") else relative
