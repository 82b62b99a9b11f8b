"""Renames and migrations as the store's history shows them."""

from collections import defaultdict

import msgspec

from driftline.engine.remembering import remember
from driftline.history.protocol import Resource, Store
from driftline.inventory.rules import RULES_VERSION
from driftline.inventory.succession import Begun, Ended, Successor, successors


def links(store: Store, source: int) -> tuple[Successor, ...]:
    """Each resource of a source that continued another one; derived, and kept until more is known.

    Only what ended and what began after the first look can be a rename, so a
    history without either costs nothing.
    """
    tip, first = store.tip(source), store.first(source)
    if tip is None or first is None:
        return ()
    # A deepened clone has the same tip and more past.
    name = f"successors/{source}"
    stamp = f"{RULES_VERSION}/{first.position}/{tip.position}/{tip.ref}"
    kept = store.derived(name, stamp)
    if kept is not None:
        return msgspec.json.decode(kept, type=tuple[Successor, ...])
    found = _found(store, source)
    remember(store, name, stamp, msgspec.json.encode(found))
    return found


def _found(store: Store, source: int) -> tuple[Successor, ...]:
    positions = [look.position for look in store.looks(source)]
    before = dict(zip(positions[1:], positions, strict=False))
    ends: dict[int, list[Resource]] = defaultdict(list)
    begins: dict[int, list[Resource]] = defaultdict(list)
    for resource in store.resources(source):
        for begin, end in resource.presence:
            if begin != positions[0]:
                begins[begin].append(resource)
            if end is not None:
                ends[end].append(resource)
    if not ends or not begins:
        return ()
    ended = [
        Ended(one.id, one.file, one.key, one.kind, position, facts[one.id])
        for position, several in ends.items()
        for facts in (store.state([one.id for one in several], before[position]),)
        for one in several
    ]
    begun = [
        Begun(one.id, one.file, one.key, one.kind, position, facts[one.id])
        for position, several in begins.items()
        for facts in (store.state([one.id for one in several], position),)
        for one in several
    ]
    return successors(ended, begun)
