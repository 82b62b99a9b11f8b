"""Objects are called the same by whoever declares them and by the cluster that runs them."""

import pytest

from driftline.inventory.layers.layer import Layer, LayerStep, MergeMode
from driftline.inventory.live.identity import (
    Identity,
    group_of,
    material_identity,
    plural_of,
    unit_identity,
)
from driftline.inventory.units import Unit
from tests.inventory.living import declared_unit, live_object, manifest

GROUPS = [
    ("v1", "Service", ""),
    ("apps/v1", "Deployment", "apps"),
    ("extensions/v1beta1", "Deployment", "apps"),
    ("extensions/v1beta1", "Ingress", "networking.k8s.io"),
    ("serving.knative.dev/v1", "Service", "serving.knative.dev"),
]
PLURALS = [
    ("Deployment", "deployments"),
    ("Ingress", "ingresses"),
    ("NetworkPolicy", "networkpolicies"),
    ("Gateway", "gateways"),
    ("Endpoints", "endpoints"),
    ("StorageClass", "storageclasses"),
    ("Mesh", "meshes"),
]


@pytest.mark.parametrize(("version", "kind", "expected"), GROUPS)
def test_groups(version: str, kind: str, expected: str) -> None:
    """A kind that moved to another group is told by the group that serves it today."""
    assert expected == group_of(version, kind)


@pytest.mark.parametrize(("kind", "expected"), PLURALS)
def test_plurals(kind: str, expected: str) -> None:
    """Plurals are formed as the API forms them."""
    assert expected == plural_of(kind)


def test_a_declared_object_and_a_live_one() -> None:
    """A manifest and the object that it became have one identity."""
    tree = manifest("Deployment", "shop", "web", api_version="apps/v1")
    live = live_object("Deployment", "shop", "web", api_version="apps/v1")

    assert Identity("apps", "Deployment", "shop", "web") == material_identity(live)
    assert material_identity(live) == unit_identity(declared_unit("production", "web", tree))


def test_the_highest_layer_names_it() -> None:
    """A name or namespace that an overlay gives wins over the manifest's own."""
    base = declared_unit("production", "web", manifest("Service", "", "web"))
    steps = (
        LayerStep(3, "/metadata/name", '"shop-web"'),
        LayerStep(3, "/metadata/namespace", '"shop"'),
    )
    overlay = Layer("environment", "kustomization.yaml", MergeMode.EDIT, False, steps)
    unit = Unit("production", "web", (*base.layers, overlay), (), 0, None)

    assert Identity("", "Service", "shop", "shop-web") == unit_identity(unit)


def test_what_is_no_object() -> None:
    """A values file has no identity in a cluster."""
    assert unit_identity(declared_unit("production", "web", {"image": "web:1"})) is None


def test_without_its_namespace() -> None:
    """The same object can be asked for wherever it is."""
    assert Identity("", "Service", "", "web") == Identity("", "Service", "shop", "web").anywhere
