"""The tree knows where things vary and what is left out."""

import pytest

from driftline.inventory.layout.tree import (
    FOLDER,
    SlotKey,
    Tree,
    carried_part,
    entries_of,
    is_ignored,
)
from driftline.inventory.layout.words import Reader
from driftline.model.placing import FileCard

IGNORED = [
    "examples/staging/app.yaml",
    "apps/examples/staging/app.yaml",
    "tests/fixtures/prod.yaml",
    "charts/redis/ci/test-values.yaml",
    "charts/redis/templates/deployment.yaml",
    ".github/workflows/prod.yaml",
    "LICENSE",
    ".travis.yml",
    "src/test/resources/application-test.yml",
    "grafana-data/dashboards/prod.json",
]
KEPT = [
    "apps/docs/overlays/prod/kustomization.yaml",
    "services/backup/values-prod.yaml",
    "test/api.yaml",
    ".env.production",
    "deploy/ci/values.yaml",
]


@pytest.mark.parametrize("path", IGNORED)
def test_ignored(path: str) -> None:
    """Examples, fixtures, documentation and tools' own files are no configuration."""
    assert is_ignored(path.split("/"))


@pytest.mark.parametrize("path", KEPT)
def test_kept(path: str) -> None:
    """A service may be called docs, and a test environment may be a folder."""
    assert not is_ignored(path.split("/"))


def test_slots() -> None:
    """Siblings stand in one slot, whole and as part of a name."""
    reader = Reader()
    cards = [FileCard("k8s/staging/api.yaml"), FileCard("k8s/prod/api.yaml")]
    tree = Tree(entries_of(cards, "", reader, ()), reader)

    assert {"staging", "prod"} == set(tree.slots[SlotKey(("", "k8s"), "{}", FOLDER)])


def test_user_ignores() -> None:
    """Globs of the user leave files out."""
    cards = [FileCard("old/api.yaml"), FileCard("api.yaml")]

    assert ["api.yaml"] == [one.path for one in entries_of(cards, "", Reader(), ("old/*",))]


def test_carried() -> None:
    """What a values file carries is found on either side."""
    assert ("values-{}", "acme") == carried_part("values-acme")
    assert ("{}.values", "acme") == carried_part("acme.values")
    assert carried_part("acme") is None
