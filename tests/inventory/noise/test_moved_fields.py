from driftline.inventory.noise.moved_fields import moved_fields


def test_text_of_a_secret_is_kept_as_data() -> None:
    """`stringData` wins over `data`, and never comes back."""
    moved = moved_fields("Secret", {"/data/a": "1", "/stringData/a": "2", "/type": "3"}, {})

    assert moved is not None
    assert {"/data/a": "2"} == moved.facts
    assert ["/stringData/a"] == list(moved.left)
    assert moved_fields("Secret", {"/data/a": "1"}, {}) is None


def test_the_target_of_an_autoscaler_is_found_among_its_metrics() -> None:
    """It is the metric of the processor, wherever that stands."""
    declared = {"/spec/targetCPUUtilizationPercentage": "80"}
    observed = {
        "/spec/metrics/0/resource/name": '"memory"',
        "/spec/metrics/1/resource/name": '"cpu"',
    }
    moved = moved_fields("HorizontalPodAutoscaler", declared, observed)

    assert moved is not None
    assert "80" == moved.facts["/spec/metrics/1/resource/target/averageUtilization"]
    assert moved_fields("HorizontalPodAutoscaler", declared, declared) is None


def test_the_backend_of_an_ingress_is_a_service() -> None:
    """Ports with a name and with a number stand apart, and so does the default backend."""
    path = "/spec/rules/0/http/paths/[path=~1]/backend"
    declared = {
        f"{path}/serviceName": '"web"',
        f"{path}/servicePort": "80",
        "/spec/backend/serviceName": '"rest"',
        "/spec/backend/servicePort": '"http"',
    }
    moved = moved_fields("Ingress", declared, {"/apiVersion": '"networking.k8s.io/v1"'})

    assert moved is not None
    assert declared.keys() == moved.left.keys()
    assert {
        f"{path}/service/name": '"web"',
        f"{path}/service/port/number": "80",
        "/spec/defaultBackend/service/name": '"rest"',
        "/spec/defaultBackend/service/port/name": '"http"',
    } == moved.facts
    assert moved_fields("Ingress", declared, {"/apiVersion": '"extensions/v1beta1"'}) is None
