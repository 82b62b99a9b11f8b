"""Two sides compared, with noise taken out, and onsets where the declaration moved unseen."""

import msgspec

from driftline.engine.planes.noise import noise_before, owners_on, rules_for
from driftline.engine.planes.refs import Meant
from driftline.engine.planes.sides import Planes
from driftline.inventory import siblings
from driftline.inventory.live.meaningful import since_meaningful
from driftline.inventory.live.quieting import Quieted, quieted
from driftline.inventory.travel.lagging import since_declared
from driftline.model.plane import Plane
from driftline.model.ref import parse_time


def quieted_sides(planes: Planes, left: Meant, right: Meant) -> Quieted:
    """Compare two sides without their noise.

    On two planes of one environment the left is what is meant, and only what
    can be seen of it on the right is compared.
    """
    is_intent = left.plane is not right.plane
    first = (planes.intent if is_intent else planes.side)(
        left.plane, left.environment, until=left.until
    )
    second = planes.side(right.plane, right.environment, until=right.until)
    if is_intent and Plane.RECORDED in (left.plane, right.plane):
        recorded = planes.recorded_roles(left.environment)
        first, second = _only(first, recorded), _only(second, recorded)
    # The words of an environment tell siblings apart; in one environment every
    # name means itself.
    words = planes.known.words if not is_intent else frozenset[str]()
    found = siblings.find(first, second, words)
    quiet = quieted(found, rules_for(planes, found, left, right, is_intent=is_intent))
    if not is_intent:
        return quiet
    owners = owners_on(planes, right)

    def last_moved(role: str, address: str) -> int | None:
        time = owners(role).last_moved(address)
        return None if time is None else parse_time(time)

    at = [look.at for look in planes.known.looks]
    lagging = since_declared(quiet.found, at=at, last_moved=last_moved)
    meaningful = since_meaningful(lagging, noise_before(planes, lagging, right))
    return msgspec.structs.replace(quiet, found=meaningful)


def _only(side: siblings.Environment, roles: frozenset[str]) -> siblings.Environment:
    """A side without the roles of which no tool ever kept a record: it speaks of nothing else."""
    return msgspec.structs.replace(
        side, views={role: view for role, view in side.views.items() if role in roles}
    )
