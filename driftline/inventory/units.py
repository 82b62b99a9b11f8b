"""What is compared: for each environment and role, the stack of layers that makes it.

A unit is one configuration file with the shared files below it, or one
Kubernetes object as its overlay builds it. Units of two environments with the
same role are siblings; nothing else is ever matched.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.inventory import kustomize
from driftline.inventory.layout.aliases import ALIASES, canonical
from driftline.inventory.material import Material
from driftline.inventory.merging import Layer, LayerStep, MergeMode
from driftline.inventory.roles import object_role, without_words
from driftline.inventory.unseen import hidden_prefixes
from driftline.model.document import DocumentKind
from driftline.model.placing import LayerKind, Layout, Placement


class Unit(msgspec.Struct, frozen=True):
    """One role in one environment: its layers, lowest first.

    `hidden` are address prefixes below which a layer that cannot be read may
    set values: what the visible layers leave out there is unknown, not absent.
    """

    environment: str
    role: str
    layers: tuple[Layer, ...]
    hidden: tuple[str, ...]
    born: int
    gone: int | None


class UnitSet(msgspec.Struct, frozen=True):
    """All units, by environment and role, and what could not be applied on the way."""

    units: Mapping[str, Mapping[str, Unit]]
    notes: tuple[str, ...]


class Place(msgspec.Struct, frozen=True):
    """The layout of one source with the documents in it."""

    name: str
    layout: Layout
    materials: tuple[Material, ...]


def gather(places: Sequence[Place], *, layer: str = "effective") -> UnitSet:
    """The units of every environment of all sources together.

    `layer` is `effective`, or `own` for the environments' own files alone. Two
    sources that hold one role of one environment keep apart by their names.
    """
    units: dict[str, dict[str, Unit]] = defaultdict(dict)
    notes: list[str] = []
    for place in places:
        gatherer = _Gatherer(place, own=layer == "own")
        gatherer.run()
        notes += gatherer.notes
        for unit in gatherer.found:
            roles = units[unit.environment]
            if unit.role in roles:
                unit = msgspec.structs.replace(unit, role=f"{place.name}:{unit.role}")  # noqa: PLW2901 - the qualified one replaces it
            roles[unit.role] = unit
    return UnitSet(dict(units), tuple(dict.fromkeys(notes)))


class _Gatherer:
    def __init__(self, place: Place, *, own: bool) -> None:
        self.own = own
        self.found: list[Unit] = []
        self.notes: list[str] = []
        self.tree = kustomize.Tree(place.materials)
        self.places: dict[str, Placement] = {one.path: one for one in place.layout.placements}
        self.words = environment_words((place.layout,))
        self.by_environment: dict[str, list[Material]] = defaultdict(list)
        self.shared: dict[str, list[Material]] = defaultdict(list)
        for material in place.materials:
            placement = self.places.get(material.file)
            if placement is None or placement.layer is None:
                continue
            for environment in placement.environments:
                self.by_environment[environment].append(material)
            if not placement.environments:
                self.shared[placement.role].append(material)
        self.part_roles = self._roles_with_parts()

    def run(self) -> None:
        for environment, materials in sorted(self.by_environment.items()):
            taken = set() if self.own else self._objects_of_overlays(environment, materials)
            self._plain_objects(environment, [one for one in materials if one.file not in taken])
            self._plain_files(environment, [one for one in materials if one.file not in taken])

    def _objects_of_overlays(self, environment: str, materials: Sequence[Material]) -> set[str]:
        """Build every outermost kustomization of the environment; return the files it used."""
        kustomizations = [
            one for one in materials if one.kind is DocumentKind.KUSTOMIZATION and one.is_alive
        ]
        nested = {
            kustomize.resolve(posixpath.dirname(one.file), target)
            for one in kustomizations
            for target in kustomize.targets(one)
        }
        used: set[str] = set()
        stacks: dict[str, list[tuple[kustomize.Built, str]]] = defaultdict(list)
        for kustomization in kustomizations:
            if posixpath.dirname(kustomization.file) in nested:
                continue
            built = kustomize.build(self.tree, kustomization)
            self.notes += built.unapplied
            if not built.objects:
                continue
            used |= built.files
            for one in built.objects:
                stacks[object_role(one.material.key, self.words)].append((one, kustomization.file))
        for role, builds in stacks.items():
            self._object_unit(environment, role, builds)
        # Overlays whose resources are all elsewhere keep their own facts: the
        # remote reference and the overridden images are all that can be seen.
        return used

    def _object_unit(
        self, environment: str, role: str, builds: Sequence[tuple[kustomize.Built, str]]
    ) -> None:
        for number, (built, overlay) in enumerate(builds):
            layers = [
                self._layer(piece.material, piece.mode, environment, piece.steps)
                for piece in built.pieces
            ]
            folder = posixpath.basename(posixpath.dirname(overlay))
            name = role if number == 0 else f"{role}#{folder or number + 1}"
            hidden = hidden_prefixes(built.material, (), self.tree)
            self._add(environment, name, layers, hidden, [built.material])

    def _plain_objects(self, environment: str, materials: Sequence[Material]) -> None:
        by_role: dict[str, list[Material]] = defaultdict(list)
        for material in materials:
            if material.kind is DocumentKind.OBJECT:
                by_role[object_role(material.key, self.words)].append(material)
        for role, twins in by_role.items():
            together = self._apart(role, twins)
            for name, group in together.items():
                ordered = sorted(
                    group, key=lambda one: (self.places[one.file].precedence, one.born)
                )
                layers = [self._layer(one, MergeMode.HELM, environment) for one in ordered]
                self._add(
                    environment, name, layers, hidden_prefixes(ordered[-1], (), self.tree), ordered
                )

    def _apart(self, role: str, twins: Sequence[Material]) -> dict[str, list[Material]]:
        """Objects of one role told apart by namespace, where several live at once."""
        alive = [one for one in twins if one.is_alive]
        if len(alive) < 2:
            return {role: list(twins)}
        names: dict[str, list[Material]] = defaultdict(list)
        kind, _, name = role.partition("/")
        for one in twins:
            parts = one.key.split("/")
            middle = without_words(parts[1], self.words) if len(parts) == 3 else ""
            names[f"{kind}/{middle}/{name}" if middle else role].append(one)
        return names

    def _plain_files(self, environment: str, materials: Sequence[Material]) -> None:
        by_role: dict[str, list[Material]] = defaultdict(list)
        for material in materials:
            if material.kind is not DocumentKind.OBJECT:
                by_role[self._plain_role(material)].append(material)
        for role, twins in by_role.items():
            ordered = sorted(twins, key=lambda one: (self.places[one.file].precedence, one.born))
            below = [] if self.own else self._below(role, ordered)
            layers = [self._layer(one, MergeMode.HELM, environment) for one in below]
            if not self.own and ordered[-1].kind is DocumentKind.TFVARS:
                layers = [*self._variable_defaults(ordered[-1]), *layers]
            layers += [self._layer(one, MergeMode.HELM, environment) for one in ordered]
            hidden = () if self.own else hidden_prefixes(ordered[-1], below, self.tree)
            self._add(environment, role, layers, hidden, ordered)

    def _roles_with_parts(self) -> frozenset[str]:
        """Roles that several files of one environment make up at the same time."""
        found = set()
        for materials in self.by_environment.values():
            parts: dict[str, set[str]] = defaultdict(set)
            for one in materials:
                placement = self.places[one.file]
                if (
                    one.kind is not DocumentKind.OBJECT
                    and one.is_alive
                    and placement.layer is LayerKind.ENVIRONMENT
                ):
                    parts[placement.role].add(self._part(one))
            found |= {role for role, names in parts.items() if len(names) > 1}
        return frozenset(found)

    def _part(self, material: Material) -> str:
        stem = posixpath.basename(material.file)
        if "." in stem.strip("."):
            stem = stem.rsplit(".", 1)[0] or stem
        bare = without_words(stem.strip("."), self.words)
        return "" if bare.lower() in self.words else bare

    def _plain_role(self, material: Material) -> str:
        role = self.places[material.file].role
        name = role
        if role in self.part_roles:
            part = self._part(material)
            if part not in ("", role):
                name = f"{role}/{part}"
        return name + (material.key if material.key.startswith("#") else "")

    def _below(self, role: str, own: Sequence[Material]) -> list[Material]:
        placed = self.places[own[-1].file].role
        candidates = [
            one
            for one in self.shared.get(placed, ())
            if one.kind is own[-1].kind or one.kind is DocumentKind.PLAIN
        ]
        candidates = [one for one in candidates if one.kind is not DocumentKind.CHART]
        if placed in self.part_roles:
            same = [one for one in candidates if self._plain_role(one) == role]
            candidates = same or (candidates if role == placed else [])
        return sorted(candidates, key=lambda one: (self.places[one.file].precedence, one.born))

    def _variable_defaults(self, tfvars: Material) -> list[Layer]:
        """The defaults of the Terraform variables that a tfvars file fills; nearest first."""
        folder = posixpath.dirname(tfvars.file)
        while True:
            layers = []
            for file, materials in self.tree.by_file.items():
                if posixpath.dirname(file) != folder or not file.endswith(".tf"):
                    continue
                for one in materials:
                    steps = tuple(_default_steps(one))
                    if steps:
                        layers.append(Layer("default", one.file, MergeMode.HELM, True, steps))
            if layers or not folder:
                return layers
            folder = posixpath.dirname(folder)

    def _layer(
        self,
        material: Material,
        mode: MergeMode,
        environment: str,
        steps: tuple[LayerStep, ...] | None = None,
    ) -> Layer:
        placement = self.places.get(material.file)
        kind = (
            placement.layer
            if placement is not None and placement.layer is not None
            else LayerKind.BASE
        )
        is_shared = (
            placement is None
            or environment not in placement.environments
            or len(placement.environments) > 1
        )
        return Layer(
            kind.value, material.file, mode, is_shared, material.steps if steps is None else steps
        )

    def _add(
        self,
        environment: str,
        role: str,
        layers: Sequence[Layer],
        hidden: Iterable[str],
        own: Sequence[Material],
    ) -> None:
        gone = None if any(one.is_alive for one in own) else max(one.gone or 0 for one in own)
        born = min(one.born for one in own)
        self.found.append(Unit(environment, role, tuple(layers), tuple(hidden), born, gone))


def _default_steps(material: Material) -> Iterable[LayerStep]:
    for step in material.steps:
        tokens = step.address.split("/")
        if len(tokens) > 3 and tokens[1] == "variable" and tokens[3] == "default":
            yield msgspec.structs.replace(step, address="/" + "/".join([tokens[2], *tokens[4:]]))


def environment_words(layouts: Iterable[Layout]) -> frozenset[str]:
    """Every lower-case word by which the layouts know their environments, aliases included."""
    words = set()
    for layout in layouts:
        for environment in layout.environments:
            for _, value in environment.dimensions or (("", environment.name),):
                words |= {value.lower(), *ALIASES.get(canonical(value), ())}
    return frozenset(words)
