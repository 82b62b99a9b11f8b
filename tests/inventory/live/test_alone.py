"""A cluster without any declaration still has environments."""

import pytest

from driftline.inventory.live.alone import undeclared
from driftline.model.placing import ClusterCard

CASES: list[tuple[str, dict[str, dict[str, str]], list[str], dict[str, str]]] = [
    ("labels", {"a": {"env": "qa"}, "b": {"env": "live"}, "c": {}}, [], {"a": "qa", "b": "live"}),
    ("names", {"a-qa": {}, "a-prod": {}, "b": {}}, [], {"a-qa": "qa", "a-prod": "prod"}),
    ("one name is no family", {"a-prod": {}, "b": {}}, [], {"a-prod": "x-dev", "b": "x-dev"}),
    ("weak words are no family", {"a-load": {}, "a-lab": {}}, [],
     {"a-load": "x-dev", "a-lab": "x-dev"}),
    ("a context beside another", {"a": {}, "kube-system": {}}, ["x-prod"], {"a": "dev"}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "namespaces", "others", "expected"), CASES)
def test_undeclared(
    why: str,
    namespaces: dict[str, dict[str, str]],
    others: list[str],
    expected: dict[str, str],
) -> None:
    """Labels tell environments, then contexts, then namespaces; else it is one."""
    card = ClusterCard("x-dev", namespaces)
    cards = [card, *(ClusterCard(name, {}) for name in others)]
    found = {one.namespace: one.environment for one in undeclared(card, cards, list(namespaces))}
    whole = {name: "dev" if value == "x-dev" else value for name, value in expected.items()}

    assert whole == found, why
