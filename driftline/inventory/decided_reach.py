"""How many of the differences that there are now each decision speaks about.

Each decision is asked by itself and without its days: one that has ended
covers what counts again because of it, and one that nothing needs any more is
found. A decision that takes ignoring back covers what it takes back.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from driftline.inventory.acceptance import decided, frozen, is_about, pointer
from driftline.inventory.siblings import Found
from driftline.model import address as addresses
from driftline.model.ledger import NOT, Decision, Entry, Ledger


class _Place(msgspec.Struct, frozen=True):
    """A difference as decisions see it; a role that one side lacks has no path."""

    environments: tuple[str, str]
    role: str
    path: str = ""
    left: str | None = None
    right: str | None = None


def reach(entries: Sequence[Entry], pairs: Iterable[Found]) -> tuple[int, ...]:
    """The count of differences that each entry covers, in the order of the entries.

    A path that differs between three pairs is three differences, as in an answer.
    """
    places = [place for found in pairs for place in _places(found)]
    return tuple(_count(entry, places) for entry in entries)


def _places(found: Found) -> Iterator[_Place]:
    names = (found.left.name, found.right.name)
    compared = found.compared
    for one in compared.differences:
        left = one.left.value if one.left else None
        right = one.right.value if one.right else None
        yield _Place(names, one.role, one.address, left, right)
    for role in (*compared.roles_left_only, *compared.roles_right_only):
        yield _Place(names, role)


def _count(entry: Entry, places: Sequence[_Place]) -> int:
    alone = msgspec.structs.replace(entry, role=entry.role.removeprefix(NOT), made_on="", until="")
    if alone.decision is Decision.CLASSIFY:
        # What is said of one element of a list is said of all of them.
        alone = msgspec.structs.replace(alone, path=addresses.shape(pointer(alone.path)))
        return sum(is_about(alone, one.environments, one.role, one.path) for one in places)
    ledger = Ledger((alone,))
    if alone.decision is Decision.FREEZE:
        return sum(_is_frozen(ledger, one) for one in places)
    return sum(
        decided(ledger, one.environments, one.role, one.path, one.left, one.right, today="")
        is not None
        for one in places
    )


def _is_frozen(ledger: Ledger, one: _Place) -> bool:
    return frozen(ledger, one.environments, one.role, one.path, today="") is not None
