"""Whether a value is what the API server would have filled in: by the tables, or computed."""

import functools
from collections.abc import Mapping

from driftline.inventory import typed
from driftline.inventory.noise import custom_default_tables, default_tables
from driftline.inventory.noise.places import Place, container_path, parent, pod_path

_PROBES = ("livenessProbe/", "readinessProbe/", "startupProbe/")

Values = tuple[tuple[str, ...], tuple[str, ...]]  # of today, and of old versions of the API


def _values(text: str) -> Values:
    now: list[str] = []
    old: list[str] = []
    for one in text.split(" | "):
        value = one.strip()
        if value.startswith("old "):
            old.append(value.removeprefix("old ").strip())
        else:
            now.append(value)
    return tuple(now), tuple(old)


def _lines(text: str) -> dict[str, Values]:
    rows = (line.partition(" ") for line in text.splitlines() if line.strip())
    return {path: _values(values) for path, _, values in rows}


def _kinds(text: str) -> dict[str, dict[str, Values]]:
    found: dict[str, dict[str, Values]] = {}
    for block in text.strip().split("\n\n"):
        kinds, _, rows = block.partition("\n")
        for kind in kinds.split():
            found.setdefault(kind, {}).update(_lines(rows))
    return found


_POD = _lines(default_tables.POD)
_CONTAINER = _lines(default_tables.CONTAINER)
_PROBE = _lines(default_tables.PROBE)
_BUILT_IN = _kinds(default_tables.KINDS)
_CUSTOM = _kinds(custom_default_tables.KINDS)
_NONE: Values = ((), ())


@functools.lru_cache(maxsize=32768)
def default_values(kind: str, shape: str, *, is_custom: bool = False) -> Values:
    """The defaults at a shape, of today and of old versions; none where there is no default.

    >>> default_values("Deployment", "/spec/replicas")
    (('1',), ())
    """
    table = _CUSTOM if is_custom else _BUILT_IN
    found = table.get(kind, {}).get(shape)
    if found is not None:
        return found
    inside = container_path(kind, shape)
    if inside is not None:
        for probe in _PROBES:
            if inside.startswith(probe):
                return _PROBE.get(inside.removeprefix(probe), _NONE)
        return _CONTAINER.get(inside, _NONE)
    pod = pod_path(kind, shape)
    return _NONE if pod is None else _POD.get(pod, _NONE)


def is_default(
    kind: str, address: str, at: Place, facts: Mapping[str, str], *, is_custom: bool = False
) -> bool:
    """Whether the server would have put the value of these facts at an address by itself."""
    value = facts[address]
    now, old = default_values(kind, at.shape, is_custom=is_custom)
    if value in now or (value in old and "beta" in facts.get("/apiVersion", "")):
        return True
    if any(typed.equal(address, value, one) for one in now):
        return True
    return _is_computed(kind, address, at, facts)


def is_old_default(kind: str, at: Place, value: str) -> bool:
    """Whether a version of the API that is no longer served would have put the value there."""
    return value in default_values(kind, at.shape)[1]


def _is_computed(kind: str, address: str, at: Place, facts: Mapping[str, str]) -> bool:
    """Whether the value follows from others of the object, as the server would have it."""
    value = facts[address]
    inside = container_path(kind, at.shape)
    if inside is not None:
        return _is_computed_in_container(inside, address, facts)
    if at.key == "serviceAccount":
        return facts.get(address + "Name") == value
    if kind == "Service" and at.shape == "/spec/ports/*/targetPort":
        return facts.get(parent(address) + "/port") == value
    if kind == "NetworkPolicy" and at.shape == "/spec/policyTypes/*":
        return value == '"Egress"' and any(one.startswith("/spec/egress") for one in facts)
    if kind == "CustomResourceDefinition":
        name = facts.get("/spec/names/kind", '""')[1:-1]
        if at.shape == "/spec/names/listKind":
            return value == f'"{name}List"'
        return at.shape == "/spec/names/singular" and value == f'"{name.lower()}"'
    if kind == "LimitRange" and at.shape.startswith("/spec/limits/*/default"):
        return _is_limit(address, value, facts)
    if at.shape.startswith("/spec/selector/"):
        # Old versions took the selector from the labels of the template.
        labels = "/spec/template/metadata/labels" + address[address.rfind("/") :]
        return "beta" in facts.get("/apiVersion", "") and facts.get(labels) == value
    return False


def _is_computed_in_container(inside: str, address: str, facts: Mapping[str, str]) -> bool:
    value = facts[address]
    if inside == "imagePullPolicy":
        spelled = facts.get(parent(address) + "/image")
        return spelled is not None and value == pull_policy(spelled)
    if inside.startswith("resources/requests/"):
        limit = address.replace("/resources/requests/", "/resources/limits/")
        return typed.equal(address, facts.get(limit), value)
    if inside == "ports/*/hostPort":
        host = address[: address.index("ontainers/")]
        network = facts.get(host[: host.rfind("/")] + "/hostNetwork")
        return network == "true" and facts.get(parent(address) + "/containerPort") == value
    return False


def pull_policy(image: str) -> str:
    """The pull policy that the server gives a container for its image, both as JSON.

    >>> pull_policy('"nginx:1.27"'), pull_policy('"nginx"')
    ('"IfNotPresent"', '"Always"')
    """
    parts = typed.image(typed.decode(image)) if image[:1] == '"' else None
    is_latest = parts is not None and parts.tag == "latest"
    return '"Always"' if is_latest else '"IfNotPresent"'


def _is_limit(address: str, value: str, facts: Mapping[str, str]) -> bool:
    """Whether a default of a LimitRange was taken from its bounds, as the server does."""
    container, _, resource = address.rpartition("/")
    item = parent(container)
    others = (f"{item}/{one}/{resource}" for one in ("max", "default", "min"))
    return any(typed.equal(address, facts.get(one), value) for one in others if one != address)
