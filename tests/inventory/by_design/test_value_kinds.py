import pytest

from driftline.inventory.by_design.value_kinds import (
    ValueKind,
    is_host_list,
    is_size,
    keys_of,
    kind_of,
    words_of,
)

KINDS = [
    ("/ingress/host", '"shop.example"', ValueKind.HOST),
    ("/wild", '"*.shop.example"', ValueKind.HOST),
    ("/image/tag", '"shop.example"', ValueKind.VERSION),
    ("/anything", '"https://shop.example/a?b"', ValueKind.URL),
    ("/contact", '"mail@shop.example"', ValueKind.MAIL),
    ("/ip", '"10.1.2.3"', ValueKind.NETWORK),
    ("/ranges/0", '"10.0.0.0/14"', ValueKind.NETWORK),
    ("/image/tag", '"1.2.3"', ValueKind.VERSION),
    ("/spec/containers/[name=a]/image", '"registry.example/a:1"', ValueKind.VERSION),
    ("/spec/chart/spec/version", '">=1.0.0-alpha"', ValueKind.RANGE),
    ("/spec/chart/spec/version", '"1.x"', ValueKind.RANGE),
    ("/spec/replicas", "3", ValueKind.SIZE),
    ("/autoscaling/maxReplicas", "3", ValueKind.SIZE),
    ("/resources/limits/cpu", '"500m"', ValueKind.SIZE),
    ("/sql/storageSize", '"10Gi"', ValueKind.SIZE),
    ("/node_type", '"m6i.large"', ValueKind.SIZE),
    ("/app/logLevel", '"debug"', ValueKind.LOGGING),
    ("/LOG_LEVEL", '"debug"', ValueKind.LOGGING),
    ("/gce/projectId", '"shop-1"', ValueKind.IDENTIFIER),
    ("/smtp/password", '{"secret": "a:b"}', ValueKind.SECRET),
    ("/features/newRanking", "true", ValueKind.OTHER),
    ("/timeouts/upstreamSeconds", "5", ValueKind.OTHER),
    ("/log_retention_days", "14", ValueKind.OTHER),
    ("/note", '"e.g. this"', ValueKind.OTHER),
]


@pytest.mark.parametrize(("address", "value", "expected"), KINDS)
def test_kind(address: str, value: str, expected: ValueKind) -> None:
    """The form of a value tells its kind, and else the last words of its path."""
    assert expected == kind_of(address, value)


def test_an_absent_value_has_the_kind_of_its_path() -> None:
    """A size that nobody set is a size."""
    assert ValueKind.SIZE == kind_of("/resources/limits/cpu", None)


def test_words_of_keys() -> None:
    """Keys are read in all the ways people write them."""
    assert ["max", "replicas"] == words_of("maxReplicas")
    assert ["log", "level"] == words_of("LOG_LEVEL")
    assert (("host",), ("hosts",)) == keys_of("/hosts/0/host")


HOST_LISTS = [("/ingress/hosts/1", True), ("/ingress/hosts/1/host", True), ("/host", False)]


@pytest.mark.parametrize(("address", "expected"), HOST_LISTS)
def test_host_lists(*, address: str, expected: bool) -> None:
    """An element of a list of hosts is known by its path."""
    assert expected == is_host_list(address)


def test_a_timeout_is_no_size() -> None:
    """Only what says how much of something there is follows load."""
    assert not is_size("/timeouts/upstreamSeconds")
    assert is_size("/db/pool_max")
