"""What one kustomization does to the objects it has gathered, in kustomize's order.

Strategic patches come first, then `patches`, namespace, names, labels,
annotations, JSON 6902 patches, replica counts and images.
"""

import posixpath
from collections.abc import Callable, Mapping

from driftline.inventory.kustomizations import transformers
from driftline.inventory.kustomizations.built import Built
from driftline.inventory.kustomizations.json_patch import is_json_patch, patched
from driftline.inventory.kustomizations.kustomization import Tree, act_at, listed_since, resolve
from driftline.inventory.kustomizations.name_references import mended
from driftline.inventory.kustomizations.overrides import (
    Edit,
    deletes_object,
    directives,
    merge_patch,
    patch_steps,
)
from driftline.inventory.kustomizations.patch_targets import Target, own_target, target_of
from driftline.inventory.kustomizations.transformers import Effect
from driftline.inventory.layers.claims import merge_fields
from driftline.inventory.layers.material import Material, groups_below, text_of
from driftline.model import address as addresses

Refuse = Callable[[Material, str], None]
Names = tuple[tuple[str, str, str], ...]
_PATCH_LISTS = ("/patchesStrategicMerge", "/patches", "/patchesJson6902")


class Transformation:
    """One kustomization, the objects in its hands, and where its refusals go.

    `gathered` is changed in place: objects gain layers, and deleted ones leave.
    """

    def __init__(
        self,
        tree: Tree,
        kustomization: Material,
        gathered: list[Built],
        refuse: Refuse,
        files: set[str],
    ) -> None:
        self.tree = tree
        self.own = kustomization
        self.gathered = gathered
        self.refuse = refuse
        self.files = files
        self._listed = listed_since(kustomization, _PATCH_LISTS)

    def run(self) -> None:
        """Apply everything."""
        facts = self.own.now
        for token, patch in groups_below(facts, "/patchesStrategicMerge").items():
            self._patch(f"/patchesStrategicMerge/{token}", "", patch)
        for token, patch in groups_below(facts, "/patches").items():
            self._patch(f"/patches/{token}", "/patch", patch)
        accounts = [
            one for built in self.gathered if built.kind == "ServiceAccount" for one in built.names
        ]
        self._fields(("/namespace", transformers.namespace(accounts)))
        self._names()
        self._fields(
            ("/commonLabels", transformers.common_labels),
            ("/labels", transformers.labels),
            ("/commonAnnotations", transformers.common_annotations),
        )
        for token, patch in groups_below(facts, "/patchesJson6902").items():
            self._patch(f"/patchesJson6902/{token}", "/patch", patch)
        if _has(facts, "/replicas"):
            for built in self.gathered:
                self._edit(
                    built, Edit(self.own, ("/replicas",), transformers.replicas(built.names))
                )
        self._fields(("/images", transformers.images))

    def _fields(self, *rows: tuple[str, Effect]) -> None:
        for field, effect in rows:
            if _has(self.own.now, field):
                for built in self.gathered:
                    self._edit(built, Edit(self.own, (field,), effect))

    def _names(self) -> None:
        """Prefix and suffix, and then the references to whatever has another name."""
        fields = ("/namePrefix", "/nameSuffix")
        if not any(field in self.own.now for field in fields):
            return
        changed: dict[tuple[str, str], str] = {}
        for built in self.gathered:
            before = built.identity
            self._edit(built, Edit(self.own, fields, transformers.renamed))
            if before != built.identity:
                changed[before] = built.identity[1]
        now = {field: self.own.now.get(field) for field in fields}

        def effect(field: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
            # Before prefix and suffix were what they are now, names were others.
            is_now = {one: field.get(one) for one in fields} == now
            return mended(changed, facts) if is_now else dict(facts)

        for built in self.gathered:
            self._edit(built, Edit(self.own, fields, effect))

    def _patch(self, prefix: str, inner: str, entry: Mapping[str, str]) -> None:
        """One entry of a list of patches: a file by its path, or text that was parsed."""
        target = target_of(entry)
        if target is None:
            self.refuse(self.own, f"{prefix[1:]} selects by more than equality of labels")
            return
        if any(one.startswith("/options/") for one in entry):
            self.refuse(self.own, f"{prefix[1:]} may change kinds and names")
        path = text_of(entry.get("/path")) or text_of(entry.get(""))
        if path:
            self._file(path, target)
            return
        found = {one[len(inner) :]: v for one, v in entry.items() if one.startswith(inner + "/")}
        if not found:
            self.refuse(self.own, f"{prefix[1:]} is text that could not be read")
            return
        self._document(self.own, prefix + inner, found, target)

    def _file(self, path: str, target: Target) -> None:
        file = resolve(posixpath.dirname(self.own.file), path)
        materials = [one for one in self.tree.by_file.get(file, ()) if one.is_alive]
        if not materials:
            self.refuse(self.own, f"patch {file} was not found or cannot be read")
        self.files.add(file)
        known = {id(one): len(one.pieces) for one in self.gathered}
        for material in materials:
            self._document(material, "", material.now, target)
        since = self._listed.get(path, self.own.born)
        if since > self.own.born:
            # The file may be older than the entry, as where overlays share it.
            act = act_at(self.own, since)
            for built in self.gathered:
                built.hold_back(known[id(built)], since, act)

    def _document(
        self, material: Material, prefix: str, facts: Mapping[str, str], target: Target
    ) -> None:
        """One patch, whatever its form, on every object that it is for."""
        if is_json_patch(facts):
            for built in self._selected(target):
                self._edit(built, Edit(material, (prefix,), patched))
            return
        if "/0/kind" in facts:
            self.refuse(self.own, "several patches stand in one text")
            return
        wanted = target if target.fields or target.labels or target.annotations else None
        chosen = self._selected(wanted or own_target(facts))
        if not chosen and wanted is None:
            self.refuse(self.own, f"a patch in {material.file} finds no object")
        for built in chosen:
            self._merge(built, material, prefix, facts)

    def _merge(
        self, built: Built, material: Material, prefix: str, facts: Mapping[str, str]
    ) -> None:
        if deletes_object(facts):
            self.gathered.remove(built)
            return
        for why in (*directives(facts), *_misfits(merge_patch(facts), built.now)):
            self.refuse(self.own, f"a patch of {built.label}: {why}")
        built.add(material, built.patch_mode, patch_steps(material, prefix))

    def _selected(self, target: Target) -> list[Built]:
        return [one for one in self.gathered if target.selects(one)]

    def _edit(self, built: Built, edit: Edit) -> None:
        reason = built.edit(edit)
        if reason:
            self.refuse(self.own, f"a patch of {built.label}: {reason}")


def _has(facts: Mapping[str, str], field: str) -> bool:
    return any(one == field or one.startswith(field + "/") for one in facts)


def _misfits(patch: Mapping[str, str], facts: Mapping[str, str]) -> list[str]:
    """Lists of a patch whose elements cannot be matched with the object's, with the reason."""
    found = []
    for place, tokens in _lists(patch).items():
        if not merge_fields(place):
            continue
        theirs = _lists(facts).get(place, set())
        if theirs and {_field(token) for token in tokens} != {_field(token) for token in theirs}:
            found.append(f"the elements of {place} have no names in common")
    if any(one.startswith("/metadata/finalizers/") for one in patch):
        found.append("finalizers are added to those of the object")
    return found


def _lists(facts: Mapping[str, str]) -> dict[str, set[str]]:
    """The tokens of each list."""
    found: dict[str, set[str]] = {}
    for address in facts:
        place = address
        while place:
            place, _, token = place.rpartition("/")
            if token[:1] == "[" or addresses.is_position(token):
                found.setdefault(place, set()).add(token)
    return found


def _field(token: str) -> str:
    named = addresses.element_name(token)
    return named[0] if named else ""
