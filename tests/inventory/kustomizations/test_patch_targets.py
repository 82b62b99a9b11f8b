from typing import Any

import pytest

from driftline.inventory.kustomizations.built import Built
from driftline.inventory.kustomizations.patch_targets import own_target, requirements, target_of
from driftline.inventory.layers.layer import LayerStep, MergeMode
from driftline.model.document import DocumentKind
from tests.inventory.building import facts_of, material_of

DOCUMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
        "name": "web",
        "namespace": "shop",
        "labels": {"app": "web", "a/b": "c"},
        "annotations": {"owner": "team"},
    },
}
BUILT = Built(material_of("w.yaml", [(0, DOCUMENT)], DocumentKind.OBJECT, key="Deployment/web"))

TARGETS: list[tuple[dict[str, str], bool]] = [
    ({"kind": "Deployment"}, True),
    ({"kind": "Deploy"}, False),
    ({"kind": "Deploy.*"}, True),
    ({"kind": "Service|Deployment", "name": "w.b"}, True),
    ({"name": "web"}, True),
    ({"name": "we"}, False),
    ({"name": "["}, False),
    ({"group": "apps", "version": "v1"}, True),
    ({"group": "batch"}, False),
    ({"namespace": "shop"}, True),
    ({"namespace": "other"}, False),
    ({"labelSelector": "app=web"}, True),
    ({"labelSelector": "app==web,a/b=c"}, True),
    ({"labelSelector": "app!=web"}, False),
    ({"labelSelector": "tier!=back"}, True),
    ({"annotationSelector": "owner=team"}, True),
    ({"annotationSelector": "owner=other"}, False),
    ({"kind": "Deployment", "labelSelector": "app=other"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("target", "expected"), TARGETS)
def test_what_a_target_selects(*, target: dict[str, str], expected: bool) -> None:
    """A target selects by whole-match patterns of fields and equalities of labels, all at once."""
    found = target_of(facts_of({"target": target}))

    assert found is not None
    assert expected == found.selects(BUILT)


def test_a_target_knows_former_names() -> None:
    """An object that was renamed on the way is still found by the name in its file."""
    built = Built(BUILT.material)
    built.add(built.material, MergeMode.EDIT, [LayerStep(1, "/metadata/name", '"p-web"')])
    found = [target_of(facts_of({"target": {"name": name}})) for name in ("web", "p-web", "x-web")]

    assert [True, True, False] == [one is not None and one.selects(built) for one in found]


def test_selectors_beyond_equality_are_not_guessed() -> None:
    """A selector with sets or existence gives no target at all."""
    assert None is target_of(facts_of({"target": {"labelSelector": "env in (a,b)"}}))
    assert None is requirements("env")
    assert () == requirements("")


OWN: list[tuple[dict[str, Any], bool]] = [
    ({"kind": "Deployment", "metadata": {"name": "web"}}, True),
    ({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}}, True),
    ({"apiVersion": "batch/v1", "kind": "Deployment", "metadata": {"name": "web"}}, False),
    ({"kind": "Deployment", "metadata": {"name": "w.b"}}, False),
    ({"kind": "Deployment", "metadata": {"name": "web", "namespace": "x"}}, False),
    ({"metadata": {"name": "web"}}, False),
    ({"kind": "Deployment"}, False),
]


@pytest.mark.parametrize(("patch", "expected"), OWN)
def test_a_strategic_patch_says_whom_it_is_for(*, patch: dict[str, Any], expected: bool) -> None:
    """A patch without a target is for the one object that has its kind and name."""
    assert expected == own_target(facts_of(patch)).selects(BUILT)
