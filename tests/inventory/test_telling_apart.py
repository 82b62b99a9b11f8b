from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.telling_apart import Contender, told_apart

WORDS = ("staging", "production")
ROLE = "ConfigMap/settings"

# Environment, namespace, folder, whether it is there; and the role in the end.
CASES = [
    ("alone", [("staging", "a", "f", True)], [ROLE]),
    ("one in each", [("staging", "a", "f", True), ("production", "b", "f", True)], [ROLE, ROLE]),
    (
        "two namespaces",
        [("staging", "a-staging", "f", True), ("staging", "b", "f", True),
         ("production", "a", "f", True)],
        ["ConfigMap/a/settings", "ConfigMap/b/settings", "ConfigMap/a/settings"],
    ),
    (
        "one without a namespace",
        [("staging", "", "f", True), ("staging", "b", "f", True)],
        [ROLE, "ConfigMap/b/settings"],
    ),
    ("one is gone", [("staging", "a", "f", False), ("staging", "b", "f", True)], [ROLE, ROLE]),
    (
        "two folders",
        [("staging", "", "apps/a/staging", True), ("staging", "", "apps/b/staging", True),
         ("production", "", "apps/b/production", True)],
        [f"{ROLE}#a", f"{ROLE}#b", f"{ROLE}#b"],
    ),
    (
        "folders that only are environments",
        [("staging", "", "overlays/staging", True), ("staging", "", "overlays/staging", True)],
        [ROLE, ROLE],
    ),
    (
        "a namespace that is the environment",
        [("staging", "staging", "", True), ("staging", "b", "", True),
         ("production", "production", "", True)],
        [ROLE, "ConfigMap/b/settings", ROLE],
    ),
]  # fmt: skip


def contenders(rows: Sequence[tuple[str, str, str, bool]]) -> list[Contender]:
    """One contender for a role from each row."""
    return [
        Contender(number, environment, ROLE, namespace, folder, is_alive)
        for number, (environment, namespace, folder, is_alive) in enumerate(rows)
    ]


@pytest.mark.parametrize(("why", "rows", "expected"), CASES, ids=lambda one: str(one)[:40])
def test_what_tells_objects_apart(
    why: str, rows: list[tuple[str, str, str, bool]], expected: list[str]
) -> None:
    """Objects side by side are told apart by namespace, else by folder, in all environments."""
    roles = told_apart(contenders(rows), WORDS)

    assert expected == [roles[number] for number in range(len(rows))], why


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["staging", "production"]),
        st.sampled_from(["", "a", "a-staging", "b"]),
        st.sampled_from(["", "apps/a/staging", "apps/b/staging"]),
        st.booleans(),
    ),
    max_size=5,
)


@given(
    ROWS.map(contenders).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found)))
)
def test_the_order_of_objects_does_not_matter(
    orders: tuple[list[Contender], list[Contender]],
) -> None:
    """Each object has the same role, in whatever order they are found."""
    found, mixed = orders

    assert told_apart(found, WORDS) == told_apart(mixed, WORDS)
