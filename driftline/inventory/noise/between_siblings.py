"""What of the difference between two running siblings must not be reported.

Neither side is the intent here. What either cluster assigned, filled in or
keeps for itself is no difference between environments; what somebody set in
one of them is.
"""

from collections.abc import Mapping

from driftline.inventory.noise.autoscaling import Band, autoscaled
from driftline.inventory.noise.bookkeeping import bookkeeping
from driftline.inventory.noise.certificates import certificates
from driftline.inventory.noise.generated_names import is_reference, same_but_for_hash
from driftline.inventory.noise.ownership import Managers, Ownership, Sort, is_applied
from driftline.inventory.noise.places import Place, place
from driftline.inventory.noise.populated import assigned, filled
from driftline.inventory.noise.reordered import reordered
from driftline.inventory.noise.rule import Noise, noise
from driftline.inventory.noise.served import respelled
from driftline.inventory.noise.side import Side

Facts = Mapping[str, str]

_HASH = noise("name-hash")
_NAMESPACE = noise("namespace")
_UNOWNED = Noise("unowned", "nobody set it on either side, as the field managers tell")
_NONE = '"None"'


def between_siblings(
    kind: str,
    left: Facts,
    right: Facts,
    left_managers: Managers,
    right_managers: Managers,
    *,
    left_band: Band | None = None,
    right_band: Band | None = None,
) -> dict[str, Noise]:
    """The addresses at which two observed objects of one role differ without meaning it.

    Managers and bands are those of `against_intent`, for either side. The
    answer is the same with left and right exchanged.
    """
    if left == right:
        return {}
    mine = Side(kind, left, right, Ownership(left_managers, right, left), left_band)
    theirs = Side(kind, right, left, Ownership(right_managers, left, right), right_band)
    changed = [one for one, value in left.items() if right.get(one, value) != value]
    left_only = [one for one in left if one not in right]
    right_only = [one for one in right if one not in left]
    found = reordered(
        kind, left, right, [*changed, *left_only, *right_only],
        is_custom=mine.is_custom or theirs.is_custom,
    )  # fmt: skip
    for address in changed:
        if address not in found:
            reason = _changed(address, place(address), mine, theirs)
            if reason is not None:
                found[address] = reason
    found.update(mine.extras([one for one in left_only if one not in found]))
    found.update(theirs.extras([one for one in right_only if one not in found]))
    return found


def _changed(address: str, at: Place, mine: Side, theirs: Side) -> Noise | None:
    """The noise of a fact that both sides have with different values."""
    kind = mine.kind
    left, right = mine.facts[address], theirs.facts[address]
    reason = assigned(kind, at.shape) or bookkeeping(at)
    if reason is None:
        reason = respelled(kind, at, address, left, right)
    if reason is not None:
        return reason
    if address == "/metadata/namespace":
        return _NAMESPACE
    if is_reference(at.shape) and same_but_for_hash(left, right):
        return _HASH
    moved = autoscaled(kind, address, left, mine.band)
    if moved is not None and autoscaled(kind, address, right, theirs.band) is not None:
        return moved
    return _by_owners(address, at, mine, theirs)


def _by_owners(address: str, at: Place, mine: Side, theirs: Side) -> Noise | None:
    """The noise of two values that nobody chose, by who owns them on either side."""
    owners = mine.own.owners(address), theirs.own.owners(address)
    is_chosen = any(
        is_applied(one) or Sort.HAND in side.own.sorts(one)
        for one, side in zip(owners, (mine, theirs), strict=True)
    )
    if is_chosen:
        return None
    reason = filled(mine.kind, at.shape) or certificates(at, mine.facts)
    if reason is not None:
        # A service without an address of its own is another sort of service.
        return None if _NONE in (mine.facts[address], theirs.facts[address]) else reason
    if at.is_open or address == "/spec/replicas" or any(owners):
        return None
    return _UNOWNED if mine.own.is_known and theirs.own.is_known else None
