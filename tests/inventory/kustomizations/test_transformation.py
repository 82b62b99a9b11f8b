from collections.abc import Sequence
from typing import Any

import pytest

from driftline.inventory.kustomizations.built import Built
from driftline.inventory.kustomizations.kustomization import Tree
from driftline.inventory.kustomizations.transformation import Transformation
from driftline.inventory.layers.material import Material
from driftline.model.document import DocumentKind
from tests.inventory.building import material_of


def web() -> Built:
    """A Deployment with a container and a port."""
    container = {"name": "web", "image": "a:1", "ports": [{"containerPort": 80}]}
    document = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {"replicas": 1, "template": {"spec": {"containers": [container]}}},
    }
    return Built(
        material_of("base/web.yaml", [(0, document)], DocumentKind.OBJECT, key="Deployment/web")
    )


def transformed(
    document: dict[str, Any], *files: Material, objects: Sequence[Built] = ()
) -> tuple[list[Built], list[str], set[str]]:
    """The objects after a kustomization, its refusals, and the files that it used."""
    gathered = list(objects) or [web()]
    refusals: list[str] = []
    used: set[str] = set()
    kustomization = material_of(
        "app/kustomization.yaml", [(2, document)], DocumentKind.KUSTOMIZATION
    )
    Transformation(
        Tree(files), kustomization, gathered, lambda _own, why: refusals.append(why), used
    ).run()
    return gathered, refusals, used


def patch(spec: dict[str, Any], **target: str) -> dict[str, Any]:
    """An entry of patches with text that was parsed."""
    found: dict[str, Any] = {
        "patch": {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web"},
            "spec": spec,
        }
    }
    return {**found, "target": target} if target else found


def test_a_patch_in_a_file() -> None:
    """A patch in a file beside the kustomization applies with the life of that file."""
    document = {"kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 3}}
    file = material_of("app/p.yaml", [(5, document)], DocumentKind.OBJECT, key="Deployment/web")
    (built,), refusals, used = transformed({"patches": [{"path": "p.yaml"}]}, file)

    assert "3" == built.now["/spec/replicas"]
    assert [] == refusals
    assert {"app/p.yaml"} == used
    assert [5] == [one.instant for one in built.pieces[-1].steps]


def test_a_deleted_object_leaves() -> None:
    """A patch that deletes an object takes it from those gathered."""
    entry = {"patch": {"kind": "Deployment", "metadata": {"name": "web"}, "$patch": "delete"}}

    assert ([], [], set()) == transformed({"patches": [entry]})


def test_fields_come_after_patches() -> None:
    """Images and replica counts have the last word over patches."""
    document = {
        "patches": [patch({"replicas": 5})],
        "replicas": [{"name": "web", "count": 7}],
        "images": [{"name": "a", "newTag": "2"}],
        "namePrefix": "p-",
    }
    (built,), refusals, _ = transformed(document)

    assert [] == refusals
    assert "7" == built.now["/spec/replicas"]
    assert '"a:2"' == built.now["/spec/template/spec/containers/[name=web]/image"]
    assert '"p-web"' == built.now["/metadata/name"]


PORTS = {"template": {"spec": {"containers": [{"name": "web", "ports": [{"name": "x"}]}]}}}
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"patches": [{"path": "nowhere.yaml"}]}, "patch app/nowhere.yaml was not found"),
    ({"patches": [{"patch": "{{ template }}"}]}, "could not be read"),
    ({"patches": [patch({"a": 1}, labelSelector="x in (y)")]}, "more than equality"),
    ({"patches": [{**patch({"a": 1}), "options": {"allowNameChange": True}}]}, "kinds and names"),
    ({"patches": [patch(PORTS)]}, "have no names in common"),
    ({"patches": [patch({"strategy": {"$retainKeys": ["a"]}})]}, "$retainKeys"),
    ({"patches": [{"patch": {"kind": "Job", "metadata": {"name": "x"}}}]}, "finds no object"),
    (
        {
            "patches": [
                {"target": {"kind": "Deployment"}, "patch": [{"op": "remove", "path": "/x"}]}
            ]
        },
        "there is no /x",
    ),
    ({"patchesStrategicMerge": ["nowhere.yaml"]}, "patch app/nowhere.yaml was not found"),
]


@pytest.mark.parametrize(("document", "why"), REFUSED)
def test_what_is_refused(document: dict[str, Any], why: str) -> None:
    """What does not apply exactly is refused once, with its reason."""
    _, refusals, _ = transformed(document)

    assert 1 == len(refusals), refusals
    assert why in refusals[0]


def test_a_target_that_selects_nothing_is_no_fault() -> None:
    """A patch for a kind that is not there does nothing, as kustomize has it."""
    (built,), refusals, _ = transformed({"patches": [patch({"a": 1}, kind="Job")]})

    assert [] == refusals
    assert "/spec/a" not in built.now


def test_before_a_field_stood_nothing_was_changed() -> None:
    """An object that is older than the field was what its file says until then."""
    (built,), _, _ = transformed({"namePrefix": "p-"})
    points = built.series["/metadata/name"]

    assert [(0, '"web"'), (2, '"p-web"')] == [(one.instant, one.value) for one in points]
