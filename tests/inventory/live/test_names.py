"""Names and labels of namespaces and clusters speak of environments."""

import pytest

from driftline.inventory.live.names import (
    OWN_NAMESPACES,
    environment_word,
    labelled,
    named_by,
    strength_of,
    tier_of,
)
from driftline.model.placing import Environment


def environments(*names: str) -> list[Environment]:
    """Environments with these names, divided at their slashes."""
    keys = ("environment", "region", "cluster")
    return [
        Environment(name, tuple(zip(keys, name.split("/"), strict=False)), 1.0, ())
        for name in names
    ]


NAMED: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("shop-prd", ("staging", "production"), ("production",)),
    ("shop-stg-1", ("staging", "production"), ("staging",)),
    ("stg-1", ("staging", "staging-1", "production"), ("staging-1",)),
    ("arn:aws:eks:eu-west-1:1:cluster/prod", ("staging", "production"), ("production",)),
    ("nonprod", ("nonprod", "production"), ("nonprod",)),
    ("products", ("prod", "staging"), ()),
    ("prod-eu", ("production/eu", "production/us"), ("production/eu",)),
    ("eu", ("production/eu", "production/us"), ()),
    ("", ("production",), ()),
    ("disaster-recovery", ("dr", "production"), ("dr",)),
]


@pytest.mark.parametrize(("text", "names", "expected"), NAMED)
def test_named_by(text: str, names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """A name speaks of the environments whose words it has, whole and in any spelling."""
    assert expected == named_by(text, environments(*names))


def test_labels_name_environments() -> None:
    """A label that is made for it names an environment; other labels do not."""
    both = environments("staging", "production")

    assert ("production", "env=prd") == labelled({"env": "prd", "team": "staging"}, both)
    assert ("", "") == labelled({"team": "staging"}, both)


WORDS = [
    ("shop-live", ("live", "shop-{}")),
    ("preprod-shop", ("preprod", "{}-shop")),
    ("non-prod", ("non-prod", "{}")),
    ("prod2", ("prod2", "{}")),
    ("ci-runners", ("", "")),
    ("payments", ("", "")),
]


@pytest.mark.parametrize(("name", "expected"), WORDS)
def test_words_in_names(name: str, expected: tuple[str, str]) -> None:
    """The strongest word for an environment is cut out of a name."""
    assert expected == environment_word(name)


def test_words_have_strength_and_tier() -> None:
    """Spellings of one word are equally strong and stand in one tier; strangers in none."""
    assert strength_of("prd") == strength_of("production") == 1.0
    assert tier_of("shop-live") == tier_of("prod") >= 0
    assert tier_of("uat") == tier_of("staging") >= 0
    assert [-1, -1] == [tier_of("billing"), tier_of("staging-live")]


def test_clusters_have_namespaces_of_their_own() -> None:
    """What a cluster brings along is told from what people put into it."""
    names = ["kube-system", "openshift", "openshift-dns", "default", "kubeless", "shop"]

    own = [one for one in names if OWN_NAMESPACES.fullmatch(one)]
    assert ["kube-system", "openshift", "openshift-dns"] == own
