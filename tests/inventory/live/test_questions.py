"""Questions about live environments say what was seen and offer the line that decides."""

import tomllib

from driftline.inventory.live.questions import (
    not_told_apart,
    setting,
    several_clusters,
    unplaced,
    which_namespace,
)
from driftline.model.placing import ClusterCard, Environment, LivePlace

QUESTIONS = [
    several_clusters("qa", ["east", "west"]),
    not_told_apart("east", "shop", ["qa", "prod"]),
    which_namespace("qa", "east", ["a", "b"]),
]


def test_each_question_has_an_answer() -> None:
    """The first possible answer is offered as a line of settings."""
    answers = [tomllib.loads(one.answer)["kubernetes"][0] for one in QUESTIONS]

    assert ["qa", "qa", "qa"] == [one["environment"] for one in answers]
    assert ["east", "east", "east"] == [one["context"] for one in answers]


def test_names_are_quoted() -> None:
    """A hostile name stays a text of the settings."""
    line = setting('a" }]\nstore = "x', "b")

    assert ["kubernetes"] == list(tomllib.loads(line))


def test_clusters_without_an_environment() -> None:
    """A cluster that is nobody's is asked about, unless it holds nothing."""
    cards = [
        ClusterCard("used", {"a": {}}),
        ClusterCard("free", {"b": {}, "kube-system": {}}),
        ClusterCard("empty", {"kube-system": {}}),
    ]
    places = [LivePlace("qa", "used", ("a",), "", 0.9, ("why",))]
    asked = unplaced(cards, places, [Environment("qa", (), 1.0, ())])

    assert 1 == len(asked)
    assert "free (namespaces b)" in asked[0].text
    assert [] == unplaced(cards, places, [])
