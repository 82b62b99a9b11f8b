"""A folder without git: one look a reading, with gaps that take nothing away."""

import os
from pathlib import Path
from typing import Any

import pytest

from driftline.engine.reading.folders import FolderObservation, observe_folder
from driftline.errors import UsageError
from driftline.history.protocol import Store
from tests.engine.observing import NOW, LineReader, opened, state


class Counting(LineReader):
    """The small reader, which counts what it reads."""

    read_paths: list[str] = []  # noqa: RUF012 - shared on purpose: each reading makes its own reader

    def read(self, path: str, data: bytes) -> Any:
        """As the small reader does."""
        Counting.read_paths.append(path)
        return super().read(path, data)


def look(store: Store, folder: Path, *, at: int = NOW) -> FolderObservation:
    """One more look at a folder."""
    Counting.read_paths = []
    return observe_folder(store, folder, Counting, known_at=at)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files and something that is no configuration."""
    made = tmp_path / "plain"
    (made / "deep").mkdir(parents=True)
    (made / "a.yaml").write_text("x: 1\n", encoding="utf-8")
    (made / "deep" / "b.yaml").write_text("y: 2\n", encoding="utf-8")
    (made / "notes.md").write_text("# hello\n", encoding="utf-8")
    return made


def test_each_reading_is_a_look(tmp_path: Path, folder: Path) -> None:
    """The first look lists what is there, the next what changed; what is gone is gone."""
    store = opened(tmp_path)
    first = look(store, folder)
    (folder / "a.yaml").write_text("x: 3\n", encoding="utf-8")
    (folder / "deep" / "b.yaml").unlink()
    second = look(store, folder, at=NOW + 60).observation
    source = second.source

    assert ({"a.yaml": {"x": "1"}, "deep/b.yaml": {"y": "2"}}) == state(store, source, 0)
    assert {"a.yaml": {"x": "3"}} == state(store, source)
    assert [NOW, NOW + 60] == [one.at for one in store.looks(source)]
    assert 1 == first.not_configuration
    assert "has no past" in " ".join(first.observation.notes)
    assert () == second.notes
    assert [] == store.verify()
    store.close()


def test_equal_bytes_are_not_parsed_again(tmp_path: Path, folder: Path) -> None:
    """A look at what has not changed reads no file into facts, and is a look all the same."""
    store = opened(tmp_path)
    look(store, folder)
    before = list(Counting.read_paths)
    again = look(store, folder, at=NOW + 60).observation

    assert ["a.yaml", "deep/b.yaml"] == before
    assert [] == Counting.read_paths
    assert (2, 0, 1) == (again.looks, again.facts, again.looks_added)
    store.drop_derived()
    assert 0 == look(store, folder, at=NOW + 90).observation.facts
    store.close()


def test_a_closed_file_keeps_its_facts(tmp_path: Path, folder: Path) -> None:
    """What cannot be read is a gap; its facts stay, until a reading says otherwise."""
    store = opened(tmp_path)
    look(store, folder)
    (folder / "a.yaml").write_text("broken\n", encoding="utf-8")
    (folder / "deep" / "b.yaml").unlink()
    (folder / "deep" / "b.yaml").symlink_to("/etc/hostname.yaml")
    source = look(store, folder, at=NOW + 1).observation.source
    gaps = {gap.file: gap.reason for gap in store.gaps(source) if gap.to_position is None}

    assert {"a.yaml", "deep/b.yaml"} == gaps.keys()
    assert {"a.yaml": {"x": "1"}, "deep/b.yaml": {"y": "2"}} == state(store, source)
    (folder / "a.yaml").write_text("x: 1\n", encoding="utf-8")
    (folder / "deep" / "b.yaml").unlink()
    look(store, folder, at=NOW + 2)
    assert {"a.yaml": {"x": "1"}} == state(store, source)
    assert [] == [gap for gap in store.gaps(source) if gap.to_position is None]
    store.close()


def test_a_closed_folder_takes_nothing_away(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file of a folder that cannot be listed is a gap, and none of them is gone."""
    store = opened(tmp_path)
    look(store, folder)
    real = os.scandir

    def scandir(place: str) -> Any:
        if place.endswith("deep"):
            raise PermissionError(13, "Permission denied")
        return real(place)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", scandir)
        source = look(store, folder, at=NOW + 1).observation.source

        assert {"a.yaml", "deep/b.yaml"} == state(store, source).keys()
        assert ["deep/", "deep/b.yaml"] == sorted(gap.file for gap in store.gaps(source))
    look(store, folder, at=NOW + 2)
    assert {2} == {gap.to_position for gap in store.gaps(source)}
    assert {"a.yaml", "deep/b.yaml"} == state(store, source).keys()
    store.close()


def test_a_folder_without_configuration_is_refused(tmp_path: Path, folder: Path) -> None:
    """Nothing that we read is no beginning of a history; what empties later has one."""
    store = opened(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no git repository, and nothing in it is configuration"):
        look(store, tmp_path / "empty")

    assert () == store.sources()
    look(store, folder)
    (folder / "a.yaml").unlink()
    (folder / "deep" / "b.yaml").unlink()
    source = look(store, folder, at=NOW + 1).observation.source
    assert {} == state(store, source)
    store.close()


def test_the_clock_may_run_backwards(tmp_path: Path, folder: Path) -> None:
    """A look is never before the one that came before it."""
    store = opened(tmp_path)
    look(store, folder)
    source = look(store, folder, at=NOW - 600).observation.source

    assert [NOW, NOW] == [one.at for one in store.looks(source)]
    store.close()


def test_one_file_is_a_folder_of_its_own(tmp_path: Path, folder: Path) -> None:
    """A single file is read, whatever lies beside it."""
    store = opened(tmp_path)
    source = look(store, folder / "a.yaml").observation.source

    assert {"a.yaml": {"x": "1"}} == state(store, source)
    store.close()
