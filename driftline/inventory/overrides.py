"""What a kustomization does to an object, turned into layers of facts with a life.

An override reads one document (a patch file, or the part of a kustomization
below a prefix) and says, for each instant at which that document changed,
which facts of the object it sets or deletes.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from driftline.inventory.material import Material, groups_below
from driftline.inventory.merging import DELETED, LayerStep
from driftline.model import address as addresses

_IDENTITY = frozenset({"/apiVersion", "/kind", "/metadata/name", "/metadata/namespace"})
_OPERATION = re.compile(r"/([0-9]+)/op")
_IMAGE = re.compile(r"/(?:containers|initContainers|ephemeralContainers)/[^/]+/image")

Facts = Mapping[str, str]
# From the override's facts at an instant and the addresses below it with their
# present values, to the facts it sets; DELETED deletes.
Effect = Callable[[Facts, Facts], dict[str, str]]


class Override(msgspec.Struct, frozen=True):
    """Something that changes an object: a document, the part of it that matters, its effect."""

    material: Material
    prefix: str
    effect: Effect | None = None


def steps(override: Override, below: Facts) -> Iterator[LayerStep]:
    """The life of an override as layer steps on the object.

    `below` are the addresses of the object and of earlier overrides with their
    present values: an override of an image has to know which images there are.
    """
    effect = override.effect or merge_patch
    prefix = override.prefix
    current: dict[str, str] = {}
    set_now: dict[str, str] = {}
    moves = override.material.steps
    last = len(moves) - 1
    touched = False
    for number, step in enumerate(moves):
        if step.address.startswith(prefix) and step.address[len(prefix) :][:1] in ("/", ""):
            touched = True
            relative = step.address[len(prefix) :]
            if step.value is None:
                current.pop(relative, None)
            else:
                current[relative] = step.value
        if not touched or (number != last and moves[number + 1].instant == step.instant):
            continue
        touched = False
        wanted = effect(current, below)
        for address in set_now.keys() | wanted.keys():
            value = wanted.get(address)
            if value != set_now.get(address):
                yield LayerStep(step.instant, address, value, step.act)
        set_now = wanted


def merge_patch(facts: Facts, below: Facts) -> dict[str, str]:
    """A patch's facts as it sets them: a merge patch as it stands, or a list of operations."""
    if any(_OPERATION.fullmatch(address) for address in facts):
        return _operations(facts, below)
    wanted: dict[str, str] = {}
    for address, value in facts.items():
        parent, _, token = address.rpartition("/")
        if token == "$patch":
            if value == '"delete"' and parent:
                wanted[parent] = DELETED
        elif address not in _IDENTITY and "/$" not in address:
            wanted[address] = value
    for address, value in list(wanted.items()):
        if value == DELETED:
            for other in [one for one in wanted if one.startswith(address + "/")]:
                del wanted[other]
    return wanted


def _operations(facts: Facts, below: Facts) -> dict[str, str]:
    """RFC 6902 operations as facts; one that needs an unknown position keeps its own address."""
    wanted: dict[str, str] = {}
    for operation in groups_below(
        {"/o" + address: value for address, value in facts.items()}, "/o"
    ).values():
        path = operation.get("/path", '""')[1:-1]
        address = _real_address(path, below)
        if operation.get("/op") == '"remove"':
            wanted[address] = DELETED
            continue
        for field, value in operation.items():
            if field == "/value":
                wanted[address] = value
            elif field.startswith("/value/"):
                wanted[address + field[len("/value") :]] = value
    return wanted


def _real_address(pointer: str, below: Facts) -> str:
    """A JSON pointer in the words of our addresses: a position in a list with names is
    that list's only element, or stays a position when there are several.
    """
    real = ""
    for token in addresses.tokens(pointer):
        if addresses.is_position(token):
            start = real + "/["
            names = {
                one[len(real) + 1 :].split("/", 1)[0] for one in below if one.startswith(start)
            }
            if len(names) == 1 and token == "0":
                real += "/" + names.pop()
                continue
        real += "/" + token
    return real


def transformers(kustomization: Material, target: Material) -> list[Override]:
    """The overrides of a kustomization's own fields that concern an object."""
    facts = kustomization.now
    found = []
    if any(address.startswith("/images/") for address in facts):
        found.append(Override(kustomization, "/images", _images))
    if any(address.startswith("/replicas/") for address in facts):
        name = target.key.split("/")[-1]
        found.append(Override(kustomization, "/replicas", _replicas(name)))
    if "/namespace" in facts and not target.key.startswith(
        ("Namespace/", "ClusterRole", "CustomResourceDefinition/")
    ):
        found.append(Override(kustomization, "/namespace", _namespace))
    if "/namePrefix" in facts or "/nameSuffix" in facts:
        found.append(Override(kustomization, "", _names))
    for field in ("/commonLabels", "/labels", "/commonAnnotations"):
        if any(address.startswith(field + "/") for address in facts):
            place = "annotations" if field == "/commonAnnotations" else "labels"
            found.append(Override(kustomization, field, _metadata(place)))
    return found


def _images(facts: Facts, below: Facts) -> dict[str, str]:
    wanted: dict[str, str] = {}
    overrides = {
        change["/name"][1:-1]: change
        for change in groups_below({"/i" + a: v for a, v in facts.items()}, "/i").values()
        if change.get("/name", "")[:1] == '"'
    }
    for address, value in below.items():
        if value[:1] != '"' or _IMAGE.search(address) is None or not address.endswith("/image"):
            continue
        name, tag = _name_and_tag(value[1:-1])
        change = overrides.get(name)
        if change is None:
            continue
        new_name = _text(change.get("/newName")) or name
        digest, new_tag = _text(change.get("/digest")), _text(change.get("/newTag"))
        if digest:
            tag = f"@{digest}"
        elif new_tag:
            tag = f":{new_tag}"
        wanted[address] = f'"{new_name}{tag}"'
    return wanted


def _name_and_tag(image: str) -> tuple[str, str]:
    name, at, digest = image.partition("@")
    head, slash, last = name.rpartition("/")
    bare, colon, tag = last.partition(":")
    return head + slash + bare, (at + digest) or (colon + tag)


def _text(value: str | None) -> str:
    """A scalar's text as kustomize would paste it: a tag written as a number keeps its spelling."""
    if value is None:
        return ""
    return value[1:-1] if value[:1] == '"' else value


def _replicas(name: str) -> Effect:
    def effect(facts: Facts, _below: Facts) -> dict[str, str]:
        wanted = {}
        for change in groups_below({"/r" + a: v for a, v in facts.items()}, "/r").values():
            if _text(change.get("/name")) == name and "/count" in change:
                wanted["/spec/replicas"] = change["/count"]
        return wanted

    return effect


def _namespace(facts: Facts, _below: Facts) -> dict[str, str]:
    return {"/metadata/namespace": facts[""]} if "" in facts else {}


def _names(facts: Facts, below: Facts) -> dict[str, str]:
    name = _text(below.get("/metadata/name"))
    if not name:
        return {}
    return {
        "/metadata/name": f'"{_text(facts.get("/namePrefix"))}{name}{_text(facts.get("/nameSuffix"))}"'
    }


def _metadata(place: str) -> Effect:
    def effect(facts: Facts, _below: Facts) -> dict[str, str]:
        wanted = {}
        for address, value in facts.items():
            tokens: Sequence[str] = addresses.tokens(address)
            if len(tokens) == 3 and tokens[1] == "pairs":
                wanted[f"/metadata/{place}/{tokens[2]}"] = value
            elif len(tokens) == 1:
                wanted[f"/metadata/{place}/{tokens[0]}"] = value
        return wanted

    return effect
