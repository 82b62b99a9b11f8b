"""What is compared of a running system: one unit for each object that belongs to an environment.

An object that is declared has the role of its declaration, found by identity;
any other is named like its siblings in other environments. What a controller
made for an object hangs on its owner and plays no role of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from driftline.inventory.layers.layer import Layer, MergeMode
from driftline.inventory.layers.material import Material, text_of
from driftline.inventory.live.identity import Identity, material_identity, unit_identity
from driftline.inventory.noise.generated_names import without_hash
from driftline.inventory.roles import Named, object_roles
from driftline.inventory.telling_apart import Contender, told_apart
from driftline.inventory.units import Unit
from driftline.model.document import DocumentKind
from driftline.model.placing import LayerKind

# Kinds whose names kustomize ends in a hash of their content.
HASHED_KINDS = ("ConfigMap", "Secret")
MANAGERS = "managers:"  # what stands before the key of a document about who owns which field


class Placer(Protocol):
    """Knows the environments that an object of a cluster belongs to."""

    def environments(
        self, cluster: str, key: str, namespace: str, labels: Mapping[str, str]
    ) -> tuple[str, ...]:
        """The environments of an object; none when it belongs to no environment."""


class LiveSource(msgspec.Struct, frozen=True):
    """The documents of one cluster on one plane."""

    cluster: str
    materials: tuple[Material, ...]


class LiveObject(msgspec.Struct, frozen=True):
    """One object of an environment as it runs: what it is, and who owns its fields."""

    identity: Identity
    environment: str
    material: Material
    managers: Material | None
    is_declared: bool


class ObservedUnits(msgspec.Struct, frozen=True):
    """The units and objects of each environment by role; how many objects are left out, and why.

    `plurals` are the listings in which kinds were seen, by group and kind.
    """

    units: Mapping[str, Mapping[str, Unit]]
    objects: Mapping[str, Mapping[str, LiveObject]]
    plurals: Mapping[tuple[str, str], str]
    children: int
    outside: int


Declared = Mapping[str, Mapping[str, Unit]]


def observed_units(
    sources: Sequence[LiveSource],
    placer: Placer,
    declared: Declared,
    words: Mapping[str, Iterable[str]],
) -> ObservedUnits:
    """The units of every environment, of all clusters together.

    `words` are the lower-case words for each environment.
    """
    by_identity = _declared_roles(declared)
    objects: list[LiveObject] = []
    plurals: dict[tuple[str, str], str] = {}
    children = outside = 0
    for source in sources:
        managers = _managers(source.materials)
        for one in source.materials:
            identity = material_identity(one) if one.kind is DocumentKind.OBJECT else None
            if identity is None:
                continue
            listing = one.file.partition("/")[2]
            plurals.setdefault((identity.group, identity.kind), listing.partition(".")[0])
            homes = placer.environments(
                source.cluster, one.key, identity.namespace, _labels(one.now)
            )
            outside += not homes
            for environment in homes:
                is_declared = _declared_role(by_identity, environment, identity) is not None
                if not is_declared and is_child(one.now):
                    children += 1
                    continue
                own = managers.get((one.file, one.key))
                objects.append(LiveObject(identity, environment, one, own, is_declared))
    # Of several generations of one generated object, the newest is what is declared.
    objects.sort(
        key=lambda one: one.material.now.get("/metadata/creationTimestamp", ""), reverse=True
    )
    objects.sort(key=lambda one: (one.material.gone is None, one.material.born), reverse=True)
    named = _named(objects, by_identity, words)
    units: dict[str, dict[str, Unit]] = defaultdict(dict)
    placed: dict[str, dict[str, LiveObject]] = defaultdict(dict)
    for role, found in zip(named, objects, strict=True):
        units[found.environment][role] = _unit(role, found)
        placed[found.environment][role] = found
    return ObservedUnits(units, placed, plurals, children, outside)


def is_child(facts: Mapping[str, str]) -> bool:
    """Whether a controller made an object for another one.

    >>> is_child({"/metadata/ownerReferences/[name=web]/controller": "true"})
    True
    """
    return any(
        value == "true"
        and address.startswith("/metadata/ownerReferences/")
        and address.endswith("/controller")
        for address, value in facts.items()
    )


def _declared_roles(declared: Declared) -> dict[str, dict[Identity, str]]:
    """Environment to identity to role; living declarations win over ended ones.

    A declaration that leaves its namespace to whoever applies it is also found
    without one.
    """
    found: dict[str, dict[Identity, str]] = {}
    for environment, units in declared.items():
        own: dict[Identity, str] = {}
        ordered = sorted(units.items(), key=lambda item: item[1].gone is None)
        for role, unit in ordered:
            identity = unit_identity(unit)
            if identity is not None:
                own[identity] = role
        found[environment] = own
    return found


def _declared_role(
    declared: Mapping[str, Mapping[Identity, str]], environment: str, identity: Identity
) -> str | None:
    """The role of the declaration of an object; a hash at the end of its name is no part of it."""
    own = declared.get(environment, {})
    found = own.get(identity) or own.get(identity.anywhere)
    if found is None and identity.kind in HASHED_KINDS:
        bare = Identity(
            identity.group, identity.kind, identity.namespace, without_hash(identity.name)
        )
        found = own.get(bare) or own.get(bare.anywhere)
    return found


def _managers(materials: Iterable[Material]) -> dict[tuple[str, str], Material]:
    """The documents about ownership, by the file and key of the object they are about."""
    return {
        (one.file, one.key.removeprefix(MANAGERS)): one
        for one in materials
        if one.kind is DocumentKind.OWNERSHIP
    }


def _labels(facts: Mapping[str, str]) -> dict[str, str]:
    start = "/metadata/labels/"
    return {
        address[len(start) :].replace("~1", "/").replace("~0", "~"): text_of(value)
        for address, value in facts.items()
        if address.startswith(start)
    }


def _named(
    objects: Sequence[LiveObject],
    declared: Mapping[str, Mapping[Identity, str]],
    words: Mapping[str, Iterable[str]],
) -> list[str]:
    """The role of each object: that of its declaration, else one by which siblings find each other.

    Of two objects that would bear one role in an environment, the later one
    keeps its whole name.
    """
    plain = object_roles(
        [Named(one.environment, _bare_key(one.identity)) for one in objects], words
    )
    contenders = [
        Contender(
            number,
            one.environment,
            plain[number],
            one.identity.namespace,
            "",
            is_alive=one.material.is_alive,
        )
        for number, one in enumerate(objects)
    ]
    every_word = frozenset(word for several in words.values() for word in several)
    apart = told_apart(contenders, every_word)
    taken = {(environment, role) for environment, own in declared.items() for role in own.values()}
    given: set[tuple[str, str]] = set()
    roles: list[str] = []
    for number, one in enumerate(objects):
        role = _declared_role(declared, one.environment, one.identity)
        if role is None or (one.environment, role) in given:
            role = apart[number]
            if (one.environment, role) in taken:
                role = _whole(one, taken)
            taken.add((one.environment, role))
        given.add((one.environment, role))
        roles.append(role)
    return roles


def _bare_key(identity: Identity) -> str:
    """The key of an object, without the hash that siblings would not share."""
    name = without_hash(identity.name) if identity.kind in HASHED_KINDS else identity.name
    return "/".join(filter(None, (identity.kind, identity.namespace, name)))


def _whole(one: LiveObject, taken: set[tuple[str, str]]) -> str:
    """A role that nothing else in the environment has."""
    identity = one.identity
    whole = "/".join(filter(None, (identity.kind, identity.namespace, identity.name)))
    for candidate in (whole, f"{whole}.{identity.group or 'core'}"):
        if (one.environment, candidate) not in taken:
            return candidate
    number = 2
    while (one.environment, f"{whole}#{number}") in taken:
        number += 1
    return f"{whole}#{number}"


def _unit(role: str, one: LiveObject) -> Unit:
    material = one.material
    layer = Layer(LayerKind.LIVE.value, material.file, MergeMode.EDIT, False, material.steps)
    return Unit(one.environment, role, (layer,), (), material.born, material.gone)
