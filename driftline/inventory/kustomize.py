"""What kustomize would build, as layers of facts, without running it.

A kustomization is followed through its local resources, bases and components.
Each object it gathers becomes a stack of layers: its own manifest, then the
patches, image overrides, namespace, names, labels and replica counts of every
kustomization on the way, innermost first. What cannot be applied exactly from
facts alone (a remote base, a patch by position into a list with names, a Helm
chart) is named in `unapplied` instead of being guessed.

The order of transformations follows the kustomize documentation
(kubectl.docs.kubernetes.io, "Kustomization"): resources, components, then the
kustomization's own patches before its images, replicas and metadata.
"""

import posixpath
import re
from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory import overrides
from driftline.inventory.material import Material, groups_below, texts_below
from driftline.model.document import DocumentKind

KUSTOMIZATION_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_RESOURCE_LISTS = ("/resources", "/bases", "/components")
_DEPTH_MAX = 32


class Built(msgspec.Struct):
    """One object as a kustomization gathers it; `overrides` are in order of application."""

    material: Material
    overrides: list[overrides.Override]


class Build(msgspec.Struct, frozen=True):
    """The objects of one overlay, and what was not applied, each with its reason."""

    objects: tuple[Built, ...]
    unapplied: tuple[str, ...]
    files: frozenset[str]


class Tree:
    """The documents of one source, found by file and by folder."""

    def __init__(self, materials: Sequence[Material]) -> None:
        self.by_file: dict[str, list[Material]] = {}
        for material in materials:
            self.by_file.setdefault(material.file, []).append(material)
        self.kustomizations: dict[str, Material] = {}
        for material in materials:
            if material.kind is DocumentKind.KUSTOMIZATION:
                folder = posixpath.dirname(material.file)
                standing = self.kustomizations.get(folder)
                if standing is None or (material.is_alive and not standing.is_alive):
                    self.kustomizations[folder] = material


def is_remote(target: str) -> bool:
    """Whether a resource of a kustomization is fetched from elsewhere.

    >>> is_remote("github.com/org/app//base?ref=v1.2"), is_remote("../base")
    (True, False)
    """
    first = target.split("/", 1)[0]
    return (
        "://" in target
        or "?ref=" in target
        or target.startswith("git@")
        or ("." in first.strip(".") and "/" in target and not target.startswith((".", "/")))
    )


def resolve(folder: str, target: str) -> str:
    """A path written in a file of `folder`, from the root of the repository."""
    return (
        posixpath.normpath(posixpath.join(folder, target)) if folder else posixpath.normpath(target)
    )


def targets(kustomization: Material) -> tuple[str, ...]:
    """What a kustomization gathers, as written, in order."""
    facts = kustomization.now
    return tuple(text for name in _RESOURCE_LISTS for text in texts_below(facts, name).values())


def build(tree: Tree, kustomization: Material) -> Build:
    """The objects that a kustomization gathers, with what it does to them."""
    builder = _Builder(tree)
    objects = builder.gather(kustomization, ())
    return Build(tuple(objects), tuple(dict.fromkeys(builder.unapplied)), frozenset(builder.files))


class _Builder:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.unapplied: list[str] = []
        self.files: set[str] = set()

    def gather(self, kustomization: Material, path: tuple[str, ...]) -> list[Built]:
        folder = posixpath.dirname(kustomization.file)
        if folder in path or len(path) > _DEPTH_MAX:
            self.unapplied.append(f"{kustomization.file}: refers to itself")
            return []
        self.files.add(kustomization.file)
        gathered: list[Built] = []
        components: list[Material] = []
        for target in targets(kustomization):
            if is_remote(target):
                self.unapplied.append(f"{kustomization.file}: {target} is fetched from elsewhere")
                continue
            place = resolve(folder, target)
            inner = self.tree.kustomizations.get(place)
            if inner is not None and inner.now.get("/kind") == '"Component"':
                components.append(inner)
            elif inner is not None:
                gathered += self.gather(inner, (*path, folder))
            else:
                gathered += self._manifests(kustomization, place)
        for component in components:
            gathered += self.gather(component, (*path, folder))
            self._transform(component, gathered)
        if kustomization.now.get("/kind") != '"Component"':
            self._transform(kustomization, gathered)
        return gathered

    def _manifests(self, kustomization: Material, file: str) -> list[Built]:
        materials = self.tree.by_file.get(file)
        if materials is None:
            self.unapplied.append(f"{kustomization.file}: {file} was not found")
            return []
        self.files.add(file)
        return [Built(one, []) for one in materials if one.kind is DocumentKind.OBJECT]

    def _transform(self, kustomization: Material, gathered: list[Built]) -> None:
        facts = kustomization.now
        for token, patch in groups_below(facts, "/patches").items():
            self._patch(kustomization, f"/patches/{token}", patch, gathered)
        for token, patch in groups_below(facts, "/patchesJson6902").items():
            self._patch(kustomization, f"/patchesJson6902/{token}", patch, gathered)
        for token, patch in groups_below(facts, "/patchesStrategicMerge").items():
            file = patch.get("", "")
            if file[:1] == '"':
                self._file_patch(kustomization, file[1:-1], {}, gathered)
            else:
                prefix = f"/patchesStrategicMerge/{token}"
                self._inline(kustomization, prefix, patch, {}, gathered)
        for built in gathered:
            built.overrides += overrides.transformers(kustomization, built.material)
        for list_name in (
            "/helmCharts",
            "/helmChartInflationGenerator",
            "/generators",
            "/transformers",
            "/replacements",
            "/vars",
        ):
            if any(address.startswith(list_name) for address in facts):
                self.unapplied.append(
                    f"{kustomization.file}: {list_name[1:]} needs kustomize itself"
                )

    def _patch(
        self, kustomization: Material, prefix: str, patch: Mapping[str, str], gathered: list[Built]
    ) -> None:
        target = {
            field: patch[f"/target/{field}"][1:-1]
            for field in ("kind", "name", "namespace", "group", "version")
            if patch.get(f"/target/{field}", "")[:1] == '"'
        }
        if "/target/labelSelector" in patch or "/target/annotationSelector" in patch:
            self.unapplied.append(f"{kustomization.file}: a patch selects by label or annotation")
            return
        path = patch.get("/path")
        if path is not None:
            self._file_patch(kustomization, path[1:-1], target, gathered)
            return
        inner = {
            address[len("/patch") :]: value
            for address, value in patch.items()
            if address.startswith("/patch/")
        }
        if inner:
            self._inline(kustomization, f"{prefix}/patch", inner, target, gathered)
        elif "/patch" in patch:
            self.unapplied.append(
                f"{kustomization.file}: {prefix[1:]} is text that could not be read"
            )

    def _inline(
        self,
        kustomization: Material,
        prefix: str,
        facts: Mapping[str, str],
        target: Mapping[str, str],
        gathered: list[Built],
    ) -> None:
        for built in gathered:
            if selects(target or identity(facts), built.material.key):
                built.overrides.append(overrides.Override(kustomization, prefix))

    def _file_patch(
        self, kustomization: Material, name: str, target: Mapping[str, str], gathered: list[Built]
    ) -> None:
        file = resolve(posixpath.dirname(kustomization.file), name)
        materials = self.tree.by_file.get(file)
        if materials is None:
            self.unapplied.append(
                f"{kustomization.file}: patch {file} was not found or cannot be read"
            )
            return
        self.files.add(file)
        for material in materials:
            wanted = target or _key_identity(material.key)
            for built in gathered:
                if selects(wanted, built.material.key):
                    built.overrides.append(overrides.Override(material, ""))


def identity(facts: Mapping[str, str]) -> dict[str, str]:
    """The kind and name that a strategic merge patch says it is for."""
    found = {"kind": facts.get("/kind", ""), "name": facts.get("/metadata/name", "")}
    return {field: value[1:-1] for field, value in found.items() if value[:1] == '"'}


def _key_identity(key: str) -> dict[str, str]:
    parts = key.split("/")
    return {"kind": parts[0], "name": parts[-1]} if len(parts) > 1 else {}


def selects(target: Mapping[str, str], key: str) -> bool:
    """Whether a patch target means the object with this key; fields are whole-match patterns.

    >>> selects({"kind": "Deployment", "name": "(a|b)"}, "Deployment/ns/b")
    True
    >>> selects({}, "Deployment/b")
    False
    """
    if not target:
        return False
    parts = key.split("/")
    for field, actual in (("kind", parts[0]), ("name", parts[-1])):
        wanted = target.get(field)
        if wanted is None:
            continue
        try:
            if re.fullmatch(wanted, actual) is None:
                return False
        except re.error:
            if wanted != actual:
                return False
    return "kind" in target or "name" in target
