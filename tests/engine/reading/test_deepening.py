"""Clones whose past is cut off, and what becomes of them when it is fetched."""

from pathlib import Path

from driftline.history.protocol import Store
from tests.engine.observing import authors, observed, opened, state, subjects
from tests.sources.git.building import Building, git


def _five(folder: Path) -> tuple[Building, list[str]]:
    repository = Building(folder)
    return repository, [
        repository.commit({"a.yaml": f"x: {number}\n"}, f"number {number}") for number in range(5)
    ]


def _clone(repository: Building, depth: int) -> Path:
    """A shallow clone, beside the repository."""
    beside = repository.folder.parent
    git(beside, "clone", "--quiet", f"--depth={depth}", f"file://{repository.folder}", "clone")
    return beside / "clone"


def test_a_shallow_clone_says_so(tmp_path: Path) -> None:
    """The first look of a shallow clone lists everything, and the cut past is mentioned."""
    repository, _ = _five(tmp_path / "r")
    clone = _clone(repository, 2)
    store = opened(tmp_path)

    seen = observed(store, clone)

    assert (2, True) == (seen.looks, seen.is_shallow)
    assert any("git fetch --unshallow" in note for note in seen.notes)
    assert {"a.yaml": {"x": "3"}} == state(store, seen.source, 0)


def _deepened(repository: Building, step: str) -> Store:
    clone = _clone(repository, 2)
    store = opened(clone.parent)
    observed(store, clone)
    git(clone, "fetch", "--quiet", step)
    seen = observed(store, clone)
    assert 0 == seen.epochs
    return store


def test_unshallowing_extends_the_past(tmp_path: Path) -> None:
    """A clone that was deepened tells the same as one that was never shallow."""
    repository, _ = _five(tmp_path / "r")
    store = _deepened(repository, "--unshallow")

    assert [f"number {number}" for number in range(5)] == subjects(store, 1)
    assert [-3, -2, -1, 0, 1] == [look.position for look in store.looks(1)]
    assert [("Ada", "a.yaml/x", str(number)) for number in range(5)] == authors(store, 1)


def test_deepening_by_steps(tmp_path: Path) -> None:
    """The past may come in pieces, and new commits at the same time."""
    repository, _ = _five(tmp_path / "r")
    store = _deepened(repository, "--deepen=1")
    clone = tmp_path / "clone"
    repository.commit({"a.yaml": "x: 5\n"}, "number 5")
    assert repository.folder
    git(clone, "pull", "--quiet", "--ff-only", "--unshallow")

    seen = observed(store, clone)

    assert [f"number {number}" for number in range(6)] == subjects(store, 1)
    assert (0, 3) == (seen.epochs, seen.looks_added)
    assert any("added to the past" in note for note in seen.notes)


def test_a_past_that_sees_behind_a_gap(tmp_path: Path) -> None:
    """Where the past knows what the first look could not read, all of it is read anew."""
    repository = Building(tmp_path / "r")
    for text in ("x: 0\n", "broken\n", "broken, too\n", "x: 3\n"):
        repository.commit({"a.yaml": text})
    store = opened(tmp_path)
    clone = _clone(repository, 3)
    observed(store, clone)
    git(clone, "fetch", "--quiet", "--unshallow")

    seen = observed(store, clone)

    assert (1, 4) == (seen.epochs, seen.looks)
    assert [("Ada", "a.yaml/x", "0"), ("Ada", "a.yaml/x", "3")] == authors(store, 1)


def test_shallow_clones_again_and_again(tmp_path: Path) -> None:
    """A pipeline that always clones the last commit still gathers a history."""
    repository, _ = _five(tmp_path / "r")
    store = opened(tmp_path)
    observed(store, _clone(repository, 1))
    repository.commit({"a.yaml": "x: 5\n", "b.yaml": "y: 1\n"})
    repository.commit({"a.yaml": None, "b.yaml": "y: 2\n"})
    assert repository.folder
    git(tmp_path / "clone", "fetch", "--quiet", "--depth=1")
    git(tmp_path / "clone", "reset", "--quiet", "--hard", "origin/main")

    seen = observed(store, tmp_path / "clone")

    assert (0, 2) == (seen.epochs, seen.looks)
    assert {"b.yaml": {"y": "2"}} == state(store, seen.source)
    assert ("", "b.yaml/y", "2") == authors(store, seen.source)[-1]
    assert any("does not reach back" in note for note in seen.notes)


def test_a_merge_that_was_cut_off_inside(tmp_path: Path) -> None:
    """Who acted in a merge whose inner commits were missing is told when they are there."""
    repository = Building(tmp_path / "r")
    base = repository.commit({"a.yaml": "x: 1\n", "b.yaml": "y: 1\n"})
    side = base
    for number, author in enumerate(("Ines", "Jo", "Kim")):
        text = {"a.yaml": "x: 2\n"} if number == 0 else {"b.yaml": f"y: {number}\n"}
        side = repository.commit(text, author=author, branch="side", parents=(side,))
    repository.merge(side, files={"a.yaml": "x: 2\n", "b.yaml": "y: 2\n"})
    store = opened(tmp_path)
    clone = _clone(repository, 2)

    source = observed(store, clone).source
    shallow = authors(store, source)
    git(clone, "fetch", "--quiet", "--unshallow")
    seen = observed(store, clone)

    assert {("", "a.yaml/x", "2"), ("", "b.yaml/y", "2")} == set(shallow[2:])
    assert [("Ines", "a.yaml/x", "2"), ("Kim", "b.yaml/y", "2")] == authors(store, source)[2:]
    assert (1, 0) == (seen.epochs, observed(store, clone).epochs)


def test_a_leap_is_filled_in_when_it_can_be(tmp_path: Path) -> None:
    """What was known by its outcome only is read once the commits are there."""
    repository, _ = _five(tmp_path / "r")
    store = opened(tmp_path)
    clone = _clone(repository, 1)
    observed(store, clone)
    repository.commit({"a.yaml": "x: 5\n"}, "number 5", author="Bob")
    repository.commit({"a.yaml": "x: 6\n"}, "number 6", author="Cleo")
    assert repository.folder
    git(clone, "fetch", "--quiet", "--depth=1")
    git(clone, "reset", "--quiet", "--hard", "origin/main")
    leapt = observed(store, clone)
    git(clone, "fetch", "--quiet", "--unshallow")

    seen = observed(store, clone)

    assert (2, 7) == (leapt.looks, seen.looks)
    assert [("Bob", "a.yaml/x", "5"), ("Cleo", "a.yaml/x", "6")] == authors(store, 1)[5:]
