"""The chain and its looks as rows."""

from pathlib import Path

import pytest

from driftline.history.sqlite import looks
from driftline.history.sqlite_store import SqliteStore
from tests.history.conformance import started
from tests.history.histories import look


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Four looks, of which two were abandoned, and one after them."""
    store = SqliteStore(tmp_path / "store.db")
    source = started(store)
    store.open_epoch(source, 1, "forced", known_at=1)
    store.append(source, [look(4)], known_at=1)
    return store


def test_positions_are_exact(store: SqliteStore) -> None:
    """Every position of the chain's ranges has a look."""
    connection = store._file.connection

    assert ((0, 1), (4, 4)) == looks.positions(connection, 1)
    store.open_epoch(1, 0, "again", known_at=1)
    assert ((0, 0),) == looks.positions(connection, 1)
    store.open_epoch(1, None, "all", known_at=1)
    assert () == looks.positions(connection, 1)


def test_position_at_skips_the_abandoned(store: SqliteStore) -> None:
    """An instant of an abandoned look leads to the look before it on the chain."""
    assert [1, 1, 4] == [store.position_at(1, at) for at in (1001, 1003, 1004)]


def test_a_look_that_speaks_for_itself_costs_one_row(store: SqliteStore) -> None:
    """A contribution that says no more than its look has no row."""
    store.append(1, [look(5), look(6, acts=2)], known_at=1)
    (rows,) = store._file.connection.execute("SELECT count(*) FROM contribution").fetchone()

    assert 1 == rows
    assert look(6, acts=2).contributions == store.contributions(1, [6])[6]
