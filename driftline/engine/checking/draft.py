"""What lies between two commits, ready to be read as one look that nobody took."""

from driftline.engine.aligning.overlaid import Draft
from driftline.engine.reading.file_histories import SUBMODULE_REASON
from driftline.model.document import Reading
from driftline.model.look import Person
from driftline.sources.formats.catalogue import classify
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git import collect
from driftline.sources.git.blobs.collect import blobs
from driftline.sources.git.log import SUBMODULE_MODE, SYMLINK_MODE
from driftline.sources.git.revisions.collect import (
    FileVersion,
    authors_between,
    changed_files,
    commit_note,
)

NOBODY = Person("", "")


class Unread(bytes):
    """Stands for the text of a file that could not be had; `reason` says why."""

    reason: str

    @classmethod
    def because(cls, reason: str) -> "Unread":
        """No text, for this reason."""
        made = cls()
        made.reason = reason
        return made


class DraftReader:
    """A reader that takes what could not be had for the gap that it is."""

    def __init__(self, reader: FormatReader) -> None:
        self._reader = reader

    def read(self, path: str, data: bytes) -> Reading:
        """The documents of this version, redacted."""
        if isinstance(data, Unread):
            return Reading((), data.reason)
        return self._reader.read(path, data)


def draft(
    repository: collect.Repository, before: str, after: str, source: int, *, at: int
) -> Draft:
    """The change between two commits as one look of a source, at the second `at`.

    It is whoever wrote all of it; where several did, nobody is named.
    """
    versions = [one for one in changed_files(repository, before, after) if _is_wanted(one)]
    names = [one.blob for one in versions if one.blob and one.mode != SUBMODULE_MODE]
    texts = {one.name: one for one in blobs(repository, names)}
    files: dict[str, bytes | None] = {}
    for one in versions:
        if one.blob is None:
            files[one.path] = None
        elif one.mode == SUBMODULE_MODE:
            files[one.path] = Unread.because(SUBMODULE_REASON)
        else:
            blob = texts[one.blob]
            text = Unread.because(blob.reason) if blob.data is None else blob.data
            files[one.path] = _linked(one, blob.data) if one.mode == SYMLINK_MODE else text
    note = commit_note(repository, after)
    authors = authors_between(repository, before, after)
    by = next(iter(authors)) if len(authors) == 1 else NOBODY
    return Draft(source, files, at, after, by, note.subject)


def _is_wanted(one: FileVersion) -> bool:
    return one.mode == SUBMODULE_MODE or classify(one.path) is not None


def _linked(one: FileVersion, data: bytes | None) -> Unread | None:
    """A link to configuration is a gap; any other link is no configuration."""
    target = (data or b"")[:1000].decode(errors="backslashreplace")
    if _is_surely_configuration(one.path) or _is_surely_configuration(target):
        return Unread.because(f"a symbolic link to {target}, which is not followed")
    return None


def _is_surely_configuration(path: str) -> bool:
    return "." in path.rpartition("/")[2] and classify(path) is not None
