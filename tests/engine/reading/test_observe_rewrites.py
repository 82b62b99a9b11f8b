"""What observe makes of chains that do not simply go on: rewritten, moved."""

from pathlib import Path

import pytest

from tests.engine.observing import authors, observed, opened, state, subjects, told
from tests.sources.git.building import Building, git


def _five(folder: Path) -> tuple[Building, list[str]]:
    repository = Building(folder)
    return repository, [
        repository.commit({"a.yaml": f"x: {number}\n"}, f"number {number}") for number in range(5)
    ]


def test_a_force_push_opens_an_epoch(tmp_path: Path) -> None:
    """A rewritten branch continues from the last look that it still holds, and that is said."""
    repository, commits = _five(tmp_path / "r")
    store = opened(tmp_path)
    observed(store, repository.folder)
    repository.reset(commits[2])
    repository.commit({"a.yaml": "x: 3\nnew: 1\n"}, "another 3", author="Bob")

    seen = observed(store, repository.folder)

    assert (1, 1, 4) == (seen.epochs, seen.looks_added, seen.looks)
    assert ["number 0", "number 1", "number 2", "another 3"] == subjects(store, seen.source)
    assert {"a.yaml": {"x": "3", "new": "1"}} == state(store, seen.source)
    assert any("no longer holds what came after" in note for note in seen.notes)


def test_a_branch_set_back_adds_nothing(tmp_path: Path) -> None:
    """A branch that was only set back has fewer looks, and says so once."""
    repository, commits = _five(tmp_path / "r")
    store = opened(tmp_path)
    observed(store, repository.folder)
    repository.reset(commits[1])

    seen = observed(store, repository.folder)
    again = observed(store, repository.folder)

    assert (1, 0, 2) == (seen.epochs, seen.looks_added, seen.looks)
    assert (0, 0, ()) == (again.epochs, again.looks_added, again.notes)
    assert {"a.yaml": {"x": "1"}} == state(store, seen.source)


def test_a_replaced_branch_begins_again(tmp_path: Path) -> None:
    """A branch that shares nothing with what was stored begins at its own root."""
    repository, _ = _five(tmp_path / "r")
    store = opened(tmp_path)
    observed(store, repository.folder)
    repository.commit({"b.yaml": "y: 1\n"}, "new root", parents=())

    seen = observed(store, repository.folder)

    assert (1, ["new root"]) == (seen.epochs, list(subjects(store, seen.source)))
    assert {"b.yaml": {"y": "1"}} == state(store, seen.source)


def test_a_rewritten_branch_whose_commits_are_gone(tmp_path: Path) -> None:
    """The old commits need not be in the repository any more."""
    repository, commits = _five(tmp_path / "r")
    store = opened(tmp_path)
    observed(store, repository.folder)
    repository.reset(commits[0])
    repository.commit({"a.yaml": "x: 9\n"}, "other")
    git(repository.folder, "reflog", "expire", "--expire=now", "--all")
    git(repository.folder, "gc", "--quiet", "--prune=now")

    seen = observed(store, repository.folder)

    assert ["number 0", "other"] == subjects(store, seen.source)


def test_a_foxtrot_reorders_the_chain(tmp_path: Path) -> None:
    """A merge the wrong way round puts what was the branch behind its second parent."""
    repository, commits = _five(tmp_path / "r")
    store = opened(tmp_path)
    observed(store, repository.folder)
    side = repository.commit({"b.yaml": "y: 1\n"}, "side", branch="side", parents=(commits[2],))
    repository.commit({"a.yaml": "x: 4\n"}, "foxtrot", parents=(side, commits[4]))

    seen = observed(store, repository.folder)

    assert 1 == seen.epochs
    assert ["number 0", "number 1", "number 2", "side", "foxtrot"] == subjects(store, seen.source)
    assert {"a.yaml": {"x": "4"}, "b.yaml": {"y": "1"}} == state(store, seen.source)
    assert ("Ada", "a.yaml/x", "4") == authors(store, seen.source)[-1]


def test_a_rewrite_behind_a_gap(tmp_path: Path) -> None:
    """A rewind takes a gap back, too."""
    repository, commits = _five(tmp_path / "r")
    repository.commit({"a.yaml": "broken\n"})
    store = opened(tmp_path)
    observed(store, repository.folder)
    repository.reset(commits[4])
    repository.commit({"a.yaml": "x: 7\n"})

    seen = observed(store, repository.folder)

    assert () == store.gaps(seen.source)
    assert {"a.yaml": {"x": "7"}} == state(store, seen.source)


def test_an_interrupted_rewind_is_finished(tmp_path: Path) -> None:
    """When a run ended between rewinding and appending, the next one goes on from there."""
    repository, commits = _five(tmp_path / "r")
    store = opened(tmp_path)
    source = observed(store, repository.folder).source
    repository.reset(commits[2])
    repository.commit({"a.yaml": "x: 3\nnew: 1\n"}, "another 3")
    store.open_epoch(source, 2, "as a killed run left it", known_at=0)

    seen = observed(store, repository.folder)

    assert (0, 1) == (seen.epochs, seen.looks_added)
    assert {"a.yaml": {"x": "3", "new": "1"}} == state(store, source)


def test_reading_in_two_processes_is_reading_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many processes read makes no difference to what is stored."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    repository = Building(tmp_path / "r")
    for number in range(60):
        text = "broken\n" if number % 7 == 3 else f"x: {number}\nkind: k{number % 3}\n"
        repository.commit({"a.yaml": text, f"{number % 5}.yaml": f"y: {number}\n"})
    one, two = opened(tmp_path, "one.db"), opened(tmp_path, "two.db")

    observed(one, repository.folder, processes=1)
    seen = observed(two, repository.folder, processes=2)

    assert 2 == seen.processes
    assert told(one, 1) == told(two, 1)
