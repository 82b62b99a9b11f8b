"""What tools rendered for an environment, laid over what we make of the same files ourselves.

Where both agree, our own layers stay: they know which file set a value, when,
and who did it. Where they differ, the tool is right, because it is what deploys.
Once rendered, the inputs are no more than causes: what rendering left out is
no part of the environment.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.inventory.layers.layer import DELETED, Layer, LayerStep, MergeMode
from driftline.inventory.layers.material import Material, text_of, texts_below
from driftline.inventory.layers.merging import effective
from driftline.inventory.live.identity import Identity, material_identity, unit_identity
from driftline.inventory.noise.generated_names import without_hash
from driftline.inventory.recipes.recipe import GIVEN, unquoted
from driftline.inventory.roles import Named, object_roles
from driftline.inventory.units import Unit
from driftline.model.document import DocumentKind
from driftline.model.placing import LayerKind

RECIPE_KEY = "recipe"
# What tells a release's objects in a cluster: an annotation or label, and what it begins with.
_MARKS = (
    ("/metadata/annotations/meta.helm.sh~1release-name", "{release}"),
    ("/metadata/labels/app.kubernetes.io~1instance", "{release}"),
    ("/metadata/labels/helm.toolkit.fluxcd.io~1name", "{release}"),
    ("/metadata/annotations/argocd.argoproj.io~1tracking-id", "{release}:"),
    ("/metadata/labels/argocd.argoproj.io~1instance", "{release}"),
)

Units = Mapping[str, Mapping[str, Unit]]


class RenderedFile(msgspec.Struct, frozen=True):
    """One file of a rendered source: what it was made of, and its objects.

    `gap` is why it could not be rendered, empty where it was.
    """

    environment: str
    file: str
    tool: str
    release: str
    namespace: str
    inputs: tuple[str, ...]
    materials: tuple[Material, ...]
    gap: str = ""


class Unrendered(msgspec.Struct, frozen=True):
    """Something of an environment that nobody could render, and why."""

    environment: str
    tool: str
    release: str
    namespace: str
    inputs: tuple[str, ...]
    reason: str

    def explains(self, facts: Mapping[str, str]) -> bool:
        """Whether a live object bears the marks of this release."""
        if not self.release:
            return False
        for address, form in _MARKS:
            wanted, value = form.format(release=self.release), text_of(facts.get(address))
            if value == wanted or (wanted.endswith(":") and value.startswith(wanted)):
                own = text_of(facts.get("/metadata/namespace"))
                return not self.namespace or own in ("", self.namespace)
        return False


def rendered_files(
    materials: Iterable[Material], gaps: Mapping[str, str]
) -> tuple[RenderedFile, ...]:
    """The files of a rendered source as it is now; `gaps` are reasons by file."""
    held: dict[str, list[Material]] = defaultdict(list)
    for one in materials:
        if one.is_alive:
            held[one.file].append(one)
    found = []
    for file, several in sorted(held.items()):
        said = next((one.now for one in several if one.key == RECIPE_KEY), {})
        found.append(
            RenderedFile(
                environment=unquoted(file.partition("/")[0]),
                file=file,
                tool=text_of(said.get("/tool")) or GIVEN,
                release=text_of(said.get("/release")),
                namespace=text_of(said.get("/namespace")),
                inputs=tuple(texts_below(said, "/inputs").values()),
                materials=tuple(one for one in several if one.kind is DocumentKind.OBJECT),
                gap=gaps.get(file, ""),
            )
        )
    return tuple(found)


def unrendered(files: Iterable[RenderedFile]) -> tuple[Unrendered, ...]:
    """What could not be rendered, with its reason."""
    return tuple(
        Unrendered(one.environment, one.tool, one.release, one.namespace, one.inputs, one.gap)
        for one in files
        if one.gap
    )


def rendered_units(
    declared: Units, files: Sequence[RenderedFile], words: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, Unit]]:
    """The units of every environment with what was rendered of them.

    A file that could not be rendered changes nothing. `words` are the
    lower-case words for each environment.
    """
    units = {environment: dict(roles) for environment, roles in declared.items()}
    new: list[tuple[RenderedFile, Material]] = []
    by_environment: dict[str, list[RenderedFile]] = defaultdict(list)
    for one in files:
        if not one.gap:
            by_environment[one.environment].append(one)
    for environment, several in by_environment.items():
        laying = _Laying(units.setdefault(environment, {}))
        for one in several:
            new += [(one, material) for material in one.materials if not laying.lay(one, material)]
        laying.leave_out(several)
    roles = object_roles([Named(one.environment, material.key) for one, material in new], words)
    for role, (one, material) in zip(roles, new, strict=True):
        own = units[one.environment]
        unique, number = role, 1
        while unique in own:
            number += 1
            unique = f"{role}#{number}"
        layers = (_top(one, material.steps),)
        own[unique] = Unit(one.environment, unique, layers, (), material.born, material.gone)
    return units


class _Laying:
    """The units of one environment while rendered objects are laid over them."""

    def __init__(self, units: dict[str, Unit]) -> None:
        self.units = units
        self.found: set[str] = set()
        self.by_identity: dict[Identity, str] = {}
        for role, unit in units.items():
            identity = unit_identity(unit) if unit.gone is None else None
            if identity is not None:
                self.by_identity.setdefault(identity, role)
                self.by_identity.setdefault(identity.anywhere, role)

    def lay(self, file: RenderedFile, material: Material) -> bool:
        """Lay an object over its unit, if there is one; whether there was."""
        identity = material_identity(material)
        role = self._role(identity) if identity is not None else None
        if role is None:
            return False
        self.found.add(role)
        unit = self.units[role]
        # What stands in a file as it is deployed is known better than by rendering
        # something that happens to make the same object.
        if file.tool != GIVEN and not _is_made_of(unit, file.inputs):
            return True
        steps = _differing(unit, material)
        if steps:
            layers = (*unit.layers, _top(file, steps))
            self.units[role] = msgspec.structs.replace(unit, layers=layers, hidden=())
        elif unit.hidden:
            self.units[role] = msgspec.structs.replace(unit, hidden=())
        return True

    def _role(self, identity: Identity) -> str | None:
        bare = msgspec.structs.replace(identity, name=without_hash(identity.name))
        for one in (identity, bare):
            role = self.by_identity.get(one)
            if role is None and one.namespace:
                found = self.by_identity.get(one.anywhere)
                # Only where the unit itself leaves its namespace open.
                if found is not None and _is_anywhere(self.units[found]):
                    role = found
            elif role is None:
                role = self.by_identity.get(one.anywhere)
            if role is not None:
                return role
        return None

    def leave_out(self, files: Sequence[RenderedFile]) -> None:
        """Drop the objects that we made of the inputs and that rendering did not.

        Where somebody else rendered, the inputs are not told: they are what was
        made of several files.
        """
        inputs = {path for one in files for path in one.inputs}
        is_given = any(one.tool == GIVEN for one in files)
        for role, unit in list(self.units.items()):
            if role in self.found or unit_identity(unit) is None:
                continue
            is_built = is_given and len({layer.file for layer in unit.layers}) > 1
            if is_built or _is_made_of(unit, inputs):
                del self.units[role]


def _is_anywhere(unit: Unit) -> bool:
    identity = unit_identity(unit)
    return identity is not None and not identity.namespace


def _is_made_of(unit: Unit, inputs: Iterable[str]) -> bool:
    """Whether the lowest layer of a unit, its manifest, is one of the inputs."""
    return bool(unit.layers) and unit.layers[0].file in frozenset(inputs)


def _top(file: RenderedFile, steps: Sequence[LayerStep]) -> Layer:
    """The layer of what a tool rendered; it names the input nearest to the environment."""
    told = file.file.split("/", 2)[-1]
    cause = file.inputs[-1] if file.inputs else told
    return Layer(LayerKind.GENERATED.value, cause, MergeMode.EDIT, False, tuple(steps))


def _differing(unit: Unit, material: Material) -> list[LayerStep]:
    """The steps that make of our own evaluation what was rendered."""
    last = {address: points[-1] for address, points in effective(unit.layers).items()}
    own = {address: point.value for address, point in last.items() if point.value is not None}
    now = material.now
    since = {step.address: step for step in material.steps}
    steps = []
    for address, value in now.items():
        if own.get(address) != value:
            step = since[address]
            steps.append(LayerStep(step.instant, address, value, step.act))
    # Tools leave a namespace open that is filled in where it is applied.
    gone = own.keys() - now.keys() - {"/metadata/namespace"}
    steps += [LayerStep(material.born, address, DELETED) for address in gone]
    steps.sort(key=lambda step: (step.instant, step.address))
    return steps
