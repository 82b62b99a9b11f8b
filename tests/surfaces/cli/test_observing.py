"""Observing repositories and clusters from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from driftline.engine.clusters.watch import News
from tests.sources.kubernetes.serving import kubeconfig, served, shop
from tests.surfaces.cli.conftest import Run


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A kubeconfig that leads to a little cluster."""
    with served(shop()) as address:
        yield kubeconfig(tmp_path_factory.mktemp("kube"), address)


def test_a_repository(run: Run, fleet: Path, tmp_path: Path) -> None:
    """What is new in a repository is told in a line."""
    done = run("observe", str(fleet), "--store", str(tmp_path / "h.db"))

    assert (0, "") == (done.returncode, done.stderr)
    assert "new looks" in done.stdout


def test_a_cluster_alone(run: Run, reader: Path, tmp_path: Path) -> None:
    """A folder without declarations is not read because a cluster is looked at from it."""
    done = run(
        "observe", "-C", str(tmp_path), "--kubeconfig", str(reader),
        "--store", str(tmp_path / "h.db"), "--format", "json",
    )  # fmt: skip
    answer = json.loads(done.stdout)

    assert (0, []) == (done.returncode, answer["repositories"])
    assert [("test", 10)] == [(one["cluster"], one["objects"]) for one in answer["clusters"]]


def test_the_rows_of_a_cluster(run: Run, fleet: Path, reader: Path, tmp_path: Path) -> None:
    """A cluster has its line after the repositories, in a table and in Markdown."""
    named = ("observe", str(fleet), "--kubeconfig", str(reader), "--store", str(tmp_path / "h.db"))
    table, markdown = run(*named), run(*named, "--format", "markdown")

    assert "10 objects moved" in table.stdout
    assert "| `test` |" in markdown.stdout


def test_a_context_that_there_is_not(run: Run, reader: Path, tmp_path: Path) -> None:
    """A context that nobody knows is an error that says which there are."""
    done = run(
        "observe", "-C", str(tmp_path), "--kubeconfig", str(reader), "--context", "prod",
        "--store", str(tmp_path / "h.db"),
    )  # fmt: skip

    assert 2 == done.returncode
    assert "test" in done.stderr


WRONG = [
    (("--every", "soon"), "is no span of time"),
    (("--every", "1s"), "at least 10s"),
    (("--namespace", "shop"), "name a cluster"),
    (("--watch",), "--watch follows clusters"),
]


@pytest.mark.parametrize(("options", "message"), WRONG, ids=str)
def test_refused(
    run: Run, fleet: Path, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    """What makes no sense is refused before anything is read."""
    done = run("observe", str(fleet), *options, "--store", str(tmp_path / "h.db"))

    assert 2 == done.returncode
    assert message in done.stderr


def test_again_and_again(run: Run, fleet: Path, tmp_path: Path) -> None:
    """Rounds follow each other until somebody interrupts, and what was read is safe."""
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise KeyboardInterrupt

    with mock.patch("driftline.engine.clusters.look.time.sleep", sleep):
        done = run("observe", str(fleet), "--every", "10m", "--store", str(tmp_path / "h.db"))

    assert (130, 3) == (done.returncode, len(pauses))
    assert 2 == done.stdout.count("nothing new")
    assert all(0 < pause <= 660 for pause in pauses)


def test_questions_from_the_same_folder(
    run: Run, fleet: Path, reader: Path, tmp_path: Path
) -> None:
    """What was observed from a folder without settings is found by questions from there."""
    home, folder = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    folder.mkdir()
    here = ("-C", str(folder))
    run("observe", *here, str(fleet), "--kubeconfig", str(reader), HOME=str(home))
    asked = ("compare", *here, "staging:declared", "production:declared")

    assert 0 == run(*asked, HOME=str(home)).returncode
    assert 2 == run(*asked, HOME=str(tmp_path)).returncode


def test_following(run: Run, fleet: Path, reader: Path, tmp_path: Path) -> None:
    """After one whole look a cluster is followed, a line for each look, until interrupted."""

    def follow(_targets: object, _settings: object, _stop: object, **asked: Any) -> None:
        asked["tell"]("test", News(0, is_whole=False, events=2, moved=1, facts=3))
        raise KeyboardInterrupt

    with mock.patch("driftline.engine.clusters.following.follow", follow):
        done = run(
            "observe", str(fleet), "--kubeconfig", str(reader), "--watch",
            "--store", str(tmp_path / "h.db"),
        )  # fmt: skip

    assert 130 == done.returncode
    assert "1970-01-01T00:00:00Z test  1 object moved, 3 changes of facts" in done.stdout
