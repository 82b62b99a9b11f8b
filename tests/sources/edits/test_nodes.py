"""A node is found by the address of its fact."""

import pytest

from driftline.model import address as addresses
from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.nodes import descend, everything, last_with_siblings, place_of
from driftline.sources.edits.yaml_nodes import yaml_nodes

TEXT = "a:\n  b:\n    - name: x\n      size: 1\n    - name: 2\n  8080: y\na~b/c: z\nlist: [p, q]\n"


def reached(address: str) -> tuple[str, tuple[str, ...]]:
    """What stands where an address leads, and the tokens that lead further."""
    (root,) = yaml_nodes(TEXT)
    _, node, rest = descend(root, addresses.tokens(address))
    return TEXT[node.start : node.end], tuple(rest)


@pytest.mark.parametrize(
    ("address", "text", "rest"),
    [
        ("/a/b/[name=x]/size", "1", ()),
        ("/a/b/[name=2]/name", "2", ()),
        ("/a/8080", "y", ()),
        ("/a~0b~1c", "z", ()),
        ("/list/1", "q", ()),
        ("/list/2", "[p, q]", ("2",)),
        ("/list/0/deeper", "p", ("deeper",)),
        (
            "/a/b/[name=none]/size",
            "- name: x\n      size: 1\n    - name: 2",
            ("[name=none]", "size"),
        ),
    ],
)
def test_an_address_leads_as_far_as_the_text_goes(
    address: str, text: str, rest: tuple[str, ...]
) -> None:
    """Keys, positions and names lead down; what is not there is left over."""
    assert (text, rest) == reached(address)


def test_of_equal_keys_the_last_counts() -> None:
    """The reader takes the last one, so that is the one that is edited."""
    (root,) = yaml_nodes("a: 1\nb: 2\na: 3\n")

    assert 2 == place_of(root, "a")


def test_what_is_taken_away_leaves_nothing_empty() -> None:
    """The step is the highest below which everything goes; the whole document never does."""
    (root,) = yaml_nodes("a:\n  b:\n    c: 1\nd: 2\n")
    tokens = ("a", "b", "c")
    steps, _, _ = descend(root, tokens)

    assert root is last_with_siblings(steps, tokens).parent
    (alone,) = yaml_nodes("a:\n  b: 1\n")
    steps, _, _ = descend(alone, ("a", "b"))
    with pytest.raises(Inexact, match="nothing would be left"):
        last_with_siblings(steps, ("a", "b"))


def test_everything_below_a_node() -> None:
    """Each node comes once, parents first."""
    (root,) = yaml_nodes("a: [1, {b: 2}]\n")

    assert [None, None, "1", None, "2"] == [one.leaf for one in everything(root)]
