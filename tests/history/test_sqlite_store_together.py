"""One writer and several readers in other processes: stable views, and one writer at a time."""

import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import pytest

from driftline.errors import IntegrityError, SourceError
from driftline.history.sqlite_store import SqliteStore, open_store
from tests.history.conformance import started
from tests.history.histories import appears, look
from tests.history.restless_writer import made

ROOT = Path(__file__).resolve().parents[2]


def test_readers_see_whole_looks(tmp_path: Path) -> None:
    """While another process writes, every snapshot is of whole looks and does not move."""
    path = tmp_path / "store.db"
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.history.restless_writer", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.stdout.readline()
    readers = [open_store(path, read_only=True) for _ in range(3)]
    seen = set()
    try:
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            for store in readers:
                with store.snapshot():
                    looks = store.looks(1)
                    held = store.state(range(1, 8), None)
                    again = store.looks(1)
                seen.add(len(looks))
                newest = max(int(facts["/n"]) for facts in held.values())

                assert looks == again
                assert newest == looks[-1].position
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    for store in readers:
        store.close()

    assert len(seen) > 2, "the writer did not move"


def test_a_second_writer_waits_and_gives_up(tmp_path: Path) -> None:
    """Who cannot write because another does is told so, and what to do."""
    path = tmp_path / "store.db"
    store = open_store(path)
    source = started(store)
    other = SqliteStore(path, busy_timeout_seconds=0.05)
    with (
        other._file.writing(),
        pytest.raises(SourceError, match="another process is writing to the store; wait"),
    ):
        SqliteStore(path, busy_timeout_seconds=0.05).append(source, [look(4)], known_at=1)

    store.append(source, [look(4)], known_at=1)

    assert look(4).look == store.tip(source)


def test_what_another_wrote_is_noticed(tmp_path: Path) -> None:
    """Nothing remembered from before survives that another process has written."""
    one, two = open_store(tmp_path / "store.db"), open_store(tmp_path / "store.db")
    source = started(one)
    two.open_epoch(source, None, "rewritten", known_at=1)
    two.append(source, [look(4, appears("a", {"/new": "1"}))], known_at=1)
    with pytest.raises(IntegrityError, match="the next position is 5"):
        one.append(source, [look(4, appears("a", {"/x": "1"}))], known_at=1)
    one.append(source, [look(5, appears("n", {"/x": "1"}))], known_at=1)

    assert {1: {"/new": "1"}, 3: {"/x": "1"}} == two.state([1, 2, 3], None)
    assert [] == two.verify()


def _opened(path: Path, failures: "multiprocessing.Queue[str]") -> None:
    try:
        open_store(path).register("git", "/same")
    except Exception as error:  # noqa: BLE001 - whatever it is, the test wants to see it
        failures.put(repr(error))


def test_a_store_is_made_once(tmp_path: Path) -> None:
    """Several processes that make the same store at the same time end with one."""
    context = multiprocessing.get_context("fork")
    for attempt in range(5):
        path = tmp_path / f"store{attempt}.db"
        failures: multiprocessing.Queue[str] = context.Queue()
        together = [context.Process(target=_opened, args=(path, failures)) for _ in range(4)]
        for process in together:
            process.start()
        for process in together:
            process.join()

        assert failures.empty(), failures.get()
        assert 1 == len(open_store(path).sources())


def test_a_reader_does_not_swell_the_log(tmp_path: Path) -> None:
    """The log is emptied after a long ingest once no snapshot holds it back."""
    path = tmp_path / "store.db"
    store = open_store(path)
    source = store.register("git", "/restless").id
    for start in range(0, 2000, 400):
        batch = [made(position) for position in range(start, start + 400)]
        store.append(source, batch, known_at=1)

    assert (tmp_path / "store.db-wal").stat().st_size <= 17 * 2**20
