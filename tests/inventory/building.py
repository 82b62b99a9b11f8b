"""Layers and facts from trees, as tests write them down."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from driftline.inventory.layers.layer import Layer, LayerStep, MergeMode
from driftline.inventory.layers.material import Material
from driftline.model.document import DocumentKind
from driftline.sources.formats.tree import Tree, flatten


def tree_of(value: Any) -> Tree:
    """A tree of JSON texts from plain Python values."""
    if isinstance(value, dict):
        return {key: tree_of(child) for key, child in value.items()}
    if isinstance(value, list):
        return [tree_of(child) for child in value]
    return msgspec.json.encode(value).decode()


def facts_of(value: Any) -> dict[str, str]:
    """The facts of plain Python values, as a reader would flatten them."""
    return flatten(tree_of(value))


def steps_of(versions: Iterable[tuple[int, Tree | None]], *, act: int = -1) -> list[LayerStep]:
    """The steps that lead through these versions of a document; None is its absence."""
    flat = ((at, {} if version is None else flatten(version)) for at, version in versions)
    return fact_steps(flat, act=act)


def fact_steps(
    versions: Iterable[tuple[int, Mapping[str, str]]], *, act: int = -1
) -> list[LayerStep]:
    """The steps that lead through these versions of a document's facts."""
    steps: list[LayerStep] = []
    before: Mapping[str, str] = {}
    for instant, after in versions:
        steps += [
            LayerStep(instant, address, after.get(address), act)
            for address in {**before, **after}
            if before.get(address) != after.get(address)
        ]
        before = after
    return steps


def layer_of(
    name: str,
    versions: Sequence[tuple[int, Any]],
    mode: MergeMode = MergeMode.HELM,
    *,
    shared: bool = False,
    act: int = -1,
) -> Layer:
    """A layer whose document had these versions, each from an instant on."""
    trees = [(at, None if value is None else tree_of(value)) for at, value in versions]
    return Layer(name, f"{name}.yaml", mode, shared, tuple(steps_of(trees, act=act)))


def material_of(
    file: str,
    versions: Sequence[tuple[int, Any]],
    kind: DocumentKind = DocumentKind.PLAIN,
    *,
    key: str = "",
    act: int = -1,
) -> Material:
    """A document of a file with these versions; None at the end is its removal."""
    trees = [(at, None if value is None else tree_of(value)) for at, value in versions]
    last, value = versions[-1]
    gone = last if value is None else None
    steps = tuple(steps_of(trees, act=act))
    return Material(0, 0, file, key, kind, steps, versions[0][0], gone)
