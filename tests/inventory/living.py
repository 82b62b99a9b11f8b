"""Live objects as tests of planes write them down: documents with a life, and what is declared."""

from collections.abc import Mapping
from typing import Any

import msgspec

from driftline.inventory.layers.layer import Layer, LayerStep, MergeMode
from driftline.inventory.layers.material import Material
from driftline.inventory.units import Unit
from driftline.model.document import DocumentKind
from tests.inventory.building import facts_of


def live_object(
    kind: str,
    namespace: str,
    name: str,
    *,
    api_version: str = "v1",
    born: int = 0,
    gone: int | None = None,
    more: Mapping[str, Any] | None = None,
) -> Material:
    """One object as it was listed from an instant on."""
    place = {"namespace": namespace} if namespace else {}
    tree = {
        "apiVersion": api_version,
        "kind": kind,
        "metadata": {"name": name, **place, **(more or {}).get("metadata", {})},
        **{key: value for key, value in (more or {}).items() if key != "metadata"},
    }
    steps = [LayerStep(born, *fact) for fact in facts_of(tree).items()]
    if gone is not None:
        steps += [LayerStep(gone, step.address, None) for step in list(steps)]
    group = api_version.rpartition("/")[0] or "core"
    key = "/".join(filter(None, (kind, namespace, name)))
    file = f"{namespace or '-'}/{kind.lower()}s.{group}"
    return Material(1, 1, file, key, DocumentKind.OBJECT, tuple(steps), born, gone)


def managers_of(
    one: Material, versions: Mapping[int, Mapping[str, list[str]]], times: Mapping[str, str]
) -> Material:
    """The document about who owns the fields of an object: address to managers, by instant."""
    steps: list[LayerStep] = []
    before: dict[str, str] = {}
    for instant, owned in versions.items():
        now = {place: msgspec.json.encode(names).decode() for place, names in owned.items()}
        now |= {
            f"/-/times/{manager.replace('/', '~1')}": msgspec.json.encode(time).decode()
            for manager, time in times.items()
        }
        steps += [
            LayerStep(instant, place, now.get(place))
            for place in {**before, **now}
            if before.get(place) != now.get(place)
        ]
        before = now
    key = f"managers:{one.key}"
    return Material(1, 2, one.file, key, DocumentKind.OWNERSHIP, tuple(steps), one.born, None)


def declared_unit(environment: str, role: str, tree: Mapping[str, Any], *, born: int = 0) -> Unit:
    """A unit with one layer that says all of this."""
    steps = tuple(LayerStep(born, *fact) for fact in facts_of(dict(tree)).items())
    layer = Layer("environment", f"{environment}/all.yaml", MergeMode.STRATEGIC, False, steps)
    return Unit(environment, role, (layer,), (), born, None)


def manifest(kind: str, namespace: str, name: str, *, api_version: str = "v1") -> dict[str, Any]:
    """A manifest that says no more than what it is."""
    place = {"namespace": namespace} if namespace else {}
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name, **place}}
