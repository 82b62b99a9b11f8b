"""What runs and is declared nowhere, what is declared and does not run, and how much is covered."""

from collections import Counter
from collections.abc import Mapping

import msgspec

from driftline.engine.planes.comparing import Compared, unlisted_by_role
from driftline.engine.planes.sides import Planes
from driftline.inventory.compare import View
from driftline.inventory.layers.material import text_of
from driftline.inventory.live.identity import Identity, unit_identity
from driftline.model.answers.parity import Divergence
from driftline.model.answers.planes import Ghost, KindCoverage, Unmanaged


class Alone(msgspec.Struct, frozen=True):
    """The objects that only one side of an intent has, oldest first."""

    unmanaged: tuple[Unmanaged, ...] = ()
    ghosts: tuple[Ghost, ...] = ()


def alone(one: Compared) -> Alone:
    """The objects that only one side has; between siblings nothing is unmanaged."""
    if not one.is_intent:
        return Alone()
    unmanaged = [_unmanaged(one, row) for row in one.rows if _is_only(row, one.found.right.views)]
    ghosts = [_ghost(one, row) for row in one.rows if _is_only(row, one.found.left.views)]
    return Alone(
        tuple(sorted(unmanaged, key=lambda row: (row.since or "", row.role))),
        tuple(sorted(ghosts, key=lambda row: (row.since or "", row.role))),
    )


def _is_only(row: Divergence, views: Mapping[str, View]) -> bool:
    return not row.path and row.type == "role" and row.role in views


def _unmanaged(one: Compared, row: Divergence) -> Unmanaged:
    view = one.found.right.views[row.role]
    identity = _identity(view)
    created = text_of(_fact(view, "/metadata/creationTimestamp")) or None
    # Since the first look is no news of an object that was there before.
    first = min(one.found.right.born.values(), default=0)
    was_there = view.unit.born <= first
    return Unmanaged(
        environment=row.right,
        plane=one.right.plane.value,
        role=row.role,
        kind=identity.kind,
        namespace=identity.namespace,
        name=identity.name,
        since=created if was_there and created else row.since,
        created=created,
        owner=row.owner,
        actor=row.actor,
        facts=len(view.facts),
        judged=row.kind,
        reason=row.reason,
    )


def _ghost(one: Compared, row: Divergence) -> Ghost:
    identity = _identity(one.found.left.views[row.role])
    return Ghost(
        environment=row.left,
        plane=one.left.plane.value,
        role=row.role,
        kind=identity.kind,
        namespace=identity.namespace,
        name=identity.name,
        since=row.since,
        was_there=one.found.right.gone.get(row.role) is not None,
        owner=row.owner,
        actor=row.actor,
        file=row.left_file,
        judged=row.kind,
        reason=row.reason,
    )


def _identity(view: View) -> Identity:
    return unit_identity(view.unit) or Identity("", view.unit.role.partition("/")[0], "", "")


def _fact(view: View, address: str) -> str | None:
    point = view.facts.get(address)
    return point.value if point is not None else None


def coverage_of(planes: Planes, one: Compared) -> tuple[KindCoverage, ...]:
    """How much of each kind that runs is declared; none between siblings."""
    if not one.is_intent:
        return ()
    unlisted = unlisted_by_role(planes, one.right)
    noise = {row.role for row in one.quiet.noise if not row.address}
    running: Counter[str] = Counter()
    declared: Counter[str] = Counter()
    managed: Counter[str] = Counter()
    why: dict[str, str] = {}
    left, right = one.found.left.views, one.found.right.views
    for role, view in {**left, **right}.items():
        if role in noise:
            continue
        kind = _identity(view).kind
        reason = unlisted(role)
        if reason:
            why[kind] = reason
        running[kind] += role in right
        declared[kind] += role in left
        managed[kind] += role in left and role in right
    return tuple(
        KindCoverage(
            environment=one.right.environment,
            kind=kind,
            running=running[kind],
            declared=declared[kind],
            managed=managed[kind],
            percent=_percent(managed[kind], running[kind]) if kind not in why else None,
            unlisted=why.get(kind),
        )
        for kind in sorted({*running, *declared})
    )


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
