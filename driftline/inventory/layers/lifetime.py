"""The effective values of a role while it was there: a shared layer lives longer than its users.

A base may have been changed for years before an environment began to use it,
and goes on after the environment has ended. Neither is news of the environment.
"""

import msgspec

from driftline.inventory.layers.merging import Point, effective
from driftline.inventory.units import Unit


def lived(unit: Unit, *, until: int | None = None) -> dict[str, list[Point]]:
    """The effective series of a unit from its birth on, up to an instant (None: the last).

    What shared layers had set before appears with the unit's birth. A unit that
    has ended ends every series with absence.
    """
    ended = unit.gone is not None and (until is None or unit.gone <= until)
    last = unit.gone - 1 if ended and unit.gone is not None else until
    found = {}
    for address, points in effective(unit.layers, until=last).items():
        own = _since(points, unit.born)
        if ended and unit.gone is not None and own and own[-1].value is not None:
            end = own[-1]
            own.append(Point(unit.gone, None, None, end.cause, _ending(unit, end.act)))
        if own:
            found[address] = own
    return found


def _since(points: list[Point], born: int) -> list[Point]:
    before = [point for point in points if point.instant <= born]
    if not before:
        return points
    first = before[-1]
    later = points[len(before) :]
    # An absence that a layer's own null made is a statement; any other is nothing.
    if first.value is None and first.layer is None:
        return later
    return [msgspec.structs.replace(first, instant=born), *later]


def _ending(unit: Unit, otherwise: int) -> int:
    """Whose act ended the unit: the last step of its own layer at that instant."""
    for layer in reversed(unit.layers):
        for step in reversed(layer.steps):
            if step.instant == unit.gone:
                return step.act
    return otherwise
