"""A card holds what layout may know of a file's content."""

from driftline.inventory.layout.cards import card, shapes_of
from driftline.model.document import DocumentKind


def test_card() -> None:
    """Kinds, objects, shapes and references of all documents come together."""
    made = card(
        "apps/web/prod/all.yaml",
        [
            (DocumentKind.OBJECT, "Deployment/web", {"/spec/replicas": "2"}),
            (DocumentKind.KUSTOMIZATION, "", {"/resources/0": '"../base"'}),
        ],
        alive=False,
    )

    assert {"object", "kustomization"} == made.kinds
    assert ("Deployment/web",) == made.objects
    assert "/spec/replicas" in made.shapes
    assert ["apps/web/base"] == [reference.target for reference in made.references]
    assert not made.alive


def test_shapes() -> None:
    """Shapes go three deep, with what they stand in and without positions."""
    assert {"/a", "/a/*", "/a/*/b"} == shapes_of(["/a/0/b/c", "/a/1/b/d"])
    assert {"/a", "/a/[name=*]"} == shapes_of(["/a/[name=x]"])
    assert frozenset() == shapes_of([""])
