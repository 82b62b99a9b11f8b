"""A deepened past: what it may replace, what it recovers, what it must not lose."""

from pathlib import Path

import pytest

from driftline.errors import IntegrityError, UsageError
from driftline.history.sqlite_store import SqliteStore
from driftline.model.look import GapChange
from tests.history.histories import appears, look, moves


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """A shallow beginning: one file read, one not, and two looks more."""
    store = SqliteStore(tmp_path / "store.db")
    source = store.register("git", "/shallow").id
    looks = [
        look(0, appears("a", {"/x": "1"}), gaps=[GapChange("f", "template")]),
        look(1, moves("a", ("/x", "1", "2"))),
        look(2, appears("f", {"/y": "9"}), gaps=[GapChange("f", None)]),
    ]
    store.append(source, looks, known_at=1)
    return store


def test_twice(store: SqliteStore) -> None:
    """A past can be deepened again, below the first deepening, and after a rewind."""
    store.extend_past(1, [look(-1, appears("a", {"/x": "1"})), look(0)], known_at=2)
    first = look(-1, moves("a", ("/x", "0", "1")))
    store.extend_past(1, [look(-2, appears("a", {"/x": "0"})), first], known_at=3)

    assert [-2, -1, 0, 1, 2] == [one.position for one in store.looks(1)]
    assert {1: {"/x": "0"}} == store.state([1, 2], -2)
    store.open_epoch(1, -1, "forced", known_at=4)
    assert [-2, -1] == [one.position for one in store.looks(1)]
    assert [] == store.verify()


def test_after_a_rewind_to_nothing(store: SqliteStore) -> None:
    """The past of a new epoch takes positions below all that were ever used."""
    store.open_epoch(1, None, "forced", known_at=2)
    store.append(1, [look(3, appears("n", {"/x": "1"}))], known_at=3)
    past = [look(-2), look(-1, appears("n", {"/x": "0"})), look(3, moves("n", ("/x", "0", "1")))]
    store.extend_past(1, past, known_at=4)

    assert [-2, -1, 3] == [one.position for one in store.looks(1)]
    assert 4 == store.next_position(1)
    assert [] == store.verify()


def test_a_listing_that_begins_anew(store: SqliteStore) -> None:
    """A file that could be read again lists everything; its earlier facts end or go on there."""
    past = look(-1, appears("f", {"/y": "8", "/z": "1"}), appears("a", {"/x": "1"}))
    store.extend_past(1, [past, look(0, gaps=[GapChange("f", "template")])], known_at=2)
    number = next(one for one in store.resources(1) if one.file == "f")

    assert ((-1, None),) == number.presence
    assert [
        ("/y", -1, None, "8"),
        ("/y", 2, "8", "9"),
        ("/z", -1, None, "1"),
        ("/z", 2, "1", None),
    ] == [
        (step.address, step.position, step.before, step.after) for step in store.steps([number.id])
    ]
    assert [(2, 0, 2)] == [act for act in store.acts(1) if act[0] == 2]
    assert [] == store.verify()


def test_a_past_is_refused_as_a_whole(store: SqliteStore) -> None:
    """A past that does not lead here names a file, says what to do and leaves nothing."""
    past = [look(-1, appears("a", {"/x": "7"}), appears("q", {})), look(0)]
    with pytest.raises(IntegrityError, match=r"2 files differ, such as 'a'; nothing was changed"):
        store.extend_past(1, past, known_at=2)

    assert {"a", "f"} == {one.file for one in store.resources(1)}
    assert ((0, 0, 1), (1, 0, 1), (2, 0, 1)) == store.acts(1)
    store.append(1, [look(3, moves("a", ("/x", "2", "3")))], known_at=2)
    assert [] == store.verify()


def test_kinds_of_later_looks(store: SqliteStore) -> None:
    """A look that left a resource's kind out, because it was so already, still has it."""
    past = look(-1, appears("a", {"/x": "1"}, kind="object"))
    store.extend_past(1, [past, look(0, gaps=[GapChange("f", "template")])], known_at=2)

    assert "plain" == next(one.kind for one in store.resources(1) if one.file == "a")
    store.open_epoch(1, 0, "rewound", known_at=3)
    assert "object" == next(one.kind for one in store.resources(1) if one.file == "a")


def test_nothing_to_deepen(store: SqliteStore) -> None:
    """A source without looks has no past to put before them."""
    source = store.register("git", "/new").id
    with pytest.raises(UsageError, match="append some before its past"):
        store.extend_past(source, [look(0)], known_at=1)
