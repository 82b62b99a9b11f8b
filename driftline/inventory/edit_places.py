"""Where a value of an environment would be written: its own documents, most fitting first.

A fact of an object may be set by a manifest, a patch, or a field of a
kustomization; one of a plain file by the file alone. Each way to set it is a
few facts of one document. Whether a way does just what is meant, nobody knows
here: who uses one has to look at what comes of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from driftline.inventory.compare import View
from driftline.inventory.kustomizations import kustomize_edits
from driftline.inventory.kustomizations.kustomize_edits import Facts
from driftline.inventory.layers.material import Material, text_of
from driftline.inventory.units import Place
from driftline.model.document import DocumentKind


class Way(msgspec.Struct, frozen=True):
    """Facts of one document to be set (None: taken away), in this order."""

    source: int
    file: str
    key: str
    facts: tuple[tuple[str, str | None], ...]

    @property
    def is_removal(self) -> bool:
        """Whether it only takes away."""
        return all(value is None for _, value in self.facts)


class OwnFile(msgspec.Struct, frozen=True):
    """A file that serves one environment alone, with the documents in it now."""

    source: int
    file: str
    documents: tuple[Material, ...]


def facts_of(view: View) -> dict[str, str]:
    """The facts of a unit in force, as values."""
    return {address: point.value for address, point in view.facts.items() if point.value}


def own_files(view: View, places: Sequence[Place]) -> tuple[OwnFile, ...]:
    """The files that a unit's environment has for itself, the one that wins first.

    An overlay that builds the unit counts even where it sets nothing in it yet.
    """
    unit, builds = view.unit, is_object(facts_of(view))
    names = [layer.file for layer in reversed(unit.layers) if not layer.is_shared]
    found: list[OwnFile] = []
    for place in places:
        own = {
            one.path
            for one in place.layout.placements
            if one.environments == (unit.environment,) and one.layer is not None
        }
        by_file: dict[str, list[Material]] = {}
        for one in place.materials:
            if one.is_alive and one.file in own:
                by_file.setdefault(one.file, []).append(one)
        overlays = [
            file
            for file, documents in by_file.items()
            if builds and any(one.kind is DocumentKind.KUSTOMIZATION for one in documents)
        ]
        found += [
            OwnFile(by_file[name][0].source, name, tuple(by_file[name]))
            for name in dict.fromkeys((*names, *overlays))
            if name in by_file
        ]
    return tuple(found)


def is_object(facts: Facts) -> bool:
    """Whether these are the facts of a Kubernetes object."""
    return "/apiVersion" in facts and "/kind" in facts


def ways(view: View, files: Iterable[OwnFile], address: str, value: str | None) -> Iterator[Way]:
    """Every way to give a fact of a unit a value, or to take it away, best first."""
    sets: list[Way] = []
    adds: list[Way] = []
    facts = facts_of(view)
    for file in files:
        for document in file.documents:
            for way, is_there in _in_document(facts, document, address, value):
                found = Way(file.source, file.file, document.key, way)
                (sets if is_there else adds).append(found)
    yield from sets
    if value is not None:
        yield from adds


_Found = tuple[tuple[tuple[str, str | None], ...], bool]


def _in_document(
    facts: Mapping[str, str], document: Material, address: str, value: str | None
) -> Iterator[_Found]:
    """The ways in one document; each with whether the document has a say there already."""
    now = document.now
    if document.kind is DocumentKind.KUSTOMIZATION and is_object(facts) and address not in now:
        yield from kustomize_edits.ways(facts, now, address, value)
        return
    if document.kind is DocumentKind.OBJECT and not _is_same_object(facts, now):
        return
    place = kustomize_edits.operation_place(now, "", address) if is_object(facts) else None
    if place is not None:
        yield ((place, value),), True
        return
    if document.kind is not DocumentKind.OBJECT and is_object(facts):
        return
    is_there = address in now or any(one.startswith(address + "/") for one in now)
    yield ((address, value),), is_there


def _is_same_object(facts: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether a document speaks of the object, whose name a prefix or suffix may extend."""
    if facts.get("/kind") != now.get("/kind"):
        return False
    name = text_of(now.get("/metadata/name"))
    return name in text_of(facts.get("/metadata/name"))
