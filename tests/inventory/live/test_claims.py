"""What declared documents say about namespaces is read with its strength and its evidence."""

from driftline.inventory.live.claims import (
    Claim,
    DeclaredObject,
    claims_of,
    declared_objects,
    labels_of,
)
from driftline.inventory.units import Place
from driftline.model.document import DocumentKind
from driftline.model.placing import LayerKind, Layout, Placement
from tests.inventory.building import facts_of, material_of
from tests.inventory.live.casework import cases


def test_claims_have_evidence() -> None:
    """Every claim of every case says what it rests on, the strongest first."""
    for case in cases():
        objects, layout = case.declared()
        claims = claims_of(objects, layout)
        strengths = [one.strength for one in claims]

        assert sorted(strengths, reverse=True) == strengths
        assert all(one.evidence and one.namespace for one in claims)


def test_objects_are_counted() -> None:
    """Manifests of one namespace are one claim with their number."""
    objects, layout = cases()[0].declared()
    (first, *_) = claims_of(objects, layout)

    assert (
        Claim(
            "production",
            "shop-production",
            "",
            0.95,
            "3 declared objects are in shop-production",
            3,
        )
        == first
    )


def test_templates_and_variables_are_no_names() -> None:
    """A namespace that is still to be filled in claims nothing."""
    values = facts_of({"namespace": "${ENV}-shop"})
    one = DeclaredObject("qa", "values.yaml", DocumentKind.PLAIN, "", values)

    assert () == claims_of([one], Layout((), (), ()))


def test_values_files_say_it_weakly() -> None:
    """A values file that names a namespace counts, but less than what stands in one."""
    values = facts_of({"global": {"namespace": "shop"}})
    one = DeclaredObject("qa", "values.yaml", DocumentKind.PLAIN, "", values)
    (claim,) = claims_of([one], Layout((), (), ()))

    assert ("qa", "shop", 0.7) == (claim.environment, claim.namespace, claim.strength)


def test_common_labels() -> None:
    """Only what all objects of an environment bear is its label; a kustomization puts it on all."""
    row = (DocumentKind.OBJECT, "ConfigMap/shop/a")
    first = facts_of({"metadata": {"labels": {"env": "qa", "app": "a"}}})
    second = facts_of({"metadata": {"labels": {"env": "qa", "app": "b"}}})
    overlay = facts_of({"commonLabels": {"env": "qa"}})
    objects = [
        DeclaredObject("qa", "a.yaml", *row, first),
        DeclaredObject("qa", "b.yaml", *row, second),
        DeclaredObject("qa", "kustomization.yaml", DocumentKind.KUSTOMIZATION, "", overlay),
        DeclaredObject("other", "c.yaml", *row, {}),
    ]

    assert {"qa": {"env": "qa"}} == labels_of(objects, ["qa"])


def test_documents_of_a_source() -> None:
    """Each living document of a source stands once for each environment of its file."""
    placement = Placement("a.yaml", ("left", "right"), "a", LayerKind.REGION, 20, 0.9, ())
    layout = Layout((), (placement,), ())
    living = material_of("a.yaml", [(0, {"namespace": "shop"})])
    gone = material_of("b.yaml", [(0, {"a": 1}), (1, None)])
    elsewhere = material_of("c.yaml", [(0, {"a": 1})])
    found = declared_objects(Place("shop", layout, (living, gone, elsewhere)))

    assert [("left", "a.yaml"), ("right", "a.yaml"), ("", "c.yaml")] == [
        (one.environment, one.file) for one in found
    ]
