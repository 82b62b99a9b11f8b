"""If an environment burned down tonight, what would not come back from its declarations?

What runs and is declared nowhere exists only in the running system: objects
that nobody declares, and values that somebody moved there. A rebuild from what
is declared would lose all of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from driftline.model.answers.parity import Divergence, Side
from driftline.model.answers.planes import BurnedDown, OwnerLoss, Unmanaged
from driftline.model.verdict import Kind

_NOBODY = ""


class _Loss(msgspec.Struct, frozen=True):
    role: str
    owner: str
    facts: int
    since: str | None


def burned_down(
    environment: str, rows: Iterable[Divergence], unmanaged: Sequence[Unmanaged]
) -> BurnedDown:
    """What of an environment exists only as it runs, by owner, the oldest first.

    `rows` compare what is declared, on the left, with what runs. What was lost
    from the system would come back, and what nobody could see is not counted.
    """
    losses = [
        _Loss(row.role, row.owner, 1, row.since)
        for row in rows
        if row.path and row.right_state is Side.PRESENT and row.kind != Kind.UNKNOWN
    ]
    losses += [
        _Loss(one.role, one.owner, one.facts, one.since)
        for one in unmanaged
        if one.judged != Kind.UNKNOWN
    ]
    by_owner: dict[str, list[_Loss]] = defaultdict(list)
    for one in losses:
        by_owner[one.owner or _NOBODY].append(one)
    owners = [
        OwnerLoss(owner, *_counts(several), _oldest(several)) for owner, several in by_owner.items()
    ]
    owners.sort(key=lambda one: (one.oldest or "9999", one.owner))
    return BurnedDown(environment, *_counts(losses), _oldest(losses), tuple(owners))


def _counts(losses: Sequence[_Loss]) -> tuple[int, int]:
    """Facts, and the resources that they stand in."""
    return sum(one.facts for one in losses), len({one.role for one in losses})


def _oldest(losses: Sequence[_Loss]) -> str | None:
    return min((one.since for one in losses if one.since is not None), default=None)
