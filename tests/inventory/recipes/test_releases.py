"""What Argo CD and Flux install becomes recipes."""

from typing import Any

from driftline.inventory.kustomizations.kustomize import Tree
from driftline.inventory.recipes.charts import Charts
from driftline.inventory.recipes.releases import Installer, releases
from tests.inventory.building import facts_of
from tests.inventory.recipes.casework import place_of

PLACE = place_of({"charts/web/Chart.yaml": "{apiVersion: v2, name: web}"})
CHARTS = Charts(PLACE, Tree(PLACE.materials), {})


def application(spec: dict[str, Any]) -> Installer:
    """An Application for qa."""
    live = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": spec}
    return Installer("qa", "apps/web.yaml", "Application/argocd/web", facts_of(live))


def test_settings_keep_their_commas() -> None:
    """A parameter's value is one value, whatever marks are in it, and text where that is forced."""
    parameters = [{"name": "a", "value": "x,y"}, {"name": "b", "value": "1", "forceString": True}]
    source = {"path": "charts/web", "repoURL": "x", "helm": {"parameters": parameters}}
    (found,) = releases([application({"source": source})], CHARTS)

    assert ("--set", r"a=x\,y", "--set-string", "b=1") == found.settings


def test_several_sources() -> None:
    """Each source that is a chart is a release; one that only lends values is none."""
    sources = [
        {"path": "charts/web", "repoURL": "x", "helm": {"valueFiles": ["$values/qa.yaml"]}},
        {"ref": "values", "repoURL": "x"},
        {"chart": "redis", "repoURL": "https://charts.example"},
    ]
    found = list(releases([application({"sources": sources})], CHARTS))

    assert [("charts/web", ("qa.yaml",)), ("", ())] == [(one.folder, one.values) for one in found]


def test_other_kinds_of_these_names() -> None:
    """An Application of another API is nobody's release."""
    other = Installer("qa", "a.yaml", "Application/x/web", {"/apiVersion": '"app.k8s.io/v1"'})

    assert [] == list(releases([other], CHARTS))
