"""Declared freezes: facts that say that nothing shall move here for now.

A flag such as `automatic_deploys_enabled: false`, a paused rollout or a
suspended reconciler. A difference behind one is nobody's oversight; it is told
as frozen, with the fact that says so.
"""

import functools
from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.compare import View
from driftline.inventory.layers.merging import Point
from driftline.model import address as addresses

# The last key of an address, in lower case and without marks, and the values of it that freeze.
_OFF = frozenset({"false", '"false"', '"off"', '"no"', '"disabled"', "0"})
_ON = frozenset({"true", '"true"', '"on"', '"yes"', '"enabled"', "1"})
FLAGS: Mapping[str, frozenset[str]] = {
    "automaticdeploys": _OFF,
    "automaticdeploysenabled": _OFF,
    "automaticdeployment": _OFF,
    "automaticdeploymentenabled": _OFF,
    "autodeploy": _OFF,
    "autodeployenabled": _OFF,
    "autopromote": _OFF,
    "deploysenabled": _OFF,
    "deploymentsenabled": _OFF,
    "promotedeployment": _OFF,
    "changefreeze": _ON,
    "codefreeze": _ON,
    "deployfreeze": _ON,
    "deploymentfreeze": _ON,
    "deploymentspaused": _ON,
    "deployspaused": _ON,
    "freezedeployments": _ON,
    "freezedeploys": _ON,
    "releasefreeze": _ON,
}
# Fields of Kubernetes objects that hold back what the object does, by API group.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "/spec/suspend": (".fluxcd.io/",),
    "/spec/paused": ("apps/", "argoproj.io/", "kustomize.toolkit.fluxcd.io/"),
}


class DeclaredFreeze(msgspec.Struct, frozen=True):
    """A freeze by a fact of one unit, in instants (`until` None: in force).

    It holds for the addresses of its own unit that start with `prefix`.
    """

    environment: str
    role: str
    address: str
    prefix: str
    since: int
    until: int | None

    def holds(self, address: str) -> bool:
        """Whether an address of the same unit is held back by it."""
        return not self.prefix or address.startswith(self.prefix + "/")

    def is_at(self, address: str) -> bool:
        """Whether an address is the very fact that declares it."""
        return address == self.address


def freezes(view: View) -> tuple[DeclaredFreeze, ...]:
    """Every freeze that a unit has ever declared, oldest first."""
    keys = ((one, _key(one.rpartition("/")[2])) for one in view.series)
    flags = {one: FLAGS[key] for one, key in keys if key in FLAGS}
    parents = {one.rpartition("/")[0] for one in flags}
    found = []
    for address, points in view.series.items():
        values = flags.get(address)
        # A flag that several parts of the file have is each part's own.
        prefix = address.rpartition("/")[0] if len(parents) > 1 else ""
        if values is None:
            groups = FIELDS.get(address)
            if groups is None or not _is_of(view, groups):
                continue
            values, prefix = _ON, ""
        found += [
            DeclaredFreeze(view.unit.environment, view.unit.role, address, prefix, since, until)
            for since, until in _intervals(points, values)
        ]
    return tuple(sorted(found, key=lambda one: (one.since, one.address)))


def _intervals(points: Sequence[Point], values: frozenset[str]) -> list[tuple[int, int | None]]:
    found: list[tuple[int, int | None]] = []
    since: int | None = None
    for point in points:
        is_frozen = point.value is not None and point.value.lower() in values
        if is_frozen and since is None:
            since = point.instant
        elif not is_frozen and since is not None:
            found.append((since, point.instant))
            since = None
    if since is not None:
        found.append((since, None))
    return found


@functools.lru_cache(maxsize=16384)
def _key(token: str) -> str:
    """The last key of an address in lower case and without marks."""
    return "".join(letter for letter in addresses.unescape(token) if letter.isalnum()).lower()


def _is_of(view: View, groups: Sequence[str]) -> bool:
    points = view.series.get("/apiVersion", ())
    version = points[-1].value if points else None
    return version is not None and any(group in version for group in groups)
