"""Each path has one environment, and its region and cluster are dimensions."""

import pytest

from driftline.inventory.layout.members import decide
from driftline.inventory.layout.slots import accept
from driftline.inventory.layout.spots import Spot, locate
from driftline.inventory.layout.tree import Tree, entries_of
from driftline.inventory.layout.words import Reader
from driftline.model.placing import FileCard


def spots(paths: str) -> dict[str, Spot]:
    """The spots of some paths, by path."""
    reader = Reader()
    tree = Tree(entries_of(map(FileCard, paths.split()), "", reader, ()), reader)
    accepted = accept(tree)
    members = decide(tree, accepted, frozenset(), frozenset()).members
    return {spot.entry.path: spot for spot in locate(tree, members, accepted, {})}


CASES = [
    ("staging/test/a.yaml prod/test/a.yaml", "staging/test/a.yaml", ("staging", "", "")),
    (
        (
            "apps/test/overlays/staging/a.yaml apps/demo/overlays/prod/a.yaml "
            "apps/test/overlays/prod/a.yaml apps/demo/overlays/staging/a.yaml"
        ),
        "apps/test/overlays/staging/a.yaml",
        ("staging", "", ""),
    ),
    (
        "prod/eu-west-1/a.yaml staging/eu-west-1/a.yaml",
        "prod/eu-west-1/a.yaml",
        ("production", "eu-west-1", ""),
    ),
    (
        "eu-west-1/prod/a.yaml eu-west-1/staging/a.yaml",
        "eu-west-1/prod/a.yaml",
        ("production", "eu-west-1", ""),
    ),
    (
        "clusters/prod/blue/a.yaml clusters/staging/blue/a.yaml",
        "clusters/prod/blue/a.yaml",
        ("production", "", "blue"),
    ),
    (
        "nonprod/us-east-1/qa/a.hcl prod/us-east-1/prod/a.hcl nonprod/us-east-1/stage/a.hcl",
        "nonprod/us-east-1/qa/a.hcl",
        ("qa", "us-east-1", ""),
    ),
]


@pytest.mark.parametrize(("paths", "path", "expected"), CASES)
def test_locate(paths: str, path: str, expected: tuple[str, str, str]) -> None:
    """The better proven slot is the environment; accounts, regions, clusters are beside it."""
    spot = spots(paths)[path]

    assert expected == (spot.environment, spot.region, spot.cluster)


def test_forced() -> None:
    """A whole source can be one environment."""
    reader = Reader()
    tree = Tree(entries_of([FileCard("a.yaml")], "s", reader, ()), reader)
    (spot,) = locate(tree, {}, {}, {"s": "stg"})

    assert ("staging", "stg") == (spot.environment, spot.spelled)
