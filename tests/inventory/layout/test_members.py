"""Strangers beside environments are environments, none, or asked about."""

import pytest

from driftline.inventory.layout.members import PLACE_FROM, decide
from driftline.inventory.layout.slots import accept
from driftline.inventory.layout.tree import Tree, entries_of
from driftline.inventory.layout.words import Reader
from driftline.model.placing import FileCard

# Paths; the environments among them; the names asked about.
CASES = [
    ("config/staging.yaml config/prod.yaml config/ovh.yaml", "staging prod", "ovh"),
    ("config/staging.yaml config/prod.yaml config/cert-manager.yaml", "staging prod", ""),
    ("env/staging.yaml env/prod.yaml env/acme.yaml", "staging prod acme", ""),
    ("envs/staging/api.yaml envs/prod/api.yaml envs/eve/api.yaml", "staging prod eve", ""),
    ("clusters/a/apps.yaml clusters/b/apps.yaml", "a b", ""),
    ("clusters/dev-1/x.yaml clusters/big-prod/y.yaml", "dev-1 big-prod", ""),
    ("deploy/staging/api.yaml deploy/prod/api.yaml deploy/modules/api.yaml", "staging prod", ""),
]


@pytest.mark.parametrize(("paths", "environments", "asked"), CASES)
def test_decide(paths: str, environments: str, asked: str) -> None:
    """Words are settled; strangers need a place that promises, or content."""
    reader = Reader()
    tree = Tree(entries_of(map(FileCard, paths.split()), "", reader, ()), reader)
    found = decide(tree, accept(tree), frozenset(), frozenset())

    assert set(environments.split()) == {name for held in found.members.values() for name in held}
    assert set(asked.split()) == {name for doubt in found.doubts for name in doubt.strangers}


def test_threshold() -> None:
    """Nothing below the stated confidence becomes a member."""
    reader = Reader()
    paths = [path for case in CASES for path in case[0].split()]
    tree = Tree(entries_of(map(FileCard, paths), "", reader, ()), reader)
    found = decide(tree, accept(tree), frozenset(), frozenset())
    confidences = [one.confidence for held in found.members.values() for one in held.values()]

    assert confidences
    assert min(confidences) >= PLACE_FROM


def test_two_spellings_side_by_side() -> None:
    """`prod` and `production` alive in one slot are two environments."""
    reader = Reader()
    paths = ["env/prod.yaml", "env/production.yaml"]
    tree = Tree(entries_of(map(FileCard, paths), "", reader, ()), reader)
    (held,) = decide(tree, accept(tree), frozenset(), frozenset()).members.values()

    assert 2 == len({member.name for member in held.values()})
