"""Differences that can only be aligned together: what goes as a whole, and what comes as one.

A mapping of which everything goes, goes with its key; an element of a list
comes with all that it holds, or not at all.
"""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from driftline.inventory.compare import Difference
from driftline.model import address as addresses
from driftline.model.verdict import Kind


class Row(msgspec.Struct, frozen=True):
    """One difference with its judgement; the left side is the source, the right one the target."""

    difference: Difference
    kind: Kind
    reason: str


class Group(msgspec.Struct, frozen=True):
    """Differences of one role that are aligned together; `place` is what goes, if they all go."""

    rows: tuple[Row, ...]
    place: str | None = None


def groups(
    rows: Sequence[Row],
    facts: Mapping[str, Collection[str]],
    *,
    is_open: Collection[str],
) -> list[Group]:
    """The rows in groups, those that take away first.

    `facts` are the addresses that the target has, by role. Only what is of a
    kind in `is_open` goes together.
    """
    leaving: dict[str, set[str]] = {}
    for row in rows:
        if row.difference.left is None and row.kind in is_open:
            leaving.setdefault(row.difference.role, set()).add(row.difference.right_address)
    found: dict[tuple[str, bool, str], list[Row]] = {}
    for row in sorted(rows, key=_order):
        one = row.difference
        mine = facts.get(one.role, ())
        if one.left is None:
            place = _leaving(one.right_address, mine, leaving.get(one.role, set()))
        elif one.right is None:
            place = _coming(one.right_address, mine)
        else:
            place = one.right_address
        found.setdefault((one.role, one.left is None, place), []).append(row)
    return [
        Group(tuple(several), place if leaves else None)
        for (_, leaves, place), several in found.items()
    ]


def _leaving(address: str, mine: Collection[str], leaving: set[str]) -> str:
    """The highest place of which the target loses everything."""
    place = address
    for above in addresses.ancestors(address):
        if not _below(above, mine) <= leaving:
            break
        place = above
    return place


def _coming(address: str, mine: Collection[str]) -> str:
    """The highest element of a list that the target does not have, or the address itself."""
    place = address
    for above in addresses.ancestors(address):
        if _below(above, mine):
            break
        token = above.rpartition("/")[2]
        if addresses.element_name(token) is not None or addresses.is_position(token):
            place = above
    return place


def _below(place: str, mine: Collection[str]) -> set[str]:
    start = place + "/"
    return {one for one in mine if one.startswith(start)}


def _order(row: Row) -> tuple[bool, str, list[tuple[int, int, str]]]:
    """Removals first, then sets from the top; of a new element the name first.

    Removals go from the end of a list, so that the positions before stay.
    """
    one = row.difference
    tokens = addresses.tokens(one.right_address)
    is_removal = one.left is None
    keys = []
    for number, token in enumerate(tokens):
        named = addresses.element_name(tokens[number - 1]) if number else None
        is_name = named is not None and addresses.unescape(token) == named[0]
        if addresses.is_position(token):
            keys.append((1, -int(token) if is_removal else int(token), ""))
        else:
            keys.append((0 if is_name else 1, 0, token))
    return not is_removal, one.role, keys
