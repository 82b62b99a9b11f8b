"""Versions of files, in order, as changes of resources.

Each distinct version of a file is parsed once, and only the latest ones of
each file are kept, so that memory follows what is there now and not how much
has happened.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from driftline.inventory.canonical import NOTHING, difference, known
from driftline.inventory.layers.introduction import ActReading, introduced
from driftline.model.document import Reading
from driftline.model.look import GapChange, ResourceChange
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git.blobs.collect import Blob
from driftline.sources.git.chain import FileStep
from driftline.sources.git.log import SUBMODULE_MODE, SYMLINK_MODE

READINGS_KEPT = 2
SUBMODULE_REASON = "a submodule: its files are in another repository, which is read on its own"


class Version(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One version of one file, at the position of the look that brought it."""

    position: int
    step: FileStep


class Known(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What was last known of a file, and the open gap before it, if any."""

    reading: Reading
    gap: str | None


class FileChanges(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What one version changed."""

    position: int
    resources: tuple[ResourceChange, ...]
    gap: GapChange | None


def blob_names(step: FileStep) -> list[str]:
    """The blobs that this step needs, in the order in which they are read."""
    if step.mode == SUBMODULE_MODE:
        return []
    names = dict.fromkeys(blob for inner in step.inner for blob in (inner.before, inner.after))
    names[step.blob] = None
    if step.one_author:
        names[step.before] = None
    return [name for name in names if name is not None]


class Histories:
    """Reads versions of files; remembers what was last known of each.

    `is_configuration` decides by name whether a symbolic link or its target is
    configuration; every other version that is passed in is read.
    """

    def __init__(
        self,
        reader: FormatReader,
        is_configuration: Callable[[str], bool],
        already: Mapping[str, Known],
    ) -> None:
        self._reader = reader
        self._is_configuration = is_configuration
        self._known = dict(already)
        self._readings: dict[str, dict[str, Reading]] = {}

    def changes(self, versions: Iterable[Version], blobs: Iterator[Blob]) -> Iterator[FileChanges]:
        """What each version changed; `blobs` holds what `blob_names` lists for each."""
        for version in versions:
            step = version.step
            read = {name: next(blobs) for name in blob_names(step)}
            found = self._changes(step, read)
            if found is not None:
                yield FileChanges(version.position, *found)

    def recall(
        self,
        path: str,
        versions: Sequence[Version],
        fetch: Callable[[Version], Iterator[Blob]],
    ) -> None:
        """Learn what is known of a file after these versions, from as few of them as will do.

        One that can be read decides alone; behind a gap, the one before counts.
        """
        unread: list[Reading] = []
        base = self._known.get(path, Known(NOTHING, None)).reading
        for version in reversed(versions):
            step = version.step
            if step.blob is None:
                base = NOTHING
                break
            names = blob_names(step)
            read = dict(zip(names, fetch(version), strict=True))
            reading = self._reading(step, step.blob, read)
            if reading.gap is None:
                base = reading
                break
            unread.append(reading)
        for reading in reversed(unread):
            base = known(base, reading)
        self._known[path] = Known(base, base.gap if unread else None)

    def known(self, path: str) -> Known:
        """What is known of a file now."""
        return self._known.get(path, Known(NOTHING, None))

    def _changes(
        self, step: FileStep, read: Mapping[str, Blob]
    ) -> tuple[tuple[ResourceChange, ...], GapChange | None] | None:
        path = step.path
        before = self.known(path)
        if step.blob is None:
            resources = difference(before.reading, None, path, step.act)
            self._known.pop(path, None)
            self._readings.pop(path, None)
            gap = None
        else:
            after = self._reading(step, step.blob, read)
            resources = difference(before.reading, after, path, step.act)
            gap = after.gap
            self._known[path] = Known(known(before.reading, after), gap)
        if resources and step.inner:
            if step.one_author and _is_merely_merged(step, read):
                act = step.inner[-1].act
                resources = tuple(msgspec.structs.replace(one, act=act) for one in resources)
            else:
                resources = self._attributed(step, resources, read)
        change = GapChange(path, gap) if gap != before.gap else None
        return (resources, change) if resources or change else None

    def _attributed(
        self, step: FileStep, resources: Sequence[ResourceChange], read: Mapping[str, Blob]
    ) -> tuple[ResourceChange, ...]:
        readings = [
            ActReading(
                inner.act,
                None if inner.before is None else self._reading(step, inner.before, read),
                None if inner.after is None else self._reading(step, inner.after, read),
            )
            for inner in step.inner
        ]
        return introduced(resources, readings, step.act)

    def _reading(self, step: FileStep, name: str, read: Mapping[str, Blob]) -> Reading:
        if step.mode == SUBMODULE_MODE:
            return Reading((), SUBMODULE_REASON)
        blob = read[name]
        if step.mode == SYMLINK_MODE:
            return self._link(step.path, blob)
        if blob.data is None:
            return Reading((), blob.reason)
        kept = self._readings.setdefault(step.path, {})
        reading = kept.pop(name, None)
        if reading is None:
            reading = self._reader.read(step.path, blob.data)
        kept[name] = reading
        while len(kept) > READINGS_KEPT:
            del kept[next(iter(kept))]
        return reading

    def _link(self, path: str, blob: Blob) -> Reading:
        target = (blob.data or b"")[:1000].decode(errors="backslashreplace")
        if self._is_surely_configuration(path) or self._is_surely_configuration(target):
            return Reading((), f"a symbolic link to {target}, which is not followed")
        return NOTHING

    def _is_surely_configuration(self, path: str) -> bool:
        # A name without an extension may be anything, and a link has no content
        # that could tell.
        return "." in path.rpartition("/")[2] and self._is_configuration(path)


def _is_merely_merged(step: FileStep, read: Mapping[str, Blob]) -> bool:
    """Whether a merge did to a file just what its one inner author did to it, line for line.

    Then none of it is the merger's, and the versions between need no parsing;
    in most merges of two changed sides it is so.
    """
    texts = [
        read[name].data if name is not None else b""
        for name in (step.before, step.blob, step.inner[0].before, step.inner[-1].after)
    ]
    merged_from, merged, written_from, written = (
        Counter(text.split(b"\n")) if text is not None else None for text in texts
    )
    if merged_from is None or merged is None or written_from is None or written is None:
        return False
    return merged - merged_from == written - written_from and (
        merged_from - merged == written_from - written
    )
