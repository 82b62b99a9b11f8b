"""Which differences between siblings come from a side that left its own declaration?

Where both sides are as declared, their declarations decide what the difference
is. Where one is not, nobody meant it: it is drift, and it began when that side
left.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.compare import Difference
from driftline.inventory.siblings import Found
from driftline.inventory.travel.onset import Mover, Onset
from driftline.model.verdict import Kind, Verdict

Place = tuple[str, str]


class Declared(msgspec.Struct, frozen=True):
    """How one environment stands to its own declaration.

    `left_at` are the onsets of what deviates, by role and address as it runs;
    `undeclared` are the roles that run and are declared nowhere, `missing`
    those that are declared and do not run.
    """

    left_at: Mapping[Place, Onset]
    undeclared: frozenset[str]
    missing: frozenset[str]


class Deviating(msgspec.Struct, frozen=True):
    """The comparison of siblings with the onsets of what deviates, and the verdicts for it.

    `verdicts` are by role and left address, `missing` by role; what is in
    neither is judged by something else.
    """

    found: Found
    verdicts: Mapping[Place, Verdict]
    missing: Mapping[str, Verdict]


def deviating(found: Found, left: Declared, right: Declared, at: Sequence[int]) -> Deviating:
    """What of a comparison of siblings one of them alone explains; `at` are seconds of instants."""
    onsets: list[Onset] = []
    verdicts: dict[Place, Verdict] = {}
    names = (found.left.name, found.right.name)
    for one, before in zip(found.compared.differences, found.onsets, strict=True):
        mine = left.left_at.get((one.role, one.address))
        theirs = right.left_at.get((one.role, one.right_address))
        explained = _explained(mine, theirs, names)
        if explained is None:
            onsets.append(before)
            continue
        after, reason = explained
        onsets.append(after)
        verdicts[one.role, one.address] = _standing(one, reason, at[after.instant])
    missing = {
        role: _lone(role, name, other, theirs.missing)
        for roles, name, other, own, theirs in (
            (found.compared.roles_left_only, *names, left, right),
            (found.compared.roles_right_only, *names[::-1], right, left),
        )
        for role in roles
        if role in own.undeclared or role in theirs.missing
    }
    return Deviating(msgspec.structs.replace(found, onsets=onsets), verdicts, missing)


def _standing(one: Difference, reason: str, since: int) -> Verdict:
    if one.status == "unknown":
        return Verdict(Kind.UNKNOWN, "a layer that could not be read may set it", None, 0.0, 1)
    return Verdict(Kind.STANDING, reason, since, 0.0, 1)


def _explained(
    mine: Onset | None, theirs: Onset | None, names: tuple[str, str]
) -> tuple[Onset, str] | None:
    """The onset of the deviation that explains a difference, if one does, and the reason.

    Where both sides left what they should be, the later of them made the
    difference what it is.
    """
    if mine is not None and (theirs is None or mine.instant >= theirs.instant):
        return _told(mine, ("left", "right"), names[0], is_both=theirs is not None)
    if theirs is None:
        return None
    return _told(theirs, ("right", "left"), names[1], is_both=mine is not None)


def _told(
    onset: Onset, sides: tuple[Mover, Mover], name: str, *, is_both: bool
) -> tuple[Onset, str]:
    side, other = sides
    # Where the declaration moved, it is this side that stayed.
    lags = onset.moved == "left"
    reason = f"{name} has not followed its declaration" if lags else f"{name} is not as declared"
    if is_both:
        reason = "neither is as declared"
    return Onset(onset.instant, onset.kind, other if lags else side, onset.point), reason


def _lone(role: str, name: str, other: str, missing: frozenset[str]) -> Verdict:
    reason = f"only {name} has it, and it is declared nowhere"
    if role in missing:
        reason = f"it is declared for {other}, and does not run there"
    return Verdict(Kind.STANDING, reason, None, 0.0, 1)
