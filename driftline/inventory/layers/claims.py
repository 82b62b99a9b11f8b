"""What one layer says of each place over time, and what it thereby hides of the layers below.

A place is the address of a fact or of a mapping or list above facts. A layer
that puts a scalar or a list of its own at a place hides what lower layers put
there; a layer that adds keys to a mapping hides nothing.
"""

from bisect import bisect_left
from collections.abc import Iterable

import msgspec

from driftline.inventory.layers.layer import Layer, LayerStep, MergeMode
from driftline.model.address import is_position

# What stands below a place, by the form of the next token.
KEYS, NAMED, POSITIONS = 1, 2, 4
_DIGITS = 8  # keys like `404`, until a `0` shows that they are positions of a list

# The lists that Kubernetes merges by a field of their elements, by the key under
# which they stand; a patch replaces every other list as a whole. From the patch
# merge keys of the Kubernetes API (strategic merge patch).
_MERGED_BY = {
    "addresses": ("type",),
    "conditions": ("type",),
    "containers": ("name",),
    "env": ("name",),
    "ephemeralContainers": ("name",),
    "hostAliases": ("ip",),
    "imagePullSecrets": ("name",),
    "initContainers": ("name",),
    "options": ("name",),
    "ownerReferences": ("uid",),
    "ports": ("containerPort", "port"),
    "resourceClaims": ("name",),
    "secrets": ("name",),
    "taints": ("key",),
    "topologySpreadConstraints": ("topologyKey",),
    "volumeDevices": ("devicePath",),
    "volumeMounts": ("mountPath",),
    "volumes": ("name",),
    "webhooks": ("name",),
}


class Standing(msgspec.Struct, frozen=True, gc=False):
    """What a layer says of a place from an instant on: a fact, things below it, or neither."""

    instant: int
    act: int
    fact: str | None
    below: int


def form(token: str) -> int:
    """The form of a token of an address, as far as the token alone tells.

    >>> form("image") == KEYS, form("[name=web]") == NAMED, form("0") == POSITIONS
    (True, True, True)
    """
    if token[:1] == "[":
        return NAMED
    if token[:1].isdigit() and is_position(token):
        return POSITIONS if token == "0" else _DIGITS  # noqa: S105 - a token of an address
    return KEYS


def merge_fields(place: str) -> tuple[str, ...]:
    """The fields by which a strategic merge may match the elements of the list at a place.

    >>> merge_fields("/spec/containers"), merge_fields("/spec/rules")
    (('name',), ())
    """
    return _MERGED_BY.get(place.rpartition("/")[2], ())


class Claims:
    """One layer's facts by address, and what it says of the places above them."""

    def __init__(self, layer: Layer, until: int | None) -> None:
        self.mode = layer.mode
        self.steps = _by_address(layer.steps, until)
        self.below = _forms_below(self.steps)
        self._ordered: list[str] | None = None
        self._lives: dict[str, tuple[Standing, ...]] = {}

    def may_hide(self, place: str, token_form: int, *, by_name: bool) -> bool:
        """Whether the layer ever hides tokens of this form below a place."""
        if self.mode is MergeMode.EDIT:
            return False
        own = self.steps.get(place)
        if own is not None and any(
            self._closes(one.value, place, token_form, by_name=by_name) for one in own
        ):
            return True
        below = self.below.get(place)
        return below is not None and bool(below & self._hiding(place, token_form, by_name=by_name))

    def hides(self, standing: Standing, place: str, token_form: int, *, by_name: bool) -> bool:
        """Whether what stands at a place hides lower tokens of this form below it."""
        return self._closes(standing.fact, place, token_form, by_name=by_name) or bool(
            standing.below & self._hiding(place, token_form, by_name=by_name)
        )

    def _closes(self, fact: str | None, place: str, token_form: int, *, by_name: bool) -> bool:
        """Whether a fact at a place leaves no room for lower tokens of this form below it."""
        if fact is None:
            return False
        if fact == "{}":
            return token_form != KEYS or self._replaces(place)
        # An empty list adds nothing to a list that merges by name.
        return fact != "[]" or not self._keeps_names(by_name=by_name)

    def _keeps_names(self, *, by_name: bool) -> bool:
        return by_name and self.mode is MergeMode.STRATEGIC

    def _replaces(self, place: str) -> bool:
        """Whether whatever this layer puts at a place replaces all that was there."""
        return self.mode is MergeMode.WHOLE and place != "" and place.rfind("/") == 0

    def _hiding(self, place: str, token_form: int, *, by_name: bool) -> int:
        """The forms of tokens of this layer that hide a lower token of some form."""
        if self._replaces(place):
            return NAMED | POSITIONS | KEYS
        if token_form == KEYS:
            return NAMED | POSITIONS
        if self._keeps_names(by_name=by_name):
            return POSITIONS | KEYS
        return NAMED | POSITIONS | KEYS

    def drops_null(self, address: str) -> bool:
        """Whether a null of this layer never stays at an address, as outside of replaced lists."""
        if self.mode not in (MergeMode.MERGE_PATCH, MergeMode.STRATEGIC):
            return False
        while address:
            place, _, token = address.rpartition("/")
            known = self._form_at(place, token)
            named = known == NAMED and token[1:].partition("=")[0] in merge_fields(place)
            if known != KEYS and not (named and self.mode is MergeMode.STRATEGIC):
                return False
            address = place
        return True

    def life(self, place: str) -> tuple[Standing, ...]:
        """What the layer says of a place over time, one entry for each instant of a change."""
        known = self._lives.get(place)
        if known is None:
            known = self._lives[place] = tuple(self._standings(place))
        return known

    def _standings(self, place: str) -> Iterable[Standing]:
        moves = [(step.instant, 0, step) for step in self.steps.get(place, ())]
        if place in self.below:
            for address in self._addresses_below(place):
                token = address[len(place) + 1 :].partition("/")[0]
                known = self._form_at(place, token)
                moves += [(step.instant, known, step) for step in self.steps[address]]
        moves.sort(key=lambda move: move[0])
        fact: str | None = None
        present: dict[int, set[str]] = {KEYS: set(), NAMED: set(), POSITIONS: set()}
        last = len(moves) - 1
        said: tuple[str | None, int] = (None, 0)
        for number, (instant, token_form, step) in enumerate(moves):
            if token_form == 0:
                fact = step.value
            elif step.value is None:
                present[token_form].discard(step.address)
            else:
                present[token_form].add(step.address)
            if number != last and moves[number + 1][0] == instant:
                continue
            below = sum(known for known, addresses in present.items() if addresses)
            if (fact, below) != said:
                said = (fact, below)
                yield Standing(instant, step.act, fact, below)

    def _form_at(self, place: str, token: str) -> int:
        known = form(token)
        if known in (KEYS, NAMED):
            return known
        return POSITIONS if self.below[place] & POSITIONS else KEYS

    def _addresses_below(self, place: str) -> list[str]:
        if self._ordered is None:
            self._ordered = sorted(self.steps)
        # "0" follows "/" in the order of characters, so nothing else lies between.
        first = bisect_left(self._ordered, place + "/")
        return self._ordered[first : bisect_left(self._ordered, place + "0", first)]


def _by_address(steps: Iterable[LayerStep], until: int | None) -> dict[str, list[LayerStep]]:
    """The steps of each address, one for each instant."""
    found: dict[str, list[LayerStep]] = {}
    for step in steps:
        if until is not None and step.instant > until:
            break
        known = found.get(step.address)
        if known is None:
            found[step.address] = [step]
        elif known[-1].instant == step.instant:
            known[-1] = step
        else:
            known.append(step)
    return found


def _forms_below(addresses: Iterable[str]) -> dict[str, int]:
    """The forms of the tokens that ever stood below each place."""
    found: dict[str, int] = {}
    seen: set[str] = set()
    for address in addresses:
        place = address
        while place and place not in seen:
            seen.add(place)
            above, _, token = place.rpartition("/")
            found[above] = found.get(above, 0) | form(token)
            place = above
    for place, forms in found.items():
        if forms & _DIGITS:
            found[place] = forms & ~_DIGITS | (0 if forms & POSITIONS else KEYS)
    return found
