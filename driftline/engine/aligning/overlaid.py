"""What would be known if some files held something else: looks that nobody took yet.

A draft is a look on top of the last one, of files as they would be. Its files
are read by the reader that reads every commit, and its changes go the way that
every change goes, so that whatever asks about the result gets the answer that a
commit of these files would bring. Nothing is stored.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from driftline.engine.knowing.fleet import SourceHistory, materials
from driftline.engine.knowing.known import Known
from driftline.engine.settings import Settings
from driftline.history.protocol import Gap, Store
from driftline.inventory.canonical import difference
from driftline.inventory.layers.continuing import joined
from driftline.inventory.layers.material import Material
from driftline.inventory.layers.merging import LayerStep
from driftline.inventory.layout.cards import card
from driftline.inventory.succession import Begun, Ended, Successor, successors
from driftline.inventory.units import Place, environment_words, gather
from driftline.model.chronicle import act_of
from driftline.model.document import Document, DocumentKind, Reading
from driftline.model.look import GapChange, Look, Person, ResourceChange
from driftline.model.placing import FileCard, Layout
from driftline.sources.formats.contract import FormatReader

# Above every position that a store gives, so that nobody's contributions are
# found there.
POSITION_MIN = 1 << 40
NOBODY = Person("", "")


class Draft(msgspec.Struct, frozen=True):
    """A look that nobody took: files of a source as they would be (None: not there).

    `at` is the second it speaks of, never before the last look; `ref` names it
    as a commit's hash would.
    """

    source: int
    files: Mapping[str, bytes | None]
    at: int = 0
    ref: str = ""
    by: Person = NOBODY
    subject: str = ""


def overlaid(
    store: Store,
    known: Known,
    settings: Settings,
    drafts: Sequence[Draft],
    reader: FormatReader,
    *,
    layer: str = "effective",
) -> Known:
    """What would be known after these drafts, one after the other on top of what is known.

    `known` holds all environments (`know` without `only`). The layout is
    inferred anew only where a draft changes what the rules look at; a document
    that a draft moves keeps its life.
    """
    for number, draft in enumerate(drafts):
        known = _with_look(known, draft, number)
    read = [_Drafted(one, place, drafts, reader) for one, place in _pairs(known)]
    known = msgspec.structs.replace(known, histories=tuple(one.history for one in read))
    layouts = known.layouts
    if any(one.concerns_layout for one in read):
        layouts = _layouts(store, known, settings, read)
    places = tuple(
        Place(one.place.name, layout, one.joined(layout))
        for one, layout in zip(read, layouts, strict=True)
    )
    return msgspec.structs.replace(
        known,
        places=places,
        layouts=layouts,
        units=gather(places, layer=layer),
        words=environment_words(layouts),
    )


def _pairs(known: Known) -> list[tuple[SourceHistory, Place]]:
    return list(zip(known.histories, known.places, strict=True))


def _layouts(
    store: Store, known: Known, settings: Settings, read: Sequence["_Drafted"]
) -> tuple[Layout, ...]:
    """The layouts that the rules infer from the drafted documents and all others."""
    from driftline.engine.knowing.inferring import inferred

    documents = {
        one.history.source.id: applied(materials(store, one.history), one.changes) for one in read
    }
    layouts = inferred(known.histories, documents, settings.layout)
    return tuple(layouts[one.history.source.id] for one in read)


def _with_look(known: Known, draft: Draft, number: int) -> Known:
    """The known with one more look at the end of the order."""
    instant = len(known.looks)
    at = max([draft.at, *(look.at for look in known.looks[-1:])])
    look = Look(POSITION_MIN + number, at, draft.ref, draft.by, None, draft.subject)
    histories = tuple(
        msgspec.structs.replace(
            one,
            looks=(*one.looks, look),
            instants={**one.instants, look.position: instant},
        )
        if one.source.id == draft.source
        else one
        for one in known.histories
    )
    return msgspec.structs.replace(
        known,
        histories=histories,
        looks=(*known.looks, look),
        sources=(*known.sources, draft.source),
    )


class Change(msgspec.Struct, frozen=True):
    """What one draft does to one document, at an instant."""

    instant: int
    resource: ResourceChange


class _Drafted:
    """One source with its drafts read."""

    def __init__(
        self, history: SourceHistory, place: Place, drafts: Sequence[Draft], reader: FormatReader
    ) -> None:
        self.history = history
        self.place = place
        self.changes: list[Change] = []
        self._reader = reader
        self._materials = place.materials
        gaps = {one.file: one for one in history.gaps if one.to_position is None}
        touched: set[str] = set()
        for number, draft in enumerate(drafts):
            if draft.source == history.source.id:
                touched |= draft.files.keys()
                self._read(draft, POSITION_MIN + number, gaps)
        self.concerns_layout = _cards(place.materials, touched) != _cards(self._materials, touched)
        self.concerns_layout |= gaps != {
            one.file: one for one in history.gaps if one.to_position is None
        }

    def _read(self, draft: Draft, position: int, gaps: dict[str, Gap]) -> None:
        instant = self.history.instants[position]
        found: list[Change] = []
        for file, data in draft.files.items():
            before = _reading(self._materials, file, gaps.get(file))
            after = None if data is None else self._reader.read(file, data)
            found += [Change(instant, one) for one in difference(before, after, file)]
            reason = after.gap if after else None
            if reason != before.gap:
                self._note_gap(GapChange(file, reason), position, gaps)
        self._materials = applied(self._materials, found)
        self.changes += found

    def _note_gap(self, change: GapChange, position: int, gaps: dict[str, Gap]) -> None:
        """Close the gap that was open, and open the one that begins."""
        past = list(self.history.gaps)
        was = gaps.pop(change.file, None)
        if was is not None:
            past[past.index(was)] = msgspec.structs.replace(was, to_position=position)
        if change.reason is not None:
            gap = Gap(self.history.source.id, change.file, position, None, change.reason)
            gaps[change.file] = gap
            past.append(gap)
        self.history = msgspec.structs.replace(self.history, gaps=tuple(past))

    def joined(self, layout: Layout) -> tuple[Material, ...]:
        """The documents after the drafts; what a draft moved goes on under its new name."""
        return joined(self._materials, _moved(self._materials, self.changes), layout)


def _cards(documents: Sequence[Material], files: set[str]) -> dict[str, FileCard]:
    """What the layout rules see of some files."""
    by_file: dict[str, list[Material]] = defaultdict(list)
    for one in documents:
        if one.file in files and one.is_alive:
            by_file[one.file].append(one)
    return {
        file: card(file, sorted((one.kind, one.key, one.now) for one in read))
        for file, read in by_file.items()
    }


def _reading(documents: Sequence[Material], file: str, gap: Gap | None) -> Reading:
    """The last version of a file as it was read."""
    there = tuple(
        Document(one.key, one.kind, (one.now,))
        for one in documents
        if one.file == file and one.is_alive
    )
    return Reading(there, gap.reason if gap else None)


def applied(documents: Sequence[Material], changes: Sequence[Change]) -> tuple[Material, ...]:
    """The documents after these changes; one that comes back continues its own life."""
    found = list(documents)
    numbers = {(one.file, one.key): number for number, one in enumerate(found)}
    source = documents[0].source if documents else 0
    for change in changes:
        one = change.resource
        number = numbers.get((one.file, one.key))
        if number is None:
            numbers[one.file, one.key] = number = len(found)
            found.append(_begun(source, change, unused=-1 - number))
        before = found[number]
        found[number] = _gone(before, change) if one.vanished else _stepped(before, change)
    return tuple(found)


def _begun(source: int, change: Change, *, unused: int) -> Material:
    one = change.resource
    kind = DocumentKind(one.kind)
    return Material(source, unused, one.file, one.key, kind, (), change.instant, None)


def _stepped(before: Material, change: Change) -> Material:
    act = act_of(change.instant, change.resource.act)
    steps = tuple(
        LayerStep(change.instant, fact.address, fact.after, act) for fact in change.resource.facts
    )
    return msgspec.structs.replace(
        before, steps=before.steps + steps, kind=DocumentKind(change.resource.kind), gone=None
    )


def _gone(before: Material, change: Change) -> Material:
    act = act_of(change.instant, change.resource.act)
    ends = tuple(LayerStep(change.instant, address, None, act) for address in before.now)
    return msgspec.structs.replace(before, steps=before.steps + ends, gone=change.instant)


def _moved(documents: Sequence[Material], changes: Sequence[Change]) -> tuple[Successor, ...]:
    """Documents that ended and began in the same drafts and are one."""
    by_name = {(one.file, one.key): one for one in documents}
    ended, begun = [], []
    for change in changes:
        one = by_name[change.resource.file, change.resource.key]
        names = (one.resource, one.file, one.key, str(one.kind), change.instant)
        if change.resource.vanished:
            ended.append(Ended(*names, _before(one, change.instant)))
        elif change.resource.appeared:
            facts = {one.address: one.after for one in change.resource.facts if one.after}
            begun.append(Begun(*names, facts))
    return successors(ended, begun)


def _before(one: Material, instant: int) -> dict[str, str]:
    """The facts of a document just before an instant."""
    facts: dict[str, str] = {}
    for step in one.steps:
        if step.instant >= instant:
            break
        if step.value is None:
            facts.pop(step.address, None)
        else:
            facts[step.address] = step.value
    return facts
