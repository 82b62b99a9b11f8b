"""The past of a clone that was shallow, put before what is stored of it."""

from collections.abc import Sequence

import msgspec

from driftline.engine.reading.git_branch import Branch
from driftline.engine.reading.intake import Taken
from driftline.errors import IntegrityError
from driftline.model.look import Look, LookChanges


def deepen(branch: Branch, first: Look) -> int:
    """Put the commits before the first look into the store; how many there were.

    The first look listed everything that was there; the past replaces that by
    what really changed in it. Raises IntegrityError, with nothing changed,
    when the past does not lead to what is stored.
    """
    found = branch.steps(first.ref, None, after=None, position=0)
    lowest = min(
        first.position, *(epoch.from_position for epoch in branch.store.epochs(branch.source.id))
    )
    coming = [
        _placed(changes, number - len(found) + 1 + lowest, first)
        for number, changes in enumerate(branch.looks(found, {}))
    ]
    _check_nothing_shows_through(coming)
    branch.remember_untold(found[1:])
    branch.store.extend_past(branch.source.id, coming, known_at=branch.known_at)
    facts = sum(len(resource.facts) for look in coming for resource in look.resources)
    branch.count(Taken(len(coming) - 1, facts, 0))
    return len(coming) - 1


def _placed(changes: LookChanges, position: int, first: Look) -> LookChanges:
    """A look of the past at its position; the last one takes the place of the first look.

    Instants do not run backwards along the chain, so none of the past may be
    later than the look that was stored first.
    """
    is_first = changes.look.ref == first.ref
    look = msgspec.structs.replace(
        changes.look,
        position=first.position if is_first else position,
        at=first.at if is_first else min(changes.look.at, first.at),
    )
    return msgspec.structs.replace(changes, look=look)


def _check_nothing_shows_through(coming: Sequence[LookChanges]) -> None:
    """Refuse a past that knows more about a file in a gap than the stored listing could.

    Such a file is listed as unknown; later looks were compared with nothing,
    and would contradict what the past says was there all along.
    """
    there: dict[str, set[str]] = {}
    unread: set[str] = set()
    for changes in coming:
        for resource in changes.resources:
            keys = there.setdefault(resource.file, set())
            if resource.vanished:
                keys.discard(resource.key)
            elif resource.appeared:
                keys.add(resource.key)
        for gap in changes.gaps:
            if gap.reason is None:
                unread.discard(gap.file)
            else:
                unread.add(gap.file)
    if any(there.get(file) for file in unread):
        raise IntegrityError(
            "the past knows facts of files that could not be read in the first stored look;"
            " open a new epoch and read the source again"
        )
