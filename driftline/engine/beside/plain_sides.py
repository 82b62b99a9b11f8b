"""The files of one side of a comparison as they come: on disk, or in a commit.

A path on disk may be a folder, a file or a git bundle; `git:REV:PATH` is the
same path as it was in a commit of the repository around it.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from driftline.errors import UsageError
from driftline.model.ref import Ref
from driftline.sources.folder import collect as folders
from driftline.sources.folder.collect import Content
from driftline.sources.states.reader import FILE_BYTES_MAX, is_wanted


class PlainSide(msgspec.Struct, frozen=True):
    """The files of a side by their path below what was named, ready to be read.

    `read` gives the content of files in the order asked. `not_wanted` counts
    files that are no configuration, `at` is the instant of the commit.
    """

    ref: str
    paths: tuple[str, ...]
    read: Callable[[Sequence[str]], Iterator[Content]]
    is_one_file: bool
    not_wanted: int
    at: str | None = None

    def contents(self) -> Iterator[tuple[str, Content]]:
        """Every file with its content."""
        return zip(self.paths, self.read(self.paths), strict=True)


def plain_side(ref: Ref, other: Ref, folder: Path, environ: Mapping[str, str]) -> PlainSide:
    """The side that a ref to files means; `git:REV:` means the path of the other side.

    Raises UsageError when there is no such path, repository or commit.
    """
    if not ref.revision:
        place = folder / ref.path
        if not os.path.lexists(place):
            raise UsageError(f"{ref}: there is no such file or folder; name one that is there")
        return _bundled(str(ref), place, environ) or _on_disk(str(ref), place)
    from driftline.engine.beside.commit_sides import commit_side

    return commit_side(ref, ref.path or other.path, folder)


def _bundled(name: str, place: Path, environ: Mapping[str, str]) -> "PlainSide | None":
    """The side in a git bundle; None where a path is none."""
    if not place.is_file():
        return None
    from driftline.engine.reading.bundles import is_bundle, unbundled

    if not is_bundle(place):
        return None
    from driftline.engine.beside.commit_sides import bundle_side

    return bundle_side(name, unbundled(place, environ))


def _on_disk(name: str, place: Path) -> PlainSide:
    listing = folders.listing(place, is_wanted)
    found = {one.path: one for one in listing.files}

    def read(paths: Sequence[str]) -> Iterator[Content]:
        for path in paths:
            yield folders.content(found[path], bytes_max=FILE_BYTES_MAX)

    is_one_file = len(found) == 1 and listing.files[0].place == listing.root
    return PlainSide(name, tuple(found), read, is_one_file, listing.not_wanted)


def unequal(
    left: PlainSide, right: PlainSide
) -> tuple[dict[str, Content], dict[str, Content], int]:
    """The files of both sides that differ or stand alone, and how many are equal byte for byte.

    Equal under one path counts first; of the others, a file that was only
    moved is equal too.
    """
    common = sorted(set(left.paths) & set(right.paths))
    ours: dict[str, Content] = {}
    theirs: dict[str, Content] = {}
    for path, one, other in zip(common, left.read(common), right.read(common), strict=True):
        if one.data is None or one.data != other.data:
            ours[path], theirs[path] = one, other
    equal = len(common) - len(ours)
    ours_alone, theirs_alone = _alone(left, common), _alone(right, common)
    places: dict[bytes, list[str]] = {}
    for path, one in theirs_alone.items():
        if one.data is not None:
            places.setdefault(one.data, []).append(path)
    for path, one in list(ours_alone.items()):
        moved = places.get(one.data) if one.data is not None else None
        if moved:
            equal += 1
            del theirs_alone[moved.pop(0)], ours_alone[path]
    return ours | ours_alone, theirs | theirs_alone, equal


def _alone(side: PlainSide, common: Iterable[str]) -> dict[str, Content]:
    known = frozenset(common)
    paths = [path for path in side.paths if path not in known]
    return dict(zip(paths, side.read(paths), strict=True))
