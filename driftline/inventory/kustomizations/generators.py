"""ConfigMaps that a kustomization generates from what it says itself.

Only literals are facts of the kustomization. A map that also takes in whole
files is not made, because the files are known by their facts and not by their
bytes; secrets are never made, because their values are not kept.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.kustomizations.built import Built
from driftline.inventory.kustomizations.overrides import Edit
from driftline.inventory.kustomizations.transformers import text_value
from driftline.inventory.layers.layer import LayerStep
from driftline.inventory.layers.material import Material, groups_below, text_of, texts_below
from driftline.model import address as addresses
from driftline.model.document import DocumentKind


class Generated(msgspec.Struct, frozen=True):
    """The objects that were generated, and what was not, with reasons."""

    objects: tuple[Built, ...]
    unapplied: tuple[str, ...]


def generate(kustomization: Material, gathered: Sequence[Built]) -> Generated:
    """The new objects of a kustomization; those that it only changes gain a layer."""
    objects: list[Built] = []
    unapplied: list[str] = []
    facts = kustomization.now
    for token, entry in groups_below(facts, "/configMapGenerator").items():
        name, behavior = text_of(entry.get("/name")), text_of(entry.get("/behavior"))
        prefix = f"/configMapGenerator/{token}"
        if any(one.startswith(("/files", "/env")) for one in entry) or not name:
            unapplied.append(f"{kustomization.file}: ConfigMap {name} is made of whole files")
        elif behavior in ("merge", "replace"):
            unapplied += _change(kustomization, prefix, name, behavior, gathered)
        else:
            objects.append(Built(_made(kustomization, prefix, name, entry)))
    unapplied += [
        f"{kustomization.file}: Secret {text_of(entry.get('/name'))} is generated, and not kept"
        for entry in groups_below(facts, "/secretGenerator").values()
    ]
    return Generated(tuple(objects), tuple(unapplied))


def data_of(entry: Mapping[str, str]) -> dict[str, str]:
    """The data that the literals of a generator come to, as facts of the object.

    >>> data_of({"/literals/0": '"MODE=fast"'})
    {'/data/MODE': '"fast"'}
    """
    found = {}
    for literal in texts_below(entry, "/literals").values():
        key, _, value = literal.partition("=")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        found[f"/data/{addresses.escape(key)}"] = text_value(value)
    for place in ("labels", "annotations"):
        for address, one in entry.items():
            if address.startswith(f"/options/{place}/"):
                found[f"/metadata/{address[len('/options/') :]}"] = one
    return found


def _made(kustomization: Material, prefix: str, name: str, entry: Mapping[str, str]) -> Material:
    """A document that was never written: the object with the life of its generator."""
    steps: list[LayerStep] = []
    identity = {"/apiVersion": '"v1"', "/kind": '"ConfigMap"', "/metadata/name": text_value(name)}
    namespace = entry.get("/namespace")
    if namespace is not None:
        identity["/metadata/namespace"] = namespace
    current: dict[str, str] = {}
    before: dict[str, str] = {}
    moves = [one for one in kustomization.steps if one.address.startswith(prefix + "/")]
    for number, step in enumerate(moves):
        if step.value is None:
            current.pop(step.address[len(prefix) :], None)
        else:
            current[step.address[len(prefix) :]] = step.value
        if number + 1 < len(moves) and moves[number + 1].instant == step.instant:
            continue
        after = {**identity, **data_of(current)} if current else {}
        steps += [
            LayerStep(step.instant, one, after.get(one), step.act)
            for one in {**before, **after}
            if before.get(one) != after.get(one)
        ]
        before = after
    return Material(
        kustomization.source,
        kustomization.resource,
        kustomization.file,
        f"ConfigMap/{name}",
        DocumentKind.OBJECT,
        tuple(steps),
        kustomization.born,
        kustomization.gone,
    )


def _change(
    kustomization: Material, prefix: str, name: str, behavior: str, gathered: Sequence[Built]
) -> list[str]:
    """Let a generator add to, or replace, the ConfigMap of a base."""

    def effect(field: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
        kept = facts
        if behavior == "replace" and field:
            kept = {one: v for one, v in facts.items() if not one.startswith("/data/")}
        return {**kept, **data_of(field)}

    for built in gathered:
        if built.kind == "ConfigMap" and name in built.names:
            built.edit(Edit(kustomization, (prefix,), effect))
            return []
    return [f"{kustomization.file}: there is no ConfigMap {name} to {behavior}"]
