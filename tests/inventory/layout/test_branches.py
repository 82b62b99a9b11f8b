"""Branches named like environments are environments; branches of work never are."""

import pytest

from driftline.inventory.layout.branches import branch_environments, environment_of_branch

CASES = [
    ("main staging production", "staging production"),
    ("main env/staging env/prod", "env/staging env/prod"),
    ("origin/staging origin/production origin/main", "origin/staging origin/production"),
    ("main develop", ""),
    ("master develop release/1.2", ""),
    ("main staging", ""),
    ("main fix/staging-login feature/production", ""),
    ("main staging-fix prod-hotfix", ""),
    ("main env/dev env/prod", "env/dev env/prod"),
    ("environments/qa environments/production", "environments/qa environments/production"),
    ("main test", ""),
    ("gh-pages v1 v2", ""),
    ("", ""),
]


@pytest.mark.parametrize(("branches", "expected"), CASES)
def test_branches(branches: str, expected: str) -> None:
    """Two environments are needed, one of them surely."""
    assert tuple(expected.split()) == branch_environments(branches.split())


def test_name() -> None:
    """Words around the name are left out."""
    assert "prod" == environment_of_branch("env/prod")
    assert "staging" == environment_of_branch("refs/remotes/origin/deploy/staging")
