"""The answer of `compare` where a side is a running system, or what a tool remembers of one."""

from collections.abc import Iterable

from driftline.analysis import parity
from driftline.engine.answering.reporting import folded, gap_notes
from driftline.engine.knowing.fleet import SourceHistory
from driftline.engine.planes.comparing import Compared, compared
from driftline.engine.planes.coverage import alone, coverage_of
from driftline.engine.planes.refs import Meant, meant
from driftline.engine.planes.sides import Planes
from driftline.engine.settings import Settings
from driftline.history.protocol import Store
from driftline.inventory.acceptance import announcements
from driftline.inventory.live.identity import unit_identity
from driftline.inventory.live.quieting import Quiet
from driftline.inventory.typed import shown
from driftline.model.answers.parity import Comparison
from driftline.model.answers.planes import QuietNote
from driftline.model.plane import Plane
from driftline.model.ref import Ref, time_text

SCHEMA = "driftline.compare/1"


def answer(
    store: Store,
    planes: Planes,
    left: Ref,
    right: Ref,
    settings: Settings,
    *,
    now: int,
    shows_noise: bool = False,
) -> Comparison:
    """Compare two refs of which one at least means what runs or what a tool remembers.

    Raises UsageError for what there is not.
    """
    first, second = meant(left, right, planes, now=now)
    one = compared(store, planes, first, second, settings, now=now)
    refs = (left, right) if one.left == first else (right, left)
    objects = alone(one)
    return Comparison(
        schema=SCHEMA,
        left_ref=str(refs[0]),
        right_ref=str(refs[1]),
        left_at=_time(planes, one.left),
        right_at=_time(planes, one.right),
        layer="effective",
        pair=one.pair,
        divergences=one.rows,
        gaps=gap_notes((*planes.known.histories, *_histories(planes, one.left, one.right))),
        notes=(
            *announcements(one.ledger, today=time_text(one.now)[:10]),
            *_notes(planes, one),
            *folded(planes.known.units.notes),
        ),
        roles=parity.roles_of(one.found),
        left_plane=one.left.plane.value,
        right_plane=one.right.plane.value,
        unmanaged=objects.unmanaged,
        ghosts=objects.ghosts,
        coverage=coverage_of(planes, one),
        informational=_quiet_notes(one.quiet.informational),
        noise=_quiet_notes(one.quiet.noise) if shows_noise else (),
    )


def _histories(planes: Planes, *sides: Meant) -> list[SourceHistory]:
    """The histories of the running systems that the sides are about."""
    wanted = {side.plane for side in sides}
    return [
        history
        for plane, live in planes.live.items()
        if plane in wanted
        for history in live.histories
    ]


def _time(planes: Planes, one: Meant) -> str | None:
    """The instant of a side: of what runs, when it was last looked at."""
    looks = planes.known.looks
    if not looks:
        return None
    if one.plane is not Plane.DECLARED:
        return time_text(planes.seen_at(one.plane, until=one.until))
    if one.until is not None:
        return time_text(looks[one.until].at)
    return time_text(max(look.at for history in planes.known.histories for look in history.looks))


def _quiet_notes(rows: Iterable[Quiet]) -> tuple[QuietNote, ...]:
    return tuple(
        QuietNote(
            role=row.role,
            path=row.address,
            rule=row.why.rule,
            reason=row.why.reason,
            left_value=shown(row.left),
            right_value=shown(row.right),
        )
        for row in rows
    )


def _notes(planes: Planes, one: Compared) -> list[str]:
    """What a reader has to know about the comparison as a whole."""
    told = []
    if one.is_intent and Plane.RECORDED in (one.left.plane, one.right.plane):
        other = one.right if one.left.plane is Plane.RECORDED else one.left
        recorded = planes.recorded_roles(other.environment)
        units = planes.units(other.plane, other.environment)
        without = sum(unit.gone is None for role, unit in units.items() if role not in recorded)
        if without:
            told.append(
                f"objects of {other.environment} left out, because no tool in the cluster keeps a "
                f"record of them: {without:,}"
            )
    elif one.is_intent:
        outside = _declared_outside(planes, one.left)
        if outside:
            told.append(
                f"{outside} declared objects of {one.left.environment} lie in namespaces where it "
                "does not live, and are left out; `driftline layout` shows where it lives"
            )
    return told


def _declared_outside(planes: Planes, one: Meant) -> int:
    if one.plane is not Plane.DECLARED:
        return 0
    return sum(
        identity is not None and not planes.is_within(one.environment, identity)
        for unit in planes.units(one.plane, one.environment).values()
        if unit.gone is None
        for identity in (unit_identity(unit),)
    )
