"""The Store on one SQLite file: opening it, and every method of the protocol.

The work is done by the modules of `driftline.history.sqlite`; this one decides
what runs in which transaction and what may be remembered between two of them.
"""

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from driftline.errors import IntegrityError, UsageError
from driftline.history.chain import LAST, contains, up_to
from driftline.history.protocol import Epoch, Gap, Resource, Source, Step, Store
from driftline.history.sqlite import (
    chaining,
    counting,
    deepening,
    facts,
    looks,
    resources,
    verification,
)
from driftline.history.sqlite.dictionaries import Dictionaries
from driftline.history.sqlite.file import SqliteFile
from driftline.history.sqlite.spelling import spelled
from driftline.history.sqlite.writing import LookWriter
from driftline.model.look import Contribution, Look, LookChanges

# How long a writer waits for another one.
BUSY_TIMEOUT_SECONDS = 10.0

# Steps are read in pieces of this many resources, so that the memory they take
# does not follow the size of the store.
_RESOURCES_AT_ONCE = 512


def open_store(path: Path, *, read_only: bool = False) -> Store:
    """The store in a file, made if it is new and may be written.

    Raises UsageError when there is nothing to read, SourceError when the disk
    or another process is in the way, and IntegrityError when the file is
    damaged, is something else, or was written by a newer driftline.
    """
    return SqliteStore(path, read_only=read_only)


class SqliteStore:
    """Append-only history of any number of sources, in one SQLite file.

    A store belongs to the thread that opened it; each thread and process opens
    its own.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS,
    ) -> None:
        self._file = SqliteFile(
            path, read_only=read_only, busy_timeout_seconds=busy_timeout_seconds
        )
        self._dictionaries = Dictionaries(self._file.connection)
        self._writers: dict[int, LookWriter] = {}

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written through this opening of the store."""
        return self._file.read_only

    def sources(self) -> tuple[Source, ...]:
        """Every registered source, oldest first."""
        with self._file.reading() as connection:
            return looks.sources(connection)

    def register(self, kind: str, locator: str, branch: str = "") -> Source:
        """The source with this kind, locator and branch; made if it is new."""
        known = self._source(kind, locator, branch)
        if known is None:
            with self._writing() as connection:
                connection.execute(
                    "INSERT OR IGNORE INTO source (kind, locator, branch) VALUES (?, ?, ?)",
                    (spelled(kind), spelled(locator), spelled(branch)),
                )
            known = self._source(kind, locator, branch)
        if known is None:
            raise AssertionError("a registered source cannot be found")
        return known

    def _source(self, kind: str, locator: str, branch: str) -> Source | None:
        wanted = (kind, locator, branch)
        for source in self.sources():
            if (source.kind, source.locator, source.branch) == wanted:
                return source
        return None

    def tip(self, source: int) -> Look | None:
        """The last look of the current chain, or None before the first."""
        with self._file.reading() as connection:
            ranges = looks.positions(connection, source)
            if not ranges:
                return None
            return looks.look_at(connection, self._dictionaries, source, ranges[-1][1])

    def first(self, source: int) -> Look | None:
        """The first look of the current chain."""
        with self._file.reading() as connection:
            ranges = looks.positions(connection, source)
            if not ranges:
                return None
            return looks.look_at(connection, self._dictionaries, source, ranges[0][0])

    def next_position(self, source: int) -> int:
        """The position that the next appended look must have."""
        with self._file.reading() as connection:
            return chaining.next_position(connection, source)

    def epochs(self, source: int) -> tuple[Epoch, ...]:
        """The epochs, oldest first; the first begins with the first look."""
        with self._file.reading() as connection:
            return looks.epochs(connection, source)

    def append(
        self,
        source: int,
        looks: Sequence[LookChanges],
        *,
        known_at: int,
    ) -> None:
        """Add looks after the tip, in order, as one transaction."""
        if not looks:
            return
        with self._writing() as connection:
            writer = self._writer(source)
            ranges = _positions(connection, source)
            chaining.append(connection, writer, source, looks, ranges, known_at=known_at)
        self._file.empty_log()

    def open_epoch(
        self, source: int, base_position: int | None, reason: str, *, known_at: int
    ) -> None:
        """Rewind the chain to a position (None: to nothing); later looks continue from there."""
        with self._writing() as connection:
            ranges = _positions(connection, source)
            chaining.open_epoch(
                connection, source, base_position, reason, ranges, known_at=known_at
            )
        self._forget()

    def extend_past(
        self,
        source: int,
        looks: Sequence[LookChanges],
        *,
        known_at: int,
    ) -> None:
        """Put looks before the first one; the last of them replaces it."""
        if not looks:
            return
        with self._writing() as connection:
            deepening.extend_past(connection, self._dictionaries, source, looks, known_at=known_at)
        self._forget()
        self._file.empty_log()

    def looks(self, source: int) -> tuple[Look, ...]:
        """Every look of the current chain, in order."""
        with self._file.reading() as connection:
            return looks.looks(connection, self._dictionaries, source)

    def contributions(
        self, source: int, positions: Iterable[int]
    ) -> dict[int, tuple[Contribution, ...]]:
        """The contributions of the looks at these positions, abandoned ones included."""
        with self._file.reading() as connection:
            return looks.contributions(connection, self._dictionaries, source, positions)

    def position_at(self, source: int, at: int) -> int | None:
        """The position of the last look at or before an instant, or None."""
        with self._file.reading() as connection:
            return looks.position_at(connection, source, at)

    def resources(self, source: int) -> tuple[Resource, ...]:
        """Every resource that was ever on the current chain."""
        with self._file.reading() as connection:
            return resources.resources(connection, source, _positions(connection, source))

    def numbers(self, source: int, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """The numbers of single documents, by file and key; those never there are missing."""
        with self._file.reading() as connection:
            return resources.numbers(connection, source, names)

    def state(self, resources: Iterable[int], position: int | None) -> dict[int, dict[str, str]]:
        """The facts of each resource after the look at a position; None is the tip.

        Raises UsageError for the position of an abandoned look.
        """
        return self._state(resources, position)

    def _state(self, wanted: Iterable[int], position: int | None) -> dict[int, dict[str, str]]:
        answer: dict[int, dict[str, str]] = {}
        with self._file.reading() as connection:
            for source, rids in resources.sources_of(connection, wanted).items():
                ranges = _positions(connection, source)
                if position is not None:
                    _check_on_chain(connection, source, ranges, position)
                    ranges = up_to(ranges, position)
                found = resources.lives(connection, rids, source, ranges)
                answer.update(facts.state(connection, self._dictionaries, found, ranges))
        return answer

    def steps(self, resources: Iterable[int]) -> Iterator[Step]:
        """Every fact change of these resources on the current chain, as it stands at the first.

        The view is not held while you take your time: looks that are appended
        meanwhile are left out, but take a `snapshot` where the past may be
        extended meanwhile.
        """
        return self._steps(tuple(resources))

    def _steps(self, wanted: Iterable[int]) -> Iterator[Step]:
        with self._file.reading() as connection:
            grouped = resources.sources_of(connection, wanted)
            chains = {source: _positions(connection, source) for source in grouped}
        by_rid = sorted((rid, source) for source, rids in grouped.items() for rid in rids)
        for start in range(0, len(by_rid), _RESOURCES_AT_ONCE):
            piece = by_rid[start : start + _RESOURCES_AT_ONCE]
            yield from self._steps_of(piece, chains)

    def _steps_of(
        self, piece: list[tuple[int, int]], chains: dict[int, tuple[tuple[int, int], ...]]
    ) -> list[Step]:
        taken: list[Step] = []
        with self._file.reading() as connection:
            for source in sorted({source for _, source in piece}):
                rids = [rid for rid, of in piece if of == source]
                found = resources.lives(connection, rids, source, chains[source])
                taken += facts.steps(connection, self._dictionaries, found, chains[source])
        return taken

    def gaps(self, source: int) -> tuple[Gap, ...]:
        """Every gap of the current chain, oldest first."""
        with self._file.reading() as connection:
            return resources.gaps(connection, source, _positions(connection, source))

    def change_counts(self, source: int) -> dict[int, dict[str, int]]:
        """Resource to address to number of steps; those of an appearance are not counted."""
        with self._file.reading() as connection:
            ranges = _positions(connection, source)
            return counting.change_counts(connection, self._dictionaries, source, ranges)

    def acts(self, source: int) -> tuple[tuple[int, int, int], ...]:
        """(position, act, number of fact changes) for every contribution of the current chain."""
        with self._file.reading() as connection:
            ranges = _positions(connection, source)
            return counting.acts(connection, self._dictionaries, source, ranges)

    def derived(self, name: str, stamp: str) -> bytes | None:
        """A derived answer kept under this name, if it was made under this very stamp."""
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT body FROM derived WHERE name = ? AND stamp = ?",
                (spelled(name), spelled(stamp)),
            ).fetchone()
        return None if row is None else zlib.decompress(row[0])

    def keep_derived(self, name: str, stamp: str, body: bytes) -> None:
        """Keep a derived answer; it replaces the one of the same name under another stamp."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO derived (name, stamp, body) VALUES (?, ?, ?)",
                (spelled(name), spelled(stamp), zlib.compress(body, 1)),
            )

    def drop_derived(self) -> None:
        """Forget everything derived; it can be computed again."""
        with self._writing() as connection:
            connection.execute("DELETE FROM derived")

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside sees one instant of the store, whatever others write."""
        with self._file.reading():
            yield

    def verify(self) -> list[str]:
        """What is wrong with the store, in sentences; nothing, as a rule."""
        try:
            with self._file.reading() as connection:
                return verification.findings(connection)
        except IntegrityError as error:
            return [str(error)]

    def close(self) -> None:
        """Release the store."""
        self._file.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A write transaction; what is remembered is forgotten where it may no longer hold."""
        try:
            with self._file.writing() as connection:
                if self._file.changed_by_others():
                    self._forget()
                yield connection
        except BaseException:
            self._forget()
            raise

    def _writer(self, source: int) -> LookWriter:
        writer = self._writers.get(source)
        if writer is None:
            writer = self._writers[source] = LookWriter(
                self._file.connection, self._dictionaries, source
            )
        return writer

    def _forget(self) -> None:
        self._writers.clear()
        self._dictionaries.forget()


def _positions(connection: sqlite3.Connection, source: int) -> tuple[tuple[int, int], ...]:
    return looks.positions(connection, source)


def _check_on_chain(
    connection: sqlite3.Connection, source: int, ranges: tuple[tuple[int, int], ...], position: int
) -> None:
    if contains(ranges, position) or not -LAST < position < LAST:
        return
    row = connection.execute(
        "SELECT 1 FROM look WHERE source = ? AND position = ?", (source, position)
    ).fetchone()
    if row is not None:
        raise UsageError(
            f"look {position} is no longer on the chain of source {source}: its history was "
            "rewritten; ask for a look of the present chain"
        )
