"""What a branch knows on its way into the store."""

from pathlib import Path

from driftline.engine.reading.git_branch import Branch, day
from driftline.history.protocol import Store
from driftline.model.progress import Unwatched
from driftline.sources.git import collect
from tests.engine.observing import NOW, LineReader, is_configuration, observed, opened
from tests.sources.git.building import Building


def _branch(store: Store, folder: Path) -> Branch:
    repository = collect.open_repository(folder)
    return Branch(
        store=store,
        repository=repository,
        source=store.register("git", repository.locator, ""),
        reader_factory=LineReader,
        is_configuration=is_configuration,
        known_at=NOW,
        progress=Unwatched(),
        processes=1,
    )


def test_what_is_already_known(tmp_path: Path) -> None:
    """Facts and open gaps of the files that are asked for come back as they were read."""
    building = Building(tmp_path / "r")
    building.commit({"a.yaml": "x: 1\n", "b.yaml": "y: 1\n", "c.yaml": "z: 1\n"})
    building.commit({"b.yaml": "broken\n", "c.yaml": None})
    store = opened(tmp_path)
    observed(store, building.folder)

    branch = _branch(store, building.folder)

    known = branch.already({"a.yaml", "b.yaml", "c.yaml", "d.yaml"})
    assert {"a.yaml": None, "b.yaml": "b.yaml is broken"} == {
        path: one.gap for path, one in known.items()
    }
    assert [{"/y": '"1"'}] == [one.leaves() for one in known["b.yaml"].reading.documents]
    assert {"a.yaml"} == branch.already({"a.yaml"}).keys()
    assert {"a.yaml", "b.yaml"} == branch.already(None).keys()


def test_appending_by_hand(tmp_path: Path) -> None:
    """A branch appends what is new after the last look, and counts it."""
    building = Building(tmp_path / "r")
    first = building.commit({"a.yaml": "x: 1\n"})
    last = building.commit({"a.yaml": "x: 2\ny: 1\n"})
    branch = _branch(opened(tmp_path), building.folder)

    branch.append(first, None)
    branch.append(last, branch.last())

    assert (2, 3) == (branch.taken.looks, branch.taken.facts)
    assert last == getattr(branch.last(), "ref", "")


def test_a_leap_only_goes_forward(tmp_path: Path) -> None:
    """A chain that is older than the last look cannot be what became of it."""
    building = Building(tmp_path / "r")
    old = building.commit({"a.yaml": "x: 1\n"}, at=1_000)
    new = building.commit({"a.yaml": "x: 2\n"}, at=2_000, parents=())
    branch = _branch(opened(tmp_path), building.folder)
    branch.append(new, None)
    last = branch.last()
    assert last is not None

    assert not branch.leap(old, last)
    assert 1 == branch.taken.looks


def test_days() -> None:
    """An instant is told as its day in UTC."""
    assert "1970-01-02" == day(86_400)
