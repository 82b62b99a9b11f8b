from driftline.inventory.noise.places import place
from driftline.inventory.noise.served import respelled


def rule(kind: str, address: str, left: str, right: str) -> str | None:
    """The rule by which two values mean the same."""
    found = respelled(kind, place(address), address, left, right)
    return None if found is None else found.rule


def test_amounts_are_compared_as_amounts() -> None:
    """Quotas, limits and targets are amounts, even where their names do not say so."""
    assert "spelling" == rule("ResourceQuota", "/spec/hard/requests.cpu", '"1"', '"1000m"')
    assert "spelling" == rule("LimitRange", "/spec/limits/0/max/memory", '"1Gi"', '"1024Mi"')
    assert "spelling" == rule(
        "HorizontalPodAutoscaler", "/spec/metrics/0/target/value", '"0.5"', '"500m"'
    )
    assert rule("ConfigMap", "/data/value", '"0.5"', '"500m"') is None
    assert rule("ResourceQuota", "/spec/hard/pods", '"1"', '"2"') is None


def test_versions_of_one_group_serve_the_same_object() -> None:
    """Kinds have moved from `extensions` to groups of their own."""
    assert "version" == rule("Deployment", "/apiVersion", '"apps/v1beta1"', '"apps/v1"')
    assert "version" == rule("Deployment", "/apiVersion", '"extensions/v1beta1"', '"apps/v1"')
    assert rule("Service", "/apiVersion", '"v1"', '"serving.knative.dev/v1"') is None
