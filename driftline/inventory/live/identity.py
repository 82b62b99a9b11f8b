"""What a Kubernetes object is called in a cluster, whoever speaks of it.

Roles are inferred; an object's identity is not: API group, kind, namespace and
name are what the API server itself tells objects apart by. Declared and live
objects are therefore matched by identity first, and only siblings by role.
"""

import msgspec

from driftline.inventory.layers.layer import DELETED, REPLACED
from driftline.inventory.layers.material import Material, text_of
from driftline.inventory.units import Unit

# Groups that Kubernetes moved its own kinds out of, and where they went.
_MOVED = {
    ("extensions", "Deployment"): "apps",
    ("extensions", "DaemonSet"): "apps",
    ("extensions", "ReplicaSet"): "apps",
    ("extensions", "Ingress"): "networking.k8s.io",
    ("extensions", "NetworkPolicy"): "networking.k8s.io",
    ("extensions", "PodSecurityPolicy"): "policy",
}
_WANTED = ("/apiVersion", "/kind", "/metadata/name", "/metadata/namespace")
# Plurals that no rule of English would give.
_PLURALS = {"Endpoints": "endpoints"}


class Identity(msgspec.Struct, frozen=True, order=True):
    """Group, kind, namespace and name; an empty namespace is none, or not said."""

    group: str
    kind: str
    namespace: str
    name: str

    @property
    def anywhere(self) -> "Identity":
        """The same without its namespace."""
        return Identity(self.group, self.kind, "", self.name)


def group_of(api_version: str, kind: str) -> str:
    """The API group that a kind is served from today.

    >>> group_of("v1", "Service"), group_of("extensions/v1beta1", "Ingress")
    ('', 'networking.k8s.io')
    """
    group, slash, _ = api_version.partition("/")
    if not slash:
        return ""
    return _MOVED.get((group, kind), group)


def plural_of(kind: str) -> str:
    """The plural under which the API lists a kind, as nearly every kind forms it.

    >>> plural_of("NetworkPolicy"), plural_of("Ingress"), plural_of("Gateway")
    ('networkpolicies', 'ingresses', 'gateways')
    """
    low = kind.lower()
    if kind in _PLURALS:
        return _PLURALS[kind]
    if low.endswith(("s", "x", "z", "ch", "sh")):
        return low + "es"
    if low.endswith("y") and low[-2:-1] not in tuple("aeiou"):
        return low[:-1] + "ies"
    return low + "s"


def unit_identity(unit: Unit) -> Identity | None:
    """The identity of the object that a unit's layers make up; None for what is no object.

    What the highest layer says counts: a kustomization's new name lies above
    the manifest's.
    """
    said: dict[str, str] = {}
    for layer in unit.layers:
        for step in layer.steps:
            if step.address in _WANTED and step.value not in (None, DELETED, REPLACED):
                said[step.address] = step.value or ""
    return _identity(said)


def material_identity(material: Material) -> Identity | None:
    """The identity of one document; None for what is no object."""
    said = {
        step.address: step.value
        for step in material.steps
        if step.address in _WANTED and step.value is not None
    }
    return _identity(said)


def _identity(said: dict[str, str]) -> Identity | None:
    kind, name = text_of(said.get("/kind")), text_of(said.get("/metadata/name"))
    if not kind or not name or "/apiVersion" not in said:
        return None
    group = group_of(text_of(said["/apiVersion"]), kind)
    return Identity(group, kind, text_of(said.get("/metadata/namespace")), name)
