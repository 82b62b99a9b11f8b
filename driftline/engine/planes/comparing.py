"""Two sides of which one at least is no declaration: compared, freed of noise and judged."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from driftline.analysis import parity, ranking
from driftline.analysis.followed import Knowledge, followed
from driftline.engine.deciding.ledger_file import ledger_at, ledger_now
from driftline.engine.knowing.known import chronicle_of
from driftline.engine.knowing.owning import Owning
from driftline.engine.planes.quieting import quieted_sides
from driftline.engine.planes.refs import Meant
from driftline.engine.planes.siblings import judged_siblings
from driftline.engine.planes.sides import PREFERRED, Planes
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.protocol import Store
from driftline.inventory import siblings
from driftline.inventory.acceptance import decided, frozen
from driftline.inventory.live.identity import unit_identity
from driftline.inventory.live.quieting import Quieted, facts_of
from driftline.inventory.ownership.owners import together
from driftline.inventory.siblings import Found
from driftline.model.answers.parity import Divergence, Pair
from driftline.model.chronicle import Chronicle, instant_of
from driftline.model.ledger import Entry, Ledger
from driftline.model.plane import Plane
from driftline.model.ref import time_text
from driftline.model.verdict import Kind, Verdict


class Compared(msgspec.Struct, frozen=True):
    """Two sides that were compared; with `is_intent` the left is what is meant to be on the right.

    `people` tells times and actors of whatever the rows speak of.
    """

    left: Meant
    right: Meant
    is_intent: bool
    quiet: Quieted
    pair: Pair
    rows: tuple[Divergence, ...]
    people: Chronicle
    ledger: Ledger
    now: int

    @property
    def found(self) -> Found:
        """The comparison without its noise."""
        return self.quiet.found


def compared(
    store: Store, planes: Planes, one: Meant, other: Meant, settings: Settings, *, now: int
) -> Compared:
    """Compare and judge two sides.

    Of two planes of one environment, the left is always the one that is meant.
    Raises UsageError for two environments on two planes, which nothing relates.
    """
    is_intent = one.plane is not other.plane
    left, right = (
        (one, other) if PREFERRED.index(one.plane) >= PREFERRED.index(other.plane) else (other, one)
    )
    if not is_intent:
        left, right = one, other
    elif left.environment != right.environment:
        raise UsageError(
            f"{left.environment}:{left.plane.value} and {right.environment}:{right.plane.value} "
            "differ in environment and plane at once; compare two environments on one plane, "
            "or one environment on two"
        )
    quiet = quieted_sides(planes, left, right)
    second = max(_second(planes, side, now) for side in (left, right))
    path = settings.ledger_path
    ledger = ledger_now(path) if second >= now else ledger_at(path, second)
    found, verdicts = _judged(planes, quiet.found, left, right, ledger, second)
    quiet = msgspec.structs.replace(quiet, found=found)
    wanted = {instant_of(act) for act in parity.acts([found])}
    people = chronicle_of(store, planes.known, settings, wanted)
    unseen = unseen_by_role(planes, quiet.found, left, right)
    rows = tuple(
        _unseen(_with_verdict(row, verdicts.get((row.role, row.path))), unseen(row.role))
        for row in parity.tell(found, people)
    )
    rows = _owned(store, planes, rows, quiet.found)
    (rows,) = ranking.ranked(
        [(quiet.found, rows)], at=[look.at for look in planes.known.looks], now=second
    )
    pair = msgspec.structs.replace(_counted(parity.pair_of(found), rows), noise=len(quiet.noise))
    return Compared(left, right, is_intent, quiet, pair, rows, people, ledger, second)


def unlisted_by_role(planes: Planes, *sides: Meant) -> Callable[[str], str]:
    """For each role, why it could not be seen on one of the sides; empty where it could."""
    known = [
        (side, planes.unlisted(side.plane, side.environment, until=side.until))
        for side in sides
        if side.plane is not Plane.DECLARED
    ]
    declared = {
        environment: planes.units(Plane.DECLARED, environment)
        for environment in {side.environment for side in sides}
    }

    def why(role: str) -> str:
        for side, unlisted in known:
            if not unlisted.reasons:
                continue
            live = planes.live.get(side.plane)
            one = live.found.objects.get(side.environment, {}).get(role) if live else None
            if one is not None:
                reason = unlisted.reason(one.material.file)
            else:
                unit = declared[side.environment].get(role)
                identity = unit_identity(unit) if unit is not None else None
                reason = (
                    planes.why_unlisted(unlisted, side.plane, side.environment, identity)
                    if identity is not None
                    else ""
                )
            if reason:
                return reason
        return ""

    return why


def unseen_by_role(planes: Planes, found: Found, left: Meant, right: Meant) -> Callable[[str], str]:
    """For each role, why nobody can say what it is now; empty where somebody can.

    A listing is missing, or the object may come from what could not be rendered.
    """
    unlisted = unlisted_by_role(planes, left, right)
    lone = {*found.compared.roles_left_only, *found.compared.roles_right_only}

    def why(role: str) -> str:
        reason = unlisted(role)
        if reason:
            return f"as last seen: {reason}"
        if role in lone and planes.unrendered:
            for side in (found.left, found.right):
                view = side.views.get(role)
                told = planes.why_unrendered(side.name, facts_of(view)) if view else ""
                if told:
                    return told
        return ""

    return why


Verdicts = Mapping[tuple[str, str], Verdict]


def _judged(
    planes: Planes, found: Found, left: Meant, right: Meant, ledger: Ledger, now: int
) -> tuple[Found, Verdicts]:
    """The comparison with its onsets, and the verdicts by role and address."""
    if left.plane is right.plane:
        # An environment and its own past are no pair that changes travel between.
        if left.environment == right.environment:
            return found, {}
        one = judged_siblings(planes, found, left, right, ledger, now=now)
        return one.found, _by_place(one.found, one.verdicts, one.missing)
    verdicts = followed(
        found,
        Knowledge(
            at=[look.at for look in planes.known.looks],
            now=now,
            seen_at=planes.seen_at(right.plane, until=right.until),
            unseen=unseen_by_role(planes, found, left, right),
            meant=left.plane.value,
            decide=_decide(ledger, left.environment, now) if ledger.entries else None,
        ),
    )
    return found, _by_place(found, verdicts.verdicts, verdicts.missing)


def _by_place(
    found: Found, verdicts: Sequence[Verdict], missing: Mapping[str, Verdict]
) -> Verdicts:
    differences = zip(found.compared.differences, verdicts, strict=True)
    told = {(one.role, one.address): verdict for one, verdict in differences}
    return told | {(role, ""): verdict for role, verdict in missing.items()}


def _decide(
    ledger: Ledger, environment: str, now: int
) -> Callable[[str, str, str | None, str | None], Entry | None]:
    today = time_text(now)[:10]
    names = (environment, environment)

    def decide(role: str, path: str, left: str | None, right: str | None) -> Entry | None:
        return decided(ledger, names, role, path, left, right, today=today) or frozen(
            ledger, names, role, path, today=today
        )

    return decide


def _with_verdict(row: Divergence, verdict: Verdict | None) -> Divergence:
    # Nobody wrote down who it was: that is no actor without a name.
    actor = row.actor if row.actor is not None and row.actor.name else None
    if verdict is None:
        return msgspec.structs.replace(row, actor=actor)
    return msgspec.structs.replace(
        row,
        actor=actor,
        kind=verdict.kind.value,
        reason=verdict.reason,
        stands_from=None if verdict.stands_from is None else time_text(verdict.stands_from),
        share_of_time_apart=verdict.share_of_time_apart,
        spells=verdict.spells,
    )


def _unseen(row: Divergence, reason: str) -> Divergence:
    """What is behind a gap now is not known to differ, however it was judged."""
    if not reason or row.kind == Kind.UNKNOWN.value:
        return row
    return msgspec.structs.replace(row, kind=Kind.UNKNOWN.value, reason=reason, stands_from=None)


def _counted(pair: Pair, rows: tuple[Divergence, ...]) -> Pair:
    def count(kind: Kind) -> int:
        return sum(row.kind == kind.value for row in rows)

    return msgspec.structs.replace(
        pair,
        environmental=count(Kind.ENVIRONMENTAL),
        in_flight=count(Kind.IN_FLIGHT),
        standing=count(Kind.STANDING),
        frozen=count(Kind.FROZEN),
        accepted=count(Kind.ACCEPTED),
    )


def _owned(
    store: Store, planes: Planes, rows: tuple[Divergence, ...], found: Found
) -> tuple[Divergence, ...]:
    """The rows with their owners: by what declares the role, else by its own labels."""
    owning = Owning(store, planes.known)

    def owner(side: siblings.Environment, role: str) -> str:
        unit = planes.units(Plane.DECLARED, side.name).get(role)
        file = unit.layers[-1].file if unit is not None and unit.layers else ""
        return together([owning.owner(side.name, role, file, side.views.get(role))])

    told = []
    for row in rows:
        names = [owner(side, row.role) for side in (found.left, found.right)]
        told.append(
            msgspec.structs.replace(row, owner=", ".join(dict.fromkeys(filter(None, names))))
        )
    return tuple(told)


def _second(planes: Planes, one: Meant, now: int) -> int:
    """The second that a side is asked for; a look is as new as it says."""
    looks = planes.known.looks
    if not looks:
        return now
    if one.until is None:
        return max(now, looks[-1].at)
    return looks[one.until].at
