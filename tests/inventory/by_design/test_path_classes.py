from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.by_design.path_classes import classify, classify_pair
from driftline.inventory.compare import View, view
from driftline.inventory.siblings import Environment, find
from driftline.inventory.units import Unit
from driftline.model.ledger import Decision, Entry
from driftline.model.verdict import PathClass
from tests.inventory.building import layer_of

WORDS = frozenset({"staging", "production", "prod"})
DAY = 24 * 3600
AT = [day * DAY for day in (0, 100, 200, 300)]
PATTERN = {"common": dict.fromkeys("abcdefghij", "same")}


def role_of(
    environment: str, *versions: tuple[int, Any], defaults: Any = None, role: str = "web"
) -> dict[str, View]:
    """One role of one environment with these versions, over defaults that all share."""
    born = versions[0][0]
    own = layer_of(environment, list(versions))
    layers = (own,) if defaults is None else (layer_of("base", [(0, defaults)], shared=True), own)
    made = view(Unit(environment, role, layers, (), born, None))
    assert made is not None
    return {role: made}


def by_design(environments: Mapping[str, Mapping[str, View]], *said: Entry) -> dict[str, bool]:
    """Whether each differing path is by design."""
    found = classify(environments, WORDS, said, at=AT, now=AT[-1])
    return {path: one.is_environmental for (_, path), one in found.items()}


def test_only_differences_are_classified() -> None:
    """A path at which all agree has no class of its own to tell."""
    environments = {
        "staging": role_of("staging", (0, {"replicas": 1, "mode": "x"})),
        "production": role_of("production", (0, {"replicas": 3, "mode": "x"})),
    }

    assert {"/replicas": True} == by_design(environments)


def test_bindings_are_learnt_over_the_whole_pair() -> None:
    """Words learnt where values always differed explain a value that came to differ."""
    hosts = {"a": "a.shop.test", "b": "b.shop.test", "c": "c.shop.test"}
    live = {key: value.replace("test", "cloud") for key, value in hosts.items()}
    environments = {
        "staging": role_of("staging", (0, hosts | {"d": "-"}), (2, hosts | {"d": "d-test"})),
        "production": role_of("production", (0, live | {"d": "-"}), (3, live | {"d": "d-cloud"})),
    }
    found = classify(environments, WORDS, at=AT, now=AT[-1])

    assert PathClass.TEMPLATE == found["web", "/d"].class_


def test_drift_between_any_two_is_drift() -> None:
    """A path is by design among many only if it is between each two that differ."""
    environments = {
        "staging": role_of("staging", (0, {"mode": "a"})),
        "production": role_of("production", (0, {"mode": "b"})),
        "canary": role_of("canary", (0, {"mode": "b"}), (3, {"mode": "c"})),
    }

    assert {"/mode": False} == by_design(environments)


def test_regions_have_loads_of_their_own() -> None:
    """Sizes of one environment's regions may part; those of two environments may not."""
    before, after = {"replicas": 3, "mode": "a"}, {"replicas": 5, "mode": "b"}
    regions = {
        "production-eu": role_of("production-eu", (0, before)),
        "production-us": role_of("production-us", (0, before), (2, after)),
    }
    places = {
        "staging-eu": role_of("staging-eu", (0, before)),
        "production-eu": role_of("production-eu", (0, before), (2, after)),
    }

    assert {"/replicas": True, "/mode": False} == by_design(regions)
    assert {"/replicas": False, "/mode": False} == by_design(places)


def test_a_roster_of_environments_is_its_own() -> None:
    """What one side alone says of some environment, in a mapping of them, is by design."""
    hosts = {"hosts": {"staging": {"weight": 1}, "production": {"weight": 2}}}
    environments = {
        "staging": role_of("staging", (0, {"mode": 1})),
        "production": role_of("production", (0, {"mode": 1}), (2, {"mode": 1} | hosts)),
    }

    assert {
        "/hosts/staging/weight": True,
        "/hosts/production/weight": True,
    } == by_design(environments)


def test_a_copy_excuses_nothing() -> None:
    """That a later copy differs from the start does not make an old drift a design."""
    environments = {
        "staging": role_of("staging", (0, {"seconds": 5})),
        "production": role_of("production", (0, {"seconds": 5}), (1, {"seconds": 20})),
        "production-us": role_of("production-us", (2, {"seconds": 20})),
    }

    assert {"/seconds": False} == by_design(environments)


def test_what_a_copy_forgot_is_no_design() -> None:
    """A new region that inherits a default where its pattern has a value of its own forgot it."""
    defaults = PATTERN | {"days": 14}
    environments = {
        "production": role_of("production", (0, {"days": 90}), defaults=defaults),
        "production-us": role_of("production-us", (1, {"other": 1}), defaults=defaults),
    }

    assert by_design(environments)["/days"] is False


def test_what_is_switched_off_does_not_drift() -> None:
    """Below a component that one side does not run, only the switch is told."""
    off = {"redis": {"enabled": False, "mode": "a"}}
    environments = {
        "staging": role_of("staging", (0, off)),
        "production": role_of(
            "production", (0, off), (1, {"redis": {"enabled": True, "mode": "b"}})
        ),
    }

    assert {"/redis/enabled": False, "/redis/mode": True} == by_design(environments)


CONTENT = st.fixed_dictionaries({
    "replicas": st.integers(1, 3),
    "mode": st.sampled_from(["a", "b"]),
    "url": st.sampled_from(["http://staging.x", "http://production.x"]),
    "image": st.sampled_from(["web:1", "web:2"]),
    "redis": st.fixed_dictionaries({"enabled": st.booleans(), "size": st.integers(1, 2)}),
})  # fmt: skip
VERSIONS = st.lists(CONTENT, min_size=1, max_size=4).map(lambda several: list(enumerate(several)))


@given(VERSIONS, VERSIONS, VERSIONS)
def test_sides_may_be_swapped(mine: Any, theirs: Any, third: Any) -> None:
    """Which of two environments is called left changes nothing but the order of the words."""
    sides = {
        "staging": role_of("staging", *mine),
        "production": role_of("production", *theirs),
        "local": role_of("local", *third),
    }
    environments = {
        name: Environment(name, "", views, {"web": views["web"].unit.born}, {"web": None})
        for name, views in sides.items()
    }
    for left, right in (("staging", "production"), ("local", "staging")):
        one, two = environments[left], environments[right]
        there = classify_pair(find(one, two, WORDS), WORDS, at=AT, now=AT[-1])
        back = classify_pair(find(two, one, WORDS), WORDS, at=AT, now=AT[-1])

        assert there == back


def test_corrections_win() -> None:
    """What a person said of a path holds against every rule."""
    environments = {
        "staging": role_of("staging", (0, {"replicas": 1})),
        "production": role_of("production", (0, {"replicas": 3})),
    }
    said = Entry(Decision.CLASSIFY, "web", "/replicas", class_="drift")

    assert {"/replicas": False} == by_design(environments, said)
