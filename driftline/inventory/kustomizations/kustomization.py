"""Where the kustomizations of a tree lie, and what the paths in them mean."""

import posixpath
import re
from collections.abc import Sequence

from driftline.inventory.layers.material import Material, text_of
from driftline.model.document import DocumentKind


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


# Where an entry of a list stands, and where a patch says which file it is in.
_ENTRY = re.compile(r"/[^/]+/[^/]+(?:/path)?")


def is_remote(target: str) -> bool:
    """Whether a resource of a kustomization is fetched from elsewhere.

    >>> is_remote("github.com/org/app//base?ref=v1.2"), is_remote("../base")
    (True, False)
    """
    if "://" in target or "?ref=" in target or target.startswith("git@"):
        return True
    first = target.split("/", 1)[0]
    return "." in first.strip(".") and "/" in target and not target.startswith((".", "/"))


def resolve(folder: str, target: str) -> str:
    """A path written in a file of `folder`, from the root of the repository."""
    joined = posixpath.join(folder, target) if folder else target
    return posixpath.normpath(joined)


def listed_since(kustomization: Material, lists: Sequence[str]) -> dict[str, int]:
    """Each entry of some lists, and since when it stands there without a break.

    An entry is a text, or the `path` of a patch. One that comes at the very look
    at which others leave takes their place: the same thing under another path.
    """
    starts = tuple(name + "/" for name in lists)
    steps = [
        step
        for step in kustomization.steps
        if step.address.startswith(starts) and _ENTRY.fullmatch(step.address)
    ]
    current: dict[str, str] = {}
    since: dict[str, int] = {}
    for number, step in enumerate(steps):
        if step.value is None:
            current.pop(step.address, None)
        else:
            current[step.address] = text_of(step.value)
        if number + 1 < len(steps) and steps[number + 1].instant == step.instant:
            continue
        listed = set(current.values())
        left = [since.pop(one) for one in set(since) - listed]
        for one in listed - since.keys():
            since[one] = min(left, default=step.instant)
    return since


def act_at(kustomization: Material, instant: int) -> int:
    """Whose doing the steps of a kustomization at an instant were; -1 if there are none."""
    return next((step.act for step in kustomization.steps if step.instant == instant), -1)
