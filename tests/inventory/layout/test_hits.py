"""Hits are the parts of a path that stand in a slot as an environment."""

from driftline.inventory.layout.hits import Finder
from driftline.inventory.layout.members import Member
from driftline.inventory.layout.tree import FOLDER, Entry, SlotKey
from driftline.inventory.layout.words import Reader
from driftline.model.placing import FileCard


def test_hits() -> None:
    """Hits come outermost first, with the characters they stand on."""
    staging = Member("staging", "staging", 0.9, ())
    members = {
        SlotKey(("",), "{}", FOLDER): {"staging": staging},
        SlotKey(("", "staging"), "api-{}", ".yaml"): {"staging": staging},
    }
    hits = Finder(members, {}).hits(Entry(FileCard("staging/api-staging.yaml"), "", Reader()))

    assert [(1, 0, 7), (2, 4, 11)] == [(hit.depth, hit.start, hit.end) for hit in hits]


def test_none() -> None:
    """A path outside every slot has no hits."""
    assert () == Finder({}, {}).hits(Entry(FileCard("a/b.yaml"), "", Reader()))
