"""What of the difference between declared and observed must not be reported.

The declared side speaks only of what it declares. What it does not speak of is
no drift where the server, a controller or the deploying tool filled it in; it
is drift where somebody put it there. The field managers are the evidence, and
where there are none the tables decide alone.
"""

from collections.abc import Mapping

from driftline.inventory.noise.autoscaling import Band, autoscaled
from driftline.inventory.noise.bookkeeping import bookkeeping
from driftline.inventory.noise.certificates import renewed
from driftline.inventory.noise.generated_names import is_reference, same_but_for_hash
from driftline.inventory.noise.moved_fields import moved_fields
from driftline.inventory.noise.ownership import Managers, Ownership
from driftline.inventory.noise.places import Place, has, place
from driftline.inventory.noise.populated import assigned, filled
from driftline.inventory.noise.reordered import reordered
from driftline.inventory.noise.rule import Noise, noise
from driftline.inventory.noise.served import respelled
from driftline.inventory.noise.side import Side
from driftline.inventory.noise.zero import zero
from driftline.inventory.typed import equal

Facts = Mapping[str, str]

# What may be shown, because somebody did it, and is no drift all the same.
INFORMATIONAL = frozenset({"autoscaler", "restart"})

_EMPTY = noise("empty")
_HASH = noise("name-hash")
_NAMESPACE = noise("namespace")
_FILLED = Noise("populated", "declared empty, so that the cluster assigns a value")


def against_intent(
    kind: str, declared: Facts, observed: Facts, managers: Managers, *, band: Band | None = None
) -> dict[str, Noise]:
    """The addresses at which an object differs from what is declared, and must not be reported.

    `managers` gives the owners of fields as `manager/operation` or
    `manager/operation/subresource`; a field is also owned by whoever owns a
    container around it. Empty when nobody may see them. `band` is what
    autoscalers may do to this object (`autoscaling.bands`).

    Every other address at which the two differ is a real difference. What
    `informational` gives is among the noise.
    """
    if declared == observed:
        return {}
    moved = moved_fields(kind, declared, observed)
    meant = declared if moved is None else {**declared, **moved.facts}
    found = _Both(Side(kind, observed, meant, Ownership(managers, meant, observed), band)).noise()
    if moved is None:
        return found
    found.update(moved.left)
    for address, value in moved.facts.items():
        if equal(address, value, observed.get(address)):
            found[address] = moved.reason
    there = found.items()
    return {one: why for one, why in there if declared.get(one) != observed.get(one)}


def informational(
    kind: str, declared: Facts, observed: Facts, managers: Managers, *, band: Band | None = None
) -> dict[str, Noise]:
    """The part of the noise that may be shown: replicas in an autoscaler's band, restarts."""
    found = against_intent(kind, declared, observed, managers, band=band)
    return {address: one for address, one in found.items() if one.rule in INFORMATIONAL}


class _Both:
    """The two accounts of one object, while their differences are gone through."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.declared = side.other
        self.observed = side.facts

    def noise(self) -> dict[str, Noise]:
        declared, observed = self.declared, self.observed
        changed = [one for one, value in declared.items() if observed.get(one, value) != value]
        missing = [one for one in declared if one not in observed]
        extra = [one for one in observed if one not in declared]
        found = reordered(
            self.side.kind, declared, observed, [*changed, *missing, *extra],
            is_custom=self.side.is_custom,
        )  # fmt: skip
        for address in changed:
            if address not in found:
                reason = self._changed(address, place(address))
                if reason is not None:
                    found[address] = reason
        found.update(self._all_missing([one for one in missing if one not in found]))
        found.update(self.side.extras([one for one in extra if one not in found]))
        return found

    def _changed(self, address: str, at: Place) -> Noise | None:
        """The noise of a fact that both sides have with different values."""
        kind = self.side.kind
        meant, there = self.declared[address], self.observed[address]
        if {meant, there} == {"null", '""'}:
            return _EMPTY
        reason = assigned(kind, at.shape) or bookkeeping(at)
        if reason is None:
            reason = respelled(kind, at, address, meant, there)
        if reason is None:
            reason = autoscaled(kind, address, there, self.side.band)
        if reason is None:
            reason = renewed(at, meant, self.observed)
        if reason is None and is_reference(at.shape) and same_but_for_hash(meant, there):
            return _HASH
        if reason is not None:
            return reason
        return self._declared_empty(address, at, meant)

    def _declared_empty(self, address: str, at: Place, meant: str) -> Noise | None:
        """The noise of a value where nothing but emptiness is declared."""
        is_custom = self.side.is_custom
        if meant != "null" and zero(at, meant, is_custom=is_custom) is None:
            return None
        if meant in ('""', "null", "0") and filled(self.side.kind, at.shape) is not None:
            return None if self.side.by_hand(address) else _FILLED
        if meant in ("{}", "[]", "null", '""'):
            rest = {one: value for one, value in self.declared.items() if one != address}
            silent = Side(self.side.kind, self.observed, rest, self.side.own, self.side.band)
            return silent.extras([address]).get(address)
        return None

    def _all_missing(self, missing: list[str]) -> dict[str, Noise]:
        """The noise among declared facts that are not there; an element counts as a whole."""
        if not missing:
            return {}
        there: dict[str, bool] = {}
        found: dict[str, Noise] = {}
        groups: dict[str, list[str]] = {}
        for address in missing:
            at = place(address)
            for one in at.elements:
                if one not in there:
                    there[one] = has(self.observed, one)
            element = next((one for one in at.elements if not there[one]), None)
            if element is not None and element != address:
                groups.setdefault(element, []).append(address)
                continue
            reason = self._missing(address, at)
            if reason is not None:
                found[address] = reason
        for members in groups.values():
            reasons = {one: self._missing(one, place(one)) for one in members}
            if all(reasons.values()):
                found.update({one: reason for one, reason in reasons.items() if reason})
        return found

    def _missing(self, address: str, at: Place) -> Noise | None:
        """The noise of a declared fact that is not there."""
        kind = self.side.kind
        reason = assigned(kind, at.shape) or bookkeeping(at)
        if reason is not None:
            return reason
        value = self.declared[address]
        if value in ("{}", "[]", "null") and has(self.observed, address):
            return _EMPTY
        if address == "/metadata/namespace":
            return _NAMESPACE
        return zero(at, value, is_custom=self.side.is_custom)
