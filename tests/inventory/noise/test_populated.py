import pytest

from driftline.inventory.noise.populated import assigned, filled


@pytest.mark.parametrize(
    ("kind", "shape", "rule"),
    [
        ("Deployment", "/metadata/uid", "identity"),
        ("Deployment", "/metadata/ownerReferences/*/name", "identity"),
        ("StatefulSet", "/spec/template/metadata/creationTimestamp", "identity"),
        ("Pod", "/status/phase", "status"),
        ("StatefulSet", "/spec/volumeClaimTemplates/*/status/phase", "status"),
        ("ReplicaSet", "/metadata/labels/pod-template-hash", "populated"),
        ("Job", "/spec/template/metadata/labels/batch.kubernetes.io~1job-name", "populated"),
    ],
)
def test_what_the_cluster_has_the_say_over(kind: str, shape: str, rule: str) -> None:
    """Whatever is declared at these places, the cluster decides."""
    found = assigned(kind, shape)

    assert found is not None
    assert rule == found.rule


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("Service", "/spec/clusterIP"),
        ("Service", "/spec/ports/*/nodePort"),
        ("PersistentVolumeClaim", "/spec/volumeName"),
        ("ServiceAccount", "/secrets/*/name"),
        ("Pod", "/spec/tolerations/*/key"),
        ("Deployment", "/metadata/finalizers/*"),
    ],
)
def test_what_the_cluster_fills_in(kind: str, shape: str) -> None:
    """Where nothing is declared the cluster chooses; what is declared counts."""
    assert filled(kind, shape) is not None
    assert assigned(kind, shape) is None


def test_the_same_words_elsewhere_are_configuration() -> None:
    """A cluster IP is one of a service, a status is one at the root."""
    assert filled("Deployment", "/spec/clusterIP") is None
    assert filled("Deployment", "/spec/template/spec/tolerations/*/key") is None
    assert assigned("ConfigMap", "/data/status") is None
    assert assigned("Custom", "/spec/status/wanted") is None
