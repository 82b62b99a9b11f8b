from driftline.inventory.noise.autoscaling import Band, autoscaled, bands, either
from tests.inventory.noise.case_files import Facts


def scaler(kind: str, **spec: str) -> Facts:
    """An autoscaler of the deployment `web`."""
    reference = "/spec/targetRef" if kind == "VerticalPodAutoscaler" else "/spec/scaleTargetRef"
    facts = {f"{reference}/kind": '"Deployment"', f"{reference}/name": '"web"'}
    return facts | {"/spec/" + key.replace("_", "/"): value for key, value in spec.items()}


def test_each_sort_of_autoscaler_gives_a_band() -> None:
    """Horizontal autoscalers and KEDA bound replicas, vertical ones set requests."""
    cases = {
        "HorizontalPodAutoscaler": ({"minReplicas": "2", "maxReplicas": "5"}, (2, 5, False)),
        "ScaledObject": ({}, (0, 100, False)),
        "VerticalPodAutoscaler": ({}, (None, None, True)),
    }
    for kind, (spec, expected) in cases.items():
        band = bands([(f"{kind}/shop/web", scaler(kind, **spec))])["Deployment/shop/web"]

        assert expected == (band.least, band.most, bool(band.resizer)), kind


def test_a_vertical_autoscaler_that_only_recommends_moves_nothing() -> None:
    """In mode `Off` nothing is set, so whatever differs was set by somebody."""
    off = scaler("VerticalPodAutoscaler", updatePolicy_updateMode='"Off"')
    band = bands([("VerticalPodAutoscaler/shop/web", off)])["Deployment/shop/web"]

    assert Band() == band


def test_two_autoscalers_of_one_workload_share_the_wider_band() -> None:
    """Where two count replicas, each may have its way."""
    first = scaler("HorizontalPodAutoscaler", minReplicas="2", maxReplicas="5")
    second = scaler("ScaledObject", minReplicaCount="1", maxReplicaCount="3")
    vertical = scaler("VerticalPodAutoscaler")
    found = bands([
        ("HorizontalPodAutoscaler/shop/web", first),
        ("ScaledObject/shop/web", second),
        ("VerticalPodAutoscaler/shop/web", vertical),
    ])  # fmt: skip
    band = found["Deployment/shop/web"]

    assert (1, 5, "a vertical autoscaler") == (band.least, band.most, band.resizer)


def test_the_band_holds_its_bounds_and_nothing_beside() -> None:
    """Both bounds are inside; what is no number, and what is absent, is not."""
    band = Band("KEDA", 2, 4)

    assert [False, True, True, False, False, False] == [
        band.holds(one) for one in ("1", "2", "4", "5", '"4"', None)
    ]


def test_an_autoscaler_speaks_of_nothing_else() -> None:
    """Only replicas and the requests and limits of containers are moved."""
    band = Band("KEDA", 2, 4, "a vertical autoscaler")
    container = "/spec/template/spec/containers/[name=a]"

    assert autoscaled("Deployment", "/spec/paused", "true", band) is None
    assert autoscaled("Deployment", "/spec/replicas", "9", band) is None
    assert autoscaled("Deployment", "/spec/replicas", "3", band) is not None
    assert autoscaled("Deployment", f"{container}/resources/requests/cpu", '"1"', band) is not None
    assert autoscaled("Deployment", f"{container}/image", '"x"', band) is None
    assert autoscaled("Deployment", "/spec/replicas", "3", None) is None


def test_what_is_no_autoscaler_is_passed_over() -> None:
    """A list of any objects may be asked."""
    assert {} == bands([("Deployment/shop/web", {}), ("HorizontalPodAutoscaler/shop/x", {})])


def test_a_moved_bound_is_told_once() -> None:
    """Replicas that followed a bound which somebody moved are told by that bound."""
    declared = {
        "Deployment/shop/web": Band("a horizontal autoscaler", 3, 10),
        "Deployment/b": Band(),
    }
    observed = {"Deployment/shop/web": Band("a horizontal autoscaler", 3, 20)}
    found = either(declared, observed)

    assert Band("a horizontal autoscaler", 3, 20) == found["Deployment/shop/web"]
    assert Band() == found["Deployment/b"]
    assert {} == either({}, {})
