"""What the writer remembers, what it stores, and how it refuses."""

from pathlib import Path

import pytest

from driftline.errors import IntegrityError
from driftline.history.sqlite import writing
from driftline.history.sqlite_store import SqliteStore
from driftline.model.look import FactChange
from tests.history.conformance import started
from tests.history.histories import VALUES, appears, look, moves, vanishes


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Four looks; `a` holds /y and /z."""
    store = SqliteStore(tmp_path / "store.db")
    started(store)
    return store


def rows(store: SqliteStore, table: str) -> int:
    """How many rows a table has."""
    (number,) = store._file.connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a test's own
    return int(number)


def test_a_vanished_resource_is_one_row(store: SqliteStore) -> None:
    """Nothing is written for the facts of a resource that vanishes."""
    before = rows(store, "fact")
    store.append(1, [look(4, vanishes("a"))], known_at=1)

    assert before == rows(store, "fact")
    assert {} == store.state([1], None)


def test_a_fact_that_does_not_move_is_no_row(store: SqliteStore) -> None:
    """A fact listed with the value it had is left out."""
    before = rows(store, "fact")
    store.append(1, [look(4, moves("a", ("/y", '"two"', '"two"')))], known_at=1)

    assert before == rows(store, "fact")


def test_the_act_of_a_fact_is_an_exception(store: SqliteStore) -> None:
    """A fact's act is stored only where it is not its resource's."""
    change = moves("a", ("/y", '"two"', "3"))
    facts = (FactChange("/y", '"two"', "3", act=0), FactChange("/z", "[]", "4", act=1))
    told = look(4, type(change)("a", "", "plain", False, False, facts, 0), acts=2)
    store.append(1, [told], known_at=1)
    kept = store._file.connection.execute(
        "SELECT act FROM fact WHERE position = 4 ORDER BY pid"
    ).fetchall()

    assert [(None,), (1,)] == kept


@pytest.mark.parametrize("old", VALUES[:9])
def test_before_is_checked_by_value(store: SqliteStore, old: str) -> None:
    """A look whose idea of before is wrong is refused by a fresh writer and a knowing one."""
    store.append(1, [look(4, appears("n", {"/x": old}))], known_at=1)
    wrong = [look(5, moves("n", ("/x", old + " ", "new")))]
    for _ in range(2):
        with pytest.raises(IntegrityError, match=r"look 5 .*'n': /x is not what it was before"):
            store.append(1, wrong, known_at=1)
    store.append(1, [look(5, moves("n", ("/x", old, "new")))], known_at=1)

    assert {3: {"/x": "new"}} == store.state([3], None)


def test_what_is_known_is_bounded(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that has forgotten everything goes on from what is stored."""
    monkeypatch.setattr(writing, "_KEPT_FACTS_MAX", 0)
    for position in range(4, 8):
        before = '"two"' if position == 4 else str(position - 1)
        change = moves("a", ("/y", before, str(position)))
        store.append(1, [look(position, change)], known_at=1)

    assert {1: {"/y": "7", "/z": "[]"}} == store.state([1], None)
    assert [] == store.verify()


def test_a_hostile_name_is_harmless(store: SqliteStore) -> None:
    """A refusal quotes a file's name, so that its escape codes reach no terminal."""
    with pytest.raises(IntegrityError) as refused:
        store.append(1, [look(4, vanishes("\x1b[2Jevil"))], known_at=1)

    assert "\x1b" not in str(refused.value)
