"""Appending and rewinding: how a chain of looks may grow at its end.

Each function runs inside a write transaction of the store.
"""

import sqlite3
from collections.abc import Sequence
from itertools import pairwise

from driftline.errors import IntegrityError, UsageError
from driftline.history.chain import Ranges, contains
from driftline.history.sqlite.spelling import spelled
from driftline.history.sqlite.writing import LookWriter
from driftline.model.look import LookChanges


def next_position(connection: sqlite3.Connection, source: int) -> int:
    """Above every position ever used by the source; 0 for a new one."""
    (last,) = connection.execute(
        "SELECT max(position) FROM look WHERE source = ?", (source,)
    ).fetchone()
    return 0 if last is None else int(last) + 1


def append(
    connection: sqlite3.Connection,
    writer: LookWriter,
    source: int,
    looks: Sequence[LookChanges],
    ranges: Ranges,
    *,
    known_at: int,
) -> None:
    """Add looks after the tip."""
    start = looks[0].look.position
    epoch = newest_epoch(connection, source)
    if epoch is None:
        epoch = 0
        connection.execute(
            "INSERT INTO epoch (source, number, from_position, reason, known_at) "
            "VALUES (?, 0, ?, '', ?)",
            (source, start, known_at),
        )
    else:
        expected = next_position(connection, source)
        if start != expected:
            raise IntegrityError(
                f"look {start} ({looks[0].look.ref!r}) does not continue source {source}: the "
                f"next position is {expected}; if another process has observed it meanwhile, run "
                "this again"
            )
    check_contiguous(looks)
    writer.write(looks, before=ranges, epoch=epoch, known_at=known_at)


def open_epoch(
    connection: sqlite3.Connection,
    source: int,
    base_position: int | None,
    reason: str,
    ranges: Ranges,
    *,
    known_at: int,
) -> None:
    """Rewind the chain to a position."""
    epoch = newest_epoch(connection, source)
    if epoch is None:
        raise UsageError(f"source {source} has no looks yet, so there is nothing to rewind")
    if base_position is not None and not contains(ranges, base_position):
        raise UsageError(
            f"position {base_position} is not on the chain of source {source}; rewind to a look "
            "that is, or to nothing"
        )
    connection.execute(
        "INSERT INTO epoch (source, number, base_position, from_position, reason, known_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            source,
            epoch + 1,
            base_position,
            next_position(connection, source),
            spelled(reason),
            known_at,
        ),
    )


def newest_epoch(connection: sqlite3.Connection, source: int) -> int | None:
    """The number of the present epoch, or None before the first look."""
    if connection.execute("SELECT 1 FROM source WHERE source = ?", (source,)).fetchone() is None:
        raise UsageError(f"there is no source {source} in this store; register it first")
    (number,) = connection.execute(
        "SELECT max(number) FROM epoch WHERE source = ?", (source,)
    ).fetchone()
    return None if number is None else int(number)


def check_contiguous(looks: Sequence[LookChanges]) -> None:
    """Raises IntegrityError where a position does not follow the one before."""
    for before, after in pairwise(looks):
        if after.look.position != before.look.position + 1:
            raise IntegrityError(
                f"look {after.look.position} follows look {before.look.position}: positions of "
                "looks must follow one another without holes"
            )
