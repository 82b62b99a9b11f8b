"""The files of a folder as they are on disk, and why some of them cannot be read.

Nothing is written, and nothing outside of the folder is read: a link that leads
out of it is told and not followed, whatever may be there. What is no ordinary
file (a pipe, a socket, a device) is never opened for reading.
"""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from driftline.errors import SourceError, UsageError

ENTRIES_MAX = 1_000_000
FILE_BYTES_MAX = 5 << 20
LINKED_FOLDERS_MAX = 1_000

_CHUNK_BYTES = 1 << 16
_TO_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
# What version control, and driftline itself, keep beside what people keep.
_KEPT_BY_TOOLS = frozenset({".git", ".hg", ".svn", ".bzr", ".driftline"})
_OTHER_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Found(msgspec.Struct, frozen=True, gc=False):
    """One file of a folder, by its path below it; with a `reason` it cannot be read.

    `place` is where it is opened. A folder that cannot be listed has a path
    that ends with a slash, and stands for everything below it.
    """

    path: str
    place: str
    reason: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether it stands for a whole folder that could not be listed."""
        return self.path.endswith("/")


class Content(msgspec.Struct, frozen=True, gc=False):
    """The bytes of a file, or the reason why they could not be read."""

    data: bytes | None
    reason: str = ""


class Listing(msgspec.Struct, frozen=True):
    """The files of a folder in the order of their paths, and how many others there are."""

    root: str
    files: tuple[Found, ...]
    not_wanted: int


def listing(path: Path, is_wanted: Callable[[str], bool]) -> Listing:
    """The files below a folder whose path is wanted, or the one file that a path names.

    Raises UsageError when there is nothing there, and SourceError when the
    folder itself cannot be listed or holds more than anybody can mean.
    """
    root = os.path.realpath(path)
    try:
        about = os.stat(root)  # noqa: PTH116 - the same call for folder and file, without a Path
    except OSError as error:
        raise UsageError(f"{path}: {_why(error)}; name a folder or a file") from error
    if stat.S_ISDIR(about.st_mode):
        walk = _Walk(root, is_wanted)
        files = sorted(walk.files(), key=lambda one: one.path)
        return Listing(root, tuple(files), walk.not_wanted)
    name = _shown(os.path.basename(root))  # noqa: PTH119
    return Listing(root, (Found(name, root, _other_kind(about.st_mode)),), 0)


def content(found: Found, *, bytes_max: int = FILE_BYTES_MAX) -> Content:
    """The bytes of a file as they are now; what cannot be read has a reason."""
    if found.reason:
        return Content(None, found.reason)
    try:
        return (
            _read(found.place, bytes_max)
            or _read(found.place, bytes_max)
            or Content(None, "it changed while it was being read")
        )
    except OSError as error:
        return Content(None, _why(error))


class _Folder(msgspec.Struct, frozen=True, gc=False):
    """A folder to be listed: where it is, its path, and the folders whose links led there."""

    place: str
    path: str
    left_at: tuple[str, ...]


class _Walk:
    """One way through a folder, with what was passed over on it."""

    def __init__(self, root: str, is_wanted: Callable[[str], bool]) -> None:
        self.not_wanted = 0
        self._root = root
        self._is_wanted = is_wanted
        self._entries = 0
        self._linked = 0

    def files(self) -> Iterator[Found]:
        """Every wanted file, folder by folder."""
        waiting = [_Folder(self._root, "", ())]
        while waiting:
            folder = waiting.pop()
            place, path = folder.place, folder.path
            try:
                with os.scandir(place) as entries:
                    for entry in entries:
                        name = entry.name
                        # Nearly all entries are plain files with plain names.
                        if (
                            name.isascii()
                            and name[:1] != "."
                            and entry.is_file(follow_symlinks=False)
                        ):
                            self._entries += 1
                            shown = path + name
                            if self._is_wanted(shown):
                                yield Found(shown, entry.path)
                            else:
                                self.not_wanted += 1
                        else:
                            yield from self._entry(entry, folder, waiting)
                if self._entries > ENTRIES_MAX:
                    raise _too_many(self._root)
            except OSError as error:
                if not path:
                    raise SourceError(
                        f"{place}: {_why(error)}; make it readable, or name another folder"
                    ) from error
                yield Found(path, place, _why(error))

    def _entry(
        self, entry: os.DirEntry[str], above: "_Folder", waiting: list["_Folder"]
    ) -> Iterator[Found]:
        self._entries += 1
        name = entry.name
        # `..data` is where a mounted ConfigMap keeps what its links lead to.
        if name in _KEPT_BY_TOOLS or name.startswith(".."):
            return
        path = above.path + (name if name.isascii() else _shown(name))
        if entry.is_dir(follow_symlinks=False):
            waiting.append(_Folder(entry.path, path + "/", above.left_at))
        elif entry.is_symlink():
            yield from self._link(entry, path, above, waiting)
        elif not self._is_wanted(path):
            self.not_wanted += 1
        elif entry.is_file(follow_symlinks=False):
            yield Found(path, entry.path)
        else:
            reason = _other_kind(entry.stat(follow_symlinks=False).st_mode)
            yield Found(path, entry.path, reason)

    def _link(
        self, entry: os.DirEntry[str], path: str, above: "_Folder", waiting: list["_Folder"]
    ) -> Iterator[Found]:
        """What a link leads to, as long as that is inside of the folder."""
        named = _shown(os.readlink(entry.path))[:200]  # noqa: PTH115
        target = os.path.realpath(entry.path)
        try:
            mode = os.stat(target).st_mode  # noqa: PTH116
        except OSError as error:
            if self._is_wanted(path) and _has_extension(path):
                yield Found(path, entry.path, f"a symbolic link to {named}: {_why(error)}")
            return
        is_folder = stat.S_ISDIR(mode)
        if not is_folder and not self._is_wanted(path):
            self.not_wanted += 1
            return
        shown = path + "/" if is_folder else path
        if not _is_inside(target, self._root):
            yield Found(
                shown, entry.path, f"a symbolic link to {named}, which leads out of the folder"
            )
        elif not is_folder:
            yield Found(path, target, _other_kind(mode))
        elif any(_is_inside(place, target) for place in (above.place, *above.left_at)):
            yield Found(shown, entry.path, f"a symbolic link to {named}, a folder that holds it")
        elif self._linked >= LINKED_FOLDERS_MAX:
            yield Found(
                shown, entry.path, f"a symbolic link to {named}, after too many others to folders"
            )
        else:
            self._linked += 1
            waiting.append(_Folder(target, shown, (*above.left_at, above.place)))


def _read(place: str, bytes_max: int) -> Content | None:
    """What a file holds, or None when it changed meanwhile."""
    # Without waiting, so that a pipe put in the file's place cannot hold us up.
    handle = os.open(place, _TO_READ)
    try:
        data = os.read(handle, _CHUNK_BYTES)
        if 0 < len(data) < _CHUNK_BYTES and len(data) <= bytes_max:
            # It ended within one reading, so there is nothing to ask about it.
            return Content(data)
        about = os.fstat(handle)
        size = about.st_size
        reason = _other_kind(about.st_mode)
        if reason:
            return Content(None, reason)
        if size > bytes_max:
            return Content(
                None,
                f"too large to be read: {size / (1 << 20):,.1f} MiB, over {bytes_max >> 20} MiB",
            )
        while len(data) < size and (more := os.read(handle, size - len(data))):
            data += more
        return Content(data) if len(data) == size else None
    finally:
        os.close(handle)


def _other_kind(mode: int) -> str:
    """Why something that is no ordinary file is not read; empty for a file."""
    if stat.S_ISREG(mode):
        return ""
    for is_one, name in _OTHER_KINDS:
        if is_one(mode):
            return f"{name}, which is not read"
    return "no ordinary file, which is not read"


def _too_many(root: str) -> SourceError:
    return SourceError(
        f"{root}: more than {ENTRIES_MAX:,} files; name the folder that holds the configuration"
    )


def _shown(name: str) -> str:
    """A name as text that can always be encoded again, as git's names are told."""
    from driftline.sources.git.log import file_name

    return file_name(os.fsencode(name))


def _is_inside(place: str, folder: str) -> bool:
    """Whether a real path is a folder itself or lies in it."""
    return place == folder or place.startswith(folder.rstrip("/") + "/")


def _has_extension(path: str) -> bool:
    return "." in path.rpartition("/")[2].lstrip(".")


def _why(error: OSError) -> str:
    return (error.strerror or "it cannot be read").lower()
