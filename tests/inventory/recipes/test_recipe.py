"""A recipe knows where what it gives is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.recipes.recipe import GIVEN, HELM, KUSTOMIZE, Recipe, quoted, unquoted

FILES = [
    (Recipe("qa", KUSTOMIZE, "apps/web/qa"), "qa/kustomize/apps-web-qa.yaml"),
    (Recipe("qa", KUSTOMIZE, ""), "qa/kustomize/root.yaml"),
    (Recipe("a/b", HELM, "charts/x", release="x", namespace="n"), "a%2Fb/helm/n-x.yaml"),
    (Recipe("qa", HELM, "charts/x", release="../x y"), "qa/helm/..-x-y.yaml"),
    (Recipe("qa", GIVEN, ""), "qa/given/root.yaml"),
]


@pytest.mark.parametrize(("recipe", "expected"), FILES)
def test_files(recipe: Recipe, expected: str) -> None:
    """The file is named after environment, tool and release, without marks that mean more."""
    assert expected == recipe.file


@given(st.text())
def test_environments_come_back(name: str) -> None:
    """Whatever an environment is called, it is one name of a path, and comes back unchanged."""
    assert "/" not in quoted(name)
    assert name == unquoted(quoted(name))
