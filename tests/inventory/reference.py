"""Merges of whole trees, written naively: what effective values are checked against."""

from driftline.sources.formats.list_keys import key_field
from driftline.sources.formats.tree import Tree

# By their key, the lists of these tests that a strategic merge matches by name.
MERGED = {"containers": "name", "env": "name"}


def helm(base: Tree | None, overlay: Tree) -> Tree:
    """Maps merge deep, anything else is replaced, null deletes what is there."""
    if not isinstance(base, dict) or not isinstance(overlay, dict):
        return overlay
    merged = dict(base)
    for key, value in overlay.items():
        if value == "null" and merged.get(key, "null") != "null":
            del merged[key]
        else:
            merged[key] = helm(merged.get(key), value)
    return merged


def strategic(base: Tree | None, overlay: Tree, parent: str = "") -> Tree:
    """As Helm's, but some lists merge by name, and a null stays only inside a replaced list."""
    if isinstance(overlay, list):
        return _strategic_list(base if isinstance(base, list) else [], overlay, parent)
    if not isinstance(overlay, dict):
        return overlay
    merged = dict(base) if isinstance(base, dict) else {}
    for key, value in overlay.items():
        if value == "null":
            merged.pop(key, None)
        else:
            merged[key] = strategic(merged.get(key), value, key)
    return merged


def _strategic_list(base: list[Tree], overlay: list[Tree], parent: str) -> Tree:
    mine, theirs = _names(parent, base), _names(parent, overlay)
    if not overlay:
        return base if mine else overlay
    if theirs is None:
        return overlay
    merged = dict(zip(mine or (), base if mine else (), strict=True))
    for name, element in zip(theirs, overlay, strict=True):
        merged[name] = strategic(merged.get(name), element)
    return list(merged.values())


def _names(parent: str, elements: list[Tree]) -> list[str] | None:
    """The names by which a list merges; None for one that is replaced."""
    found = key_field(parent, elements) if parent in MERGED else None
    return found[1] if found and found[0] == MERGED[parent] else None
