"""What tools rendered is laid over our own evaluation, and the inputs become causes."""

from collections.abc import Sequence
from typing import Any

import pytest

from driftline.inventory.layers.layer import Layer, MergeMode
from driftline.inventory.layers.material import Material
from driftline.inventory.layers.merging import effective
from driftline.inventory.live.rendered_units import (
    RECIPE_KEY,
    RenderedFile,
    Unrendered,
    rendered_files,
    rendered_units,
    unrendered,
)
from driftline.inventory.recipes.recipe import GIVEN
from driftline.inventory.units import Unit
from driftline.model.document import DocumentKind
from tests.inventory.building import fact_steps, facts_of, layer_of

WORDS = {"qa": ["qa"], "prod": ["prod", "production"]}


def config_map(name: str, data: dict[str, Any], *, namespace: str = "") -> dict[str, Any]:
    """A ConfigMap."""
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data}


def unit(role: str, *layers: Layer, environment: str = "prod") -> Unit:
    """A unit of these layers, the first its manifest."""
    return Unit(environment, role, layers, (), 0, None)


def manifest(file: str, body: dict[str, Any]) -> Layer:
    """A manifest's layer since the first instant."""
    return layer_of(file, [(0, body)], MergeMode.STRATEGIC)


def rendered(
    *objects: dict[str, Any],
    inputs: Sequence[str] = ("base.yaml", "overlay.yaml"),
    tool: str = "kustomize",
    environment: str = "prod",
    gap: str = "",
) -> RenderedFile:
    """A rendered file that came with the third instant."""
    materials = tuple(
        Material(
            2,
            number,
            "r.yaml",
            f"ConfigMap/{one['metadata']['name']}",
            DocumentKind.OBJECT,
            tuple(fact_steps([(3, facts_of(one))], act=7)),
            3,
            None,
        )
        for number, one in enumerate(objects)
    )
    return RenderedFile(environment, "r.yaml", tool, "", "", tuple(inputs), materials, gap)


def values_of(one: Unit) -> dict[str, str]:
    """The effective values at the end."""
    last = {address: points[-1].value for address, points in effective(one.layers).items()}
    return {address: value for address, value in last.items() if value is not None}


OWN = unit("ConfigMap/a", manifest("base", config_map("a", {"x": "1", "y": "1"})))


def test_where_both_agree_our_layers_stay() -> None:
    """A value that rendering confirms keeps its layer, its instant and its act."""
    laid = rendered_units({"prod": {"ConfigMap/a": OWN}}, [
        rendered(config_map("a", {"x": "1", "y": "1"}))
    ], WORDS)  # fmt: skip

    assert {"prod": {"ConfigMap/a": OWN}} == laid


def test_where_they_differ_the_tool_is_right() -> None:
    """What rendering adds, changes and leaves out is so, and its cause is the overlay."""
    laid = rendered_units({"prod": {"ConfigMap/a": OWN}}, [
        rendered(config_map("a", {"x": "2", "z": "3"}, namespace="shop"))
    ], WORDS)  # fmt: skip
    one = laid["prod"]["ConfigMap/a"]

    assert facts_of(config_map("a", {"x": "2", "z": "3"}, namespace="shop")) == values_of(one)
    assert ("generated", "overlay.yaml") == (one.layers[-1].name, one.layers[-1].file)
    series = effective(one.layers)["/data/x"]
    assert [(0, '"1"'), (3, '"2"')] == [(point.instant, point.value) for point in series]
    assert 7 == series[-1].act


def test_a_namespace_that_is_left_open_stays_filled_in() -> None:
    """That a tool prints no namespace takes none away."""
    own = unit("ConfigMap/a", manifest("base", config_map("a", {"x": "1"}, namespace="shop")))
    laid = rendered_units(
        {"prod": {"ConfigMap/a": own}}, [rendered(config_map("a", {"x": "1"}))], WORDS
    )

    assert own == laid["prod"]["ConfigMap/a"]


def test_what_a_chart_makes_is_added() -> None:
    """Objects that only rendering knows are units, with roles that siblings share."""
    files = [
        rendered(config_map("web-prod", {"x": "1"}), inputs=["v/prod.yaml"], tool="helm"),
        rendered(
            config_map("web-qa", {"x": "2"}),
            inputs=["v/qa.yaml"],
            tool="helm",
            environment="qa",
        ),
    ]
    laid = rendered_units({}, files, WORDS)

    assert {"prod": ["ConfigMap/web"], "qa": ["ConfigMap/web"]} == {
        environment: list(units) for environment, units in laid.items()
    }
    assert "v/prod.yaml" == laid["prod"]["ConfigMap/web"].layers[0].file


def test_inputs_that_rendering_left_out_are_gone() -> None:
    """An object that we made of the inputs and the tool did not is no part of it."""
    left = unit("ConfigMap/b", manifest("base", config_map("b", {})))
    other = unit("ConfigMap/c", manifest("elsewhere", config_map("c", {})))
    laid = rendered_units(
        {"prod": {"ConfigMap/a": OWN, "ConfigMap/b": left, "ConfigMap/c": other}},
        [rendered(config_map("a", {"x": "1", "y": "1"}))],
        WORDS,
    )

    assert ["ConfigMap/a", "ConfigMap/c"] == list(laid["prod"])


def test_names_with_the_hash_of_their_content() -> None:
    """A generated ConfigMap is the one that we made without the hash."""
    laid = rendered_units({"prod": {"ConfigMap/a": OWN}}, [
        rendered(config_map("a-5f8k29bt6d", {"x": "1", "y": "1"}))
    ], WORDS)  # fmt: skip

    assert ["ConfigMap/a"] == list(laid["prod"])
    assert '"a-5f8k29bt6d"' == values_of(laid["prod"]["ConfigMap/a"])["/metadata/name"]


def test_a_manifest_that_is_applied_as_it_stands_is_right() -> None:
    """Where the repository holds what is applied, rendering the same again changes nothing."""
    plain = unit("ConfigMap/a", manifest("applied", config_map("a", {"x": "1"})))
    file = rendered(config_map("a", {"x": "9"}), tool="helm")
    laid = rendered_units({"prod": {"ConfigMap/a": plain}}, [file], WORDS)

    assert {"prod": {"ConfigMap/a": plain}} == laid


def test_what_somebody_else_rendered_is_always_right() -> None:
    """Given manifests count even for plain ones; what was built and is not given is gone."""
    plain = unit("ConfigMap/a", manifest("applied", config_map("a", {"x": "1"})))
    patch = layer_of("patch", [(0, {"data": {"q": "1"}})], MergeMode.STRATEGIC)
    built = unit("ConfigMap/b", manifest("base", config_map("b", {})), patch)
    kept = unit("ConfigMap/c", manifest("also", config_map("c", {})))
    laid = rendered_units(
        {"prod": {"ConfigMap/a": plain, "ConfigMap/b": built, "ConfigMap/c": kept}},
        [rendered(config_map("a", {"x": "9"}), tool=GIVEN, inputs=())],
        WORDS,
    )

    assert ["ConfigMap/a", "ConfigMap/c"] == list(laid["prod"])
    assert '"9"' == values_of(laid["prod"]["ConfigMap/a"])["/data/x"]


def test_a_gap_changes_nothing() -> None:
    """What could not be rendered leaves our own evaluation as it is, and is told."""
    file = rendered(gap="helm is not on the PATH")
    declared = {"prod": {"ConfigMap/a": OWN}}

    assert declared == rendered_units(declared, [file], WORDS)
    assert ["helm is not on the PATH"] == [one.reason for one in unrendered([file])]


def test_files_of_a_rendered_source() -> None:
    """Each file says of itself what it was made of."""

    def document(key: str, kind: DocumentKind, body: dict[str, Any], gone: int | None) -> Material:
        steps = tuple(fact_steps([(1, facts_of(body))]))
        return Material(2, 0, "a%2Fb/helm/web.yaml", key, kind, steps, 1, gone)

    said = {"tool": "helm", "release": "web", "namespace": "n", "inputs": ["c", "v"]}
    (file,) = rendered_files(
        [
            document(RECIPE_KEY, DocumentKind.PLAIN, said, None),
            document("ConfigMap/x", DocumentKind.OBJECT, config_map("x", {}), None),
            document("ConfigMap/y", DocumentKind.OBJECT, config_map("y", {}), 2),
        ],
        {"a%2Fb/helm/web.yaml": "why"},
    )

    assert ("a/b", "helm", "web", "n", ("c", "v"), "why") == (
        file.environment,
        file.tool,
        file.release,
        file.namespace,
        file.inputs,
        file.gap,
    )
    assert ["ConfigMap/x"] == [one.key for one in file.materials]


EXPLAINED = [
    ({"annotations": {"meta.helm.sh/release-name": "web"}, "namespace": "shop"}, True),
    ({"labels": {"app.kubernetes.io/instance": "web"}, "namespace": "shop"}, True),
    ({"annotations": {"argocd.argoproj.io/tracking-id": "web:apps/Deployment:s/w"}}, True),
    ({"annotations": {"meta.helm.sh/release-name": "web"}, "namespace": "other"}, False),
    ({"annotations": {"meta.helm.sh/release-name": "website"}, "namespace": "shop"}, False),
    ({"namespace": "shop"}, False),
]


@pytest.mark.parametrize(("metadata", "expected"), EXPLAINED)
def test_marks_of_a_release(metadata: dict[str, Any], *, expected: bool) -> None:
    """A live object that bears the marks of a release is explained by it, in its namespace."""
    one = Unrendered("prod", "helm", "web", "shop", (), "why")

    assert expected is one.explains(facts_of({"metadata": metadata}))
    assert not Unrendered("prod", "kustomize", "", "", (), "why").explains(
        facts_of({"metadata": metadata})
    )
