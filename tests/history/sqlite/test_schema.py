"""Migrations: one path to any schema, all of a step or none."""

import sqlite3
from pathlib import Path

import pytest

from driftline.errors import IntegrityError
from driftline.history.sqlite.file import SqliteFile
from driftline.history.sqlite.schema import MIGRATIONS, Migration, latest, version
from driftline.history.sqlite_store import open_store
from tests.history.conformance import started

NEXT = Migration(
    latest() + 1,
    ("CREATE TABLE novelty (n INTEGER)", "INSERT INTO novelty SELECT count(*) FROM look"),
)
BROKEN = Migration(latest() + 1, ("CREATE TABLE novelty (n INTEGER)", "INSERT INTO nowhere"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An older store with four looks."""
    store = open_store(tmp_path / "store.db")
    started(store)
    store.close()
    return tmp_path / "store.db"


def opened(path: Path, step: Migration, *, read_only: bool = False) -> SqliteFile:
    """The file as a driftline with one more migration opens it."""
    return SqliteFile(
        path, read_only=read_only, busy_timeout_seconds=1, migrations=(*MIGRATIONS, step)
    )


def test_numbers_follow_one_another() -> None:
    """Migrations are numbered from one without holes."""
    assert list(range(1, latest() + 1)) == [step.number for step in MIGRATIONS]


def test_an_older_store_is_migrated(path: Path) -> None:
    """A newer driftline brings an older store up to date, and only once."""
    for _ in range(2):
        file = opened(path, NEXT)

        assert latest() + 1 == version(file.connection)
        assert [(4,)] == file.connection.execute("SELECT n FROM novelty").fetchall()
        file.close()


def test_a_migration_that_fails_leaves_nothing(path: Path) -> None:
    """A store is as before when a step towards a newer schema fails."""
    with pytest.raises(sqlite3.OperationalError):
        opened(path, BROKEN)
    store = open_store(path)

    assert 4 == len(store.looks(1))
    assert [] == store.verify()


def test_a_reader_does_not_migrate(path: Path) -> None:
    """An older store opened for reading is left alone, and the error says how to go on."""
    with pytest.raises(IntegrityError, match="run `driftline observe` once"):
        opened(path, NEXT, read_only=True)


def test_a_migrated_store_is_closed_to_the_older(path: Path) -> None:
    """The driftline of before refuses what the newer one has made of the store."""
    opened(path, NEXT).close()
    with pytest.raises(IntegrityError, match=f"schema {latest() + 1}"):
        open_store(path)
