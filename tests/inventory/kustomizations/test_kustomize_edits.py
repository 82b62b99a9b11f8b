"""A kustomization says a value of an object by the field that is made for it."""

import pytest

from driftline.inventory.kustomizations.kustomize_edits import operation_place, ways

IMAGE = "/spec/template/spec/containers/[name=web]/image"
OBJECT = {
    "/apiVersion": '"apps/v1"',
    "/kind": '"Deployment"',
    "/metadata/name": '"web"',
    "/spec/replicas": "2",
    IMAGE: '"shop/web:v1"',
}
ENTRY = {"/images/[name=web]/name": '"web"', "/images/[name=web]/newName": '"shop/web"'}
PATCH = {"/patches/0/patch/kind": '"Deployment"', "/patches/0/patch/spec/paused": "true"}
OPERATION = {
    "/patches/0/patch/0/op": '"replace"',
    "/patches/0/patch/0/path": '"/spec/replicas"',
    "/patches/0/patch/0/value": "2",
}
# Why -> the kustomization, the fact, its value, and the first way to say it.
CASES = {
    "an entry that gives the image": (
        {**ENTRY, "/images/[name=web]/newTag": '"v1"'},
        IMAGE,
        '"shop/web:v2"',
        ((("/images/[name=web]/newTag", '"v2"'),), True),
    ),
    "a digest takes the place of a tag": (
        {**ENTRY, "/images/[name=web]/newTag": '"v1"'},
        IMAGE,
        '"shop/web@sha256:1"',
        (
            (
                ("/images/[name=web]/newTag", None),
                ("/images/[name=web]/digest", '"sha256:1"'),
            ),
            True,
        ),
    ),
    "an image that the base gives": (
        {},
        IMAGE,
        '"other/web:v2"',
        (
            (
                ("/images/[name=shop~1web]/name", '"shop/web"'),
                ("/images/[name=shop~1web]/newName", '"other/web"'),
                ("/images/[name=shop~1web]/newTag", '"v2"'),
            ),
            False,
        ),
    ),
    "replicas that have an entry": (
        {"/replicas/[name=web]/name": '"web"', "/replicas/[name=web]/count": "2"},
        "/spec/replicas",
        "5",
        ((("/replicas/[name=web]/count", "5"),), True),
    ),
    "replicas that the base gives": (
        {},
        "/spec/replicas",
        "5",
        ((("/replicas/[name=web]/name", '"web"'), ("/replicas/[name=web]/count", "5")), False),
    ),
    "a patch that says it": (
        PATCH,
        "/spec/paused",
        "false",
        ((("/patches/0/patch/spec/paused", "false"),), True),
    ),
    "a patch that could say it": (
        PATCH,
        "/spec/minReadySeconds",
        "9",
        ((("/patches/0/patch/spec/minReadySeconds", "9"),), False),
    ),
    "an operation of a JSON patch": (
        OPERATION,
        "/spec/replicas",
        "5",
        ((("/patches/0/patch/0/value", "5"),), True),
    ),
}


@pytest.mark.parametrize("why", CASES)
def test_the_field_that_is_made_for_it(why: str) -> None:
    """The first way is the one that changes least."""
    now, address, value, expected = CASES[why]

    assert expected == next(iter(ways(OBJECT, now, address, value)))


def test_a_literal_of_a_generated_map() -> None:
    """A literal is rewritten with its key."""
    now = {
        "/configMapGenerator/[name=web]/name": '"web"',
        "/configMapGenerator/[name=web]/literals/0": '"MODE=fast"',
    }
    found = list(ways({"/kind": '"ConfigMap"'}, now, "/data/MODE", '"slow"'))

    assert [((("/configMapGenerator/[name=web]/literals/0", '"MODE=slow"'),), True)] == found


def test_nothing_to_say() -> None:
    """Where no field reaches a fact there is no way."""
    assert [] == list(ways(OBJECT, ENTRY, "/metadata/labels/team", '"shop"'))
    assert operation_place(OPERATION, "/patches/0/patch", "/spec/paused") is None
