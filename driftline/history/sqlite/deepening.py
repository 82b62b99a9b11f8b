"""Putting a past before the first look, as when a shallow clone was deepened.

The first look listed everything as new, because nothing was known before it.
Its own changes replace that listing only if they lead to the very same facts,
so that nothing that was stored is lost. What could not be read then may be
known now: a file in a gap keeps the facts it had before.
"""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from driftline.errors import IntegrityError, UsageError
from driftline.history.chain import Ranges, condition, up_to
from driftline.history.sqlite.chaining import check_contiguous, newest_epoch
from driftline.history.sqlite.dictionaries import Dictionaries
from driftline.history.sqlite.looks import look_at, positions
from driftline.history.sqlite.remembering import facts, recalled
from driftline.history.sqlite.resources import gaps, lives
from driftline.history.sqlite.schema import OF_OTHER_KIND, VANISHED
from driftline.history.sqlite.spelling import read, spelled
from driftline.history.sqlite.writing import LookWriter
from driftline.model.look import Look, LookChanges

# A resource by its number, file and key.
Name = tuple[int, str, str]


class Held(msgspec.Struct, frozen=True, gc=False):
    """A resource's kind, and its facts as a hash that is good for this run."""

    kind: str
    facts: int


def extend_past(
    connection: sqlite3.Connection,
    dictionaries: Dictionaries,
    source: int,
    looks: Sequence[LookChanges],
    *,
    known_at: int,
) -> None:
    """Put looks before the first one, inside a write transaction."""
    epoch = newest_epoch(connection, source)
    ranges = positions(connection, source)
    if epoch is None or not ranges:
        raise UsageError(f"source {source} has no looks yet; append some before its past")
    first = look_at(connection, dictionaries, source, ranges[0][0])
    _check_meets(connection, source, looks, first)
    listed = _listing(connection, dictionaries, source, up_to(ranges, first.position))
    unread = _unread(connection, source, up_to(ranges, first.position))

    _remove_look(connection, source, first.position)
    writer = LookWriter(connection, dictionaries, source)
    writer.write(looks, before=(), epoch=epoch, known_at=known_at)
    if len(looks) > 1:
        connection.execute(
            "UPDATE epoch SET past_from = ?, past_to = ifnull(past_to, ?) "
            "WHERE source = ? AND number = ?",
            (looks[0].look.position, looks[-2].look.position, source, epoch),
        )

    ranges = positions(connection, source)
    replaced = _listing(connection, dictionaries, source, up_to(ranges, first.position))
    unread |= _unread(connection, source, up_to(ranges, first.position))
    recovered = replaced.keys() - listed.keys()
    _check_leads(source, first, listed, replaced, unread)
    _end_forgotten(connection, source, recovered, ranges, first.position)
    for name in listed:
        if listed[name].kind != replaced[name].kind:
            _keep_kind(connection, name[0], listed[name].kind, ranges, first.position)


def _check_meets(
    connection: sqlite3.Connection, source: int, looks: Sequence[LookChanges], first: Look
) -> None:
    """The looks end with the present first one, and the others lie just below everything."""
    last = looks[-1].look
    if (last.ref, last.position) != (first.ref, first.position):
        raise IntegrityError(
            f"the past of source {source} must end with its first look, {first.position} "
            f"({first.ref!r}), but ends with {last.position} ({last.ref!r})"
        )
    if len(looks) == 1:
        return
    check_contiguous(looks[:-1])
    (lowest,) = connection.execute(
        "SELECT min(position) FROM look WHERE source = ?", (source,)
    ).fetchone()
    if looks[-2].look.position != lowest - 1:
        raise IntegrityError(
            f"the past of source {source} must take the positions just below {lowest}, but "
            f"arrives at {looks[-2].look.position}"
        )


def _check_leads(
    source: int,
    first: Look,
    listed: dict[Name, Held],
    replaced: dict[Name, Held],
    unread: set[str],
) -> None:
    """The past leads to what the first look listed; only unread files may hold more."""
    kept = {name: held.facts for name, held in replaced.items()}
    differing = {name[1] for name in listed if listed[name].facts != kept.get(name)}
    differing |= {name[1] for name in replaced if name not in listed and name[1] not in unread}
    if differing:
        raise IntegrityError(
            f"the past that was read for source {source} does not lead to what is stored at look "
            f"{first.position} ({first.ref!r}): {len(differing)} files differ, such as "
            f"{min(differing)!r}; nothing was changed; open a new epoch and read the source again"
        )


def _end_forgotten(
    connection: sqlite3.Connection,
    source: int,
    recovered: Iterable[Name],
    ranges: Ranges,
    first: int,
) -> None:
    """End resources that only the past knows where their file could be read again without them.

    The looks after the first were stored by somebody who had never seen these
    resources, so nobody has said that they vanished.
    """
    on_chain = condition("position", ranges)
    for rid, file, _ in recovered:
        row = connection.execute(
            "SELECT min(position) FROM gap WHERE source = ? AND file = ? "  # noqa: S608 - numbers
            f"AND reason IS NULL AND position > ? AND {on_chain}",
            (source, spelled(file), first),
        ).fetchone()
        changed = connection.execute(
            f"SELECT min(position) FROM change WHERE rid = ? AND position > ? AND {on_chain}",  # noqa: S608 - numbers
            (rid, first),
        ).fetchone()
        if row[0] is None or (changed[0] is not None and changed[0] <= row[0]):
            continue
        connection.execute("INSERT INTO change VALUES (?, ?, 0)", (rid, row[0]))
        connection.execute("INSERT INTO presence VALUES (?, ?, ?, NULL)", (rid, row[0], VANISHED))


def _keep_kind(
    connection: sqlite3.Connection, rid: int, kind: str, ranges: Ranges, first: int
) -> None:
    """Say what the next look left out, because it was so already: the resource's kind."""
    on_chain = condition("position", ranges)
    (position,) = connection.execute(
        f"SELECT min(position) FROM change WHERE rid = ? AND position > ? AND {on_chain}",  # noqa: S608 - numbers
        (rid, first),
    ).fetchone()
    if position is not None:
        connection.execute(
            "INSERT OR IGNORE INTO presence VALUES (?, ?, ?, ?)",
            (rid, position, OF_OTHER_KIND, spelled(kind)),
        )


def _listing(
    connection: sqlite3.Connection, dictionaries: Dictionaries, source: int, ranges: Ranges
) -> dict[Name, Held]:
    """What each resource is and holds at the end of a chain."""
    names = {
        rid: (rid, read(file), read(key))
        for rid, file, key in connection.execute(
            "SELECT rid, file, key FROM resource WHERE source = ?", (source,)
        )
    }
    listing = {}
    for rid in lives(connection, None, source, ranges):
        known = recalled(connection, rid, ranges)
        if known.there:
            held = facts(connection, dictionaries, known, ranges)
            listing[names[rid]] = Held(known.kind, hash(frozenset(held.items())))
    return listing


def _unread(connection: sqlite3.Connection, source: int, ranges: Ranges) -> set[str]:
    """The files that cannot be read at the end of a chain."""
    return {gap.file for gap in gaps(connection, source, ranges) if gap.to_position is None}


def _remove_look(connection: sqlite3.Connection, source: int, position: int) -> None:
    of_source = "position = ? AND rid IN (SELECT rid FROM resource WHERE source = ?)"
    for table in ("fact", "change", "presence"):
        connection.execute(f"DELETE FROM {table} WHERE {of_source}", (position, source))  # noqa: S608 - constants
    for table in ("look", "contribution", "gap"):
        connection.execute(
            f"DELETE FROM {table} WHERE position = ? AND source = ?",  # noqa: S608 - constants
            (position, source),
        )
