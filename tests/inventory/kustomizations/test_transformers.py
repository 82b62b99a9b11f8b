from typing import Any

import pytest

from driftline.inventory.kustomizations import transformers
from tests.inventory.building import facts_of

POD = {"spec": {"containers": [{"name": "a", "image": "org/a:1"}], "initContainers": []}}

# Image as it stands, override, and image as it becomes; as kustomize 5.8 does it.
IMAGES = [
    ("org/a:1", {"name": "org/a", "newTag": "2"}, "org/a:2"),
    ("org/a:1", {"name": "org/a", "newName": "b"}, "b:1"),
    ("org/a", {"name": "org/a", "newName": "b"}, "b"),
    ("org/a@sha256:00", {"name": "org/a", "newName": "b"}, "b@sha256:00"),
    ("org/a@sha256:00", {"name": "org/a", "newTag": "2"}, "org/a:2"),
    ("org/a:1", {"name": "org/a", "digest": "sha256:11"}, "org/a@sha256:11"),
    ("org/a:1", {"name": "a", "newTag": "2"}, "org/a:1"),
    ("reg:5000/a:1", {"name": "reg:5000/a", "newTag": "2"}, "reg:5000/a:2"),
    ("reg:5000/a", {"name": "reg:5000/a", "newTag": "2"}, "reg:5000/a:2"),
    ("org/a:1", {"name": "org/a", "tagSuffix": "-x"}, "org/a:1-x"),
]


@pytest.mark.parametrize(("image", "change", "expected"), IMAGES)
def test_images(image: str, change: dict[str, str], expected: str) -> None:
    """An override changes the parts of an image that it names, where the name is the whole one."""
    facts = facts_of({"spec": {"containers": [{"name": "a", "image": image}], "image": image}})
    result = transformers.images(facts_of([change]), facts)

    assert f'"{expected}"' == result["/spec/containers/[name=a]/image"]
    assert f'"{image}"' == result["/spec/image"]


def test_overrides_of_several_images() -> None:
    """Each image finds its own override in a list of many."""
    changes = facts_of([{"name": "b", "newTag": "3"}, {"name": "org/a", "newName": "b"}])

    assert '"b:1"' == transformers.images(changes, facts_of(POD))["/spec/containers/[name=a]/image"]


@pytest.mark.parametrize(
    ("kind", "names", "expected"),
    [
        ("Deployment", ["web"], "3"),
        ("Deployment", ["p-web", "web"], "3"),
        ("DaemonSet", ["web"], None),
        ("Deployment", ["other"], None),
    ],
)
def test_replicas(kind: str, names: list[str], expected: str | None) -> None:
    """A count reaches what scales, under any name that it bore."""
    field = facts_of([{"name": "web", "count": 3}])

    assert expected == transformers.replicas(names)(field, facts_of({"kind": kind})).get(
        "/spec/replicas"
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("ConfigMap", {"/metadata/namespace": '"shop"'}),
        ("Widget", {"/metadata/namespace": '"shop"'}),
        ("Namespace", {"/metadata/name": '"shop"'}),
        ("ClusterRole", {}),
    ],
)
def test_namespace(kind: str, expected: dict[str, str]) -> None:
    """A namespace reaches what lives in one, and renames the namespace itself."""
    facts = {"/kind": f'"{kind}"'}

    assert {**facts, **expected} == transformers.namespace([])({"": '"shop"'}, facts)


def test_a_namespace_that_is_gone_changes_nothing() -> None:
    """Where the field does not stand, the object is as it was."""
    facts = facts_of(POD)

    assert facts == transformers.namespace([])({}, facts)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("Service", "p-web-s"), ("Namespace", "web"), ("CustomResourceDefinition", "web")],
)
def test_names(kind: str, expected: str) -> None:
    """Prefix and suffix go around the name of whatever may be renamed."""
    field = facts_of({"namePrefix": "p-", "nameSuffix": "-s"})
    facts = facts_of({"kind": kind, "metadata": {"name": "web"}})

    assert f'"{expected}"' == transformers.renamed(field, facts)["/metadata/name"]


def labelled(kind: str, *places: str) -> set[str]:
    """The places at which a common label stands in an object."""
    facts = facts_of({"kind": kind})
    facts.update(dict.fromkeys(places, "{}"))
    return {
        one for one in transformers.common_labels({"/env": '"x"'}, facts) if one.endswith("/env")
    }


SELECTORS: list[tuple[str, list[str], set[str]]] = [
    ("ConfigMap", [], {"/metadata/labels/env"}),
    ("Service", [], {"/metadata/labels/env", "/spec/selector/env"}),
    ("NetworkPolicy", [], {"/metadata/labels/env"}),
    (
        "NetworkPolicy",
        ["/spec/podSelector/matchLabels"],
        {"/metadata/labels/env", "/spec/podSelector/matchLabels/env"},
    ),
    (
        "Deployment",
        [],
        {
            "/metadata/labels/env",
            "/spec/selector/matchLabels/env",
            "/spec/template/metadata/labels/env",
        },
    ),
]


@pytest.mark.parametrize(("kind", "places", "expected"), SELECTORS)
def test_common_labels(kind: str, places: list[str], expected: set[str]) -> None:
    """Common labels reach selectors and templates, some only where they stand."""
    assert expected == labelled(kind, *places)


def test_labels_ask_for_their_places() -> None:
    """An entry of labels reaches templates and selectors only when it says so."""
    entries: list[dict[str, Any]] = [
        {"pairs": {"a": "1"}},
        {"pairs": {"b": 2}, "includeTemplates": True},
        {"pairs": {"c": "3"}, "includeSelectors": True},
    ]
    result = transformers.labels(facts_of(entries), {"/kind": '"Deployment"'})

    assert {"a", "b", "c"} == {one[-1] for one in result if one.startswith("/metadata/labels/")}
    assert {"b", "c"} == {one[-1] for one in result if one.startswith("/spec/template/")}
    assert {"c"} == {one[-1] for one in result if one.startswith("/spec/selector/")}
    assert '"2"' == result["/metadata/labels/b"]


def test_common_annotations() -> None:
    """Annotations reach the templates of what runs pods."""
    result = transformers.common_annotations({"/a": '"1"'}, facts_of({"kind": "CronJob"}))

    assert {
        "/kind",
        "/metadata/annotations/a",
        "/spec/jobTemplate/metadata/annotations/a",
        "/spec/jobTemplate/spec/template/metadata/annotations/a",
    } == set(result)


def test_texts_are_facts() -> None:
    """A text becomes the JSON that a fact holds."""
    assert '"say \\"x\\""' == transformers.text_value('say "x"')
