"""The rules of noise put to work on two sides: who is asked about which difference."""

from collections.abc import Callable, Mapping
from functools import cache

from driftline.engine.planes.refs import Meant
from driftline.engine.planes.sides import Planes
from driftline.inventory.compare import View
from driftline.inventory.layers.material import text_of
from driftline.inventory.live.field_owners import FieldOwners, field_owners
from driftline.inventory.live.meaningful import WasNoise
from driftline.inventory.live.quieting import Facts, Rules, facts_of
from driftline.inventory.noise.against_intent import against_intent, informational
from driftline.inventory.noise.autoscaling import Band, bands, either
from driftline.inventory.noise.between_siblings import between_siblings
from driftline.inventory.noise.look_alike import look_alike, never_applied
from driftline.inventory.noise.rule import Noise
from driftline.inventory.siblings import Found
from driftline.model.plane import Plane

Owners = Callable[[str], FieldOwners]
_SCALERS = ("HorizontalPodAutoscaler/", "ScaledObject/", "VerticalPodAutoscaler/")


def owners_on(planes: Planes, meant: Meant) -> Owners:
    """Who owns the fields of each role of a side, read when it is asked."""
    live = planes.live.get(meant.plane)
    objects = live.found.objects.get(meant.environment, {}) if live else {}

    @cache
    def owners(role: str) -> FieldOwners:
        one = objects.get(role)
        return FieldOwners() if one is None else field_owners(one.managers, until=meant.until)

    return owners


def rules_for(planes: Planes, found: Found, left: Meant, right: Meant, *, is_intent: bool) -> Rules:
    """The rules for two sides; with `is_intent` the first is what is meant and the second runs."""
    if is_intent:
        return _against_intent(planes, found, right)
    return _between(planes, found, left, right)


def noise_before(planes: Planes, found: Found, right: Meant) -> WasNoise:
    """Whether a value that an undeclared address had before was noise, by its owners then."""
    live = planes.live.get(right.plane)
    objects = live.found.objects.get(right.environment, {}) if live else {}
    known_bands = either(_bands(found.left.views), _bands(found.right.views))

    def was_noise(role: str, address: str, value: str, instant: int) -> bool:
        meant = facts_of(found.left.views[role])
        actual = {**facts_of(found.right.views[role]), address: value}
        one = objects.get(role)
        owners = field_owners(one.managers, until=instant) if one else FieldOwners()
        band = _band(known_bands, actual)
        return address in against_intent(_kind(actual), meant, actual, owners.managers, band=band)

    return was_noise


def _against_intent(planes: Planes, found: Found, right: Meant) -> Rules:
    owners = owners_on(planes, right)
    all_bands = either(_bands(found.left.views), _bands(found.right.views))

    def noise(role: str, meant: Facts, actual: Facts) -> Mapping[str, Noise]:
        kind, band = _kind(actual), _band(all_bands, actual)
        told = against_intent(kind, meant, actual, owners(role).managers, band=band)
        shown = informational(kind, meant, actual, owners(role).managers, band=band)
        return {address: why for address, why in told.items() if address not in shown}

    def shown(role: str, meant: Facts, actual: Facts) -> Mapping[str, Noise]:
        kind, band = _kind(actual), _band(all_bands, actual)
        return informational(kind, meant, actual, owners(role).managers, band=band)

    def alone(side: str, _role: str, facts: Facts) -> Noise | None:
        if side == "left":
            return never_applied(_kind(facts), facts)
        return _look_alike(facts)

    def whole(_role: str, _meant: Facts, _actual: Facts) -> Noise | None:
        # What is declared is meant, however much it looks like what is not.
        return None

    return Rules(noise, shown, whole, alone)


def _between(planes: Planes, found: Found, left: Meant, right: Meant) -> Rules:
    left_owners, right_owners = owners_on(planes, left), owners_on(planes, right)
    left_bands, right_bands = _bands(found.left.views), _bands(found.right.views)
    declared = {
        role
        for side in (left, right)
        for role, unit in planes.units(Plane.DECLARED, side.environment).items()
        if unit.gone is None
    }

    def noise(role: str, mine: Facts, theirs: Facts) -> Mapping[str, Noise]:
        return between_siblings(
            _kind(mine),
            mine,
            theirs,
            left_owners(role).managers,
            right_owners(role).managers,
            left_band=_band(left_bands, mine),
            right_band=_band(right_bands, theirs),
        )

    def shown(_role: str, _mine: Facts, _theirs: Facts) -> Mapping[str, Noise]:
        return {}

    def whole(role: str, mine: Facts, theirs: Facts) -> Noise | None:
        if role in declared:
            return None
        return _look_alike(mine) or _look_alike(theirs)

    def alone(_side: str, role: str, facts: Facts) -> Noise | None:
        return None if role in declared else _look_alike(facts)

    return Rules(noise, shown, whole, alone)


def _look_alike(facts: Facts) -> Noise | None:
    return look_alike(
        _kind(facts), _text(facts, "/metadata/namespace"), _text(facts, "/metadata/name"), facts
    )


def _bands(views: Mapping[str, View]) -> dict[str, Band]:
    """The bands of autoscalers among the objects of a side."""
    return bands(
        (_key(facts), facts)
        for role, view in views.items()
        if role.startswith(_SCALERS)
        for facts in (facts_of(view),)
    )


def _band(known: Mapping[str, Band], facts: Facts) -> Band | None:
    return known.get(_key(facts)) if known else None


def _key(facts: Facts) -> str:
    names = (
        _kind(facts),
        _text(facts, "/metadata/namespace"),
        _text(facts, "/metadata/name"),
    )
    return "/".join(filter(None, names))


def _kind(facts: Facts) -> str:
    return _text(facts, "/kind")


def _text(facts: Facts, address: str) -> str:
    return text_of(facts.get(address))
