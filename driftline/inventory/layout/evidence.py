"""How alike two siblings are, so that one may be taken for the same sort of thing.

Folders are alike when they hold files of the same names; files are alike when
their facts have the same shapes. Without content a file says nothing, which is
None and not zero.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from driftline.inventory.layout.tree import Entry, Value
from driftline.inventory.layout.vocabulary import GENERIC_STEMS, KIND_STEMS

_ENOUGH_PEERS = 16  # more siblings say nothing new, and thousands would cost


def relative_names(value: Value, depth: int) -> frozenset[str]:
    """The files below a folder's value, by their path below it, its own name cut out."""
    if value.relative is None:
        below = ("/".join(entry.segments[depth + 1 :]) for entry in value.entries)
        if len(value.spelled) > 2:
            value.relative = frozenset(path.replace(value.spelled, "{}") for path in below)
        else:
            # A name of one or two letters is part of too many words to be cut out.
            value.relative = frozenset(below)
    return value.relative


def mirrored(value: Value, others: Iterable[Value], depth: int) -> tuple[float, int, int]:
    """Share of a folder's files that its siblings have too, their number, and the telling ones.

    A file that every folder has (`main.tf`, `values.yaml`, `deployment.yaml`)
    does not tell an environment from a service; the others do.
    """
    own = relative_names(value, depth)
    union: set[str] = set()
    for other in islice((other for other in others if other is not value), _ENOUGH_PEERS):
        union |= relative_names(other, depth)
    common = own & union
    telling = {name for name in common if not _is_generic(name)}
    return (len(common) / len(own) if own else 0.0), len(common), len(telling)


def _is_generic(relative: str) -> bool:
    if "/" in relative:
        return False
    stem = relative.split(".", maxsplit=1)[0].lower()
    return stem in GENERIC_STEMS or stem in KIND_STEMS or stem == "{}"


def shapes_of(entries: Iterable[Entry]) -> frozenset[str]:
    """The top two levels of shapes of some files, without what every object has."""
    shapes: set[str] = set()
    for entry in entries:
        shapes.update(entry.card.shapes)
    return frozenset(shape for shape in shapes if shape.count("/") <= 2)


def top_level(shapes: Iterable[str]) -> frozenset[str]:
    """The top-level keys among shapes.

    >>> sorted(top_level(["/a/b", "/a", "/c/d/e"]))
    ['a', 'c']
    """
    return frozenset(shape.split("/", 2)[1] for shape in shapes if shape.startswith("/"))


def _keys(value: Value) -> frozenset[str]:
    if value.keys is None:
        value.keys = top_level(shapes_of(value.entries))
    return value.keys


def alike(value: Value, others: Sequence[Value]) -> float | None:
    """How much of a file's top-level shape its siblings share, from 0 to 1; None if unknown.

    Two keys at least must be known, because one key in common is chance.
    """
    own = _keys(value)
    if not own:
        return None
    counted: dict[str, int] = {}
    known = 0
    for other in islice((other for other in others if other is not value), _ENOUGH_PEERS):
        keys = _keys(other)
        known += bool(keys)
        for key in keys:
            counted[key] = counted.get(key, 0) + 1
    if not known:
        return None
    shared = own & set(counted)
    typical = {key for key, count in counted.items() if count * 2 > known}
    inside = len(shared) / len(own)
    covers = len(own & typical) / len(typical) if typical else inside
    if len(own) == 1:
        return min(inside, 0.5) if not typical <= own else inside
    return 0.6 * inside + 0.4 * covers
