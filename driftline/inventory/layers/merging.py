"""Effective values over time: ordered layers merged as Helm and kustomize merge them.

Maps merge deep. A list is replaced as a whole by the layer that sets it, except
that a strategic merge matches the elements of the lists that Kubernetes merges
by name. A null deletes what lower layers set; where they set nothing it is a
value. An empty mapping is a statement that a mapping stands here: it is a fact
of its own, and stays one when other layers add keys to the mapping (so that a
shared file's `{}` is common to environments whether they fill it or not); so is
an empty list. Only an empty document says nothing beside one with content, and
a mapping that nulls have emptied is not told.

The merge goes address by address through the whole history of all layers, so
that its cost follows the changes and not instants times facts; only addresses
on which layers can disagree are looked at instant by instant.
"""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from driftline.inventory.layers.claims import (
    KEYS,
    NAMED,
    POSITIONS,
    Claims,
    Standing,
    form,
    merge_fields,
)
from driftline.inventory.layers.layer import (
    DELETED,
    REPLACED,
    EffectiveSeries,
    Layer,
    LayerStep,
    MergeMode,
    Point,
)

__all__ = [
    "DELETED",
    "REPLACED",
    "EffectiveSeries",
    "Layer",
    "LayerStep",
    "MergeMode",
    "Point",
    "at",
    "effective",
]

_REMOVALS = (DELETED, REPLACED)
_SPECIAL = (DELETED, REPLACED, "null")
_by_instant = itemgetter(0)

# A layer that may hide an address: its index, the place at which it does, and
# the form of the address's token below that place.
_Hider = tuple[int, str, int, bool]


def effective(layers: Sequence[Layer], *, until: int | None = None) -> dict[str, list[Point]]:
    """The effective value of every address over time, up to and including an instant.

    `layers` are ordered lowest first. Steps of one instant are applied
    together, so that what one look changes in two files is one change. An
    address that is never there has no series, unless a null takes it away.
    """
    return _Merge([Claims(layer, until) for layer in layers]).series()


def at(series: Sequence[Point], instant: int | None) -> Point | None:
    """The point in force at an instant (None: the last), or None before the first."""
    if instant is None:
        return series[-1] if series else None
    found = None
    for point in series:
        if point.instant > instant:
            break
        found = point
    return found


class _Merge:
    """All layers together: which may hide which, and the value that results."""

    def __init__(self, claims: Sequence[Claims]) -> None:
        self.claims = claims
        self._hiders: dict[tuple[str, int, bool], tuple[_Hider, ...]] = {}

    def series(self) -> dict[str, list[Point]]:
        found: dict[str, list[Point]] = {}
        holders: dict[str, list[int]] = {}
        for number, one in enumerate(self.claims):
            for address in one.steps:
                known = holders.get(address)
                if known is None:
                    holders[address] = [number]
                else:
                    known.append(number)
        is_single = len(self.claims) == 1
        for address, several in holders.items():
            if is_single or not self._is_contested(address, several[0]):
                points = self._uncontested(address, several)
            else:
                points = self._contested(address)
            if points:
                found[address] = points
        return found

    def _is_contested(self, address: str, lowest: int) -> bool:
        """Whether anything but facts at this very address can matter to it."""
        for one in self.claims:
            if address in one.below:
                return True
        hiders = self._hiders_of(address)
        return bool(hiders) and max(hiders)[0] > lowest

    def _hiders_of(self, address: str) -> tuple[_Hider, ...]:
        """Every layer and place that may hide an address, whatever its own layer."""
        if not address:
            return ()
        place, _, token = address.rpartition("/")
        token_form = self._form(address, place, token)
        by_name = token_form == NAMED and token[1:].partition("=")[0] in merge_fields(place)
        key = (place, token_form, by_name)
        known = self._hiders.get(key)
        if known is None:
            own = tuple(
                (number, *key)
                for number, one in enumerate(self.claims)
                if one.may_hide(place, token_form, by_name=by_name)
            )
            known = self._hiders[key] = self._hiders_of(place) + own
        return known

    def _form(self, address: str, place: str, token: str) -> int:
        """The form of a token; digits are positions where a layer that has them has a list."""
        alone = form(token)
        if alone in (KEYS, NAMED):
            return alone
        holders = (one for one in self.claims if address in one.steps or address in one.below)
        are_positions = any(one.below[place] & POSITIONS for one in holders)
        return POSITIONS if are_positions else KEYS

    def _alone(self, address: str, layer: int) -> list[Point]:
        """The points of an address that only one layer ever touches."""
        claims = self.claims[layer]
        points: list[Point] = []
        value: str | None = None
        for step in claims.steps[address]:
            new = step.value
            if new in _REMOVALS or (new == "null" and layer and claims.drops_null(address)):
                new = None
            told = None if step.value in (None, REPLACED) else layer
            if new != value or (told is not None and not points):
                value = new
                points.append(Point(step.instant, new, told, layer, step.act))
        return points

    def _uncontested(self, address: str, holders: Sequence[int]) -> list[Point]:
        """The points of an address at which the highest layer with a fact decides."""
        if len(holders) == 1:
            return self._alone(address, holders[0])
        moves = [
            (step.instant, layer, step)
            for layer in holders
            for step in self.claims[layer].steps[address]
        ]
        if any(step.value in _SPECIAL for _, _, step in moves):
            return self._contested(address)
        moves.sort(key=_by_instant)
        points: list[Point] = []
        facts: dict[int, str] = {}
        value: str | None = None
        decider = -1
        last = len(moves) - 1
        acts: dict[int, int] = {}
        for number, (instant, layer, step) in enumerate(moves):
            acts[layer] = step.act
            if step.value is None:
                facts.pop(layer, None)
            else:
                facts[layer] = step.value
            if number != last and moves[number + 1][0] == instant:
                continue
            top = max(facts, default=-1)
            new = facts.get(top)
            if new != value or (new is not None and top != decider):
                cause = max(top, decider)
                told = top if top >= 0 else None
                points.append(Point(instant, new, told, cause, acts[cause]))
            value, decider = new, top
            acts = {}
        return points

    def _contested(self, address: str) -> list[Point]:
        """The points of an address on which several layers have a say."""
        arena = _Arena(self.claims, address, self._hiders_of(address))
        points: list[Point] = []
        value: str | None = None
        layer: int | None = None
        for instant, acts in arena.moves():
            before, before_layer = value, layer
            value, layer = arena.verdict()
            is_taken_away = value is None and arena.is_taken_away(layer)
            is_same = value == before and (value is None or layer == before_layer)
            if is_same and (points or not is_taken_away):
                continue
            # Whoever decides now, or whoever decided before and stepped aside;
            # an empty mapping or a null also changes by what is below it.
            cause = max(one for one in (layer, before_layer) if one is not None)
            if cause not in acts:
                cause = max(acts)
            told = layer if value is not None or is_taken_away else None
            points.append(Point(instant, value, told, cause, acts[cause]))
        return points


class _Arena:
    """One address in all layers, played through instant by instant."""

    def __init__(self, claims: Sequence[Claims], address: str, hiders: Sequence[_Hider]) -> None:
        self.claims = claims
        self.address = address
        self.merges = bool(merge_fields(address))
        self.own: list[Standing | None] = [None] * len(claims)
        self.hiders: list[dict[_Hider, bool]] = [{} for _ in claims]
        self.events: list[tuple[int, int, _Hider | None, Standing]] = []
        for number, one in enumerate(claims):
            if address in one.steps or address in one.below:
                self.events += [(life.instant, number, None, life) for life in one.life(address)]
        for hider in hiders:
            number, place, _, _ = hider
            self.hiders[number][hider] = False
            self.events += [
                (life.instant, number, hider, life) for life in claims[number].life(place)
            ]
        self.events.sort(key=lambda event: event[0])

    def moves(self) -> Iterator[tuple[int, dict[int, int]]]:
        """Play the instants one after the other: the acts of the layers that move at each."""
        acts: dict[int, int] = {}
        last = len(self.events) - 1
        for number, (instant, layer, hider, standing) in enumerate(self.events):
            acts[layer] = standing.act
            if hider is None:
                self.own[layer] = standing
            else:
                _, place, token_form, by_name = hider
                self.hiders[layer][hider] = self.claims[layer].hides(
                    standing, place, token_form, by_name=by_name
                )
            if number == last or self.events[number + 1][0] != instant:
                yield instant, acts
                acts = {}

    def verdict(self) -> tuple[str | None, int | None]:
        """The value in force and the layer that decides it, the highest first."""
        for layer in range(len(self.own) - 1, -1, -1):
            own = self.own[layer]
            if own is not None and own.fact is not None:
                return self._told(own.fact, layer), layer
            if True in self.hiders[layer].values():
                return None, layer
            is_replaced = self.claims[layer].mode is MergeMode.WHOLE or not self.address
            if own is not None and own.below and is_replaced:
                return None, layer
            if own is not None and own.below:
                return self._stated_below(layer, "{}" if own.below == KEYS else "[]")
        return None, None

    def _stated_below(self, layer: int, empty: str) -> tuple[str | None, int | None]:
        """A lower layer's empty mapping or list, which this layer fills; it stays a fact."""
        for lower in range(layer - 1, -1, -1):
            own = self.own[lower]
            if own is not None and own.fact is not None:
                return (empty, lower) if own.fact == empty else (None, layer)
            if True in self.hiders[lower].values():
                break
        return None, layer

    def is_taken_away(self, layer: int | None) -> bool:
        """Whether a layer has a null here, or deletes, so that absence is somebody's word."""
        own = None if layer is None else self.own[layer]
        return own is not None and own.fact in ("null", DELETED)

    def _told(self, fact: str, layer: int) -> str | None:
        """What a layer's own fact comes to, given what is below it."""
        if fact in _REMOVALS:
            return None
        claims = self.claims[layer]
        if not self.address and self._beneath(layer) == KEYS:
            return None
        if fact == "[]" and claims.mode is MergeMode.STRATEGIC and self.merges:
            return None if self._beneath(layer) == NAMED else fact
        is_merged = claims.mode not in (MergeMode.EDIT, MergeMode.WHOLE)
        if fact == "null" and layer > 0 and is_merged:
            gone = claims.drops_null(self.address) or self._beneath(layer) is not None
            return None if gone else fact
        return fact

    def _beneath(self, layer: int) -> int | None:
        """What the layers below one put at the address, as far as it shows.

        None is nothing, 0 a fact, and otherwise the forms of what stands below it.
        """
        found: int | None = None
        for lower in range(layer, -1, -1):
            own = self.own[lower] if lower < layer else None
            if own is not None and own.fact is not None:
                if own.fact == "null" or own.fact in _REMOVALS:
                    return found
                found = 0
                if own.fact not in ("{}", "[]"):
                    return found
            elif own is not None and own.below:
                return own.below
            if True in self.hiders[lower].values():
                return found
        return found
