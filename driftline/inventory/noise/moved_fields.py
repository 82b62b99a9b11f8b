"""Declared fields that the server gives back under another name, and what it calls them.

`stringData` becomes `data`. A manifest of an old version of the API is served
in the present one, where some fields moved: the target of an autoscaler, the
backend of an ingress.
"""

from collections.abc import Mapping

import msgspec

from driftline.inventory.noise.rule import Noise

Facts = Mapping[str, str]

_STORED = Noise("write-only", "declared as stringData, which the server keeps here")
_WRITE_ONLY = Noise("write-only", "the server keeps it below /data, where it is compared")
_SERVED = Noise("version", "the declared version of the API calls this field otherwise")
_CPU = '"cpu"'


class Moved(msgspec.Struct, frozen=True):
    """What declared fields are called where they are observed.

    `facts` are the declared values at their new addresses, `left` the old
    addresses with the reason why nothing is observed there; `reason` is for
    the new addresses, at which nothing is declared.
    """

    facts: dict[str, str]
    left: dict[str, Noise]
    reason: Noise


def moved_fields(kind: str, declared: Facts, observed: Facts) -> Moved | None:
    """The declared fields of an object that are observed elsewhere; None where there are none.

    >>> moved = moved_fields("Secret", {"/stringData/a": '"x"'}, {})
    >>> moved.facts
    {'/data/a': '"x"'}
    """
    if kind == "Secret":
        return _secret(declared)
    if kind == "HorizontalPodAutoscaler":
        return _autoscaler(declared, observed)
    return _ingress(declared, observed) if kind == "Ingress" else None


def _secret(declared: Facts) -> Moved | None:
    """What is written as text is kept as data, and wins over data of the same name."""
    texts = [one for one in declared if one.startswith("/stringData/")]
    if not texts:
        return None
    facts = {one.replace("/stringData/", "/data/", 1): declared[one] for one in texts}
    return Moved(facts, dict.fromkeys(texts, _WRITE_ONLY), _STORED)


def _autoscaler(declared: Facts, observed: Facts) -> Moved | None:
    """The one target of the first version is a metric of the later ones."""
    old = "/spec/targetCPUUtilizationPercentage"
    start = "/spec/metrics/"
    metrics = [one for one in observed if one.startswith(start)]
    if old not in declared or old in observed or not metrics:
        return None
    position = next(
        (
            one[len(start) :].partition("/")[0]
            for one in metrics
            if one.endswith("/resource/name") and observed[one] == _CPU
        ),
        "0",
    )
    element = start + position
    facts = {
        f"{element}/type": '"Resource"',
        f"{element}/resource/name": _CPU,
        f"{element}/resource/target/type": '"Utilization"',
        f"{element}/resource/target/averageUtilization": declared[old],
    }
    return Moved(facts, {old: _SERVED}, _SERVED)


def _ingress(declared: Facts, observed: Facts) -> Moved | None:
    """The backend of the first versions was flat, and the default one had another name."""
    if observed.get("/apiVersion") != '"networking.k8s.io/v1"':
        return None
    facts: dict[str, str] = {}
    left: dict[str, Noise] = {}
    for address, value in declared.items():
        head, _, field = address.rpartition("/")
        if field not in ("serviceName", "servicePort") or not head.endswith("/backend"):
            continue
        service = f"{_default_backend(head)}/service"
        if field == "serviceName":
            facts[f"{service}/name"] = value
        else:
            sort = "name" if value[:1] == '"' else "number"
            facts[f"{service}/port/{sort}"] = value
        left[address] = _SERVED
    return Moved(facts, left, _SERVED) if facts else None


def _default_backend(head: str) -> str:
    return "/spec/defaultBackend" if head == "/spec/backend" else head
