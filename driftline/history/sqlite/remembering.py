"""What a writer remembers of a resource, and how it asks the file for the rest.

A long ingest meets the same facts again and again; a single look meets two of
three hundred. So nothing is read before it is needed, and what was read or
written stays in memory.
"""

import sqlite3

from driftline.history.chain import Ranges, condition
from driftline.history.sqlite.dictionaries import INLINE_CHARACTERS_MAX, Dictionaries, Value
from driftline.history.sqlite.schema import APPEARED, VANISHED
from driftline.history.sqlite.spelling import fingerprint, read

# A short value is itself, a long one its fingerprint; None is absent.
Seen = str | int | None


class Known:
    """One resource at the end of a chain: whether it is there, and the facts met so far.

    `since` is where its life in the file began; None means that the file has
    nothing that `facts` has not.
    """

    __slots__ = ("facts", "kind", "rid", "since", "there")

    def __init__(self, rid: int, kind: str = "", since: int | None = None) -> None:
        self.rid = rid
        self.kind = kind
        self.since = since
        self.there = since is not None
        self.facts: dict[int, Seen] = {}

    def appear(self, kind: str) -> None:
        """It is there from now on; whatever the file has of it is of another life."""
        self.kind, self.there, self.since = kind, True, None
        self.facts.clear()

    def vanish(self) -> None:
        """It is gone, with all its facts."""
        self.there, self.since = False, None
        self.facts.clear()


def seen(text: str | None) -> Seen:
    """A value in the form in which two of them are compared."""
    return text if text is None or len(text) <= INLINE_CHARACTERS_MAX else fingerprint(text)


def recalled(connection: sqlite3.Connection, rid: int, ranges: Ranges) -> Known:
    """A stored resource at the end of a chain."""
    since, kind = None, ""
    for position, event, spelled_kind in connection.execute(
        "SELECT position, event, kind FROM presence "  # noqa: S608 - numbers
        f"WHERE rid = ? AND {condition('position', ranges)} ORDER BY position",
        (rid,),
    ):
        if event == VANISHED:
            since = None
            continue
        kind = read(spelled_kind)
        if event == APPEARED:
            since = position
    return Known(rid, kind, since)


def fact(
    connection: sqlite3.Connection,
    dictionaries: Dictionaries,
    known: Known,
    pid: int,
    ranges: Ranges,
) -> Seen:
    """One fact of a resource as the file has it at the end of a chain."""
    if known.since is None:
        return None
    row = connection.execute(
        "SELECT value FROM fact WHERE rid = ? AND pid = ? AND position >= ? "  # noqa: S608 - numbers
        f"AND {condition('position', ranges)} ORDER BY position DESC LIMIT 1",
        (known.rid, pid, known.since),
    ).fetchone()
    return None if row is None else _seen_column(row[0], dictionaries)


def facts(
    connection: sqlite3.Connection, dictionaries: Dictionaries, known: Known, ranges: Ranges
) -> dict[int, Seen]:
    """All facts of a resource as the file has them at the end of a chain."""
    rows = connection.execute(
        "SELECT pid, value, max(position) FROM fact WHERE rid = ? AND position >= ? "  # noqa: S608 - numbers
        f"AND {condition('position', ranges)} GROUP BY pid",
        (known.rid, known.since),
    ).fetchall()
    return {pid: _seen_column(value, dictionaries) for pid, value, _ in rows if value is not None}


def _seen_column(value: Value, dictionaries: Dictionaries) -> Seen:
    if value is None or isinstance(value, str):
        return value
    return dictionaries.mark(value) if isinstance(value, int) else read(value)
