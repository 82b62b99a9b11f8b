"""Opening a file: what is not a store of ours, or no longer whole, is said in plain words."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from driftline.errors import DriftlineError, IntegrityError, UsageError
from driftline.history.sqlite.file import SqliteFile
from driftline.history.sqlite.schema import APPLICATION_ID, latest
from driftline.history.sqlite_store import open_store
from tests.history.conformance import started


def _kept(path: Path) -> None:
    store = open_store(path)
    for number in range(20):
        source = store.register("git", f"/{number}")
    started(store)
    assert source.id == 20
    store.close()


def _another_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


def _newer(path: Path) -> None:
    _kept(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("UPDATE meta SET value = '7.1' WHERE name = 'written_by'")
    connection.commit()
    connection.close()


def _cut_short(path: Path) -> None:
    _kept(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _overwritten(path: Path) -> None:
    _kept(path)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


BAD: list[tuple[str, Callable[[Path], object], type[DriftlineError], str]] = [
    ("a folder", Path.mkdir, UsageError, "is a folder; name the store's file in it"),
    (
        "a text",
        lambda path: path.write_text("not a database, " * 100),
        IntegrityError,
        "this is not a store of driftline; name another file",
    ),
    (
        "the database of another program",
        _another_database,
        IntegrityError,
        "a SQLite database, but not a store of driftline",
    ),
    (
        "a newer store",
        _newer,
        IntegrityError,
        rf"schema 99, written by driftline 7\.1; .* schemas up to {latest()}; upgrade driftline",
    ),
    ("a store cut short", _cut_short, IntegrityError, "the store is damaged .*observe again"),
    ("a store overwritten", _overwritten, IntegrityError, "the store is damaged .*observe again"),
]


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(("why", "spoil", "error", "message"), BAD, ids=[one[0] for one in BAD])
def test_a_bad_file(
    tmp_path: Path,
    why: str,
    spoil: Callable[[Path], object],
    error: type[DriftlineError],
    message: str,
    read_only: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """A file that is no store, or a broken one, is an error with a way out, and is not touched."""
    path = tmp_path / "store.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(error, match=message):
        open_store(path, read_only=read_only).sources()

    assert before == (path.read_bytes() if path.is_file() else b""), why


def test_nothing_to_read(tmp_path: Path) -> None:
    """A store that is not there cannot be read, and is not made by trying."""
    with pytest.raises(UsageError, match="there is no store yet; `driftline scan PATH` makes one"):
        open_store(tmp_path / "store.db", read_only=True)

    assert [] == list(tmp_path.iterdir())


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    """A file of no bytes is a store that nobody has begun."""
    path = tmp_path / "store.db"
    path.touch()
    store = open_store(path)

    assert () == store.sources()


def test_odd_names(tmp_path: Path) -> None:
    """A path may hold what would mean something in a URI."""
    path = tmp_path / "a?b#c%20 d.db"
    open_store(path).close()
    open_store(path, read_only=True).close()

    names = {one.name.removesuffix("-wal").removesuffix("-shm") for one in tmp_path.iterdir()}

    assert {path.name} == names


def test_a_store_is_private(tmp_path: Path) -> None:
    """Nobody but the owner can read a new store or its log."""
    store = open_store(tmp_path / "store.db")
    source = started(store)

    assert 4 == len(store.looks(source))
    assert {0o600} == {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}


def test_the_file_is_marked_and_durable(tmp_path: Path) -> None:
    """The file says whose it is, and a commit is on the disk before it returns."""
    opened = SqliteFile(tmp_path / "store.db", read_only=False, busy_timeout_seconds=1)
    asked = {
        name: opened.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "journal_mode", "synchronous", "page_size")
    }

    assert {
        "application_id": APPLICATION_ID,
        "journal_mode": "wal",
        "synchronous": 2,
        "page_size": 4096,
    } == asked


def test_a_defect_of_ours_keeps_its_name(tmp_path: Path) -> None:
    """An error that is nobody's fault but ours is not dressed up."""
    opened = SqliteFile(tmp_path / "store.db", read_only=False, busy_timeout_seconds=1)
    with pytest.raises(sqlite3.OperationalError, match="no such table"), opened.reading() as asked:
        asked.execute("SELECT * FROM nonsense")
