"""A live object belongs to the environment that declares it, or in whose place it stands."""

import pytest

from driftline.inventory.live.homes import Homes
from driftline.model.placing import LivePlace


def place(environment: str, cluster: str, *namespaces: str, selector: str = "") -> LivePlace:
    """A place as found."""
    return LivePlace(environment, cluster, namespaces, selector, 0.9, ("a test says so",))


HOMES = Homes(
    [
        place("staging", "one", "shop-staging", "common"),
        place("production", "one", "shop-production", "common"),
        place("production", "two", "shop"),
        place("left", "labelled", "shop", selector="env=left"),
        place("right", "labelled", "shop", selector="env=right,app=shop"),
    ],
    [
        ("staging", "ConfigMap/common/a"),
        ("production", "ConfigMap/common/b"),
        ("production", "ClusterRole/reader"),
        ("staging", "ClusterRole/both"),
        ("production", "ClusterRole/both"),
        ("production", "RoleBinding/shop-staging/visitor"),
        ("staging", "ConfigMap/common/shared"),
        ("production", "ConfigMap/common/shared"),
    ],
)

CASES: list[tuple[str, str, str, str, dict[str, str], tuple[str, ...]]] = [
    ("its namespace", "one", "Pod/shop-staging/x", "shop-staging", {}, ("staging",)),
    ("in its own cluster", "two", "Pod/shop/x", "shop", {}, ("production",)),
    ("outside of all places", "one", "Pod/billing/x", "billing", {}, ()),
    ("in another cluster", "three", "Pod/shop/x", "shop", {}, ()),
    ("in common and declared", "one", "ConfigMap/common/a", "common", {}, ("staging",)),
    ("in common and declared", "one", "ConfigMap/common/b", "common", {}, ("production",)),
    ("in common, undeclared", "one", "ConfigMap/common/c", "common", {}, ()),
    ("declared by both in common", "one", "ConfigMap/common/shared", "common", {},
     ("staging", "production")),
    ("a guest that its own declares", "one", "RoleBinding/shop-staging/visitor",
     "shop-staging", {}, ("production",)),
    ("of the cluster, declared", "one", "ClusterRole/reader", "", {}, ("production",)),
    ("of the cluster, by both", "one", "ClusterRole/both", "", {}, ("staging", "production")),
    ("of a cluster with one of them", "two", "ClusterRole/both", "", {}, ("production",)),
    ("of the cluster, undeclared", "one", "ClusterRole/admin", "", {}, ()),
    ("by its label", "labelled", "Pod/shop/x", "shop", {"env": "left"}, ("left",)),
    ("by all labels", "labelled", "Pod/shop/x", "shop", {"env": "right"}, ()),
    ("by all labels", "labelled", "Pod/shop/x", "shop", {"env": "right", "app": "shop"},
     ("right",)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "cluster", "key", "namespace", "labels", "expected"), CASES)
def test_homes(
    why: str,
    cluster: str,
    key: str,
    namespace: str,
    labels: dict[str, str],
    expected: tuple[str, ...],
) -> None:
    """Who declares an object decides, then the place it stands in."""
    assert expected == HOMES.environments(cluster, key, namespace, labels), why
