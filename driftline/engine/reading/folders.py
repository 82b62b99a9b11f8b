"""A folder without git in the store: each reading is one look at what is there then.

A folder has no past but the one that we see: the first look lists everything,
and each later one what changed in between, with nobody named for it.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from driftline.engine.reading.file_histories import Known
from driftline.engine.reading.last_known import known_paths, last_known
from driftline.engine.reading.observe import Observation
from driftline.engine.reading.uncollected import uncollected
from driftline.engine.remembering import remember
from driftline.errors import UsageError
from driftline.history.protocol import Source, Store
from driftline.inventory.canonical import NOTHING, difference
from driftline.inventory.canonical import known as known_after
from driftline.model.document import Reading
from driftline.model.look import (
    Contribution,
    GapChange,
    Look,
    LookChanges,
    Person,
    ResourceChange,
)
from driftline.model.progress import Progress, Unwatched
from driftline.sources.folder import collect
from driftline.sources.formats.catalogue import Format, classify
from driftline.sources.formats.contract import FormatReader

KIND = "folder"
_NOBODY = Person("", "")
_DIGEST_BYTES = 12
_NO_PAST = (
    "no git repository, so it is read as it is now and has no past; "
    "each later reading is one more look"
)


class FolderObservation(msgspec.Struct, frozen=True):
    """What reading a folder brought, and how many of its files are no configuration."""

    observation: Observation
    not_configuration: int


def observe_folder(
    store: Store,
    path: Path,
    reader_factory: Callable[[], FormatReader],
    *,
    known_at: int,
    progress: Progress | None = None,
) -> FolderObservation:
    """Read a folder, or one file, as one look at this second.

    Files whose bytes are those of the last look are not parsed again. Raises
    UsageError when there is nothing at the path, or nothing that we read, and
    SourceError when the folder cannot be listed; what was stored is safe.
    """
    found = collect.listing(path, _is_wanted)
    before = [one for one in store.sources() if (one.kind, one.locator) == (KIND, found.root)]
    round_ = _Round(store, before[0] if before else None, reader_factory, progress or Unwatched())
    with uncollected():
        resources, gaps = round_.compare(found.files)
    if not before and not resources and not gaps:
        raise UsageError(
            f"{path}: no git repository, and nothing in it is configuration; "
            "name a repository, or a folder that holds some"
        )
    source = store.register(KIND, found.root)
    tip = store.tip(source.id)
    position = store.next_position(source.id)
    # The clock here may run behind the one of the last look.
    at = max(known_at, tip.at if tip else known_at)
    ref = _ref(round_.digests, at)
    subject = "what was there" if tip is None else "what had changed since the look before"
    look = Look(position, at, ref, _NOBODY, None, subject)
    acts = (Contribution("", _NOBODY, subject),) if resources else ()
    changes = LookChanges(look, acts, tuple(resources), tuple(gaps))
    store.append(source.id, [changes], known_at=known_at)
    remember(store, _name(source), ref, msgspec.json.encode(round_.digests))
    observation = Observation(
        source=source.id,
        locator=found.root,
        branch="",
        head_branch="",
        head=ref,
        commits=0,
        looks=len(store.looks(source.id)),
        looks_added=1,
        facts=sum(len(one.facts) for one in resources),
        gaps=sum(one.reason is not None for one in gaps),
        epochs=0,
        processes=1,
        is_shallow=False,
        notes=(f"{found.root}: {_NO_PAST}",) if tip is None else (),
    )
    return FolderObservation(observation, found.not_wanted)


class _Round:
    """One reading of the files of a folder beside what was last known of them."""

    def __init__(
        self,
        store: Store,
        source: Source | None,
        reader_factory: Callable[[], FormatReader],
        progress: Progress,
    ) -> None:
        self.digests: dict[str, str] = {}
        self._store = store
        self._source = source
        self._reader_factory = reader_factory
        self._progress = progress
        self._known = known_paths(store, source.id) if source else frozenset[str]()
        tip = store.tip(source.id) if source else None
        kept = store.derived(_name(source), tip.ref) if source and tip else None
        self._before: dict[str, str] = (
            msgspec.json.decode(kept, type=dict[str, str]) if kept else {}
        )

    def compare(
        self, files: Sequence[collect.Found]
    ) -> tuple[list[ResourceChange], list[GapChange]]:
        """What changed in all files, and which gaps opened and closed."""
        readings = dict(self._readings(files))
        gone = self._known - self.digests.keys()
        unlisted = {one.path: one.reason for one in files if one.is_folder}
        wanted = readings.keys() | gone
        before = last_known(self._store, self._source.id, wanted) if self._source else {}
        nothing = Known(NOTHING, None)
        resources: list[ResourceChange] = []
        gaps: list[GapChange] = []
        for path in sorted(wanted):
            former = before.get(path, nothing)
            reading = readings.get(path) or _unseen(path, unlisted)
            resources += difference(former.reading, reading, path)
            gap = reading.gap if reading else None
            if gap != former.gap:
                gaps.append(GapChange(path, gap))
        return resources, gaps

    def _readings(self, files: Sequence[collect.Found]) -> Iterator[tuple[str, Reading]]:
        """The files that are not what they were at the last look, as they read now."""
        reader = self._reader_factory()
        for number, one in enumerate(files, 1):
            read = collect.content(one)
            if number % 50 == 0:
                self._progress.step("reading files", number, len(files))
            if read.data is None and self._may_be_anything(one.path):
                continue
            digest = _digest(read)
            self.digests[one.path] = digest
            if self._before.get(one.path) == digest:
                continue
            if read.data is None:
                yield one.path, Reading((), read.reason)
            else:
                yield one.path, reader.read(one.path, read.data)

    def _may_be_anything(self, path: str) -> bool:
        """Whether nothing, neither its name nor its past, says that a file is configuration."""
        return classify(path) is Format.UNKNOWN and path not in self._known


def _unseen(path: str, unlisted: dict[str, str]) -> Reading | None:
    """What is known of a file that is not listed: it is gone, unless its folder was closed."""
    for folder, reason in unlisted.items():
        if path.startswith(folder):
            return known_after(NOTHING, Reading((), reason))
    return None


def _digest(read: collect.Content) -> str:
    if read.data is None:
        return f"gap: {read.reason}"
    return hashlib.blake2b(read.data, digest_size=_DIGEST_BYTES).hexdigest()


def _ref(digests: dict[str, str], at: int) -> str:
    """A short name for the look, another one for another second or other files."""
    told = msgspec.json.encode((at, sorted(digests.items())))
    return hashlib.blake2b(told, digest_size=8).hexdigest()


def _name(source: Source) -> str:
    return f"folder/{source.id}"


def _is_wanted(path: str) -> bool:
    return classify(path) is not None
