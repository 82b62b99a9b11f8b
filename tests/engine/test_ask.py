"""Questions are answered from what is stored, the same each time."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from driftline.engine import ask
from driftline.errors import UsageError
from driftline.model.answers.parity import ActorRef, Divergence
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, company, scanned, settings_for, values


def by_path(rows: tuple[Divergence, ...]) -> dict[str, Divergence]:
    """Divergences of the web service by path."""
    return {row.path: row for row in rows if row.role == "web"}


def test_scan_tells_what_differs_since_when_and_who_moved_it(tmp_path: Path) -> None:
    """A scan says for each difference both values, its onset, the side that moved and who."""
    answer, _ = scanned(tmp_path, company(tmp_path / "infra").folder)
    rows = by_path(answer.divergences)

    assert {"/host", "/image/tag", "/log", "/replicas"} == rows.keys()
    assert ("born", "both") == (rows["/host"].onset, rows["/host"].moved)
    tag = rows["/image/tag"]
    assert ("drifted", "left", 1.2, 1.1) == (
        tag.onset,
        tag.moved,
        tag.left_value,
        tag.right_value,
    )
    assert ActorRef("deploy-bot", "bot") == tag.actor
    assert "Max Merger" == tag.approved_by
    replicas = rows["/replicas"]
    assert ("right", ActorRef("Grace Hopper", "human")) == (replicas.moved, replicas.actor)


def test_values_that_only_the_shared_chart_has_are_inherited(tmp_path: Path) -> None:
    """A value that one side overrides and the other takes from the chart is inherited."""
    answer, _ = scanned(tmp_path, company(tmp_path / "infra").folder)
    (pair,) = answer.pairs
    log = by_path(answer.divergences)["/log"]

    assert 1 == pair.inherited
    assert ("chart", "info", "environment", "warn") == (
        log.left_layer,
        log.left_value,
        log.right_layer,
        log.right_value,
    )


def test_own_layer_compares_the_files_alone(tmp_path: Path) -> None:
    """With the layer `own`, what a file leaves out is absent, whatever stands below it."""
    answer, _ = scanned(tmp_path, company(tmp_path / "infra").folder, layer="own")
    log = by_path(answer.divergences)["/log"]

    assert ("absent", "present") == (log.left_state.value, log.right_state.value)


def test_asking_again_gives_the_same_answer(tmp_path: Path) -> None:
    """Status says what the scan said, and a scan of nothing new is answered from memory."""
    repository = company(tmp_path / "infra").folder
    answer, settings = scanned(tmp_path, repository)

    assert answer == msgspec.structs.replace(ask.status(settings, now=NOW), notes=answer.notes)
    assert answer == ask.scan([repository], settings, now=NOW, progress=Unwatched())


def test_a_new_commit_changes_the_answer(tmp_path: Path) -> None:
    """A promotion after the first scan closes the difference at the next."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)
    promoted = values("1.2", 5, host="example.com", extra="log: warn\n")
    built.commit({"env/production/web.values.yaml": promoted})

    answer = ask.scan([built.folder], settings, now=NOW, progress=Unwatched())

    assert "/image/tag" not in by_path(answer.divergences)


def test_compare_with_the_past(tmp_path: Path) -> None:
    """An environment against its own past shows what moved since, and who moved it."""
    _, settings = scanned(tmp_path, company(tmp_path / "infra").folder)

    answer = ask.compare("production~1", "production", settings, now=NOW)
    rows = by_path(answer.divergences)

    assert {"/replicas", "/log"} == rows.keys()
    assert ("drifted", "right") == (rows["/replicas"].onset, rows["/replicas"].moved)
    assert ActorRef("Grace Hopper", "human") == rows["/replicas"].actor


def test_history_is_the_life_of_a_fact(tmp_path: Path) -> None:
    """History lists every effective value of a path with its look, layer and actor."""
    _, settings = scanned(tmp_path, company(tmp_path / "infra").folder)

    answer = ask.history("web", "log", settings, now=NOW)
    lives = {
        one.environment: [(step.value, step.layer) for step in one.steps] for one in answer.series
    }

    assert {
        "staging": [("info", "chart")],
        "production": [("info", "chart"), ("warn", "environment")],
    } == lives


def test_layout_names_each_file(tmp_path: Path) -> None:
    """Layout says of each file what it was taken for."""
    _, settings = scanned(tmp_path, company(tmp_path / "infra").folder)

    places = {row.path: row for row in ask.layout(settings, now=NOW).placements}

    assert ("staging",) == places["env/staging/web.values.yaml"].environments
    assert ("web", "chart") == (
        places["charts/web/values.yaml"].role,
        places["charts/web/values.yaml"].layer,
    )


def test_questions_before_reading(tmp_path: Path) -> None:
    """Asking before anything was read is an error that says what to do first."""
    settings = settings_for(tmp_path, tmp_path / "infra")

    with pytest.raises(UsageError, match="driftline"):
        ask.status(settings, now=NOW)


def test_branches_as_environments(tmp_path: Path) -> None:
    """Where files name no environment, branches that are named like some are environments."""
    built = company(tmp_path / "infra")
    for branch, tag in (("staging", "2"), ("production", "1")):
        built.commit({"web/values.yaml": f"tag: {tag}\n"}, branch=branch, parents=())
    built.commit({"README.yaml": "nothing: here\n"}, parents=())

    answer, _ = scanned(tmp_path, built.folder)

    assert ["staging", "production"] == [one.name for one in answer.environments]
    (row,) = [row for row in answer.divergences if row.path == "/tag"]
    assert (2, 1) == (row.left_value, row.right_value)


def test_a_repository_for_each_environment(tmp_path: Path) -> None:
    """Repositories named like environments are compared with each other when scanned together."""
    folders = []
    for environment, tag in (("staging", "2"), ("production", "1")):
        built = company(tmp_path / f"shop-{environment}")
        built.commit({"web/values.yaml": f"tag: {tag}\n", "web/app.yaml": "on: true\n"}, parents=())
        folders.append(built.folder)

    answer, _ = scanned(tmp_path, *folders)

    assert {"staging", "production"} == {one.name for one in answer.environments}
    assert {"/tag"} == {row.path for row in answer.divergences}


def test_a_question_imports_only_what_it_needs() -> None:
    """Neither a parser nor the judgement is imported before there is something for them."""
    lazy = ["yaml", "tree_sitter", "rich", "driftline.analysis.judgement"]
    program = f"import sys, driftline.engine.ask; print([x for x in {lazy} if x in sys.modules])"

    asked = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "[]" == asked.stdout.strip()
