"""Machines that lack something: one clear line, and nothing stored is lost."""

import resource
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.campaigns.driving import (
    PLAIN,
    SERVICE,
    Machine,
    assert_civil,
    assert_refused,
    commit,
    lasting,
    repository,
)

START = 1_750_000_000


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A small repository in which nothing is odd."""
    return repository(tmp_path / "plain", commit(PLAIN, at=START))


def _grow(folder: Path, count: int) -> Path:
    """Another repository with the same beginning and many more commits."""
    commits = [commit(PLAIN, at=START)]
    for number in range(1, count):
        path = list(PLAIN)[number % len(PLAIN)]
        extra = "".join(f"key{number}x{n}: value-{number}-{n}\n" for n in range(40))
        text = SERVICE.format(replicas=number) + extra
        commits.append(commit({path: text}, at=START + number * 600))
    return repository(folder, *commits, checkout=False)


def test_no_git(machine: Machine, plain: Path, tmp_path: Path) -> None:
    """Without git the one thing to do is said."""
    (tmp_path / "bin").mkdir()
    outcome = machine.run("scan", plain, environment={"PATH": str(tmp_path / "bin")})

    assert_refused(outcome, "git", "install")


@pytest.mark.parametrize("home", [None, "", "/dev/null", "/dev/null/nowhere", "relative"])
def test_no_home(machine: Machine, plain: Path, home: str | None) -> None:
    """Without a home that can be written, the message says how to name another place."""
    outcome = machine.run("scan", plain, environment={"HOME": home})

    assert_refused(outcome, "--store")
    assert "DRIFTLINE_STORE" in outcome.err


def test_no_home_is_no_matter_with_a_store(machine: Machine, plain: Path, tmp_path: Path) -> None:
    """A named store needs no home."""
    store = tmp_path / "elsewhere" / "history.db"
    outcome = machine.run(
        "scan", plain, "--store", store, environment={"HOME": "/dev/null", "XDG_DATA_HOME": None}
    )

    assert_civil(outcome)
    assert store.is_file()
    assert [] == list(machine.home.iterdir())


def test_a_data_folder_of_one_s_own(machine: Machine, plain: Path, tmp_path: Path) -> None:
    """XDG_DATA_HOME is respected."""
    data = tmp_path / "data"
    assert_civil(machine.run("scan", plain, environment={"XDG_DATA_HOME": str(data)}))

    assert list(data.rglob("history.db"))
    assert [] == list(machine.home.iterdir())


def test_the_store_is_private(machine: Machine, plain: Path) -> None:
    """Nobody else can read the history or the key."""
    machine.scan(plain)
    stored = [path for path in machine.home.rglob("*") if path.is_file()]

    assert stored
    for path in stored:
        folder = path.parent.stat().st_mode & 0o077
        assert folder == 0 or path.stat().st_mode & 0o077 == 0, path


def _store_of(machine: Machine, folder: Path, store: Path) -> None:
    assert machine.run("scan", folder, "--store", store).code == 0


def test_a_newer_store(machine: Machine, plain: Path, tmp_path: Path) -> None:
    """A store made by a newer driftline is named as such, and left alone."""
    store = tmp_path / "history.db"
    _store_of(machine, plain, store)
    with sqlite3.connect(store) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        connection.execute("PRAGMA user_version = 9999")
        if "meta" in tables:
            connection.execute("UPDATE meta SET value = '9999' WHERE name LIKE '%schema%'")
    connection.close()
    before = store.read_bytes()
    outcome = machine.run("scan", plain, "--store", store)

    assert_refused(outcome, "newer", "9999")
    assert before == store.read_bytes()


@pytest.mark.parametrize(
    "content",
    [b"this is no database\n", b"", b"SQLite format 3\x00" + b"\xff" * 5000, b"\x00" * 8192],
)
def test_a_store_that_is_none(
    machine: Machine, plain: Path, tmp_path: Path, content: bytes
) -> None:
    """A file that is no history is not overwritten, unless it is empty."""
    store = tmp_path / "history.db"
    store.write_bytes(content)
    outcome = machine.run("scan", plain, "--store", store)

    if content:
        assert_refused(outcome, "history.db")
        assert content == store.read_bytes()
    else:
        assert_civil(outcome)


def test_somebody_else_s_database(machine: Machine, plain: Path, tmp_path: Path) -> None:
    """A database of another program is not made into a history."""
    store = tmp_path / "photos.db"
    with sqlite3.connect(store) as connection:
        connection.execute("CREATE TABLE photo (name TEXT)")
        connection.execute("INSERT INTO photo VALUES ('dear')")
    connection.close()
    outcome = machine.run("scan", plain, "--store", store)

    assert_refused(outcome, "photos.db")
    with sqlite3.connect(store) as connection:
        assert [("photo",)] == connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()


@pytest.mark.parametrize("cut", [100, 4096, 9000, 20_000])
def test_a_store_cut_short(machine: Machine, plain: Path, tmp_path: Path, cut: int) -> None:
    """A truncated store is an error that names it, or is read as far as it is sound."""
    store = tmp_path / "history.db"
    _store_of(machine, plain, store)
    store.write_bytes(store.read_bytes()[:cut])
    for command in (("scan", plain), ("scan", plain, "--format", "json")):
        outcome = machine.run(*command, "--store", store)

        assert_civil(outcome, (0, 2))
        assert outcome.code == 0 or "history.db" in outcome.err


def test_a_store_that_is_a_folder(machine: Machine, plain: Path, tmp_path: Path) -> None:
    """A folder where the store should be is named."""
    (tmp_path / "history.db").mkdir()

    assert_refused(machine.run("scan", plain, "--store", tmp_path / "history.db"), "history.db")


@pytest.mark.parametrize("kilobytes", [1, 64, 200])
def test_a_full_disk(machine: Machine, tmp_path: Path, kilobytes: int) -> None:
    """When no more can be written the message says so; what was stored stays, and can go on."""
    folder = _grow(tmp_path / "grown", 60)
    expected = lasting(machine.scan(folder))
    store = tmp_path / "small" / "history.db"

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = kilobytes * 1024
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    outcome = machine.run("scan", folder, "--store", store, "--format", "json", limit=limit)
    after = machine.run("scan", folder, "--store", store, "--format", "json")

    assert_refused(outcome, "history.db")
    assert "full" in outcome.err or "written" in outcome.err or "large" in outcome.err
    assert_civil(after)
    assert expected == lasting(after.answer)


def test_a_disk_that_fills_up_later(machine: Machine, tmp_path: Path) -> None:
    """A history that can no longer grow is still read, to its last good look."""
    store = tmp_path / "history.db"
    folder = repository(tmp_path / "grown", commit(PLAIN, at=START))
    _store_of(machine, folder, store)
    size = store.stat().st_size
    more = _grow(tmp_path / "more", 40)
    (folder / ".git").rename(tmp_path / "old.git")
    (more / ".git").rename(folder / ".git")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))

    outcome = machine.run("scan", folder, "--store", store, limit=limit)
    after = machine.run("scan", folder, "--store", store, "--format", "json")

    assert_refused(outcome, "history.db")
    assert_civil(after)
    assert 40 == after.answer["repositories"][0]["looks"]


def test_little_memory(machine: Machine, tmp_path: Path) -> None:
    """A scan of a small repository fits into a gigabyte of address space, libraries included."""
    folder = _grow(tmp_path / "grown", 30)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))

    assert_civil(machine.run("scan", folder, limit=limit))
