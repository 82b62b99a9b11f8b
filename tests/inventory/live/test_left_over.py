"""Environments that nothing declared has placed are found by labels, then by names."""

import pytest

from driftline.inventory.live.left_over import left_over
from driftline.model.placing import ClusterCard, Environment

CASES: list[tuple[str, dict[str, dict[str, str]], list[str], dict[str, str]]] = [
    ("a label before a name", {"a": {"env": "prod"}, "shop-prod": {}}, ["production", "staging"],
     {"a": "production", "shop-prod": "production"}),
    ("a name", {"shop-stg": {}, "shop": {}}, ["production", "staging"], {"shop-stg": "staging"}),
    ("another word of the tier", {"w-live": {}, "w-uat": {}}, ["production", "staging"],
     {"w-live": "production", "w-uat": "staging"}),
    ("no word of the tier alone", {"live": {}, "shop": {}}, ["production", "staging"], {}),
    ("what is left", {"w-qa": {}, "w-demo": {}}, ["qa", "production"],
     {"w-qa": "qa", "w-demo": "production"}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "namespaces", "names", "expected"), CASES)
def test_left_over(
    why: str, namespaces: dict[str, dict[str, str]], names: list[str], expected: dict[str, str]
) -> None:
    """Labels count before names, words before elimination, and doubts give nothing."""
    wanted = [Environment(name, (), 1.0, ()) for name in names]
    found, _ = left_over(ClusterCard("one", namespaces), sorted(namespaces), wanted, wanted)

    assert expected == {one.namespace: one.environment for one in found}, why


def test_doubts_are_questions() -> None:
    """Where words for environments are left that fit none, the user is asked."""
    namespaces: dict[str, dict[str, str]] = {"w-demo": {}, "w-lab": {}}
    wanted = [Environment(name, (), 1.0, ()) for name in ("production", "staging")]
    found, asked = left_over(ClusterCard("one", namespaces), sorted(namespaces), wanted, wanted)

    assert [] == found
    assert 2 == len(asked)
