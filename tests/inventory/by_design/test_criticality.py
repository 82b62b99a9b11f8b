import pytest

from driftline.inventory.by_design.criticality import (
    HIGHEST,
    ORDINARY,
    SIZE,
    TABLE,
    VERSION,
    criticality,
)

CASES = [
    ("/image/tag", '"1.2.3"', VERSION),
    ("/spec/containers/[name=web]/image", '"registry.example/web:1"', VERSION),
    ("/spec/securityContext/runAsUser", "0", HIGHEST),
    ("/smtp/password", '{"secret": "a:b"}', HIGHEST),
    ("/a/token", '{"secret": "a:b"}', HIGHEST),
    ("/timeouts/upstreamSeconds", "5", 7),
    ("/log_retention_days", "14", 7),
    ("/features/newRanking", "true", 6),
    ("/redis/enabled", "true", 6),
    ("/LOG_LEVEL", '"debug"', 6),
    ("/spec/replicas", "3", SIZE),
    ("/resources/limits/memory", '"1Gi"', SIZE),
    ("/greeting", '"hello"', ORDINARY),
    ("/spec/nodeSelector/pool", '"core"', 2),
    ("/metadata/labels/version", '"1.2"', 1),
    ("/metadata/annotations/a.example~1enabled", '"true"', 1),
    ("/displayName", '"Shop"', 1),
]


@pytest.mark.parametrize(("address", "value", "expected"), CASES)
def test_weight(address: str, value: str, expected: int) -> None:
    """The first row of the table with words of the path decides, and else the kind of value."""
    assert expected == criticality(address, value)


def test_element_names_say_nothing() -> None:
    """What somebody called a container or a variable does not make it critical."""
    assert ORDINARY == criticality("/env/[name=timeouts]/value", '"a"')


def test_words_are_whole() -> None:
    """Part of a word is another word."""
    assert ORDINARY == criticality("/flagship/republican", '"a"')


def test_weights_are_small() -> None:
    """Weights are from 1 to 8, and every row has words."""
    assert all(1 <= weight <= HIGHEST and words for weight, words in TABLE)
