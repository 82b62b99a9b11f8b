"""Configuration that stands as text inside other configuration.

A kustomization carries patches and an Argo CD application carries Helm values
as blocks of YAML. As one long string, every change of theirs would be a change
of everything; parsed, they are facts below the same address. Text that does
not parse into a mapping or list stays the string it is.
"""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from driftline.sources.formats.identity import Heading
from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.tree import Tree
from driftline.sources.formats.yaml_trees import yaml_trees

_decode = msgspec.json.Decoder(str).decode

Place = tuple[Any, Any]  # a mapping or list, and the key or position in it


def structured(tree: Tree, heading: Heading, *, is_kustomization: bool) -> None:
    """Replace the embedded texts of a document by their trees, in place."""
    if not isinstance(tree, dict):
        return
    if is_kustomization:
        places = _kustomization_places
    elif heading.is_argo_application:
        places = _argo_places
    else:
        return
    _replace(tree, places)


def _replace(tree: dict[str, Tree], places: Callable[[dict[str, Tree]], Iterator[Place]]) -> None:
    for holder, key in list(places(tree)):
        text = holder[key]
        if text.__class__ is str and text.startswith('"'):
            parsed = _parsed(_decode(text))
            if parsed is not None:
                holder[key] = parsed


def _parsed(text: str) -> Tree | None:
    try:
        trees = [tree for tree in yaml_trees(text) if tree != "null"]
    except Unreadable:
        return None
    if not trees or any(isinstance(tree, str) for tree in trees):
        return None
    return trees[0] if len(trees) == 1 else trees


def _kustomization_places(tree: dict[str, Tree]) -> Iterator[Place]:
    for field in ("patches", "patchesJson6902"):
        for patch in _elements(tree.get(field)):
            if isinstance(patch, dict) and "patch" in patch:
                yield patch, "patch"
    merges = tree.get("patchesStrategicMerge")
    for position, _ in enumerate(_elements(merges)):
        yield merges, position


def _argo_places(tree: dict[str, Tree]) -> Iterator[Place]:
    spec = tree.get("spec")
    template = spec.get("template") if isinstance(spec, dict) else None
    inner = template.get("spec") if isinstance(template, dict) else None
    for holder in (spec, inner):
        if not isinstance(holder, dict):
            continue
        for source in (holder.get("source"), *_elements(holder.get("sources"))):
            helm = source.get("helm") if isinstance(source, dict) else None
            if isinstance(helm, dict) and "values" in helm:
                yield helm, "values"


def _elements(tree: Tree | None) -> list[Tree]:
    return tree if isinstance(tree, list) else []
