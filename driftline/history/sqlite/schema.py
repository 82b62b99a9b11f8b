"""The tables of a store, as numbered migrations.

A new store is an old one with every migration applied, so there is one path to
any schema. The number of the last one is the file's `user_version`.
"""

import sqlite3
from collections.abc import Sequence

import msgspec

import driftline

# "drft": what marks a SQLite file as a store of ours.
APPLICATION_ID = 0x64726674

# What happened to a resource as a whole; the third is there as before, but is
# now of another kind.
VANISHED, APPEARED, OF_OTHER_KIND = 0, 1, 2


class Migration(msgspec.Struct, frozen=True, gc=False):
    """One step from a schema to the next; its statements run in one transaction."""

    number: int
    statements: tuple[str, ...]


# Columns without a type keep whatever they are given: a text that may be bytes
# (see spelling), or a value that is either its own text or the number of a row
# of `value`. A declared type would turn the text "3" into the number 3.
_FIRST = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE source (
        source INTEGER PRIMARY KEY, kind NOT NULL, locator NOT NULL, branch NOT NULL,
        UNIQUE (kind, locator, branch))""",
    """CREATE TABLE epoch (
        source INTEGER NOT NULL, number INTEGER NOT NULL, base_position INTEGER,
        from_position INTEGER NOT NULL, past_from INTEGER, past_to INTEGER,
        reason NOT NULL, known_at INTEGER NOT NULL,
        PRIMARY KEY (source, number)) WITHOUT ROWID""",
    """CREATE TABLE person (
        person INTEGER PRIMARY KEY, name NOT NULL, email NOT NULL, UNIQUE (name, email))""",
    # `acts` counts the contributions; one that says no more than the look
    # itself has no row of its own.
    """CREATE TABLE look (
        source INTEGER NOT NULL, position INTEGER NOT NULL, epoch INTEGER NOT NULL,
        at INTEGER NOT NULL, known_at INTEGER NOT NULL, ref NOT NULL,
        "by" INTEGER NOT NULL, approver INTEGER, subject NOT NULL, acts INTEGER NOT NULL,
        PRIMARY KEY (source, position)) WITHOUT ROWID""",
    # NULL is "as in the look"; trailers are numbers of persons with commas.
    """CREATE TABLE contribution (
        source INTEGER NOT NULL, position INTEGER NOT NULL, number INTEGER NOT NULL,
        ref, author INTEGER, subject, trailers TEXT,
        PRIMARY KEY (source, position, number)) WITHOUT ROWID""",
    """CREATE TABLE resource (
        rid INTEGER PRIMARY KEY, source INTEGER NOT NULL, file NOT NULL, key NOT NULL,
        UNIQUE (source, file, key))""",
    """CREATE TABLE presence (
        rid INTEGER NOT NULL, position INTEGER NOT NULL, event INTEGER NOT NULL, kind,
        PRIMARY KEY (rid, position)) WITHOUT ROWID""",
    """CREATE TABLE change (
        rid INTEGER NOT NULL, position INTEGER NOT NULL, act INTEGER NOT NULL,
        PRIMARY KEY (rid, position)) WITHOUT ROWID""",
    # An address is a row for its last token below the row of the rest: addresses
    # share most of their text. Parents have smaller numbers than their children;
    # 0 is the parent of what has no slash before it.
    """CREATE TABLE path (
        pid INTEGER PRIMARY KEY, parent INTEGER NOT NULL, token NOT NULL,
        UNIQUE (parent, token))""",
    # A value is NULL (absent), its own text, or the number of a row of `value`.
    # What it was before is the row above: rows of one fact lie together.
    """CREATE TABLE fact (
        rid INTEGER NOT NULL, pid INTEGER NOT NULL, position INTEGER NOT NULL, value, act INTEGER,
        PRIMARY KEY (rid, pid, position)) WITHOUT ROWID""",
    "CREATE TABLE value (vid INTEGER PRIMARY KEY, hash INTEGER NOT NULL, body NOT NULL)",
    "CREATE INDEX value_by_hash ON value (hash)",
    # NULL is "can be read again".
    """CREATE TABLE gap (
        source INTEGER NOT NULL, file NOT NULL, position INTEGER NOT NULL, reason,
        PRIMARY KEY (source, file, position)) WITHOUT ROWID""",
    "CREATE TABLE derived (name PRIMARY KEY, stamp NOT NULL, body BLOB NOT NULL)",
)

MIGRATIONS: tuple[Migration, ...] = (Migration(1, _FIRST),)


def version(connection: sqlite3.Connection) -> int:
    """The number of the last migration this file has seen; 0 is an empty file."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def latest(migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """The schema this driftline writes."""
    return migrations[-1].number


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the file to the latest schema; to be called inside a write transaction.

    The version is read again inside the transaction, because another process
    may have migrated the file while this one waited for the lock.
    """
    have = version(connection)
    for migration in migrations:
        if migration.number <= have:
            continue
        for statement in migration.statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {migration.number}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('written_by', ?)",
        (driftline.__version__,),
    )
