"""Resources and gaps of a source: when each was there, when each could not be read.

Both are kept as events and become intervals only here, so that a rewind undoes
an ending without touching a row.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from driftline.history.chain import Ranges, condition
from driftline.history.protocol import Gap, Resource
from driftline.history.sqlite.schema import APPEARED, VANISHED
from driftline.history.sqlite.spelling import read, spelled


class Life(msgspec.Struct, gc=False):
    """What happened to one resource as a whole, on one chain, in order.

    `appeared` and `vanished` are positions; a resource may appear while it is
    there, where a deepened past met a listing that began anew. `kind` is the
    last one.
    """

    rid: int
    appeared: list[int]
    vanished: list[int]
    kind: str = ""

    @property
    def since(self) -> int | None:
        """Where its present life began, or None when it is not there."""
        if not self.appeared or (self.vanished and self.vanished[-1] > self.appeared[-1]):
            return None
        return self.appeared[-1]

    @property
    def is_single(self) -> bool:
        """Whether it appeared once and vanished at most once."""
        return len(self.appeared) == 1 and len(self.vanished) <= 1

    @property
    def is_simple(self) -> bool:
        """Whether it appeared once and stayed."""
        return len(self.appeared) == 1 and not self.vanished

    def presence(self) -> tuple[tuple[int, int | None], ...]:
        """Half-open intervals of positions between which it was there."""
        intervals: list[tuple[int, int | None]] = []
        start: int | None = None
        ends = set(self.vanished)
        for position in sorted({*self.appeared, *ends}):
            if position in ends and start is not None:
                intervals.append((start, position))
                start = None
            elif position not in ends and start is None:
                start = position
        if start is not None:
            intervals.append((start, None))
        return tuple(intervals)


def lives(
    connection: sqlite3.Connection, rids: Iterable[int] | None, source: int, ranges: Ranges
) -> dict[int, Life]:
    """The life of each of these resources (None: of all of the source) that has one on the chain.

    Ordered by resource.
    """
    chosen, parameters = "", [source]
    if rids is not None:
        chosen = "AND rid IN (SELECT value FROM json_each(?)) "
        parameters.append(json.dumps(sorted(set(rids))))  # type: ignore[arg-type]
    found: dict[int, Life] = {}
    for rid, position, event, kind in connection.execute(
        "SELECT rid, position, event, kind FROM presence JOIN resource USING (rid) "  # noqa: S608 - numbers
        f"WHERE source = ? {chosen}AND {condition('position', ranges)} ORDER BY rid, position",
        parameters,
    ):
        life = found.get(rid)
        if life is None:
            life = found[rid] = Life(rid, [], [])
        if event == VANISHED:
            life.vanished.append(position)
            continue
        life.kind = read(kind)
        if event == APPEARED:
            life.appeared.append(position)
    return found


def resources(connection: sqlite3.Connection, source: int, ranges: Ranges) -> tuple[Resource, ...]:
    """Every resource that was ever on this chain."""
    found = lives(connection, None, source, ranges)
    rows = connection.execute(
        "SELECT rid, file, key FROM resource WHERE source = ? ORDER BY rid", (source,)
    )
    return tuple(
        Resource(rid, source, read(file), read(key), found[rid].kind, found[rid].presence())
        for rid, file, key in rows
        if rid in found
    )


def numbers(
    connection: sqlite3.Connection, source: int, names: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """The numbers of these documents of a source, by file and key."""
    found = {}
    for file, key in names:
        row = connection.execute(
            "SELECT rid FROM resource WHERE source = ? AND file = ? AND key = ?",
            (source, spelled(file), spelled(key)),
        ).fetchone()
        if row is not None:
            found[(file, key)] = row[0]
    return found


def sources_of(connection: sqlite3.Connection, rids: Iterable[int]) -> dict[int, list[int]]:
    """These resources by their source, both ascending; unknown numbers are left out."""
    grouped: dict[int, list[int]] = {}
    for rid, source in connection.execute(
        "SELECT rid, source FROM resource WHERE rid IN (SELECT value FROM json_each(?)) "
        "ORDER BY source, rid",
        (json.dumps(sorted(set(rids))),),
    ):
        grouped.setdefault(source, []).append(rid)
    return grouped


def gaps(connection: sqlite3.Connection, source: int, ranges: Ranges) -> tuple[Gap, ...]:
    """Every gap of this chain, oldest first, then by file."""
    rows = connection.execute(
        "SELECT file, position, reason FROM gap "  # noqa: S608 - numbers
        f"WHERE source = ? AND {condition('position', ranges)} ORDER BY file, position",
        (source,),
    )
    events = ((read(file), at, None if why is None else read(why)) for file, at, why in rows)
    found = list(_intervals(source, events))
    return tuple(sorted(found, key=lambda gap: (gap.from_position, gap.file)))


def _intervals(source: int, events: Iterable[tuple[str, int, str | None]]) -> Iterator[Gap]:
    """Gaps from their events, which come by file and position."""
    opened: tuple[str, int, str] | None = None
    for file, position, reason in events:
        if opened is not None and opened[0] != file:
            yield Gap(source, opened[0], opened[1], None, opened[2])
            opened = None
        if opened is not None:
            if opened[2] == reason:
                continue
            yield Gap(source, file, opened[1], position, opened[2])
        opened = None if reason is None else (file, position, reason)
    if opened is not None:
        yield Gap(source, opened[0], opened[1], None, opened[2])
