"""Spells and promotions are asked for by role, path and pair, as people write them."""

from pathlib import Path

import pytest

from driftline.engine import ask
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, company, settings_for


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A little company, read."""
    built = company(tmp_path / "infra")
    made = settings_for(tmp_path, built.folder)
    ask.observe([built.folder], made, now=NOW, progress=Unwatched())
    return made


def test_spells_are_told_newest_first(settings: Settings) -> None:
    """All stretches of difference that are news, with who opened them."""
    answer = ask.spells(settings, now=NOW)
    tags = [one for one in answer.spells if one.path == "/image/tag"]

    assert "driftline.spells/1" == answer.schema
    assert sorted((one.started for one in answer.spells), reverse=True) == [
        one.started for one in answer.spells
    ]
    assert [(None, 1.2, 1.1), (tags[1].ended, 1.1, 1.0)] == [
        (one.ended, one.left_value, one.right_value) for one in tags
    ]
    assert tags[0].actor is not None
    assert "deploy-bot" == tags[0].actor.name


def test_promotions_are_told(settings: Settings) -> None:
    """The path that travels is told with its one arrival."""
    answer = ask.promotions(settings, now=NOW)

    assert "driftline.promotions/1" == answer.schema
    assert [("staging", "production", "web", "/image/tag", 1)] == [
        (one.from_, one.to, one.role, one.path, one.count) for one in answer.promotions
    ]


@pytest.mark.parametrize("path", ["/image/tag", "image.tag", "tag"])
@pytest.mark.parametrize("pair", [None, ("prod", "staging"), ("staging", "production")])
def test_a_part_is_asked_for(settings: Settings, path: str, pair: tuple[str, str] | None) -> None:
    """Role, path and pair may be written as elsewhere."""
    spells = ask.spells(settings, now=NOW, role="web", path=path, pair=pair).spells
    rows = ask.promotions(settings, now=NOW, role="web", path=path, pair=pair).promotions

    assert {"/image/tag"} == {one.path for one in spells}
    assert [("staging", "production")] == [(one.from_, one.to) for one in rows]


def test_other_paths_are_left_out(settings: Settings) -> None:
    """Only what was asked for is told."""
    paths = {one.path for one in ask.spells(settings, now=NOW, path="replicas").spells}

    assert paths <= {"/replicas"}


def test_a_wrong_name_is_told(settings: Settings) -> None:
    """A role or environment that is not there is a mistake, not an empty answer."""
    with pytest.raises(UsageError, match="no role is called"):
        ask.spells(settings, now=NOW, role="nothing-like-it")
    with pytest.raises(UsageError, match="no environment is called"):
        ask.promotions(settings, now=NOW, pair=("staging", "moon"))
