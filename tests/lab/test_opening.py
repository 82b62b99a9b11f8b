"""How the fleet's history begins."""

from driftline.lab.opening import FIRST_SITES, opening
from driftline.lab.weaving import woven


def test_everything_is_there_after_four_commits() -> None:
    """The first commits bring the environments of the time, each with its services."""
    commits = woven(opening(7, 1_750_000_000))
    paths = {path for commit in commits for path, _ in commit.changes}

    assert 4 == len(commits)
    assert {"staging", "demo", "production"} == set(FIRST_SITES)
    for site in FIRST_SITES:
        assert f"environments/{site}/checkout.yaml" in paths
        assert f"apps/web/overlays/{site}/kustomization.yaml" in paths
        assert f"terraform/environments/{site}.tfvars" in paths
    assert "env/staging/orders.yaml" in paths
    assert "environments/demo/payments.yaml" not in paths
