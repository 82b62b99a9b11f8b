"""What a commit does to the files, as values that can be applied to any tree.

A branch makes its edits on the tree it was cut from, and the merge makes the
same edits on the tree it lands on: that is how work overlaps here, so an edit
says what to do and never what the whole file will be.
"""

from collections.abc import Mapping

import msgspec

from driftline.lab import handwriting
from driftline.lab.fleet import Packaging, service
from driftline.model.address import element

Tree = Mapping[str, str]


class Edit(msgspec.Struct, frozen=True, tag=True):
    """One thing done to the files; `apply` gives the paths it leaves different, None for gone."""

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The files this edit writes or removes when it is made on this tree."""
        raise NotImplementedError


class Put(Edit, frozen=True):
    """Write a whole file."""

    path: str
    text: str

    def apply(self, tree: Tree) -> dict[str, str | None]:  # noqa: ARG002 - whatever was there goes
        """The file as given."""
        return {self.path: self.text}


class SetValue(Edit, frozen=True):
    """Respell one value; comment, order and quotes of everything else stay."""

    path: str
    address: str
    spelled: str
    document: str = ""

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The file with that one value respelled."""
        text = handwriting.with_value(
            self.path, tree[self.path], self.address, self.spelled, self.document
        )
        return {self.path: text}


class SetOwn(Edit, frozen=True):
    """Respell one value of a Helm service in one environment, wherever its file lies by now."""

    service: str
    site: str
    address: str
    spelled: str

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The values file with that one value respelled."""
        path = own_values(tree, self.service, self.site)
        return SetValue(path, self.address, self.spelled).apply(tree)


class SetTag(Edit, frozen=True):
    """Deploy a version of a service's image in one environment."""

    service: str
    site: str
    version: str

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The file that names the image's tag, with the new one."""
        known = service(self.service)
        if known.packaging is Packaging.HELM:
            edit: Edit = SetOwn(self.service, self.site, "/image/tag", self.version)
        else:
            path = f"apps/{self.service}/overlays/{self.site}/kustomization.yaml"
            address = f"/images/{element('name', known.repository)}/newTag"
            edit = SetValue(path, address, self.version)
        return edit.apply(tree)


class Replace(Edit, frozen=True):
    """Replace a stretch of text that must be there exactly once."""

    path: str
    old: str
    new: str

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The file with the stretch replaced."""
        text = tree[self.path]
        if text.count(self.old) != 1:
            raise KeyError(f"{self.path} holds {self.old!r} {text.count(self.old)} times")
        return {self.path: text.replace(self.old, self.new)}


class Append(Edit, frozen=True):
    """Add lines at the end of a file."""

    path: str
    text: str

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The file with the lines added."""
        return {self.path: tree[self.path] + self.text}


class Remove(Edit, frozen=True):
    """Remove a file, or a folder when the path ends with a slash."""

    path: str

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """Each file that goes."""
        gone: dict[str, str | None] = {path: None for path in tree if _within(path, self.path)}
        if not gone:
            raise KeyError(f"nothing to remove at {self.path}")
        return gone


class Move(Edit, frozen=True):
    """Rename a file; its text stays."""

    old: str
    new: str

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The old path gone, the new one with its text."""
        return {self.old: None, self.new: tree[self.old]}


class Copy(Edit, frozen=True):
    """Copy a file as somebody does who sets up a new place: with names replaced."""

    old: str
    new: str
    names: tuple[tuple[str, str], ...] = ()

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The new file."""
        text = tree[self.old]
        for before, after in self.names:
            text = text.replace(before, after)
        return {self.new: text}


class Reformat(Edit, frozen=True):
    """What a formatter does to a file: strings quoted, blocks sorted, no value changed."""

    path: str

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The file as the formatter leaves it."""
        return {
            self.path: handwriting.sorted_blocks(handwriting.quoted(self.path, tree[self.path]))
        }


def own_values(tree: Tree, name: str, site: str) -> str:
    """Where a Helm service's values for an environment lie in this tree; a KeyError if nowhere."""
    for folder in ("environments", "env"):
        path = f"{folder}/{site}/{name}.yaml"
        if path in tree:
            return path
    raise KeyError(f"{name} has no values in {site}")


def _within(path: str, target: str) -> bool:
    return path.startswith(target) if target.endswith("/") else path == target


def changed(tree: Tree, edits: tuple[Edit, ...]) -> dict[str, str | None]:
    """What a series of edits leaves different from a tree, one after the other."""
    working: dict[str, str] = dict(tree)
    touched: dict[str, str | None] = {}
    for edit in edits:
        for path, text in edit.apply(working).items():
            touched[path] = text
            if text is None:
                del working[path]
            else:
                working[path] = text
    return {path: text for path, text in touched.items() if text != tree.get(path)}


def applied(tree: Tree, changes: Mapping[str, str | None]) -> dict[str, str]:
    """The tree with these files written or removed."""
    result = {path: text for path, text in tree.items() if changes.get(path, text) is not None}
    result.update({path: text for path, text in changes.items() if text is not None})
    return result
