"""Verification finds what it says it finds: each law is broken once, by hand."""

from pathlib import Path

import pytest

from driftline.history.sqlite.verification import LAWS
from driftline.history.sqlite_store import SqliteStore
from driftline.model.look import GapChange
from tests.history.conformance import FOUR, started
from tests.history.histories import appears, look

LONG = '"' + "long " * 400 + '"'

# What breaks a law, and words of the finding.
BREACHES = (
    ("UPDATE look SET epoch = 9 WHERE position = 2", "looks belong to no epoch"),
    ("DELETE FROM look WHERE position = 2", "holes between their looks"),
    ("UPDATE epoch SET base_position = 77", "go back to a look that is not there"),
    ("DELETE FROM person", "by persons who are not there"),
    ("INSERT INTO contribution VALUES (1, 1, 5, 'x', 1, 'x', NULL)", "contributions are of no"),
    ("DELETE FROM resource WHERE rid = 2", "changes are of no resource"),
    ("UPDATE change SET act = 3 WHERE position = 3", "changes are of no act"),
    ("DELETE FROM change WHERE rid = 1 AND position = 1", "did not change their resource"),
    ("UPDATE fact SET act = 9 WHERE position = 1", "facts are of no act"),
    ("DELETE FROM path WHERE pid = 2", "facts have no address"),
    ("UPDATE path SET parent = 999 WHERE pid = 1", "below one that is not there"),
    ("DELETE FROM value", "a long value that is not there"),
    ("DELETE FROM change WHERE rid = 2 AND position = 2", "in a look that did not change them"),
    ("INSERT INTO fact VALUES (2, 1, 2, '1', NULL)", "vanished and list facts"),
    ("UPDATE gap SET position = 50", "gaps are of no look"),
    ("UPDATE value SET body = 'other'", "is not what was stored"),
    ("UPDATE value SET body = x'00ff'", "is not what was stored"),
    ("UPDATE fact SET value = '1' WHERE rid = 1 AND position = 1", "changed to what they were"),
    ("DELETE FROM presence WHERE rid = 1", "before their resource appeared"),
    ("DELETE FROM presence WHERE rid = 2 AND position = 1", "vanished before it appeared"),
)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """A sound store with a little of everything."""
    store = SqliteStore(tmp_path / "store.db")
    source = started(store)
    extra = look(4, appears("c", {"/l": LONG}), gaps=[GapChange("f", "template")])
    store.append(source, [extra], known_at=1)
    return store


def test_a_sound_store(store: SqliteStore) -> None:
    """Nothing is found in a store that was only written through its methods."""
    assert [] == store.verify()


@pytest.mark.parametrize(("breach", "finding"), BREACHES, ids=[one[1] for one in BREACHES])
def test_a_broken_law(store: SqliteStore, breach: str, finding: str) -> None:
    """A breach is found, with one of the rows that break the law."""
    store._file.connection.execute(breach)

    assert [] != [said for said in store.verify() if finding in said]


def test_every_law_is_tried() -> None:
    """Each law of the table stands in a breach above."""
    tried = " | ".join(finding for _, finding in BREACHES)
    missing = [law for law, _ in LAWS if not any(said in law for said in tried.split(" | "))]

    assert len(FOUR) == 4
    assert [] == missing


def test_damage(tmp_path: Path, store: SqliteStore) -> None:
    """A page that was overwritten is found, as a sentence and not as an error."""
    (page,) = store._file.connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'fact'"
    ).fetchone()
    store.close()
    content = bytearray((tmp_path / "store.db").read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 100] = b"\xfe" * 100
    (tmp_path / "store.db").write_bytes(bytes(content))
    findings = SqliteStore(tmp_path / "store.db", read_only=True).verify()

    assert "damaged" in findings[0]
