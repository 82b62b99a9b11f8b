"""The files of one side of a comparison as they were in a commit: `git:REV:./PATH`."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from driftline.engine.beside.plain_sides import PlainSide
from driftline.errors import UsageError
from driftline.model.ref import Ref, time_text
from driftline.sources.folder.collect import Content
from driftline.sources.git import collect as git
from driftline.sources.git.blobs.collect import blobs
from driftline.sources.git.log import SUBMODULE_MODE, SYMLINK_MODE
from driftline.sources.states.reader import FILE_BYTES_MAX, is_wanted


def bundle_side(name: str, repository: Path) -> PlainSide:
    """The files where HEAD stands in the repository of a bundle."""
    return _in_commit(name, git.open_repository(repository), "HEAD", "")


def commit_side(ref: Ref, path: str, folder: Path) -> PlainSide:
    """The files at a path, meant from a folder, in a commit of the repository around it.

    Raises UsageError when there is no such path, repository or commit.
    """
    if not path:
        raise UsageError(
            f"{ref}: it names no path, and neither does the other side; "
            f"write git:{ref.revision}:./PATH"
        )
    place = folder / path
    nearest = next(one for one in (place, *place.parents) if one.exists())
    try:
        repository = git.open_repository(nearest)
    except git.NotARepository as error:
        raise UsageError(
            f"{ref}: {path} lies in no git repository; name a path inside of one"
        ) from error
    root = os.path.realpath(repository.locator)
    # The last part may be a link itself, and is meant as the name that it has.
    inside = os.path.relpath(Path(os.path.realpath(place.parent)) / place.name, root)
    return _in_commit(str(ref), repository, ref.revision, "" if inside == "." else inside)


def _in_commit(name: str, repository: git.Repository, revision: str, inside: str) -> PlainSide:
    commit = _commit(name, repository, revision)
    entries: dict[str, tuple[str, str]] = {}
    not_wanted = 0
    is_one_file = False
    for path, mode, blob in git.files(repository, commit):
        relative = _below(path, inside)
        if relative is None:
            continue
        is_one_file = path == inside
        if is_one_file or is_wanted(relative):
            entries[relative] = (mode, blob)
        else:
            not_wanted += 1
    if not entries and not not_wanted and inside:
        raise UsageError(f"{name}: there is no {inside} in {commit[:12]}; name another path")

    def read(paths: Sequence[str]) -> Iterator[Content]:
        wanted = [entries[path] for path in paths]
        found = blobs(
            repository, [blob for mode, blob in wanted if _is_file(mode)], bytes_max=FILE_BYTES_MAX
        )
        for mode, _ in wanted:
            if _is_file(mode):
                one = next(found)
                yield Content(one.data, one.reason)
            else:
                what = "submodule" if mode == SUBMODULE_MODE else "symbolic link"
                yield Content(None, f"a {what}, which is not followed in a commit")

    at = time_text(git.committed_at(repository, commit))
    return PlainSide(name, tuple(sorted(entries)), read, is_one_file, not_wanted, at)


def _is_file(mode: str) -> bool:
    return mode not in {SUBMODULE_MODE, SYMLINK_MODE}


def _below(path: str, inside: str) -> str | None:
    """A path of a commit as seen from a folder or file in it; None where it lies elsewhere."""
    if not inside:
        return path
    if path == inside:
        return path.rpartition("/")[2]
    return path[len(inside) + 1 :] if path.startswith(inside + "/") else None


def _commit(name: str, repository: git.Repository, revision: str) -> str:
    """The commit that anybody may mean by a revision: a hash, a tag, a branch, `HEAD~2`."""
    for spelled in (revision, f"origin/{revision}"):
        asked = git.run(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", spelled + "^{commit}"],
            git_dir=repository.git_dir,
        )
        if asked.returncode == 0:
            return asked.stdout.decode("ascii").strip()
    raise UsageError(
        f"{name}: {repository.locator} has no commit called {revision}; "
        "write a branch, a tag or a hash that git log shows"
    )
