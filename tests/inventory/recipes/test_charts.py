"""The charts of a repository know what they depend on."""

from driftline.inventory.kustomizations.kustomize import Tree
from driftline.inventory.recipes.charts import Charts
from driftline.inventory.recipes.recipe import HELM, Recipe
from tests.inventory.recipes.casework import place_of

FILES = {
    "charts/web/Chart.yaml": (
        "{apiVersion: v2, name: web, dependencies: [{name: lib, repository: 'file://../lib'}]}"
    ),
    "charts/lib/Chart.yaml": (
        "{apiVersion: v2, name: lib, dependencies: [{name: deep, repository: 'file://../deep'}]}"
    ),
    "charts/deep/Chart.yaml": "{apiVersion: v2, name: deep}",
    "charts/deep/values.yaml": "a: 1",
}


def charts(files: dict[str, str]) -> Charts:
    """The charts of these files."""
    place = place_of(files)
    return Charts(place, Tree(place.materials), {})


def test_charts_beside_are_found_through_each_other() -> None:
    """A chart brings those of the repository that it depends on, and what these depend on."""
    done = charts(FILES).completed(Recipe("qa", HELM, "charts/web", values=("v.yaml",)))

    assert ("charts/lib", "charts/deep") == done.beside
    assert "v.yaml" == done.inputs[-1]
    assert "charts/deep/values.yaml" in done.inputs


def test_charts_that_depend_on_each_other_end() -> None:
    """A circle of dependencies is walked once."""
    circle = dict(FILES)
    circle["charts/deep/Chart.yaml"] = (
        "{apiVersion: v2, name: deep, dependencies: [{name: web, repository: 'file://../web'}]}"
    )
    done = charts(circle).completed(Recipe("qa", HELM, "charts/web"))

    assert {"charts/lib", "charts/deep", "charts/web"} == set(done.beside)
