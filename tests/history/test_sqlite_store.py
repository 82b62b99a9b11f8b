"""The store on SQLite keeps the promises of the protocol, and so does the reference."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from driftline.errors import UsageError
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from tests.history.conformance import FOUR, MakeStore, StoreConformance, started
from tests.history.histories import look
from tests.history.reference_store import ReferenceStore


class TestReference(StoreConformance):
    """The reference, so that it may judge others."""

    @pytest.fixture
    def make_store(self) -> MakeStore:
        """Stores in memory."""
        return ReferenceStore


class TestSqlite(StoreConformance):
    """The store on one SQLite file."""

    @pytest.fixture
    def make_store(self, tmp_path: Path) -> Iterator[MakeStore]:
        """Stores in new files, whose laws are checked after each test."""
        stores: list[Store] = []

        def make() -> Store:
            stores.append(open_store(tmp_path / f"store{len(stores)}.db"))
            return stores[-1]

        yield make
        for store in stores:
            findings = store.verify()
            store.close()

            assert [] == findings


def test_a_store_outlives_its_process(tmp_path: Path) -> None:
    """What was appended is there when the file is opened again, for reading as for writing."""
    path = tmp_path / "new" / "folder" / "store.db"
    store = open_store(path)
    source = started(store)
    store.close()
    for read_only in (True, False):
        store = open_store(path, read_only=read_only)

        assert tuple(one.look for one in FOUR) == store.looks(source)
        store.close()


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.register("git", "/other"),
        lambda store: store.append(1, [look(4)], known_at=1),
        lambda store: store.open_epoch(1, None, "", known_at=1),
        lambda store: store.keep_derived("a", "b", b""),
    ],
)
def test_a_reader_does_not_write(tmp_path: Path, act: Callable[[Store], object]) -> None:
    """A store opened for reading refuses every change, and finds a source it knows."""
    store = open_store(tmp_path / "store.db")
    started(store)
    store.close()
    store = open_store(tmp_path / "store.db", read_only=True)
    with pytest.raises(UsageError, match="for reading only"):
        act(store)

    assert 1 == store.register("git", "/repository").id
    store.close()


def test_a_snapshot_is_not_written_in(tmp_path: Path) -> None:
    """Inside a snapshot a write is refused, and possible right after it."""
    store = open_store(tmp_path / "store.db")
    source = started(store)
    with store.snapshot():
        with pytest.raises(UsageError, match="snapshot"):
            store.append(source, [look(4)], known_at=1)

        assert 4 == len(store.looks(source))
    store.append(source, [look(4)], known_at=1)

    assert 5 == len(store.looks(source))


def test_steps_leave_room_for_writing(tmp_path: Path) -> None:
    """Between two steps the store may be written; the looks appended then are left out."""
    store = open_store(tmp_path / "store.db")
    source = started(store)
    steps = store.steps([1, 2])
    taken = [next(steps)]
    store.append(source, [look(4, *FOUR[1].resources[1:])], known_at=1)
    taken += steps

    assert [0, 1, 3, 0, 3, 1, 2] == [step.position for step in taken]
