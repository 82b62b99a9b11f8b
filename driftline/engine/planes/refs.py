"""Which plane of an environment a person means, at which instant."""

import msgspec

from driftline.engine.answering.referring import instant_of_ref
from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.planes.sides import PREFERRED, Planes
from driftline.errors import UsageError
from driftline.model.plane import Plane
from driftline.model.ref import Ref, time_text


class Meant(msgspec.Struct, frozen=True):
    """An environment on a plane at an instant of the order of all looks; None is the last one."""

    environment: str
    plane: Plane
    until: int | None


def meant(left: Ref, right: Ref, planes: Planes, *, now: int) -> tuple[Meant, Meant]:
    """What two refs mean together.

    Where neither names a plane, both are on the first of observed, recorded and
    declared that both have at that time. Beside a plane of the same environment
    the other ref means the most telling of its other planes.
    Raises UsageError for what there is not.
    """
    names = [
        environment_named(ref.environment, planes.environments) if ref.environment else ""
        for ref in (left, right)
    ]
    refused: UsageError | None = None
    for pair in _candidates(left, right, names, planes):
        try:
            first, second = (
                _at(ref, name, plane, planes, now=now)
                for ref, name, plane in zip((left, right), names, pair, strict=True)
            )
        except UsageError as error:
            refused = refused or error
        else:
            return first, second
    raise refused or _nothing_in_common(names, planes)


def are_declared(left: Ref, right: Ref, planes: Planes, *, now: int) -> bool:
    """Whether two refs both mean what is declared, said or by default."""
    return all(one.plane is Plane.DECLARED for one in meant(left, right, planes, now=now))


def _candidates(
    left: Ref, right: Ref, names: list[str], planes: Planes
) -> list[tuple[Plane, Plane]]:
    """The planes that both refs may be on, the most telling first."""
    said = [Plane.DECLARED if ref.revision else ref.plane for ref in (left, right)]
    if said[0] is not None and said[1] is not None:
        return [(said[0], said[1])]
    both = [plane for plane in PREFERRED if all(plane in planes.planes_of(name) for name in names)]
    if said[0] is None and said[1] is None:
        return [(plane, plane) for plane in both]
    named = said[0] or said[1] or Plane.DECLARED
    is_dated = any(ref.moment is not None or ref.revision for ref in (left, right))
    if names[0] != names[1] or is_dated:
        others = [named]
    else:
        others = [plane for plane in planes.planes_of(names[0]) if plane is not named]
    return [(named, other) if said[0] else (other, named) for other in others]


def _at(ref: Ref, name: str, plane: Plane, planes: Planes, *, now: int) -> Meant:
    units = planes.units(plane, name)
    if not units:
        there = " and ".join(one.value for one in planes.planes_of(name)) or "on no plane"
        hint = (
            "look at its cluster with `driftline observe --context NAME`"
            if plane is not Plane.DECLARED
            else "name the repository that declares it with `driftline observe PATH`"
        )
        raise UsageError(f"{ref}: {name} is not known as {plane.value}, only {there}; {hint}")
    until = instant_of_ref(ref, planes.known, units, now=now)
    born = min(unit.born for unit in units.values())
    if until is not None and born > until:
        begun = time_text(planes.known.looks[born].at)
        raise UsageError(f"{ref}: {name} is known as {plane.value} from {begun}; ask for later")
    return Meant(name, plane, until)


def _nothing_in_common(names: list[str], planes: Planes) -> UsageError:
    told = "; ".join(
        f"{name} is {' and '.join(one.value for one in planes.planes_of(name)) or 'nowhere'}"
        for name in dict.fromkeys(names)
    )
    return UsageError(
        f"{' and '.join(dict.fromkeys(names))} have no plane in common: {told}; "
        "name planes as in production:declared production:observed"
    )
