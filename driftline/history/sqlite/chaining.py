"""Appending, rewinding and deepening: how a chain of looks may grow.

Each function runs inside a write transaction of the store.
"""

import sqlite3
from collections.abc import Sequence
from itertools import pairwise

from driftline.errors import IntegrityError, UsageError
from driftline.history.chain import Ranges, contains, up_to
from driftline.history.sqlite.dictionaries import Dictionaries
from driftline.history.sqlite.looks import look_at
from driftline.history.sqlite.resources import gaps, lives
from driftline.history.sqlite.spelling import read, spelled
from driftline.history.sqlite.writing import LookWriter, recalled
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
    epoch = _epoch(connection, source)
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
    _check_contiguous(looks)
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
    epoch = _epoch(connection, source)
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


def extend_past(
    connection: sqlite3.Connection,
    dictionaries: Dictionaries,
    source: int,
    looks: Sequence[LookChanges],
    ranges: Ranges,
    *,
    known_at: int,
) -> None:
    """Put looks before the first one, and let its own changes replace its listing."""
    epoch = _epoch(connection, source)
    if epoch is None or not ranges:
        raise UsageError(f"source {source} has no looks yet; append some before its past")
    first = look_at(connection, dictionaries, source, ranges[0][0])
    _check_meets(connection, source, looks, first.position, first.ref)
    at_first = up_to(ranges, first.position)
    unread = {gap.file for gap in gaps(connection, source, at_first)}
    listed = _listing(connection, dictionaries, source, at_first)

    _remove_look(connection, source, first.position)
    writer = LookWriter(connection, dictionaries, source)
    writer.write(looks, before=(), epoch=epoch, known_at=known_at)
    if len(looks) > 1:
        connection.execute(
            "UPDATE epoch SET past_from = ?, past_to = ifnull(past_to, ?) "
            "WHERE source = ? AND number = ?",
            (looks[0].look.position, looks[-2].look.position, source, epoch),
        )

    below = ((looks[0].look.position, looks[-2].look.position),) if len(looks) > 1 else ()
    deepened = (*below, (first.position, first.position))
    unread.update(gap.file for gap in gaps(connection, source, deepened))
    replaced = _listing(connection, dictionaries, source, deepened)
    differing = {
        file
        for (file, key) in listed.keys() | replaced.keys()
        if file not in unread and listed.get((file, key)) != replaced.get((file, key))
    }
    if differing:
        raise IntegrityError(
            f"the past that was read for source {source} does not lead to what is stored at look "
            f"{first.position} ({first.ref!r}): {len(differing)} files differ, such as "
            f"{min(differing)!r}; nothing was changed; open a new epoch and read the source again"
        )


def _epoch(connection: sqlite3.Connection, source: int) -> int | None:
    if connection.execute("SELECT 1 FROM source WHERE source = ?", (source,)).fetchone() is None:
        raise UsageError(f"there is no source {source} in this store; register it first")
    (number,) = connection.execute(
        "SELECT max(number) FROM epoch WHERE source = ?", (source,)
    ).fetchone()
    return None if number is None else int(number)


def _check_contiguous(looks: Sequence[LookChanges]) -> None:
    for before, after in pairwise(looks):
        if after.look.position != before.look.position + 1:
            raise IntegrityError(
                f"look {after.look.position} follows look {before.look.position}: positions of "
                "looks must follow one another without holes"
            )


def _check_meets(
    connection: sqlite3.Connection,
    source: int,
    looks: Sequence[LookChanges],
    position: int,
    ref: str,
) -> None:
    """The looks end with the present first one, and the others lie just below everything."""
    last = looks[-1].look
    if (last.ref, last.position) != (ref, position):
        raise IntegrityError(
            f"the past of source {source} must end with its first look, {position} ({ref!r}), "
            f"but ends with {last.position} ({last.ref!r})"
        )
    if len(looks) == 1:
        return
    _check_contiguous(looks[:-1])
    (lowest,) = connection.execute(
        "SELECT min(position) FROM look WHERE source = ?", (source,)
    ).fetchone()
    if looks[-2].look.position != lowest - 1:
        raise IntegrityError(
            f"the past of source {source} must take the positions just below {lowest}, but "
            f"arrives at {looks[-2].look.position}"
        )


def _listing(
    connection: sqlite3.Connection, dictionaries: Dictionaries, source: int, ranges: Ranges
) -> dict[tuple[str, str], tuple[str, int]]:
    """What each resource holds at the end of a chain, as its kind and a hash good for this run."""
    names = {
        rid: (read(file), read(key))
        for rid, file, key in connection.execute(
            "SELECT rid, file, key FROM resource WHERE source = ?", (source,)
        )
    }
    listing = {}
    for rid in lives(connection, None, source, ranges):
        known = recalled(connection, dictionaries, rid, ranges)
        if known.there:
            listing[names[rid]] = (known.kind, hash(frozenset(known.facts.items())))
    return listing


def _remove_look(connection: sqlite3.Connection, source: int, position: int) -> None:
    of_source = "position = ? AND rid IN (SELECT rid FROM resource WHERE source = ?)"
    for table in ("fact", "change", "presence"):
        connection.execute(f"DELETE FROM {table} WHERE {of_source}", (position, source))  # noqa: S608 - constants
    for table in ("look", "contribution", "gap"):
        connection.execute(
            f"DELETE FROM {table} WHERE position = ? AND source = ?",  # noqa: S608 - constants
            (position, source),
        )
