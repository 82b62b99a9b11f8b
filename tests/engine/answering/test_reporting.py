"""The scan's answer holds everything that was found, and what was not looked at."""

from pathlib import Path

import msgspec
import pytest

from driftline.engine import ask
from driftline.engine.settings import PairSettings
from driftline.errors import UsageError
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, company, scanned
from tests.sources.git.building import Building


def test_gaps_are_told_with_the_look_since_when(tmp_path: Path) -> None:
    """A file that cannot be read is a gap, never a deletion."""
    built = company(tmp_path / "infra")
    broken = built.commit({"env/staging/web.values.yaml": "image: {{ .Values.image }}\n  x: [\n"})

    answer, _ = scanned(tmp_path, built.folder)
    (gap,) = answer.gaps

    assert ("env/staging/web.values.yaml", broken) == (gap.path, gap.look)
    assert (4, 1) == (answer.coverage.files, answer.coverage.unreadable)
    assert "/image/tag" in {row.path for row in answer.divergences}


def test_an_environment_that_ended_is_told(tmp_path: Path) -> None:
    """An environment whose files are gone has its dates, and is in no pair."""
    built = company(tmp_path / "infra")
    built.commit({"env/demo/web.values.yaml": "port: 1\n"})
    built.commit({"env/demo/web.values.yaml": None})

    answer, _ = scanned(tmp_path, built.folder)
    (demo,) = [one for one in answer.environments if one.name == "demo"]

    assert not demo.alive
    assert demo.first_seen is not None
    assert demo.last_seen is not None
    assert demo.first_seen < demo.last_seen
    assert all("demo" not in (pair.left, pair.right) for pair in answer.pairs)


def test_a_role_of_one_side_only_is_one_row(tmp_path: Path) -> None:
    """What the other side does not have at all is told once, and its facts are counted apart."""
    built = company(tmp_path / "infra")
    built.commit({"env/staging/mail.values.yaml": "host: mail\nport: 25\n"})

    answer, _ = scanned(tmp_path, built.folder)
    (row,) = [row for row in answer.divergences if row.role == "mail"]
    (pair,) = answer.pairs

    assert ("", "role", "left") == (row.path, row.type, row.moved)
    assert (1, 2) == (pair.roles_left_only, pair.facts_in_left_roles)


def test_no_environments(tmp_path: Path) -> None:
    """A repository without environments gives a question that says how to map them."""
    built = Building(tmp_path / "infra")
    built.commit({"service/config.yaml": "port: 1\n"})

    answer, _ = scanned(tmp_path, built.folder)

    assert () == answer.environments
    assert answer.questions
    assert answer.questions[0].answer


def test_actors_are_counted_by_class(tmp_path: Path) -> None:
    """Each actor has its class and its count of fact changes."""
    answer, _ = scanned(tmp_path, company(tmp_path / "infra").folder)

    assert {
        ("Ada Lovelace", "human", 14),
        ("Grace Hopper", "human", 2),
        ("deploy-bot", "bot", 1),
    } == {(one.name, one.class_, one.changes) for one in answer.actors}


def test_pairs_can_be_chosen(tmp_path: Path) -> None:
    """Settings choose the pairs; a wrong name is an error that lists the right ones."""
    repository = company(tmp_path / "infra").folder
    _, settings = scanned(tmp_path, repository)
    only = PairSettings(only=(("production", "staging"),))
    wanted = msgspec.structs.replace(settings, pairs=only)
    wrong = msgspec.structs.replace(settings, pairs=PairSettings(only=(("qa", "staging"),)))

    (pair,) = ask.scan([repository], wanted, now=NOW, progress=Unwatched()).pairs

    assert ("production", "staging") == (pair.left, pair.right)
    with pytest.raises(UsageError, match="there are production, staging"):
        ask.scan([repository], wrong, now=NOW, progress=Unwatched())
