"""Slots are accepted when siblings vary in environment words, and only then."""

import pytest

from driftline.inventory.layout.slots import accept, holder_of
from driftline.inventory.layout.tree import SlotKey, Tree, entries_of
from driftline.inventory.layout.words import Reader
from driftline.model.placing import FileCard

# What is there, and the patterns in which environments are found.
CASES = [
    ("staging.yaml prod.yaml", {"{}"}),
    ("values-prod.yaml", {"values-{}"}),
    ("api-staging.yaml api-prod.yaml", {"api-{}"}),
    ("api-staging.yaml web-prod.yaml", set()),
    ("production-api.yaml billing.yaml", set()),
    ("test.yaml build.yaml", set()),
    ("alpha.yaml beta.yaml", set()),
    ("envs/test.yaml", {"{}"}),
    ("production.json latency.json errors.json", set()),
]


@pytest.mark.parametrize(("paths", "patterns"), CASES)
def test_accept(paths: str, patterns: set[str]) -> None:
    """Two words prove environments, or one where its place says so."""
    reader = Reader()
    tree = Tree(entries_of(map(FileCard, paths.split()), "", reader, ()), reader)

    assert patterns == {key.pattern for key in accept(tree)}


def test_cousins() -> None:
    """A lone `dev` counts where the folders beside it vary in the same place."""
    reader = Reader()
    paths = ["services/api/dev/a.yaml", "services/api/prod/a.yaml", "services/web/dev/a.yaml"]
    tree = Tree(entries_of(map(FileCard, paths), "", reader, ()), reader)

    assert SlotKey(("", "services", "web"), "{}", "/") in accept(tree)


def test_said() -> None:
    """One name that the user gave is enough."""
    reader = Reader(frozenset({"ovh"}))
    tree = Tree(entries_of([FileCard("config/ovh.yaml")], "", reader, ()), reader)

    assert 1 == len(accept(tree, frozenset({"ovh"})))


def test_holders() -> None:
    """Folders and carriers around a slot say how much its values promise."""
    assert "strict" == holder_of(SlotKey(("", "clusters"), "{}", "/"))
    assert "loose" == holder_of(SlotKey(("", "overlays"), "{}", "/"))
    assert "carrier" == holder_of(SlotKey(("",), "values-{}", ".yaml"))
    assert "" == holder_of(SlotKey(("", "services"), "{}", "/"))
