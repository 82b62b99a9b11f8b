"""From trees to named, redacted documents: the last step that all formats share."""

from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

from driftline.model.document import Document, DocumentKind
from driftline.sources.formats.embedded_text import structured
from driftline.sources.formats.identity import Heading, heading_of_tree, identify
from driftline.sources.formats.limits import LEAVES_MAX, Unreadable, too_many
from driftline.sources.formats.secret_data import undo_base64
from driftline.sources.formats.tree import Tree, flatten

SOPS_REASON = "encrypted with sops"
# Whatever a Secret holds is one, whatever it is called.
SECRET_DATA = ("/data/", "/stringData/")


class Masking(Protocol):
    """Masks the secrets among facts in place; `driftline.sources.redaction` does it."""

    def redact(self, facts: dict[str, str], secret_below: tuple[str, ...] = ()) -> None:
        """Mask secrets; everything below the prefixes `secret_below` is one."""


class Named(msgspec.Struct, frozen=True, gc=False):
    """A document before its file has made its key unique."""

    key: str
    kind: DocumentKind
    parts: tuple[Mapping[str, str], ...]

    @property
    def count(self) -> int:
        """The number of its facts."""
        return sum(map(len, self.parts))


def documents_of_tree(tree: Tree, expected: DocumentKind, masking: Masking) -> list[Named]:
    """The documents that one parsed document stands for: itself, or the items of a list.

    Raises Unreadable for what sops has encrypted: its values are ciphertext,
    and new ciphertext of an old value is no change.
    """
    if tree == "null":
        return []
    check_sops(tree)
    heading = heading_of_tree(tree)
    items = _items(tree, heading)
    if items is not None:
        return _expanded(items, expected, masking)
    key, kind = identify(heading, expected)
    structured(tree, heading, is_kustomization=kind is DocumentKind.KUSTOMIZATION)
    return [Named(key, kind, (masked_facts(tree, heading, masking),))]


def masked_facts(tree: Tree, heading: Heading, masking: Masking) -> dict[str, str]:
    """The facts of one parsed document without its secrets; may change the tree.

    Raises Unreadable when the tree stands for too much.
    """
    if heading.is_secret:
        undo_base64(tree)
    facts = flatten(tree)
    masking.redact(facts, SECRET_DATA if heading.is_secret else ())
    return facts


def check_sops(tree: Tree) -> None:
    """Raise Unreadable when the document carries the mark of sops."""
    stamp = tree.get("sops") if isinstance(tree, dict) else None
    if isinstance(stamp, dict) and ("mac" in stamp or "lastmodified" in stamp):
        raise Unreadable(SOPS_REASON)


def with_unique_keys(named: Iterable[Named | None]) -> tuple[Document, ...]:
    """Documents in file order, told apart by key; None is one that could not be read.

    The first nameless document keeps the empty key, the third is `#2`, so that
    adding one at the end renames none. The second `Service/web` of a file is
    `Service/web#2`. Nameless documents after an unreadable one are left out:
    nobody can tell whether it was nameless too, and so which one they are.
    """
    nameless = 0
    complete = True
    times: dict[str, int] = {}
    documents: list[Document] = []
    for one in named:
        if one is None:
            complete = False
        elif one.key:
            times[one.key] = seen = times.get(one.key, 0) + 1
            key = one.key if seen == 1 else f"{one.key}#{seen}"
            documents.append(Document(key, one.kind, one.parts))
        elif complete:
            key = f"#{nameless}" if nameless else ""
            nameless += 1
            documents.append(Document(key, one.kind, one.parts))
    return tuple(documents)


def _expanded(items: list[Tree], expected: DocumentKind, masking: Masking) -> list[Named]:
    expanded: list[Named] = []
    leaves = 0
    for item in items:
        for named in documents_of_tree(item, expected, masking):
            expanded.append(named)
            leaves += named.count
            if leaves > LEAVES_MAX:
                raise too_many()
    return expanded


def _items(tree: Tree, heading: Heading) -> list[Tree] | None:
    """The objects inside a list object, or None for a document that is one itself."""
    if not heading.is_list or not isinstance(tree, dict):
        return None
    items = tree["items"]
    if not isinstance(items, list) or not items:
        return None
    if all(heading_of_tree(item).is_object for item in items):
        return items
    return None
