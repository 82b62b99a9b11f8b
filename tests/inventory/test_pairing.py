import pytest

from driftline.inventory.layout.aliases import canonical
from driftline.inventory.pairing import are_siblings, order, pairs
from driftline.model.placing import Environment


def environment(name: str, *dimensions: str) -> Environment:
    """An environment with dimensions in the order environment, region, tenant."""
    names = ("environment", "region", "tenant")
    return Environment(name, tuple(zip(names, dimensions, strict=False)), 1.0, ())


def test_a_pair_reads_from_private_to_exposed() -> None:
    """Environments stand in order of exposure, and unknown names stand in between."""
    names = ["production", "canary", "blue", "staging", "dev", "local", "prod-2", "qa"]
    expected = ["local", "dev", "qa", "staging", "blue", "prod-2", "canary", "production"]

    assert expected == sorted(names, key=lambda name: order(name, canonical))


SIBLINGS = [
    (("staging",), ("production",), True),
    (("staging", "eu"), ("production", "eu"), True),
    (("production", "eu"), ("production", "us"), True),
    (("staging", "eu"), ("production", "us"), False),
    (("staging",), ("production", "eu"), True),
    (("production", "eu", "a"), ("production", "us", "b"), False),
]


@pytest.mark.parametrize(("left", "right", "expected"), SIBLINGS)
def test_siblings(*, left: tuple[str, ...], right: tuple[str, ...], expected: bool) -> None:
    """Composed environments are siblings when exactly one dimension tells them apart."""
    one, two = environment("/".join(left), *left), environment("/".join(right), *right)

    assert expected == are_siblings(one, two)
    assert expected == are_siblings(two, one)


ALL = [environment("production"), environment("staging"), environment("local")]


def test_pairs_have_something_in_common() -> None:
    """Only environments with a common role are compared, each pair once, in reading order."""
    roles = {
        "production": frozenset({"api", "web"}),
        "staging": frozenset({"api", "web"}),
        "local": frozenset({"tools"}),
    }

    assert (("staging", "production"),) == pairs(ALL, roles, canonical, limit=10)


def test_the_pairs_with_most_in_common_are_kept() -> None:
    """Beyond the limit the pairs that share least are left out."""
    roles = {
        "production": frozenset({"api", "web"}),
        "staging": frozenset({"api", "web"}),
        "local": frozenset({"api"}),
    }

    assert (("staging", "production"),) == pairs(ALL, roles, canonical, limit=1)
    assert 3 == len(pairs(ALL, roles, canonical, limit=3))


def test_no_environments_give_no_pairs() -> None:
    """Nothing to compare is no error."""
    assert () == pairs([], {}, canonical, limit=5)
