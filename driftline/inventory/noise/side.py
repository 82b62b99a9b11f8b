"""One side of a comparison with all that is known of it, and whether a fact of its own is noise."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from driftline.inventory.noise.autoscaling import Band, autoscaled
from driftline.inventory.noise.bookkeeping import bookkeeping
from driftline.inventory.noise.certificates import certificates
from driftline.inventory.noise.defaults import is_default, is_old_default
from driftline.inventory.noise.injected import injected
from driftline.inventory.noise.kinds import is_custom
from driftline.inventory.noise.ownership import Ownership, Sort, is_applied
from driftline.inventory.noise.places import Place, has, metadata_path, parent, place
from driftline.inventory.noise.populated import assigned, filled
from driftline.inventory.noise.rule import Noise, noise
from driftline.inventory.noise.zero import zero

Facts = Mapping[str, str]

_DEFAULT = noise("default")
_OLD_DEFAULT = Noise(
    "default", "an old version of the API filled this in where nothing is declared"
)
_CONTROL_PLANE = noise("control-plane")
_UNOWNED = noise("unowned")
_ADMITTED = Noise("unowned", "nobody set it, as the field managers tell: a check on the way in did")
_UNDECLARED = noise("undeclared")
_DEPLOYED = noise("deployed")
_AGGREGATED = noise("aggregated")
_NAMESPACE = noise("namespace")
_INSTANCE = Noise("bookkeeping", "the tool that deployed it marks what belongs to it")
_SCALED = frozenset(
    "Deployment StatefulSet ReplicaSet ReplicationController Rollout DeploymentConfig".split()
)


class Side(msgspec.Struct, frozen=True, dict=True):
    """One observed object beside another account of it.

    `facts` are its own, `other` those of the other account; `own` tells who
    set what here, and `band` what an autoscaler may move.
    """

    kind: str
    facts: Facts
    other: Facts
    own: Ownership
    band: Band | None = None

    @cached_property
    def is_custom(self) -> bool:
        """Whether it is a custom resource, whose defaults nobody knows."""
        said = self.facts.get("/apiVersion") or self.other.get("/apiVersion") or ""
        return is_custom(said)

    @cached_property
    def _heads(self) -> dict[str, bool]:
        """Whether the other account has a container or element, as far as it was asked."""
        return {}

    def _is_in_other(self, head: str) -> bool:
        found = self._heads.get(head)
        if found is None:
            found = self._heads[head] = has(self.other, head)
        return found

    def extras(self, only: Iterable[str]) -> dict[str, Noise]:
        """The noise among facts that only this side has.

        An element of a list is noise as a whole or not at all: of a port that
        somebody added, the default protocol was added, too.
        """
        found: dict[str, Noise] = {}
        groups: dict[str, list[str]] = {}
        for address in only:
            at = place(address)
            element = self._new_element(at) if at.elements else None
            if element is not None:
                groups.setdefault(element, []).append(address)
                continue
            reason = self._extra(address, at, is_listed=False)
            if reason is not None:
                found[address] = reason
        for element, members in groups.items():
            found.update(self._element(element, members))
        return found

    def by_hand(self, address: str) -> bool:
        """Whether somebody set the fact by hand, as the field managers tell."""
        return Sort.HAND in self.own.sorts(self.own.owners(address))

    def _new_element(self, at: Place) -> str | None:
        """The outermost element of a list that the other account has not got."""
        return next((one for one in at.elements if not self._is_in_other(one)), None)

    def _element(self, element: str, members: list[str]) -> dict[str, Noise]:
        """The noise of an element that only this side has: of all its facts, or of none."""
        whole = injected(element, self.facts)
        if whole is not None and not any(self.by_hand(one) for one in members):
            return dict.fromkeys(members, whole)
        is_listed = self._is_in_other(parent(element))
        found: dict[str, Noise] = {}
        for address in members:
            reason = self._extra(address, place(address), is_listed=is_listed)
            if reason is None:
                return {}
            found[address] = reason
        return found

    def _extra(self, address: str, at: Place, *, is_listed: bool) -> Noise | None:
        """The noise of one fact; `is_listed` when it is part of one more element of a list."""
        reason = assigned(self.kind, at.shape) or bookkeeping(at)
        if reason is not None:
            return reason
        if address == "/metadata/namespace":
            return _NAMESPACE
        if self.kind == "ClusterRole" and at.shape.startswith("/rules") and self._is_aggregated:
            return _AGGREGATED
        value = self.facts[address]
        if address == "/spec/replicas" and self.kind in _SCALED:
            moved = autoscaled(self.kind, address, value, self.band)
            return moved or (_DEFAULT if value == "1" else None)
        if not is_listed:
            if is_default(self.kind, address, at, self.facts, is_custom=self.is_custom):
                return _DEFAULT
            reason = zero(at, value, is_custom=self.is_custom)
            if reason is not None:
                return reason
        moved = autoscaled(self.kind, address, value, self.band)
        return moved or self._by_owners(address, at, is_listed=is_listed)

    def _by_owners(self, address: str, at: Place, *, is_listed: bool) -> Noise | None:
        """The noise of a fact that no table explains, by who owns it."""
        owners = self.own.owners(address)
        sorts = self.own.sorts(owners)
        if Sort.HAND in sorts:
            return None
        reason = filled(self.kind, at.shape) or certificates(at, self.facts)
        if reason is not None:
            return reason
        if is_old_default(self.kind, at, self.facts[address]) and not is_listed:
            return _OLD_DEFAULT
        if at.key == "app.kubernetes.io/instance" and at.is_open:
            return _INSTANCE
        is_said = at.is_open or is_listed
        if not owners:
            return self._unowned(at, is_listed=is_listed)
        if sorts == {Sort.CONTROL_PLANE}:
            return _CONTROL_PLANE
        if Sort.PROGRAM in sorts:
            return _note(at, owners)
        if self.is_custom and not is_said and not is_applied(owners):
            return _DEPLOYED
        return None

    def _unowned(self, at: Place, *, is_listed: bool) -> Noise | None:
        """The noise of a fact that nobody owns."""
        # Whatever a list is declared to hold, no server adds to it; and data
        # is nobody's but whoever wrote it, even where that is forgotten.
        if is_listed or at.shape.startswith(("/data/", "/binaryData/")):
            return None
        if self.own.is_known:
            return _ADMITTED if at.is_open else _UNOWNED
        return _UNDECLARED if self.is_custom and not at.is_open else None

    @cached_property
    def _is_aggregated(self) -> bool:
        return any(one.startswith("/aggregationRule") for one in self.facts)


def _note(at: Place, owners: tuple[str, ...]) -> Noise | None:
    """The noise of a label or annotation that a program left on an object, in its own domain."""
    path = metadata_path(at.shape)
    if path is None or not at.is_open or "/" not in at.key or not at.shape.startswith("/metadata/"):
        return None
    name = owners[0].partition("/")[0]
    return Noise("annotated", f"the field manager {name!a} left a note that nobody declares")
