"""The kustomizations that have to be rendered say what they are made of."""

from driftline.inventory.kustomizations.kustomize import Tree
from driftline.inventory.recipes.kustomizations import kustomizations
from tests.inventory.recipes.casework import place_of

FILES = {
    "base/kustomization.yaml": "resources: [app.yaml]",
    "base/app.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}",
    "overlays/qa/kustomization.yaml": "resources: [../../base]",
    "overlays/prod/kustomization.yaml": "resources: [../../base]",
}


def test_the_overlay_is_the_last_input() -> None:
    """The environment's own kustomization stands last, as the cause that is named."""
    place = place_of(FILES)
    found = {one.environment: one for one in kustomizations(place, Tree(place.materials))}

    assert (
        "base/app.yaml",
        "base/kustomization.yaml",
        "overlays/prod/kustomization.yaml",
    ) == found["prod"].inputs
