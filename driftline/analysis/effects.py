"""Which differences does a change open, close and change?

Two comparisons of one pair, without and with the change. A role that one side
lacks is one difference, so that its loss does not close what differed in it.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from driftline.inventory.compare import Difference, View
from driftline.inventory.siblings import Environment, Found
from driftline.inventory.typed import equal

EffectKind = Literal["opened", "closed", "changed"]


class Effect(msgspec.Struct, frozen=True):
    """What a change does to one difference; the empty path is the role as a whole.

    `moved` is the side that the change moves: left, right, both, or empty where
    neither moved by itself. The values before are those of both sides, whether
    or not they differed then.
    """

    role: str
    path: str
    kind: EffectKind
    moved: str
    left_before: str | None = None
    right_before: str | None = None


def touched(before: Environment, after: Environment) -> frozenset[str]:
    """The roles of an environment that say something else after the change."""
    roles = before.views.keys() | after.views.keys()
    return frozenset(
        role for role in roles if _is_other(before.views.get(role), after.views.get(role))
    )


def narrowed(side: Environment, roles: frozenset[str]) -> Environment:
    """The environment with these roles alone."""
    views = {role: view for role, view in side.views.items() if role in roles}
    return msgspec.structs.replace(side, views=views)


def effects(before: Found, after: Found) -> tuple[Effect, ...]:
    """What became of every difference of a pair, by role and path."""
    was, now = _differences(before), _differences(after)
    lacking = _lacking(before), _lacking(after)
    found = [
        Effect(role, "", "opened", _role_moved(before, after, role))
        for role in lacking[1] - lacking[0]
    ]
    found += [
        Effect(role, "", "closed", _role_moved(before, after, role))
        for role in lacking[0] - lacking[1]
    ]
    for key in was.keys() | now.keys():
        role, path = key
        if role in lacking[1]:
            continue
        old, new = was.get(key), now.get(key)
        some = new or old
        if some is None:
            continue
        left = (
            _value(before.left.views, role, path),
            _value(after.left.views, role, path),
        )
        right = (
            _value(before.right.views, role, some.right_address),
            _value(after.right.views, role, some.right_address),
        )
        sides = not equal(path, *left), not equal(path, *right)
        if old is not None and new is not None:
            same_states = (old.left_state, old.right_state) == (new.left_state, new.right_state)
            if same_states and not any(sides):
                continue
        kind: EffectKind = "opened" if old is None else "closed" if new is None else "changed"
        found.append(Effect(role, path, kind, _moved(*sides), left[0], right[0]))
    return tuple(sorted(found, key=lambda one: (one.role, one.path, one.kind)))


def _is_other(before: View | None, after: View | None) -> bool:
    if before is after:
        return False
    if before is None or after is None:
        return True
    if before.facts.keys() != after.facts.keys() or before.unit.hidden != after.unit.hidden:
        return True
    return any(point.value != after.facts[path].value for path, point in before.facts.items())


def _differences(found: Found) -> dict[tuple[str, str], Difference]:
    return {(one.role, one.address): one for one in found.compared.differences}


def _lacking(found: Found) -> frozenset[str]:
    """The roles that one side alone has."""
    return frozenset((*found.compared.roles_left_only, *found.compared.roles_right_only))


def _role_moved(before: Found, after: Found, role: str) -> str:
    return _moved(
        (role in before.left.views) != (role in after.left.views),
        (role in before.right.views) != (role in after.right.views),
    )


def _moved(*sides: bool) -> str:
    left, right = sides
    if left and right:
        return "both"
    return "left" if left else "right" if right else ""


def _value(views: Mapping[str, View], role: str, path: str) -> str | None:
    view = views.get(role)
    point = view.facts.get(path) if view else None
    return point.value if point else None
