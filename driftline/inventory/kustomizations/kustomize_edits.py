"""What a kustomization would have to say so that an object of it has a value.

Images and replicas have fields of their own; anything else is said by a patch
that stands in the kustomization already, or by a literal of a generated
ConfigMap.
"""

import re
from collections.abc import Iterator, Mapping

from driftline.inventory.kustomizations.transformers import image_parts, text_value
from driftline.inventory.layers.material import groups_below, text_of, texts_below
from driftline.model.address import element, escape

Facts = Mapping[str, str]
Settings = tuple[tuple[str, str | None], ...]
# The facts to set, and whether the kustomization has a say there already.
Found = tuple[Settings, bool]

_IMAGE = re.compile(r"/(?:containers|initContainers)/[^/]+/image$")
_WITH_PATCHES = ("/patches", "/patchesJson6902", "/patchesStrategicMerge")


def ways(facts: Facts, now: Facts, address: str, value: str | None) -> Iterator[Found]:
    """The ways in which a kustomization with the facts `now` sets a fact of an object."""
    yield from _patches(facts, now, address, value)
    yield from _literals(facts, now, address, value)
    if value is not None and value[:1] == '"' and _IMAGE.search(address):
        yield from _images(facts, now, address, value)
    if value is not None and address == "/spec/replicas":
        yield from _replicas(facts, now, value)


def operation_place(now: Facts, prefix: str, address: str) -> str | None:
    """Where the value stands of the last operation of a JSON patch on an address."""
    found = None
    for token, operation in groups_below(now, prefix).items() if now else ():
        is_setting = "/op" in operation and "/value" in operation
        if is_setting and text_of(operation.get("/path")) == address:
            found = f"{prefix}/{token}/value"
    return found


def _patches(facts: Facts, now: Facts, address: str, value: str | None) -> Iterator[Found]:
    """By patches that stand in the kustomization as text."""
    for field in _WITH_PATCHES:
        for token in groups_below(now, field):
            prefix = f"{field}/{token}"
            if field != "/patchesStrategicMerge":
                prefix += "/patch"
            place = operation_place(now, prefix, address)
            kind = now.get(prefix + "/kind")
            if place is not None:
                yield ((place, value),), True
            elif kind is not None and kind == facts.get("/kind"):
                yield ((prefix + address, value),), prefix + address in now


def _literals(facts: Facts, now: Facts, address: str, value: str | None) -> Iterator[Found]:
    """By a literal of a ConfigMap that is generated."""
    if facts.get("/kind") != '"ConfigMap"' or not address.startswith("/data/"):
        return
    for token, entry in groups_below(now, "/configMapGenerator").items():
        for position, literal in texts_below(entry, "/literals").items():
            key = literal.partition("=")[0]
            if f"/data/{escape(key)}" == address:
                place = f"/configMapGenerator/{token}/literals/{position}"
                said = None if value is None else text_value(f"{key}={text_of(value)}")
                yield ((place, said),), True


def _images(facts: Facts, now: Facts, address: str, value: str) -> Iterator[Found]:
    """By the override of an image: the entry that gives the present one, or a new one."""
    present, _, _ = image_parts(text_of(facts.get(address)))
    name, tag, digest = image_parts(text_of(value))
    for token, entry in groups_below(now, "/images").items():
        bears = text_of(entry.get("/newName")) or text_of(entry.get("/name"))
        if bears != present:
            continue
        place = f"/images/{token}"
        said: list[tuple[str, str | None]] = []
        if name != bears:
            said.append((f"{place}/newName", text_value(name)))
        if tag != text_of(entry.get("/newTag")):
            said.append((f"{place}/newTag", text_value(tag) if tag else None))
        if digest != text_of(entry.get("/digest")):
            said.append((f"{place}/digest", text_value(digest) if digest else None))
        if said:
            yield tuple(said), True
    if present:
        place = "/images/" + element("name", present)
        said = [(f"{place}/name", text_value(present))]
        said += [(f"{place}/newName", text_value(name))] if name != present else []
        said += [(f"{place}/newTag", text_value(tag))] if tag else []
        said += [(f"{place}/digest", text_value(digest))] if digest else []
        yield tuple(said), False


def _replicas(facts: Facts, now: Facts, value: str) -> Iterator[Found]:
    name = text_of(facts.get("/metadata/name"))
    entries = groups_below(now, "/replicas")
    for token, entry in entries.items():
        if text_of(entry.get("/name")) in name:
            yield ((f"/replicas/{token}/count", value),), True
    if name:
        place = "/replicas/" + element("name", name)
        yield ((f"{place}/name", text_value(name)), (f"{place}/count", value)), False
