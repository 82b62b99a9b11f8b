"""Repositories are environments only where their names vary in the word together."""

import pytest

from driftline.inventory.layout.repositories import without_environment
from driftline.inventory.layout.words import Reader

CASES = [
    ("shop-staging shop-production", {"shop-staging": "staging", "shop-production": "production"}),
    ("infra-dev infra-prod apps", {"infra-dev": "dev", "infra-prod": "prod"}),
    ("production-api staging-tools", {}),
    ("production-api", {}),
    ("prod-infra stg-infra", {"prod-infra": "prod", "stg-infra": "stg"}),
]


@pytest.mark.parametrize(("repositories", "expected"), CASES)
def test_repositories(repositories: str, expected: dict[str, str]) -> None:
    """A lone repository with an environment's word in its name is only named so."""
    names = {name: name for name in repositories.split()}
    found = without_environment(names, Reader())

    assert expected == {label: environment for label, (_, environment) in found.items()}


def test_base() -> None:
    """What is left of the names is what they have in common."""
    names = {name: name for name in ("shop-staging", "shop-production")}

    assert {"shop"} == {base for base, _ in without_environment(names, Reader()).values()}
