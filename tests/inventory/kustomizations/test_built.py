from collections.abc import Mapping
from typing import Any

from driftline.inventory.kustomizations.built import Built
from driftline.inventory.kustomizations.json_patch import Inapplicable
from driftline.inventory.kustomizations.overrides import Edit
from driftline.inventory.layers.layer import LayerStep, MergeMode
from driftline.model.document import DocumentKind
from tests.inventory.building import material_of


def deployment(**more: Any) -> Built:
    """A Deployment called web."""
    document = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, **more}
    return Built(
        material_of("web.yaml", [(3, document)], DocumentKind.OBJECT, key="Deployment/web")
    )


def test_an_object_begins_as_its_manifest() -> None:
    """Before anything was done to it, an object is what its file says."""
    built = deployment(spec={"replicas": 1})

    assert ("Deployment", "web") == built.identity
    assert "Deployment/web" == built.label
    assert ["web"] == built.names
    assert 3 == built.since
    assert built.material.now == built.now


def test_layers_pile_up() -> None:
    """Each layer stands over the ones before it; one that says nothing is left out."""
    built = deployment(spec={"replicas": 1})
    built.add(built.material, MergeMode.STRATEGIC, [LayerStep(4, "/spec/replicas", "2")])
    built.add(built.material, MergeMode.STRATEGIC, [])

    assert "2" == built.now["/spec/replicas"]
    assert 2 == len(built.pieces)


def test_an_object_is_known_by_every_name_it_bore() -> None:
    """A renamed object keeps its former names, by which patches may call it."""
    built = deployment()
    built.add(built.material, MergeMode.EDIT, [LayerStep(4, "/metadata/name", '"p-web"')])

    assert ["web", "p-web"] == built.names
    assert "Deployment/web" == built.label


def test_custom_resources_are_patched_plainly() -> None:
    """Only lists of Kubernetes' own kinds merge by name."""
    widget = {"apiVersion": "shop.example/v1", "kind": "Widget", "metadata": {"name": "w"}}
    made = Built(material_of("w.yaml", [(0, widget)], DocumentKind.OBJECT, key="Widget/w"))

    assert MergeMode.MERGE_PATCH is made.patch_mode
    assert MergeMode.STRATEGIC is deployment().patch_mode


def test_an_edit_that_does_not_apply_is_told() -> None:
    """An edit that cannot be made leaves the object as it was and gives its reason."""

    def effect(_field: Mapping[str, str], _facts: Mapping[str, str]) -> dict[str, str]:
        raise Inapplicable("no")

    built = deployment()
    before = dict(built.now)

    assert "no" == built.edit(Edit(built.material, ("/spec",), effect))
    assert before == built.now


def test_a_layer_that_is_held_back() -> None:
    """A layer older than the entry that applies it begins with that entry, by its act."""
    built = deployment(spec={"replicas": 1})
    steps = [
        LayerStep(1, "/spec/replicas", "2", 7),
        LayerStep(2, "/spec/paused", "true", 7),
        LayerStep(4, "/spec/replicas", "3", 8),
        LayerStep(4, "/spec/paused", None, 8),
        LayerStep(6, "/spec/replicas", "4", 9),
    ]
    built.add(built.material, MergeMode.STRATEGIC, steps)

    built.hold_back(1, 5, 11)

    assert (
        LayerStep(5, "/spec/replicas", "3", 11),
        LayerStep(6, "/spec/replicas", "4", 9),
    ) == built.pieces[1].steps
    assert "4" == built.now["/spec/replicas"]
