from collections.abc import Mapping
from typing import Any

import pytest

from driftline.inventory.kustomizations.json_patch import Inapplicable
from driftline.inventory.kustomizations.overrides import (
    Edit,
    deletes_object,
    directives,
    edit_steps,
    merge_patch,
    patch_steps,
)
from driftline.inventory.layers.layer import DELETED, REPLACED, LayerStep
from driftline.inventory.layers.merging import effective
from tests.inventory.building import facts_of, layer_of, material_of

PATCHES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"spec": {"a": 1}}, {"/spec/a": "1"}),
    ({"apiVersion": "v1", "kind": "X", "metadata": {"name": "n", "namespace": "s"}, "a": 1},
     {"/a": "1"}),
    ({"metadata": {"name": "n", "labels": {"a": "b"}}}, {"/metadata/labels/a": '"b"'}),
    ({"m": {"$patch": "replace", "a": 1}}, {"/m": REPLACED, "/m/a": "1"}),
    ({"l": [{"name": "x", "$patch": "delete"}]}, {"/l/[name=x]": DELETED}),
    ({"m": {"$patch": "merge", "a": 1}}, {"/m/a": "1"}),
    ({"$setElementOrder/l": ["a"], "b": 1}, {"/b": "1"}),
]  # fmt: skip


@pytest.mark.parametrize(("patch", "expected"), PATCHES)
def test_what_a_patch_sets(patch: dict[str, Any], expected: dict[str, str]) -> None:
    """A patch sets its facts, but not its identity, and its directives are carried out."""
    assert expected == merge_patch(facts_of(patch))


def test_directives() -> None:
    """What kustomize would do beyond deleting and replacing is named."""
    patch = {
        "m": {"$patch": "delete"},
        "n": {"$retainKeys": ["a"]},
        "$deleteFromPrimitiveList/f": [1],
    }

    assert {"$retainKeys", "$deleteFromPrimitiveList~1f"} == set(directives(facts_of(patch)))
    assert deletes_object({"/$patch": '"delete"'})
    assert not deletes_object({"/m/$patch": '"delete"'})


def test_a_patch_has_a_life() -> None:
    """A patch below a prefix sets and unsets its facts as the document changes."""
    versions = [
        (0, {"patches": [{"patch": {"a": 1, "b": 1}}]}),
        (2, {"patches": [{"patch": {"a": 2}}]}),
        (3, {"patches": []}),
    ]
    material = material_of("k.yaml", versions, act=5)
    steps = patch_steps(material, "/patches/0/patch")

    assert [
        LayerStep(0, "/a", "1", 5),
        LayerStep(0, "/b", "1", 5),
        LayerStep(2, "/a", "2", 5),
        LayerStep(2, "/b", None, 5),
        LayerStep(3, "/a", None, 5),
    ] == list(steps)


def double(field: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
    """An effect for these tests: a second fact after the first, as the field says."""
    if field.get("/fail"):
        raise Inapplicable("it fails")
    if "/word" not in field or "/a" not in facts:
        return dict(facts)
    rest = {one: value for one, value in facts.items() if one != "/gone"}
    return {**rest, "/double": f'"{facts["/a"]}{field["/word"][1:-1]}"'}


def test_an_edit_follows_object_and_field() -> None:
    """An edit is made anew whenever the object or the field has changed, and blames which did."""
    below = effective([layer_of("base", [(0, {"a": 1, "gone": 1}), (4, {"a": 2})], act=1)])
    field = material_of("k.yaml", [(2, {"f": {"word": "x"}}), (6, {"f": {}})], act=2)
    outcome = edit_steps(Edit(field, ("/f",), double), below)

    assert "" == outcome.reason
    assert [
        LayerStep(2, "/double", '"1x"', 2),
        LayerStep(2, "/gone", DELETED, 2),
        LayerStep(4, "/double", '"2x"', 1),
        LayerStep(4, "/gone", None, 1),
        LayerStep(6, "/double", None, 2),
    ] == sorted(outcome.steps, key=lambda step: (step.instant, step.address))


def test_an_edit_that_fails_now_says_why() -> None:
    """Where an edit cannot be applied it changes nothing; its last reason is told."""
    below = effective([layer_of("base", [(0, {"a": 1})])])
    versions = [(0, {"f": {"word": "x"}}), (3, {"f": {"word": "x", "fail": True}})]
    outcome = edit_steps(Edit(material_of("k.yaml", versions), ("/f",), double), below)

    assert "it fails" == outcome.reason
    assert [(0, '"1x"'), (3, None)] == [(one.instant, one.value) for one in outcome.steps]


def test_an_object_that_is_not_there_is_not_edited() -> None:
    """Before the object exists there is nothing to edit."""
    below = effective([layer_of("base", [(5, {"a": 1})])])
    field = material_of("k.yaml", [(0, {"f": {"word": "x"}})])

    assert [5] == [one.instant for one in edit_steps(Edit(field, ("/f",), double), below).steps]


def test_fields_side_by_side_keep_their_names() -> None:
    """An edit of several fields sees each under its own name."""

    def effect(field: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
        return {**facts, "/seen": str(len(field)), **dict.fromkeys(field, "1")}

    below = effective([layer_of("base", [(0, {"a": 1})])])
    field = material_of("k.yaml", [(0, {"p": "x", "s": "y", "other": 1})])
    steps = edit_steps(Edit(field, ("/p", "/s"), effect), below).steps

    assert {"/p", "/s", "/seen"} == {one.address for one in steps}
