"""Two environments as they run, judged by what is declared for each of them.

What differs because it is declared so is what the declarations' own comparison
says it is; what differs because one of them left its declaration is drift; and
only what nobody declares is judged by its own past.
"""

import msgspec

from driftline.analysis.deviating import Declared, deviating
from driftline.engine.answering.judging import Judge
from driftline.engine.planes.quieting import quieted_sides
from driftline.engine.planes.refs import Meant
from driftline.engine.planes.sides import Planes
from driftline.inventory import siblings
from driftline.inventory.siblings import Found
from driftline.model.ledger import Ledger
from driftline.model.plane import Plane
from driftline.model.verdict import Kind, Verdict

# What people decided, and what nobody can see, stays whatever else explains it.
_SETTLED = (Kind.ACCEPTED, Kind.FROZEN, Kind.UNKNOWN)


class Siblings(msgspec.Struct, frozen=True):
    """The comparison with its onsets, and the verdict of each difference and of each lone role."""

    found: Found
    verdicts: tuple[Verdict, ...]
    missing: dict[str, Verdict]


def judged_siblings(
    planes: Planes, found: Found, left: Meant, right: Meant, ledger: Ledger, *, now: int
) -> Siblings:
    """The verdicts about two environments on one plane."""
    judge = Judge(planes.known, now=now, ledger=ledger)
    seen = judge.pair(found)
    at = [look.at for look in planes.known.looks]
    apart = deviating(found, _declared(planes, left), _declared(planes, right), at)
    meant = _meant(planes, judge, left, right)
    verdicts = tuple(
        _chosen(
            before,
            apart.verdicts.get((one.role, one.address)),
            meant.get((one.role, one.address)),
        )
        for one, before in zip(found.compared.differences, seen.judged.verdicts, strict=True)
    )
    missing = {
        role: _chosen(before, apart.missing.get(role), meant.get((role, "")))
        for role, before in seen.judged.missing.items()
    }
    return Siblings(apart.found, verdicts, missing)


def _chosen(seen: Verdict, apart: Verdict | None, meant: Verdict | None) -> Verdict:
    if seen.kind in _SETTLED:
        return seen
    chosen = apart or meant or seen
    return msgspec.structs.replace(
        chosen, share_of_time_apart=seen.share_of_time_apart, spells=max(1, seen.spells)
    )


def _declared(planes: Planes, one: Meant) -> Declared:
    """How an environment stands to its declaration, at the instant asked."""
    intent = Meant(one.environment, Plane.DECLARED, one.until)
    if not planes.units(Plane.DECLARED, one.environment):
        return Declared({}, frozenset(), frozenset())
    found = quieted_sides(planes, intent, one).found
    return Declared(
        {
            (difference.role, difference.right_address): onset
            for difference, onset in zip(found.compared.differences, found.onsets, strict=True)
        },
        frozenset(found.compared.roles_right_only),
        frozenset(found.compared.roles_left_only),
    )


def _meant(
    planes: Planes, judge: Judge, left: Meant, right: Meant
) -> dict[tuple[str, str], Verdict]:
    """The verdicts about the declarations of both environments, by role and address."""
    mine = planes.side(Plane.DECLARED, left.environment, until=left.until)
    theirs = planes.side(Plane.DECLARED, right.environment, until=right.until)
    if not mine.views or not theirs.views:
        return {}
    found = siblings.find(mine, theirs, planes.known.words)
    judged = judge.pair(found).judged
    verdicts = {
        (one.role, one.address): verdict
        for one, verdict in zip(found.compared.differences, judged.verdicts, strict=True)
    }
    return verdicts | {(role, ""): verdict for role, verdict in judged.missing.items()}
