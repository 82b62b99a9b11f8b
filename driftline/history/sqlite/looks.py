"""The looks of a source: its chain, its epochs, who did what in them.

Abandoned looks stay in the tables and are left out here.
"""

import json
import sqlite3
from collections.abc import Iterable

from driftline.history.chain import Ranges, Stretch, chain, condition
from driftline.history.protocol import Epoch, Source
from driftline.history.sqlite.dictionaries import Dictionaries
from driftline.history.sqlite.spelling import read, read_ref
from driftline.model.look import Contribution, Look

_COLUMNS = 'position, at, ref, "by", approver, subject'

LookRow = tuple[int, int, str | bytes, int, int | None, str | bytes]


def sources(connection: sqlite3.Connection) -> tuple[Source, ...]:
    """Every registered source, oldest first."""
    rows = connection.execute("SELECT source, kind, locator, branch FROM source ORDER BY source")
    return tuple(Source(row[0], read(row[1]), read(row[2]), read(row[3])) for row in rows)


def epochs(connection: sqlite3.Connection, source: int) -> tuple[Epoch, ...]:
    """The epochs of a source, oldest first."""
    rows = connection.execute(
        "SELECT number, base_position, from_position, reason, known_at FROM epoch "
        "WHERE source = ? ORDER BY number",
        (source,),
    )
    return tuple(Epoch(row[0], row[1], row[2], read(row[3]), row[4]) for row in rows)


def positions(connection: sqlite3.Connection, source: int) -> Ranges:
    """The current chain as exact ranges: every position in them has a look."""
    stretches = [
        Stretch(base, start, None if low is None else (low, high))
        for base, start, low, high in connection.execute(
            "SELECT base_position, from_position, past_from, past_to FROM epoch "
            "WHERE source = ? ORDER BY number",
            (source,),
        )
    ]
    ranges = chain(stretches)
    if not ranges:
        return ()
    start = ranges[-1][0]
    (last,) = connection.execute(
        "SELECT max(position) FROM look WHERE source = ? AND position >= ?", (source, start)
    ).fetchone()
    return ranges[:-1] if last is None else (*ranges[:-1], (start, last))


def look_at(
    connection: sqlite3.Connection, dictionaries: Dictionaries, source: int, position: int
) -> Look:
    """The look at a position that exists."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM look WHERE source = ? AND position = ?",  # noqa: S608 - constants
        (source, position),
    ).fetchone()
    return _look(row, dictionaries)


def looks(
    connection: sqlite3.Connection, dictionaries: Dictionaries, source: int
) -> tuple[Look, ...]:
    """Every look of the current chain, in order."""
    on_chain = condition("position", positions(connection, source))
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM look WHERE source = ? AND {on_chain} ORDER BY position",  # noqa: S608 - numbers
        (source,),
    )
    return tuple(_look(row, dictionaries) for row in rows)


def position_at(connection: sqlite3.Connection, source: int, at: int) -> int | None:
    """The position of the last look at or before an instant."""
    on_chain = condition("position", positions(connection, source))
    row = connection.execute(
        f"SELECT position FROM look WHERE source = ? AND at <= ? AND {on_chain} "  # noqa: S608 - numbers
        "ORDER BY position DESC LIMIT 1",
        (source, at),
    ).fetchone()
    return row[0] if row else None


def contributions(
    connection: sqlite3.Connection,
    dictionaries: Dictionaries,
    source: int,
    wanted: Iterable[int],
) -> dict[int, tuple[Contribution, ...]]:
    """The contributions of the looks at these positions."""
    chosen = json.dumps(sorted(set(wanted)))
    told: dict[int, dict[int, tuple[object, ...]]] = {}
    for position, number, *columns in connection.execute(
        "SELECT position, number, ref, author, subject, trailers FROM contribution "
        "WHERE source = ? AND position IN (SELECT value FROM json_each(?))",
        (source, chosen),
    ):
        told.setdefault(position, {})[number] = tuple(columns)
    answer: dict[int, tuple[Contribution, ...]] = {}
    for position, ref, by, subject, acts in connection.execute(
        'SELECT position, ref, "by", subject, acts FROM look '
        "WHERE source = ? AND position IN (SELECT value FROM json_each(?)) ORDER BY position",
        (source, chosen),
    ):
        own = (ref, by, subject)
        rows = told.get(position, {})
        answer[position] = tuple(
            _contribution(own, rows.get(number), dictionaries) for number in range(acts)
        )
    return answer


def _look(row: LookRow, dictionaries: Dictionaries) -> Look:
    position, at, ref, by, approver, subject = row
    return Look(
        position,
        at,
        read_ref(ref),
        dictionaries.person(by),
        None if approver is None else dictionaries.person(approver),
        read(subject),
    )


def _contribution(
    own: tuple[str | bytes, int, str | bytes],
    told: tuple[object, ...] | None,
    dictionaries: Dictionaries,
) -> Contribution:
    """A contribution from its row; what the row leaves out is as in the look itself."""
    ref, author, subject, trailers = told or (None, None, None, None)
    return Contribution(
        read_ref(own[0] if ref is None else ref),  # type: ignore[arg-type]
        dictionaries.person(own[1] if author is None else author),  # type: ignore[arg-type]
        read(own[2] if subject is None else subject),  # type: ignore[arg-type]
        tuple(dictionaries.person(int(number)) for number in str(trailers).split(","))
        if trailers
        else (),
    )
