"""A full disk, a folder that cannot be written: an error that says so, and nothing is lost."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from driftline.errors import SourceError
from driftline.history.sqlite_store import SqliteStore, open_store
from tests.history.conformance import FOUR, started
from tests.history.histories import appears, look

ROOT = Path(__file__).resolve().parents[2]
BULKY = appears("bulky", {f"/{n}": f'"{n:0900}"' for n in range(1000)})


def test_a_full_disk(tmp_path: Path) -> None:
    """Where the disk is full, the looks are refused as a whole, and fit once there is space."""
    path = tmp_path / "store.db"
    store = SqliteStore(path)
    source = started(store)
    connection = store._file.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(SourceError, match="the disk is full; free some space"):
        store.append(source, [look(4, BULKY)], known_at=1)

    assert FOUR[3].look == store.tip(source)
    assert [] == store.verify()
    connection.execute("PRAGMA max_page_count = 1000000")
    store.append(source, [look(4, BULKY)], known_at=1)
    assert 1000 == len(store.state([3], None)[3])


def test_a_limit_of_the_system(tmp_path: Path) -> None:
    """A limit on the size of files, met in the middle of a commit, loses nothing either."""
    path = tmp_path / "store.db"
    store = open_store(path)
    source = started(store)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, before[1]))
    try:
        with pytest.raises(SourceError, match="what was stored before is safe"):
            store.append(source, [look(4, BULKY)], known_at=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    store.close()
    store = open_store(path)

    assert FOUR[3].look == store.tip(source)
    assert [] == store.verify()


@contextmanager
def nobody() -> Iterator[None]:
    """Without the right to write everywhere, if we have it."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A store in a folder in which nobody may write."""
    folder = tmp_path / "sealed"
    folder.mkdir()
    path = folder / "store.db"
    store = open_store(path)
    started(store)
    store.close()
    path.chmod(0o444)
    folder.chmod(0o555)
    # pytest's own folders are for their owner alone.
    closed = [one for one in tmp_path.parents if one.is_dir() and not one.stat().st_mode & 0o001]
    modes = {one: one.stat().st_mode for one in (*closed, tmp_path)}
    for one in modes:
        one.chmod(0o755)
    yield path
    for one, mode in modes.items():
        one.chmod(mode)
    folder.chmod(0o755)


def test_a_sealed_folder_can_be_read(sealed: Path) -> None:
    """A store that nobody can be writing is read without the files a log would need."""
    with nobody():
        store = open_store(sealed, read_only=True)
        looks = store.looks(1)
        store.close()

    assert tuple(one.look for one in FOUR) == looks


def test_a_sealed_folder_is_not_written(sealed: Path) -> None:
    """Opening for writing what cannot be written says what to do."""
    with nobody(), pytest.raises(SourceError, match="make the place writable, or keep the store"):
        open_store(sealed)


def test_a_new_store_in_a_sealed_folder(sealed: Path) -> None:
    """A store cannot be made where nothing can be made."""
    with nobody(), pytest.raises(SourceError, match="cannot write the store"):
        open_store(sealed.with_name("other.db"))


@pytest.mark.slow
def test_a_small_disk(tmp_path: Path) -> None:
    """A real disk that is full: the writer ends with the error, and all it was told is there."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("a small disk can only be made by root")
    try:
        path = disk / "store.db"
        said = subprocess.run(
            [sys.executable, "-m", "tests.history.restless_writer", str(path)],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        done = [int(line.split()[1]) for line in said.stdout.splitlines() if "done" in line]
        store = open_store(path, read_only=True)
        tip = store.tip(1)

        assert "the disk is full" in said.stderr
        assert tip is not None
        assert done[-1] == tip.position
        assert [] == store.verify()
        store.close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
