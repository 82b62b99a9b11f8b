"""Environments that change over time, as tests of their motion write them down."""

from collections.abc import Mapping, Sequence
from typing import Any

from driftline.inventory.compare import views
from driftline.inventory.siblings import Environment
from driftline.inventory.units import Unit
from driftline.model.chronicle import act_of
from tests.inventory.building import layer_of

# Each role's versions by instant; None at the end is its removal.
Versions = Mapping[str, Sequence[tuple[int, Any]]]


def unit_of(role: str, versions: Sequence[tuple[int, Any]], *, hidden: Sequence[str] = ()) -> Unit:
    """A role with one file of its own; each of its looks has one act."""
    layer = layer_of(role, versions)
    steps = tuple(
        type(step)(step.instant, step.address, step.value, act_of(step.instant, 0))
        for step in layer.steps
    )
    layer = type(layer)(layer.name, layer.file, layer.mode, layer.is_shared, steps)
    gone = versions[-1][0] if versions[-1][1] is None else None
    return Unit("env", role, (layer,), tuple(hidden), versions[0][0], gone)


def environment(name: str, roles: Versions, *, hidden: Sequence[str] = ()) -> Environment:
    """An environment as questions receive it."""
    units = {role: unit_of(role, versions, hidden=hidden) for role, versions in roles.items()}
    born = {role: unit.born for role, unit in units.items()}
    gone = {role: unit.gone for role, unit in units.items()}
    return Environment(name, "declared", views(units), born, gone, units)


def until(roles: Versions, instant: int) -> dict[str, list[tuple[int, Any]]]:
    """What of the versions was known at an instant."""
    known = {
        role: [one for one in versions if one[0] <= instant] for role, versions in roles.items()
    }
    return {role: versions for role, versions in known.items() if versions}
