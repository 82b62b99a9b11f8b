"""What kustomize would build, as layers of facts, without running it.

A kustomization is followed through its local resources, bases and components.
Each object it gathers becomes a stack of layers: its own manifest, then the
patches and fields of every kustomization on the way, innermost first. What
cannot be applied exactly from facts alone (a remote base, a Helm chart, an
operation that counts the elements of a list with names) is named in `unapplied`
instead of being guessed.

Which patches reach which objects follows the kustomizations as they are now, and
each begins when it was listed; their values, and those of the objects, have
their whole life. Hashes at the end
of generated names are left out: they change with the content, which is told.
"""

import posixpath
from collections.abc import Iterable

import msgspec

from driftline.inventory.kustomizations.built import Built
from driftline.inventory.kustomizations.generators import generate
from driftline.inventory.kustomizations.kustomization import (
    Tree,
    act_at,
    is_remote,
    listed_since,
    resolve,
)
from driftline.inventory.kustomizations.transformation import Transformation
from driftline.inventory.layers.material import Material, texts_below
from driftline.model.document import DocumentKind

__all__ = [
    "KUSTOMIZATION_NAMES",
    "Build",
    "Built",
    "Tree",
    "build",
    "is_remote",
    "resolve",
    "targets",
]

KUSTOMIZATION_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_RESOURCE_LISTS = ("/resources", "/bases", "/components")
# Fields that only kustomize itself, or a tool that it starts, can carry out.
_BEYOND = {
    "/helmCharts": "are rendered by Helm",
    "/helmChartInflationGenerator": "is rendered by Helm",
    "/generators": "run other programs",
    "/transformers": "run other programs",
    "/replacements": "copy values between objects",
    "/vars": "copy values between objects",
    "/crds": "change how patches merge",
    "/openapi": "changes how patches merge",
    "/configurations": "change what the other fields reach",
}


class Build(msgspec.Struct, frozen=True):
    """The objects of one overlay, and what was not applied, each with its reason."""

    objects: tuple[Built, ...]
    unapplied: tuple[str, ...]
    files: frozenset[str]


def targets(kustomization: Material) -> tuple[str, ...]:
    """What a kustomization gathers, as written, in order."""
    facts = kustomization.now
    return tuple(text for name in _RESOURCE_LISTS for text in texts_below(facts, name).values())


def build(tree: Tree, kustomization: Material) -> Build:
    """The objects that a kustomization gathers, with what it does to them."""
    builder = _Builder(tree)
    objects = builder.gather(kustomization, ())
    return Build(tuple(objects), tuple(dict.fromkeys(builder.unapplied)), frozenset(builder.files))


class _Builder:
    """One walk from an overlay through everything it refers to."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.unapplied: list[str] = []
        self.files: set[str] = set()

    def gather(self, kustomization: Material, path: tuple[str, ...]) -> list[Built]:
        """The objects of a kustomization as it leaves them."""
        gathered: list[Built] = []
        if self._enter(kustomization, path):
            inner = (*path, posixpath.dirname(kustomization.file))
            self._take_in(kustomization, gathered, inner)
        return gathered

    def _enter(self, kustomization: Material, path: tuple[str, ...]) -> bool:
        if posixpath.dirname(kustomization.file) in path:
            self._refuse(kustomization, "refers to itself")
            return False
        self.files.add(kustomization.file)
        return True

    def _take_in(
        self, kustomization: Material, gathered: list[Built], path: tuple[str, ...]
    ) -> None:
        """Add a kustomization's objects to those gathered, and apply it to all of them."""
        components = []
        for place, since in self._local(kustomization):
            inner = self.tree.kustomizations.get(place)
            known = len(gathered)
            if inner is None:
                gathered += self._manifests(kustomization, place)
            elif inner.now.get("/kind") == '"Component"':
                components.append((inner, since))
            else:
                gathered += self.gather(inner, path)
            _since(gathered[known:], since)
        # A component works on everything that is gathered where it is used.
        for component, since in components:
            if self._enter(component, path):
                before = {id(one): len(one.pieces) for one in gathered}
                inner_path = (*path, posixpath.dirname(component.file))
                self._take_in(component, gathered, inner_path)
                _since([one for one in gathered if id(one) not in before], since)
                if since > kustomization.born:
                    # What it does to the others began when it was listed, not
                    # when it was written.
                    act = act_at(kustomization, since)
                    for one in gathered:
                        one.hold_back(before.get(id(one), len(one.pieces)), since, act)
        for field, reason in _BEYOND.items():
            if any(one.startswith(field + "/") for one in kustomization.now):
                self._refuse(kustomization, f"{field[1:]} {reason}")
        generated = generate(kustomization, gathered)
        self.unapplied += generated.unapplied
        gathered += generated.objects
        Transformation(self.tree, kustomization, gathered, self._refuse, self.files).run()

    def _local(self, kustomization: Material) -> list[tuple[str, int]]:
        """The places in this tree that a kustomization gathers from, and since when."""
        folder = posixpath.dirname(kustomization.file)
        listed = listed_since(kustomization, _RESOURCE_LISTS)
        places = []
        for target in targets(kustomization):
            if is_remote(target):
                self._refuse(kustomization, f"{target} is fetched from elsewhere")
            else:
                since = listed.get(target, kustomization.born)
                places.append((resolve(folder, target), since))
        return places

    def _manifests(self, kustomization: Material, file: str) -> list[Built]:
        materials = [one for one in self.tree.by_file.get(file, ()) if one.is_alive]
        if not materials:
            self._refuse(kustomization, f"{file} was not found or cannot be read")
            return []
        self.files.add(file)
        return [Built(one) for one in materials if one.kind is DocumentKind.OBJECT]

    def _refuse(self, kustomization: Material, why: str) -> None:
        self.unapplied.append(f"{kustomization.file}: {why}")


def _since(objects: Iterable[Built], instant: int) -> None:
    """Note that objects are gathered by way of an entry that is no older than this."""
    for one in objects:
        one.since = max(one.since, instant)
