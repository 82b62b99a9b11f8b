"""Edits tried out: what would become of every environment if a file said something else.

A trial keeps the texts that were changed so far. Each further edit is read back
and merged as a commit of it would be, and it is kept only if the facts that
were meant changed and no other fact of any environment did.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from driftline.engine.aligning.overlaid import POSITION_MIN, Draft, overlaid
from driftline.engine.knowing.fleet import SourceHistory
from driftline.engine.knowing.known import Known
from driftline.engine.reading.folders import KIND as FOLDER
from driftline.engine.settings import Settings
from driftline.history.protocol import Store
from driftline.inventory.compare import View, view
from driftline.inventory.edit_places import Way, facts_of
from driftline.model import address as addresses
from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.editing import edited
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git import collect
from driftline.sources.git.blobs.collect import blobs
from driftline.sources.git.log import SUBMODULE_MODE, SYMLINK_MODE

_NOTHING_TOLD = ("{}", "[]", "null", None)


class Meant(msgspec.Struct, frozen=True):
    """The facts that are meant to change, and what they shall be; `like` are the source's facts."""

    environment: str
    role: str
    wanted: Mapping[str, str | None]
    like: Mapping[str, str]


class Attempted(msgspec.Struct, frozen=True):
    """How far a trial has come; an earlier one can be gone back to."""

    known: Known
    texts: Mapping[tuple[int, str], bytes]


class Trial:
    """The files of the last look with the edits so far, and what would then be known."""

    def __init__(
        self, store: Store, known: Known, settings: Settings, reader: FormatReader
    ) -> None:
        self.state = self.beginning = Attempted(known, {})
        self.originals: dict[tuple[int, str], bytes] = {}
        self._store = store
        self._settings = settings
        self._reader = reader
        self._listings: dict[int, tuple[collect.Repository, dict[str, tuple[str, str]]]] = {}

    def attempt(self, way: Way, meant: Meant) -> None:
        """Keep a way if it does just what is meant; raises Inexact with the reason if not."""
        place = (way.source, way.file)
        before = self._text(*place)
        edits = [Edit(way.key, address, value) for address, value in way.facts]
        after = edited(way.file, before, edits)
        texts = {**self.texts, place: after}
        known = self._with(texts)
        self._check(known, meant, way.file)
        self.state = Attempted(known, texts)

    @property
    def known(self) -> Known:
        """What would be known after the edits so far."""
        return self.state.known

    @property
    def texts(self) -> Mapping[tuple[int, str], bytes]:
        """The files that the edits so far have changed, by source and path."""
        return self.state.texts

    def _with(self, texts: Mapping[tuple[int, str], bytes]) -> Known:
        sources = dict.fromkeys(source for source, _ in texts)
        drafts = [
            Draft(source, {file: data for (one, file), data in texts.items() if one == source})
            for source in sources
        ]
        return overlaid(self._store, self.beginning.known, self._settings, drafts, self._reader)

    def _text(self, source: int, file: str) -> bytes:
        """A file as it stands after the edits so far."""
        kept = self.texts.get((source, file))
        if kept is not None:
            return kept
        history = next(one for one in self.beginning.known.histories if one.source.id == source)
        if history.source.kind == FOLDER:
            data = _on_disk(Path(history.source.locator), file)
        elif history.source.kind == "git":
            data = self._committed(history, file)
        else:
            raise Inexact("it was read from no repository and no folder")
        self.originals[source, file] = data
        return data

    def _committed(self, history: SourceHistory, file: str) -> bytes:
        """A file as the last look has it."""
        if history.source.id not in self._listings:
            repository = collect.open_repository(Path(history.source.locator))
            files = collect.files(repository, history.looks[-1].ref)
            listing = {path: (mode, name) for path, mode, name in files}
            self._listings[history.source.id] = repository, listing
        repository, listing = self._listings[history.source.id]
        mode, name = listing.get(file, ("", ""))
        if mode in ("", SYMLINK_MODE, SUBMODULE_MODE):
            raise Inexact(f"{file} is no file of its own")
        blob = next(iter(blobs(repository, [name])))
        if blob.data is None:
            raise Inexact(f"{file}: {blob.reason}")
        return blob.data

    def notes(self, history: SourceHistory) -> tuple[str, ...]:
        """What has to be known before the patch for a source is applied."""
        kept = self._listings.get(history.source.id)
        last = next((one for one in reversed(history.looks) if one.position < POSITION_MIN), None)
        if kept is None or last is None:
            return ()
        tip = collect.resolve(kept[0], history.source.branch)
        if tip == last.ref:
            return ()
        where, ref = history.source.locator, last.ref[:12]
        note = f"{where} has moved on since {ref} was read, which the patch is for"
        return (f"{note}; run `driftline observe` and ask again",)

    def _check(self, known: Known, meant: Meant, file: str) -> None:
        """Raise Inexact unless the meant fact alone would change."""
        gaps = {one.file for history in known.histories for one in history.gaps if not _ended(one)}
        if file in gaps:
            raise Inexact(f"{file} could then not be read any more")
        if _roles(known) != _roles(self.known):
            raise Inexact("other things would then be taken for environments or roles")
        reached = False
        for environment, units in known.units.units.items():
            for role, unit in units.items():
                before = self.known.units.units[environment][role]
                if unit.layers == before.layers:
                    continue
                changed = _changed(view(before), view(unit))
                if (environment, role) == (meant.environment, meant.role):
                    reached = all(changed.pop(one, "") == v for one, v in meant.wanted.items())
                    changed = {
                        one: v for one, v in changed.items() if not _comes_along(one, v, meant)
                    }
                if changed:
                    raise Inexact(_told(environment, role, changed, meant))
        if not reached:
            raise Inexact("the merged value would still be another one")


def _on_disk(root: Path, file: str) -> bytes:
    """A file of a folder that is no repository."""
    try:
        return (root / file if root.is_dir() else root).read_bytes()
    except OSError as error:
        raise Inexact(f"{file}: {error.strerror or error}") from None


def _ended(gap: object) -> bool:
    return getattr(gap, "to_position", None) is not None


def _roles(known: Known) -> dict[str, frozenset[str]]:
    return {name: frozenset(units) for name, units in known.units.units.items()}


def _changed(before: View | None, after: View | None) -> dict[str, str | None]:
    """The facts that differ, with the new value."""
    old, new = (facts_of(one) if one is not None else {} for one in (before, after))
    return {
        address: new.get(address)
        for address in old.keys() | new.keys()
        if old.get(address) != new.get(address)
    }


def _comes_along(address: str, value: str | None, meant: Meant) -> bool:
    """Whether a change is nothing but the form of the one that is meant.

    An empty container above it is filled or stands there again, and a new
    element of a list has the name that its address says.
    """
    if any(one.startswith(address + "/") for one in meant.wanted):
        return value in _NOTHING_TOLD and value in (None, meant.like.get(address))
    place, _, token = address.rpartition("/")
    named = addresses.element_name(place.rpartition("/")[2])
    is_name = named is not None and addresses.unescape(token) == named[0]
    is_above = any(one.startswith(place + "/") for one in meant.wanted)
    return is_name and is_above and value == meant.like.get(address)


def _told(environment: str, role: str, changed: Mapping[str, str | None], meant: Meant) -> str:
    first = min(changed)
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    whose = (
        ""
        if (environment, role) == (meant.environment, meant.role)
        else f" of {role} in {environment}"
    )
    return f"{first}{more}{whose} would change as well"
