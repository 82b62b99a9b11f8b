"""Environments are found in clusters where they live, and asked about where nothing tells."""

import tomllib

import pytest

from driftline.engine.knowing.environment_names import environment_named
from driftline.inventory.live.places import live_layout, live_places, one_layout
from driftline.model.placing import LiveLayout
from tests.inventory.live.casework import Case, cases, line

CASES = cases()


def found(case: Case) -> LiveLayout:
    """What is found for a case."""
    objects, layout = case.declared()
    return live_layout(objects, case.cards(), layout, case.hints)


def test_there_are_cases() -> None:
    """The file of cases is read."""
    assert len(CASES) > 25


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_places(case: Case) -> None:
    """Each environment of a case is found where it lives, and nowhere else."""
    assert sorted(case.places) == [line(one) for one in found(case).places]


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_questions(case: Case) -> None:
    """What nothing decides is asked, and nothing else is."""
    texts = [one.text for one in found(case).questions]

    assert len(case.asks) == len(texts), texts
    for word, text in zip(case.asks, texts, strict=True):
        assert word in text


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_the_order_of_things_does_not_matter(case: Case) -> None:
    """The same places are found whatever comes first."""
    objects, layout = case.declared()
    backwards = live_places(objects[::-1], case.cards(), layout, case.hints)

    assert live_places(objects, case.cards(), layout, case.hints) == backwards


def test_every_place_says_why() -> None:
    """Each place has evidence and a confidence that is more than half."""
    places = [place for case in CASES for place in found(case).places]

    assert all(place.evidence and 0.5 <= place.confidence <= 1 for place in places)


def test_answers_are_lines_of_settings() -> None:
    """The answer of each question can be put into driftline.toml as it stands."""
    answers = [one.answer for case in CASES for one in found(case).questions]

    assert answers
    for answer in answers:
        (entry,) = tomllib.loads(answer)["kubernetes"]
        assert {"environment", "context"} <= entry.keys()


def test_layouts_of_several_sources_are_one() -> None:
    """Environments that several repositories have are known once."""
    _, layout = CASES[0].declared()
    both = one_layout([layout, layout])

    assert layout.environments == both.environments
    assert 2 * len(layout.placements) == len(both.placements)
    assert "staging" == environment_named("stg", [one.name for one in both.environments])
