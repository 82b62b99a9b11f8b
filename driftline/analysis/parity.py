"""How do environments match, what differs now, since when, and who moved it?

The comparison itself is inventory's. This question names its findings: when
each difference began, and whose act it was.
"""

from collections.abc import Sequence

from driftline.inventory.compare import Difference, View
from driftline.inventory.layers.merging import Point
from driftline.inventory.siblings import Environment, Found
from driftline.inventory.travel.onset import Onset
from driftline.inventory.typed import describe, shown
from driftline.model.answers.parity import ActorRef, Divergence, Pair, RoleCounts, Side
from driftline.model.chronicle import Chronicle, instant_of


def acts(found: Sequence[Found]) -> set[int]:
    """The acts whose contributions `tell` will ask for."""
    points = [one.point for pair in found for one in pair.onsets]
    for pair in found:
        for role in (*pair.compared.roles_left_only, *pair.compared.roles_right_only):
            instant, _, has_moved = _absence(pair, role)
            view = pair.left.views.get(role) or pair.right.views[role]
            points.append(_first(view, instant) if has_moved else None)
    return {one.act for one in points if one is not None and one.act >= 0}


def pair_of(found: Found) -> Pair:
    """The plain counts of a pair."""
    counts, compared = found.compared.counts, found.compared
    return Pair(
        left=found.left.name,
        right=found.right.name,
        plane=_plane(found),
        left_plane=found.left.plane,
        right_plane=found.right.plane,
        facts_common=counts.common,
        facts_differ=counts.differ,
        facts_left_only=counts.left_only,
        facts_right_only=counts.right_only,
        inherited=counts.inherited,
        unknown=counts.unknown,
        roles_common=len(compared.roles_common),
        roles_left_only=len(compared.roles_left_only),
        roles_right_only=len(compared.roles_right_only),
        facts_in_left_roles=_facts_in(found.left, compared.roles_left_only),
        facts_in_right_roles=_facts_in(found.right, compared.roles_right_only),
    )


def _plane(found: Found) -> str:
    """The plane of both sides, or both planes with a slash between."""
    return "/".join(dict.fromkeys((found.left.plane, found.right.plane)))


def _facts_in(side: Environment, roles: Sequence[str]) -> int:
    return sum(len(side.views[role].facts) for role in roles)


def roles_of(found: Found) -> tuple[RoleCounts, ...]:
    """The plain counts of each role that both environments have, by name."""
    return tuple(
        RoleCounts(
            role=role,
            facts_common=counts.common,
            facts_differ=counts.differ,
            facts_left_only=counts.left_only,
            facts_right_only=counts.right_only,
            inherited=counts.inherited,
            unknown=counts.unknown,
        )
        for role, counts in sorted(found.compared.by_role.items())
    )


def tell(found: Found, chronicle: Chronicle) -> tuple[Divergence, ...]:
    """The divergences of a pair as people and programs read them, by role and path."""
    pairs = zip(found.compared.differences, found.onsets, strict=True)
    rows = [_told(found, difference, onset, chronicle) for difference, onset in pairs]
    rows += [
        _missing(found, role, chronicle)
        for role in (*found.compared.roles_left_only, *found.compared.roles_right_only)
    ]
    rows.sort(key=lambda row: (row.role, row.path))
    return tuple(rows)


def _told(found: Found, one: Difference, start: Onset, chronicle: Chronicle) -> Divergence:
    left_value = one.left.value if one.left else None
    right_value = one.right.value if one.right else None
    kind, aspect = describe(one.address, left_value, right_value)
    actor, approver, look, subject = _who(start.point, chronicle)
    left_layer, left_file = _layer(found.left.views[one.role], one.left)
    right_layer, right_file = _layer(found.right.views[one.role], one.right)
    return Divergence(
        left=found.left.name,
        right=found.right.name,
        plane=_plane(found),
        left_plane=found.left.plane,
        right_plane=found.right.plane,
        role=one.role,
        path=one.address,
        type=kind.value,
        left_state=one.left_state,
        right_state=one.right_state,
        left_value=shown(left_value),
        right_value=shown(right_value),
        left_layer=left_layer,
        right_layer=right_layer,
        since=chronicle.time(start.instant),
        onset=start.kind,
        moved=start.moved,
        actor=actor,
        approved_by=approver,
        aspect=aspect,
        left_file=left_file,
        right_file=right_file,
        right_path=one.right_address if one.right_address != one.address else None,
        look=look,
        subject=subject,
    )


def _missing(found: Found, role: str, chronicle: Chronicle) -> Divergence:
    """A role that one side does not have, as one row."""
    is_left = role in found.left.views
    view = (found.left if is_left else found.right).views[role]
    instant, onset, has_moved = _absence(found, role)
    holder, other = ("left", "right") if is_left else ("right", "left")
    states = (Side.PRESENT, Side.ABSENT) if is_left else (Side.ABSENT, Side.PRESENT)
    layer = view.unit.layers[-1] if view.unit.layers else None
    name, file = (layer.name, layer.file) if layer else (None, None)
    # Only who added a role is told by what is there; who removed one is not.
    point = _first(view, instant) if has_moved else None
    actor, approver, look, subject = _who(point, chronicle)
    return Divergence(
        left=found.left.name,
        right=found.right.name,
        plane=_plane(found),
        left_plane=found.left.plane,
        right_plane=found.right.plane,
        role=role,
        path="",
        type="role",
        left_state=states[0],
        right_state=states[1],
        left_value=None,
        right_value=None,
        left_layer=name if is_left else None,
        right_layer=None if is_left else name,
        since=chronicle.time(instant),
        onset=onset,
        moved=holder if has_moved else other,
        actor=actor,
        approved_by=approver,
        left_file=file if is_left else None,
        right_file=None if is_left else file,
        look=look,
        subject=subject,
    )


def _absence(found: Found, role: str) -> tuple[int, str, bool]:
    """Since when one side alone has a role, whether both once had it, and whether it moved itself.

    The sides differ in a role from the instant at which the other one lost it,
    or at which it was added here; or since the other environment began without it.
    """
    sides = (found.left, found.right)
    holder, other = sides if role in found.left.views else sides[::-1]
    born, gone = holder.born[role], other.gone.get(role)
    if gone is not None and gone > born:
        return gone, "drifted", False
    began = min(other.born.values(), default=born)
    return max(born, began), "born", born >= began


def _first(view: View, instant: int) -> Point | None:
    """A step of the unit's own file at an instant, by which it came to be."""
    steps = view.unit.layers[-1].steps if view.unit.layers else ()
    made = next((one for one in steps if one.instant == instant), None)
    if made is None:
        return None
    top = len(view.unit.layers) - 1
    return Point(instant, made.value, top, top, made.act)


def _layer(view: View, point: Point | None) -> tuple[str | None, str | None]:
    if point is None or point.layer is None:
        return None, None
    layer = view.unit.layers[point.layer]
    return layer.name, layer.file


Who = tuple[ActorRef | None, str | None, str | None, str | None]


def _who(point: Point | None, chronicle: Chronicle) -> Who:
    """Actor, approver, look and subject of the step that moved; None where nobody knows."""
    if point is None or point.act < 0:
        return None, None, None, None
    look = chronicle.looks[instant_of(point.act)]
    made = chronicle.contribution(point.act)
    person = made.author if made is not None else look.by
    actor = chronicle.actors.get(person)
    ref = ActorRef(actor.name, actor.class_) if actor else ActorRef(person.name, "unattributed")
    approver = chronicle.actors.get(look.approver) if look.approver else None
    approved = approver.name if approver else (look.approver.name if look.approver else None)
    return (
        ref,
        approved,
        made.ref if made is not None else look.ref,
        made.subject if made is not None else look.subject,
    )
