"""Refusals name the position that was expected and what to do."""

from pathlib import Path

import pytest

from driftline.errors import IntegrityError, UsageError
from driftline.history.sqlite_store import SqliteStore
from tests.history.conformance import started
from tests.history.histories import look


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Four looks."""
    store = SqliteStore(tmp_path / "store.db")
    started(store)
    return store


def test_a_position_taken(store: SqliteStore) -> None:
    """A look that another process has stored meanwhile is a reason to run again."""
    with pytest.raises(IntegrityError, match=r"the next position is 4; .* run this again"):
        store.append(1, [look(3)], known_at=1)


def test_a_chain_begins_where_it_likes(store: SqliteStore) -> None:
    """The first look of a source may have any position; the next one follows."""
    source = store.register("git", "/later").id
    store.append(source, [look(-7), look(-6)], known_at=1)

    assert -5 == store.next_position(source)
    assert -7 == store.epochs(source)[0].from_position


def test_nothing_to_rewind(store: SqliteStore) -> None:
    """A source without looks has no epoch to leave."""
    source = store.register("git", "/new").id
    with pytest.raises(UsageError, match="nothing to rewind"):
        store.open_epoch(source, None, "?", known_at=1)


def test_a_source_of_another_store(store: SqliteStore) -> None:
    """A number that no source has is refused by name."""
    with pytest.raises(UsageError, match="there is no source 9 in this store; register it first"):
        store.append(9, [look(0)], known_at=1)


def test_many_rewinds(store: SqliteStore) -> None:
    """A branch that is rewritten every day stays quick to read and keeps every look."""
    for day in range(120):
        start = store.next_position(1)
        store.append(1, [look(start), look(start + 1)], known_at=day)
        store.open_epoch(1, start, "rebased", known_at=day)

    assert 124 == len(store.looks(1))
    assert 4 + 240 == len(store.contributions(1, range(700)))
    assert [] == store.verify()
