"""What layout needs to know of a file's content: kinds, objects, shapes and references."""

from collections.abc import Iterable, Mapping, Sequence

from driftline.inventory.layout.references import references_of
from driftline.model import address as addresses
from driftline.model.document import DocumentKind
from driftline.model.placing import FileCard, Reference

SHAPE_DEPTH = 3


def card(
    path: str,
    documents: Sequence[tuple[DocumentKind, str, Mapping[str, str]]],
    alive: bool = True,  # noqa: FBT001, FBT002 - a card's own field, named at every call
) -> FileCard:
    """The card of a file from its documents: kind, key, and facts as address to JSON text."""
    kinds: set[DocumentKind] = set()
    objects: list[str] = []
    shapes: set[str] = set()
    references: dict[Reference, None] = {}
    for kind, key, facts in documents:
        kinds.add(kind)
        if kind is DocumentKind.OBJECT:
            objects.append(key)
        shapes |= shapes_of(facts)
        references.update(dict.fromkeys(references_of(path, kind, key, facts)))
    return FileCard(
        path=path,
        kinds=frozenset(str(kind) for kind in kinds),
        objects=tuple(objects),
        shapes=frozenset(shapes),
        references=tuple(references),
        alive=alive,
    )


def shapes_of(facts: Iterable[str]) -> frozenset[str]:
    """The shapes of addresses and of what they stand in, down to depth three.

    >>> sorted(shapes_of(["/a/0/b/c", "/a/1/b/d"]))
    ['/a', '/a/*', '/a/*/b']
    """
    prefixes = {
        address if address.count("/") <= SHAPE_DEPTH else _cut(address) for address in facts
    }
    shapes: set[str] = set()
    for prefix in prefixes:
        shape = addresses.shape(prefix)
        if shape in shapes or not shape:
            continue
        shapes.add(shape)
        shapes.update(addresses.ancestors(shape))
    return frozenset(shapes)


def _cut(address: str) -> str:
    return "/".join(address.split("/", SHAPE_DEPTH + 1)[: SHAPE_DEPTH + 1])
