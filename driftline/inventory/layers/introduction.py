"""Which of several acts introduced each value of a merged file.

Asked only where more than one person wrote a file inside one merge: the
versions between then tell who set what. A value that none of them set is the
merge's own.
"""

from collections import Counter
from collections.abc import Sequence

import msgspec

from driftline.inventory.canonical import difference
from driftline.model.document import Reading
from driftline.model.look import FactChange, ResourceChange


class ActReading(msgspec.Struct, frozen=True, gc=False):
    """What one act made of a file; None is no file."""

    act: int
    before: Reading | None
    after: Reading | None


def introduced(
    changes: Sequence[ResourceChange], readings: Sequence[ActReading], default: int
) -> tuple[ResourceChange, ...]:
    """The same changes, each fact with the last act that set exactly that value.

    `readings` are oldest first; what none of them introduced belongs to the act
    `default`. A resource takes the act of most of its facts.
    """
    owners: dict[tuple[str, str | None, str | None], int] = {}
    for reading in readings:
        for change in difference(reading.before, reading.after, ""):
            if change.vanished:
                owners[(change.key, None, None)] = reading.act
            for fact in change.facts:
                owners[(change.key, fact.address, fact.after)] = reading.act
    return tuple(_attributed(change, owners, default) for change in changes)


def _attributed(
    change: ResourceChange,
    owners: dict[tuple[str, str | None, str | None], int],
    default: int,
) -> ResourceChange:
    if change.vanished:
        act = owners.get((change.key, None, None), default)
        return msgspec.structs.replace(change, act=act)
    acts = [owners.get((change.key, fact.address, fact.after), default) for fact in change.facts]
    counted = Counter(acts)
    act = max(counted, key=lambda one: (counted[one], one != default, -one), default=default)
    facts = tuple(
        fact if own == act else FactChange(fact.address, fact.before, fact.after, own)
        for fact, own in zip(change.facts, acts, strict=True)
    )
    return msgspec.structs.replace(change, act=act, facts=facts)
