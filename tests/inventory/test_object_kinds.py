import pytest

from driftline.inventory.object_kinds import CLUSTER_KINDS, group_and_version, is_custom, kind_of
from tests.inventory.building import facts_of


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("v1", False),
        ("apps/v1", False),
        ("networking.k8s.io/v1", False),
        ("helm.toolkit.fluxcd.io/v2", True),
        ("argoproj.io/v1alpha1", True),
    ],
)
def test_custom_resources_are_told_apart(*, version: str, expected: bool) -> None:
    """Only the kinds of Kubernetes itself have lists that merge by name."""
    assert expected == is_custom(facts_of({"apiVersion": version, "kind": "X"}))


def test_an_object_has_a_kind_in_a_version_of_a_group() -> None:
    """The core group has no name."""
    job = facts_of({"apiVersion": "batch/v1", "kind": "Job"})

    assert ("Job", "batch", "v1") == (kind_of(job), *group_and_version(job))
    assert ("", "v1") == group_and_version(facts_of({"apiVersion": "v1"}))
    assert ("", "") == group_and_version({})
    assert "Namespace" in CLUSTER_KINDS
