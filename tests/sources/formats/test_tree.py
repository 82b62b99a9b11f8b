"""Flattening trees into facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.model.address import tokens, unescape
from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.tree import Tree, flatten, key_token

TREES = st.recursive(
    st.just("1"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(TREES)
def test_every_leaf_has_one_address(tree: Tree) -> None:
    """A tree has as many facts as leaves, an empty mapping or list being one."""

    def leaves(node: Tree) -> int:
        if isinstance(node, str) or not node:
            return 1
        return sum(map(leaves, node.values() if isinstance(node, dict) else node))

    assert leaves(tree) == len(flatten(tree))


@given(st.text())
def test_keys_come_back(key: str) -> None:
    """Any key can be read back from its token, and no key looks like an element."""
    address = key_token(key)

    assert key == unescape(tokens(address)[0])
    assert not tokens(address)[0].startswith("[")


@pytest.mark.parametrize(
    "tree",
    [
        {"a": ["1"] * 200_001},
        ["1", ["1"] * 200_000],
    ],
)
def test_too_many_facts(tree: Tree) -> None:
    """More facts than anybody reads are refused before they are made."""
    with pytest.raises(Unreadable, match="200000 facts"):
        flatten(tree)


def test_long_keys_under_aliases() -> None:
    """Few leaves under long keys cannot fill the memory."""
    tree: Tree = {"x": "1"}
    for _ in range(150):
        tree = {"k" * 5_000: tree, "l" * 5_000: "1"}
    shared: Tree = [tree] * 200

    with pytest.raises(Unreadable, match="too long"):
        flatten(shared)


def test_depth_is_limited() -> None:
    """Trees nested beyond use are refused, also where a prefix brings the depth."""
    tree: Tree = "1"
    for _ in range(150):
        tree = [tree]

    assert 1 == len(flatten(tree))
    with pytest.raises(Unreadable, match="deep"):
        flatten(tree, "/a" * 60)
