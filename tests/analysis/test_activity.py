from typing import Any

import msgspec

from driftline.analysis.activity import actors, most_changed
from driftline.inventory.compare import View, view
from driftline.inventory.layers.layer import Layer
from driftline.inventory.units import Unit
from driftline.model.answers.scan import ActorSummary, Changed
from driftline.model.chronicle import act_of
from driftline.model.look import Contribution
from tests.analysis.telling import ANN, ASSISTANT, BOB, BOT, chronicle
from tests.inventory.building import layer_of

TIMES = chronicle([ANN] * 8)


def seen(name: str, *layers: Layer) -> View:
    """An environment's one unit."""
    made = view(Unit(name, "app", layers, (), 0, None))
    assert made is not None
    return made


def own(*versions: tuple[int, Any]) -> Layer:
    """An environment's own file."""
    return layer_of("own", versions)


def test_what_moved_most_comes_first() -> None:
    """Facts are ordered by how often their values moved, over all environments together."""
    moves = [
        (0, {"a": 1, "b": 1, "c": 1}),
        (1, {"a": 2, "b": 1, "c": 2}),
        (2, {"a": 3, "b": 1, "c": 2}),
    ]
    left = seen("staging", own(*moves))
    right = seen("production", own((0, {"a": 1}), (4, {"a": 3})))
    # The two files are two, whatever they are called here.
    renamed = msgspec.structs.replace(right.unit.layers[0], file="production.yaml")
    right = seen("production", renamed)

    assert (
        Changed("app", "/a", 3, ("production", "staging"), "1970-01-05T00:00:00Z"),
        Changed("app", "/c", 1, ("staging",), "1970-01-02T00:00:00Z"),
    ) == most_changed({"staging": [left], "production": [right]}, TIMES, limit=5)


def test_a_shared_move_is_one_move() -> None:
    """A change of a file that several environments share is counted once."""
    base = layer_of("base", [(0, {"a": 1}), (3, {"a": 2})], shared=True)
    sides = {name: [seen(name, base)] for name in ("staging", "production")}

    assert [(1, ("production", "staging"))] == [
        (one.changes, one.environments) for one in most_changed(sides, TIMES, limit=5)
    ]


def test_a_value_that_changes_its_layer_has_not_moved() -> None:
    """Saying in the own file what the shared one says moves nothing."""
    base = layer_of("base", [(0, {"a": 1})], shared=True)

    assert () == most_changed({"x": [seen("x", base, own((2, {"a": 1})))]}, TIMES, limit=5)


def test_no_more_than_asked_for() -> None:
    """Only so many facts are told, and of equals the first by name."""
    one = seen("x", own((0, {"b": 1, "a": 1}), (1, {"b": 2, "a": 2})))

    assert ["/a"] == [row.path for row in most_changed({"x": [one]}, TIMES, limit=1)]


def test_actors_are_counted_and_not_ranked() -> None:
    """Actors come by class and name, whatever they did."""
    known = chronicle([ANN, BOT, BOB, ANN])
    counted = [(act_of(instant, 0), count) for instant, count in enumerate((1, 50, 2, 4))]

    assert (
        ActorSummary("bot", "bot", 50, "its name says so"),
        ActorSummary("Ann", "human", 5, "a person's name"),
        ActorSummary("Bob", "human", 2, "a person's name"),
    ) == actors(counted, known)


def test_assistance_is_an_attribute() -> None:
    """What a person changed with an assistant is theirs, and counted as assisted."""
    helped = Contribution("c", ANN, "s", trailers=(ASSISTANT,))
    known = msgspec.structs.replace(chronicle([ANN]), contributions={0: (helped,)})

    assert [("Ann", 3, 3)] == [
        (row.name, row.changes, row.assisted) for row in actors([(act_of(0, 0), 3)], known)
    ]


def test_an_act_that_was_not_loaded_is_nobodys() -> None:
    """Acts without a contribution are left out, and unknown people are unattributed."""
    stranger = Contribution("c", ASSISTANT, "s")
    known = msgspec.structs.replace(chronicle([ANN]), contributions={0: (stranger,)})

    assert [("Assistant", "unattributed", 1)] == [
        (row.name, row.class_, row.changes)
        for row in actors([(act_of(0, 0), 1), (act_of(0, 3), 9)], known)
    ]
