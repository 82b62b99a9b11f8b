"""What was derived is kept where that is allowed, and nowhere else."""

from pathlib import Path

from driftline.engine.remembering import remember
from driftline.history.sqlite_store import open_store


def test_remember(tmp_path: Path) -> None:
    """A store that is open for reading stays as it is, without an error."""
    store = open_store(tmp_path / "history.db")
    remember(store, "name", "stamp", b"kept")
    store.close()
    reading = open_store(tmp_path / "history.db", read_only=True)
    remember(reading, "name", "stamp", b"not kept")

    assert b"kept" == reading.derived("name", "stamp")
    reading.close()
