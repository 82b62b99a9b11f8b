"""What is compared: for each environment and role, the stack of layers that makes it.

A unit is one configuration file with the shared files below it, or one
Kubernetes object as its overlay builds it. Units of two environments with the
same role are siblings; nothing else is ever matched.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.inventory.kustomizations import kustomize
from driftline.inventory.layers.lifetimes import within
from driftline.inventory.layers.material import Material, text_of
from driftline.inventory.layers.merging import Layer, LayerStep, MergeMode
from driftline.inventory.layers.unseen import hidden_prefixes
from driftline.inventory.layers.variable_defaults import variable_defaults
from driftline.inventory.layout.aliases import ALIASES, canonical
from driftline.inventory.roles import Named, object_roles, without_words
from driftline.inventory.telling_apart import Contender, told_apart
from driftline.model.document import DocumentKind
from driftline.model.placing import Environment, LayerKind, Layout, Placement


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

    `layer` is `effective`, or `own` for the environments' own files alone. Where
    two sources hold one role of one environment, the roles of the later source
    bear its name, in all of its environments.
    """
    units: dict[str, dict[str, Unit]] = defaultdict(dict)
    notes: list[str] = []
    for place in places:
        gatherer = _Gatherer(place, own=layer == "own")
        gatherer.run()
        notes += gatherer.notes
        taken = {one.role for one in gatherer.found if one.role in units[one.environment]}
        for unit in gatherer.found:
            role = f"{place.name}:{unit.role}" if unit.role in taken else unit.role
            units[unit.environment][role] = msgspec.structs.replace(unit, role=role)
    known = {environment: roles for environment, roles in units.items() if roles}
    return UnitSet(known, tuple(dict.fromkeys(notes)))


class _OverlayObject(msgspec.Struct, frozen=True):
    """One object that an environment's overlay builds."""

    environment: str
    built: kustomize.Built
    overlay: Material


class _Gatherer:
    """One source: its documents by environment, and the units found in them."""

    def __init__(self, place: Place, *, own: bool) -> None:
        self.own = own
        self.found: list[Unit] = []
        self.notes: list[str] = []
        self.tree = kustomize.Tree(place.materials)
        self.places: dict[str, Placement] = {one.path: one for one in place.layout.placements}
        self.words = environment_words((place.layout,))
        self.words_of = {one.name: words_of(one) for one in place.layout.environments}
        self.by_environment: dict[str, list[Material]] = defaultdict(list)
        self.shared: dict[str, list[Material]] = defaultdict(list)
        self.roles_found: set[tuple[str, str]] = set()
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
        """Find the units of every environment."""
        built: list[_OverlayObject] = []
        rest: dict[str, list[Material]] = {}
        for environment, materials in sorted(self.by_environment.items()):
            taken = set() if self.own else self._overlays(environment, materials, built)
            rest[environment] = [one for one in materials if one.file not in taken]
        self._overlay_objects(built)
        self._plain_objects(rest)
        for environment, materials in rest.items():
            self._plain_files(environment, materials)

    def _overlays(
        self, environment: str, materials: Sequence[Material], objects: list[_OverlayObject]
    ) -> set[str]:
        """Build every outermost kustomization of the environment; the files that this used up."""
        kustomizations = [
            one for one in materials if one.kind is DocumentKind.KUSTOMIZATION and one.is_alive
        ]
        nested = {
            kustomize.resolve(posixpath.dirname(one.file), target)
            for one in kustomizations
            for target in kustomize.targets(one)
        }
        used: set[str] = set()
        for kustomization in kustomizations:
            if posixpath.dirname(kustomization.file) in nested:
                continue
            build = kustomize.build(self.tree, kustomization)
            self.notes += build.unapplied
            objects += [_OverlayObject(environment, one, kustomization) for one in build.objects]
            # Overlays whose resources are all elsewhere keep their own facts: the
            # remote reference and the overridden images are all that can be seen.
            if build.objects:
                used |= build.files
        return used

    def _overlay_objects(self, objects: Sequence[_OverlayObject]) -> None:
        roles = self._roles([(one.environment, one.built.material) for one in objects])
        contenders = [
            Contender(
                number,
                one.environment,
                roles[number],
                text_of(one.built.now.get("/metadata/namespace")),
                posixpath.dirname(one.overlay.file),
                is_alive=True,
            )
            for number, one in enumerate(objects)
        ]
        apart = told_apart(contenders, self.words)
        for number, one in enumerate(objects):
            layers = [
                self._layer(piece.material, piece.mode, one.environment, piece.steps)
                for piece in one.built.pieces
            ]
            hidden = hidden_prefixes(one.built.material, (), self.tree)
            born = max(one.built.since, one.overlay.born)
            self._add(one.environment, apart[number], layers, hidden, (born, None))

    def _roles(self, objects: Sequence[tuple[str, Material]]) -> list[str]:
        """The roles of objects, decided over all environments together."""
        named = [Named(environment, material.key) for environment, material in objects]
        return object_roles(named, self.words_of)

    def _plain_objects(self, by_environment: Mapping[str, Sequence[Material]]) -> None:
        """Objects as they stand in files; several files of one object are its layers."""
        objects = [
            (environment, one)
            for environment, materials in by_environment.items()
            for one in materials
            if one.kind is DocumentKind.OBJECT
        ]
        roles = self._roles(objects)
        contenders = [
            Contender(
                number,
                environment,
                roles[number],
                one.key.split("/")[1] if one.key.count("/") == 2 else "",
                "",
                one.is_alive,
            )
            for number, (environment, one) in enumerate(objects)
        ]
        apart = told_apart(contenders, self.words)
        groups: dict[tuple[str, str], list[Material]] = defaultdict(list)
        for number, (environment, one) in enumerate(objects):
            groups[environment, apart[number]].append(one)
        for (environment, role), group in groups.items():
            ordered = self._ordered(group)
            layers = [self._layer(one, MergeMode.HELM, environment) for one in ordered]
            hidden = () if self.own else hidden_prefixes(ordered[-1], (), self.tree)
            self._add(environment, role, layers, hidden, _life(ordered))

    def _plain_files(self, environment: str, materials: Sequence[Material]) -> None:
        by_role: dict[str, list[Material]] = defaultdict(list)
        for material in materials:
            if material.kind is not DocumentKind.OBJECT:
                by_role[self._plain_role(material)].append(material)
        for role, twins in by_role.items():
            ordered = self._ordered(twins)
            below = [] if self.own else self._below(role, ordered)
            mode = MergeMode.HELM
            if ordered[-1].kind is DocumentKind.TFVARS:
                mode = MergeMode.WHOLE
            layers = [self._layer(one, mode, environment) for one in (*below, *ordered)]
            if not self.own and mode is MergeMode.WHOLE:
                layers = [*variable_defaults(ordered[-1], self.tree.by_file), *layers]
            hidden = () if self.own else hidden_prefixes(ordered[-1], below, self.tree)
            self._add(environment, role, layers, hidden, _life(ordered))

    def _ordered(self, materials: Iterable[Material]) -> list[Material]:
        """Documents of one role, lowest first; of twins in two layouts the newer wins."""
        return sorted(materials, key=lambda one: (self.places[one.file].precedence, one.born))

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
        return self._ordered(candidates)

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
        life: tuple[int, int | None],
    ) -> None:
        """Keep a unit; of several that nothing tells apart, the later ones are numbered."""
        unique, number = role, 1
        while (environment, unique) in self.roles_found:
            number += 1
            unique = f"{role}#{number}"
        self.roles_found.add((environment, unique))
        cut = within(layers, *life)
        self.found.append(Unit(environment, unique, cut, tuple(hidden), *life))


def _life(own: Sequence[Material]) -> tuple[int, int | None]:
    """From when, and until when, any of a unit's own documents is there."""
    gone = None if any(one.is_alive for one in own) else max(one.gone or 0 for one in own)
    return min(one.born for one in own), gone


def environment_words(layouts: Iterable[Layout]) -> frozenset[str]:
    """Every lower-case word by which the layouts know their environments, aliases included."""
    words = (words_of(one) for layout in layouts for one in layout.environments)
    return frozenset[str]().union(*words)


def words_of(environment: Environment) -> frozenset[str]:
    """Every lower-case word for an environment and its dimensions, aliases included."""
    words: set[str] = set()
    for _, value in environment.dimensions or (("", environment.name),):
        words |= {value.lower(), *ALIASES.get(canonical(value), ())}
    return frozenset(words)
