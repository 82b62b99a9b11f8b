"""What autoscalers may move: the band of replicas, and the requests of containers.

The band that was given to an autoscaler is the intent; where in the band the
number stands is the autoscaler's business. Outside of it something is wrong.
"""

from collections.abc import Iterable, Mapping

import msgspec

from driftline.inventory.noise.places import container_path, place
from driftline.inventory.noise.rule import Noise
from driftline.inventory.typed import decode
from driftline.model import address as addresses

Facts = Mapping[str, str]

_REPLICAS = "/spec/replicas"
_KEDA_REPLICAS_MAX = 100


class Band(msgspec.Struct, frozen=True, gc=False):
    """What autoscalers may do to one workload.

    `scaler` names the one that counts replicas, between `least` and `most`
    (None: no bound is known); `resizer` the one that sets requests and limits.
    Either is empty where there is none.
    """

    scaler: str = ""
    least: int | None = None
    most: int | None = None
    resizer: str = ""

    def holds(self, replicas: str | None) -> bool:
        """Whether a number of replicas, as JSON text, lies in the band."""
        if not self.scaler or replicas is None or not replicas.isdigit():
            return False
        count = int(replicas)
        if self.least is not None and count < self.least:
            return False
        return self.most is None or count <= self.most


def bands(objects: Iterable[tuple[str, Facts]]) -> dict[str, Band]:
    """The band of each workload that some autoscaler speaks about, by the workload's key.

    `objects` are keys and facts of any objects; all but autoscalers are passed over.

    >>> facts = {"/kind": '"HorizontalPodAutoscaler"', "/spec/maxReplicas": "5",
    ...     "/spec/scaleTargetRef/kind": '"Deployment"', "/spec/scaleTargetRef/name": '"web"'}
    >>> bands([("HorizontalPodAutoscaler/shop/web", facts)])["Deployment/shop/web"].most
    5
    """
    found: dict[str, Band] = {}
    for key, facts in objects:
        kind = key.partition("/")[0]
        read = _READERS.get(kind)
        if read is None:
            continue
        target = _target(key, facts)
        if target:
            found[target] = _joined(found.get(target, Band()), read(facts))
    return found


def either(declared: Mapping[str, Band], observed: Mapping[str, Band]) -> dict[str, Band]:
    """The bands of workloads whose autoscalers are declared, observed, or both.

    Where somebody moved a bound, the moved bound is the drift, and the number
    that followed it is told by it: both bands count.
    """
    found = dict(observed)
    for target, band in declared.items():
        found[target] = _joined(band, found[target]) if target in found else band
    return found


def autoscaled(kind: str, address: str, value: str | None, band: Band | None) -> Noise | None:
    """The noise of a value that an autoscaler moved within its bounds, or None."""
    if band is None:
        return None
    if address == _REPLICAS and band.scaler:
        if not band.holds(value):
            return None
        bounds = f"{_shown(band.least)} to {_shown(band.most)}"
        return Noise("autoscaler", f"{band.scaler} moves it between {bounds}")
    if band.resizer:
        inside = container_path(kind, place(address).shape)
        if inside is not None and inside.startswith(("resources/requests/", "resources/limits/")):
            return Noise("autoscaler", f"{band.resizer} sets what containers ask for")
    return None


def _shown(bound: int | None) -> str:
    return "no bound" if bound is None else str(bound)


def _joined(one: Band, other: Band) -> Band:
    """Both bands; of two autoscalers that count, the wider bounds, as each may have its way."""
    if not one.scaler or not other.scaler:
        counting = one if one.scaler else other
        return Band(counting.scaler, counting.least, counting.most, one.resizer or other.resizer)
    least = None if one.least is None or other.least is None else min(one.least, other.least)
    most = None if one.most is None or other.most is None else max(one.most, other.most)
    return Band(one.scaler, least, most, one.resizer or other.resizer)


def _target(key: str, facts: Facts) -> str:
    """The key of the workload that an autoscaler points at; empty where it says none."""
    parts = key.split("/")
    namespace = [addresses.unescape(parts[1])] if len(parts) > 2 else []
    for field in ("/spec/scaleTargetRef", "/spec/targetRef"):
        name = _text(facts, f"{field}/name")
        if name:
            kind = _text(facts, f"{field}/kind") or "Deployment"
            return "/".join([kind, *namespace, name])
    return ""


def _horizontal(facts: Facts) -> Band:
    least, most = _count(facts, "/spec/minReplicas"), _count(facts, "/spec/maxReplicas")
    return Band("a horizontal autoscaler", 1 if least is None else least, most)


def _keda(facts: Facts) -> Band:
    least = _count(facts, "/spec/idleReplicaCount")
    if least is None:
        least = _count(facts, "/spec/minReplicaCount")
    most = _count(facts, "/spec/maxReplicaCount")
    return Band("KEDA", least or 0, _KEDA_REPLICAS_MAX if most is None else most)


def _vertical(facts: Facts) -> Band:
    mode = _text(facts, "/spec/updatePolicy/updateMode") or "Auto"
    return Band() if mode == "Off" else Band(resizer="a vertical autoscaler")


_READERS = {
    "HorizontalPodAutoscaler": _horizontal,
    "ScaledObject": _keda,
    "VerticalPodAutoscaler": _vertical,
}


def _text(facts: Facts, address: str) -> str:
    value = facts.get(address, "")
    return decode(value) if value[:1] == '"' else ""


def _count(facts: Facts, address: str) -> int | None:
    value = facts.get(address, "")
    return int(value) if value.isdigit() else None
