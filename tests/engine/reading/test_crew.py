"""Several processes are heard as one, also when one of them fails."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from driftline.engine.reading.crew import Crew, parts
from driftline.engine.reading.file_histories import FileChanges, Version
from driftline.model.document import Reading
from driftline.sources.git import collect
from tests.engine.observing import LineReader, is_configuration
from tests.engine.reading.test_worker import _assignment


@pytest.fixture(autouse=True)
def _findable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes find the reader of these tests."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))


def _changes(
    folder: Path, reader_factory: type[LineReader], processes: int
) -> tuple[Sequence[FileChanges], Crew]:
    assignment = _assignment(folder)
    crew = Crew(assignment.repository, reader_factory, is_configuration)
    versions: Sequence[Version] = assignment.share.versions
    return list(crew.changes(versions, {}, processes=processes)), crew


def _key(change: FileChanges) -> tuple[int, str]:
    return change.position, change.resources[0].file


def test_several_processes_say_what_one_says(tmp_path: Path) -> None:
    """The same changes come out, in order of position, however many read."""
    alone, _ = _changes(tmp_path / "one", LineReader, 1)
    for processes in (2, 3):
        together, crew = _changes(tmp_path / str(processes), LineReader, processes)

        assert alone == sorted(together, key=_key)
        assert sorted(one.position for one in together) == [one.position for one in together]
        assert (processes, 0) == (crew.processes, crew.replaced)


def test_a_process_that_cannot_start_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a Python to run, all is read here."""
    alone, _ = _changes(tmp_path / "one", LineReader, 1)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))

    together, crew = _changes(tmp_path / "two", LineReader, 2)

    assert alone == sorted(together, key=_key)
    assert 1 == crew.replaced


class DyingReader(LineReader):
    """Ends the process that it runs in, if that is a worker."""

    def read(self, path: str, data: bytes) -> Reading:
        """The documents, here; the end, elsewhere."""
        if (
            getattr(sys.modules["__main__"].__spec__, "name", "")
            == "driftline.engine.reading.worker"
        ):
            sys.exit(3)
        return super().read(path, data)


def test_a_process_that_dies_is_replaced(tmp_path: Path) -> None:
    """What a dead process did not deliver is read here, and nothing twice."""
    alone, _ = _changes(tmp_path / "one", LineReader, 1)

    together, crew = _changes(tmp_path / "two", DyingReader, 2)

    assert alone == sorted(together, key=_key)
    assert 1 == crew.replaced


def test_a_reader_that_cannot_be_handed_on(tmp_path: Path) -> None:
    """A reader made by a function that no other process can find is used here."""

    class Local(LineReader):
        pass

    together, crew = _changes(tmp_path / "r", Local, 2)

    assert (8, 1) == (len(together), crew.replaced)


def test_parts_add_up() -> None:
    """The parts are all of the work, and the process that stores reads least."""
    for processes in range(1, 6):
        found = parts(processes)

        assert abs(sum(found) - 1) < 1e-9
        assert min(found) == found[0]


def test_an_abandoned_reading_leaves_no_process(tmp_path: Path) -> None:
    """Whoever stops listening ends the others."""
    assignment = _assignment(tmp_path / "r")
    crew = Crew(assignment.repository, LineReader, is_configuration)
    changes = crew.changes(assignment.share.versions, {}, processes=2)
    next(changes)

    changes.close()  # type: ignore[attr-defined]  # it is a generator

    assert collect.resolve(assignment.repository) is not None
