from driftline.inventory.layers.layer import Point
from driftline.inventory.layers.life import Life, joined, lives, lives_of
from driftline.inventory.metric.distance import FILLED, UNKNOWN
from driftline.model.chronicle import act_of
from tests.inventory.drifting import Versions, environment, unit_of


def life(*versions: object, hidden: tuple[str, ...] = ()) -> Life:
    """A role with these versions, one at each look."""
    unit = unit_of("web", list(enumerate(versions)), hidden=hidden)
    return lives_of({"web": unit})["web"]


def said(one: Life, address: str, other: tuple[Point, ...] = ()) -> list[tuple[int, str | None]]:
    """What a side says of an address, instant by instant."""
    told = one.telling(address, one.series.get(address, ()), other)
    return [(step.instant, step.value) for step in told]


EMPTY_THERE = (Point(0, "{}", 0, 0, -1),)


def test_values_are_told_as_they_are() -> None:
    """Where everything was read, a series says it all."""
    assert [(0, "1"), (1, "2")] == said(life({"a": 1}, {"a": 2}), "/a")


def test_a_filled_container_is_told() -> None:
    """Where the other side has an empty container, content below it fills ours."""
    ours = life({"m": {}}, {"m": {"k": 1}}, {"n": 1})

    assert [(0, "{}"), (1, FILLED), (2, None)] == said(ours, "/m", EMPTY_THERE)


def test_what_an_unread_layer_may_set_is_unknown() -> None:
    """What is left out of visible values below an unread chart is not absent."""
    assert [(0, "1"), (1, UNKNOWN)] == said(life({"a": 1}, {"b": 1}, hidden=("",)), "/a")
    assert [(0, UNKNOWN)] == said(life({"b": 1}, hidden=("",)), "/a")


def test_a_scalar_or_a_list_above_decides() -> None:
    """No unread layer shows below a value or inside a list that replaces its own."""
    ours = life({"b": 1}, {"m": 1}, {"m": ["x"]}, {"b": 1}, hidden=("",))

    assert [(0, UNKNOWN), (1, None), (3, UNKNOWN)] == said(ours, "/m/1")


def test_what_is_not_hidden_is_absent() -> None:
    """Elsewhere nothing but what is visible can be set."""
    assert [] == said(life({"b": 1}, hidden=("/chart",)), "/a")


def test_births_and_ends_have_acts() -> None:
    """The look that began a role, and the one that ended it."""
    ours = lives_of({"web": unit_of("web", [(2, {"a": 1}), (5, None)])})["web"]

    assert (act_of(2, 0), act_of(5, 0)) == (ours.birth_act, ours.end_act)
    assert [False, True, False] == [ours.is_there_before(one) for one in (2, 5, None)]


def test_facts_before_an_instant() -> None:
    """What was in force just before, and now."""
    ours = life({"a": 1}, {"a": 1, "b": 1}, {"b": 1})

    assert [{"/a"}, {"/a", "/b"}, {"/b"}] == [ours.facts_before(one) for one in (1, 2, None)]


def test_names_in_lists() -> None:
    """Only a role with elements that have names needs to be aligned."""
    ours = life({"env": ["A"]})

    assert not ours.has_names
    assert Life(ours.unit, {"/env/[name=A]/value": [Point(0, "1", 0, 0, -1)]}).has_names


def test_one_thing_under_two_names() -> None:
    """The first name counts where both have a value."""
    first = [Point(2, '"a"', 0, 0, 7), Point(4, None, None, 0, 8)]
    second = [Point(0, '"b"', 0, 0, 5)]

    assert [(0, '"b"'), (2, '"a"'), (4, '"b"')] == [
        (one.instant, one.value) for one in joined(first, second)
    ]
    assert first == joined(first, [])


def test_roles_that_ended_have_lives_too() -> None:
    """An environment's lives are those of all roles it ever had."""
    roles: Versions = {"web": [(0, {"a": 1})], "job": [(0, {"a": 1}), (3, None)]}
    found = lives(environment("l", roles))

    assert {"web": None, "job": 3} == {role: one.gone for role, one in found.items()}
