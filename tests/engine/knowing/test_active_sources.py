"""What the last reading left behind: its sources, and when each was read."""

from pathlib import Path

import pytest

from driftline.engine.knowing.active_sources import (
    READINGS_KEPT,
    active,
    active_ids,
    keep_active,
    keep_reading,
    readings,
)
from driftline.errors import UsageError
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A new store."""
    return open_store(tmp_path / "history.db")


def test_nothing_was_read(store: Store) -> None:
    """An empty history is an error that says what to do."""
    with pytest.raises(UsageError, match="nothing was read yet"):
        active(store)


def test_the_last_reading_counts(store: Store) -> None:
    """Of several repositories those that were read last are asked about, and no cluster."""
    first, second = (store.register("git", name).id for name in ("a", "b"))
    cluster = store.register("kubernetes", "c", "observed").id
    keep_active(store, [first, second], now=1)
    keep_active(store, [second, cluster], now=2)

    assert [second] == [source.id for source in active(store)]
    assert (second, cluster) == active_ids(store)


def test_readings_are_kept(store: Store) -> None:
    """Each source has the seconds of its latest readings."""
    keep_active(store, [1, 2], now=5)
    for now in range(10, 10 + READINGS_KEPT):
        keep_reading(store, [2], now=now)

    assert (5,) == readings(store)[1]
    assert tuple(range(10, 10 + READINGS_KEPT)) == readings(store)[2]
