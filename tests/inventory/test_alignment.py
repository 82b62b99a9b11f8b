import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.alignment import align
from tests.inventory.building import facts_of

WORDS = ("staging", "production")


def aligned(left: Sequence[str], right: Sequence[str], *words: str) -> dict[str, str]:
    """Names on the right that stand for names on the left, in one list of names."""
    mine = facts_of({"l": [{"name": name} for name in left]})
    theirs = facts_of({"l": [{"name": name} for name in right]})
    found = align(mine.keys() - theirs.keys(), theirs.keys() - mine.keys(), mine, theirs, words)
    return {_name(one): _name(other) for one, other in found.items()}


def _name(address: str) -> str:
    return address.removeprefix("/l/[name=").removesuffix("]/name").replace("~1", "/")


# Names on the left and on the right, and the pairs, right to left.
CASES = [
    (["shop-staging-events", "logs"], ["shop-production-events", "logs"],
     {"shop-production-events": "shop-staging-events"}),
    (["shop-staging", "logs"], ["shop", "logs"], {"shop": "shop-staging"}),
    (["a", "b"], ["a", "c"], {}),
    (["a"], ["b"], {"b": "a"}),
    (["a"], ["b", "c"], {}),
    (["a"], ["a", "b"], {}),
    (["a-staging", "a-production"], ["a", "x"], {}),
    (["a", "x"], ["a-staging", "a-production"], {}),
    (["a-staging", "b-staging"], ["b-production", "a-production"],
     {"a-production": "a-staging", "b-production": "b-staging"}),
    (["staging/db", "logs"], ["production/db", "logs"], {}),
    ([], ["a"], {}),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "expected"), CASES)
def test_which_elements_are_the_same(
    left: Sequence[str], right: Sequence[str], expected: dict[str, str]
) -> None:
    """Elements pair by the name without environment words, or as the only ones of their lists."""
    assert expected == aligned(left, right, *WORDS)


def test_without_environment_words_only_single_elements_pair() -> None:
    """Where no word names an environment, names that differ are different things."""
    assert {} == aligned(["shop-staging", "logs"], ["shop", "logs"])


def test_inner_lists_follow_outer_ones() -> None:
    """Elements inside an element under another name are paired in turn."""
    left = facts_of(
        {"hosts": [{"name": "web-staging", "ports": [{"port": 1, "name": "a-staging"}]}]}
    )
    right = facts_of({"hosts": [{"name": "web", "ports": [{"port": 1, "name": "a"}]}]})
    found = align(left.keys() - right.keys(), right.keys() - left.keys(), left, right, WORDS)

    assert set(left) == set(found.values())
    assert set(right) == set(found)


NAMES = st.lists(
    st.sampled_from(["a", "b", "a-staging", "a-production", "b-staging", "staging", "staging-b"]),
    max_size=4,
    unique=True,
)


@settings(max_examples=200, deadline=None)
@given(NAMES, NAMES)
def test_elements_pair_once_and_both_ways(left: Sequence[str], right: Sequence[str]) -> None:
    """No element is paired twice or with one that matches by name, and swapping swaps the pairs."""
    pairs = aligned(left, right, *WORDS)

    assert len(pairs) == len(set(pairs.values()))
    assert set(left).isdisjoint(pairs.keys()) or not set(pairs) & set(left)
    assert set(right).isdisjoint(pairs.values())
    assert {one: other for other, one in pairs.items()} == aligned(right, left, *WORDS)


@settings(max_examples=50, deadline=None)
@given(NAMES)
def test_reordered_lists_are_the_same_facts(names: Sequence[str]) -> None:
    """A list with names holds the same facts in any order."""
    orders = [
        facts_of({"l": [{"name": name} for name in order]})
        for order in itertools.islice(itertools.permutations(names), 6)
    ]

    assert all(orders[0] == other for other in orders)
