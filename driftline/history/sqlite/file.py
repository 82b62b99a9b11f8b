"""The file itself: opening, transactions, and what went wrong in plain words.

Write-ahead logging gives one writer and many readers at once, each reader on a
snapshot; `synchronous = FULL` makes a commit durable before it returns.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import driftline
from driftline.errors import DriftlineError, IntegrityError, SourceError, UsageError
from driftline.history.sqlite import schema

# Beyond this the log is emptied into the file after a commit; readers that
# hold it back only delay that.
LOG_BYTES_MAX = 16 * 2**20


class SqliteFile:
    """One connection to one store file."""

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool,
        busy_timeout_seconds: float,
        migrations: Sequence[schema.Migration] = schema.MIGRATIONS,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._busy_timeout_milliseconds = int(busy_timeout_seconds * 1000)
        self._seen_version: int | None = None
        with explained(path):
            self.connection = _connected(path, read_only=read_only)
            try:
                self._prepare(migrations)
            except BaseException:
                self.connection.close()
                raise

    def _prepare(self, migrations: Sequence[schema.Migration]) -> None:
        connection = self.connection
        connection.execute(f"PRAGMA busy_timeout = {self._busy_timeout_milliseconds}")
        # In one transaction, because another process may just be making the file.
        connection.execute("BEGIN")
        have = schema.version(connection)
        _check_ours(connection, self.path, have, schema.latest(migrations))
        connection.execute("COMMIT")
        if self.read_only:
            if have < schema.latest(migrations):
                raise IntegrityError(
                    f"{self.path}: the store has schema {have}, this driftline reads schema "
                    f"{schema.latest(migrations)}; run `driftline observe` once, which brings it "
                    "up to date"
                )
            return
        if have == 0:
            connection.execute("PRAGMA page_size = 4096")
        self._write_ahead()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES_MAX}")
        connection.execute("PRAGMA cache_size = -32000")
        if have < schema.latest(migrations):
            with self.writing():
                schema.migrate(connection, migrations)

    def _write_ahead(self) -> None:
        """Switch to the write-ahead log, for which SQLite does not wait by itself."""
        deadline = time.monotonic() + self._busy_timeout_milliseconds / 1000
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
            else:
                return

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A stable view for everything inside; it nests, and inside a write it sees the write."""
        with explained(self.path):
            if self.connection.in_transaction:
                yield self.connection
                return
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                self.connection.execute("COMMIT")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept when this returns, none of it when it raises."""
        if self.read_only:
            raise UsageError(f"{self.path}: the store was opened for reading only")
        if self.connection.in_transaction:
            raise UsageError(f"{self.path}: cannot write inside a snapshot; leave it first")
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def changed_by_others(self) -> bool:
        """Whether another connection has written since this was last asked."""
        (now,) = self.connection.execute("PRAGMA data_version").fetchone()
        changed = self._seen_version not in (None, now)
        self._seen_version = now
        return changed

    def empty_log(self) -> None:
        """Move a long log into the file, unless a reader still needs it."""
        log = self.path.with_name(self.path.name + "-wal")
        try:
            if log.stat().st_size <= LOG_BYTES_MAX:
                return
        except OSError:
            return
        # Without the timeout: a reader that holds the log back is not worth
        # waiting for, the next long commit tries again.
        with explained(self.path):
            self.connection.execute("PRAGMA busy_timeout = 0")
            try:
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self.connection.execute(f"PRAGMA busy_timeout = {self._busy_timeout_milliseconds}")

    def close(self) -> None:
        """Release the file; closing twice is harmless."""
        self.connection.close()


def _connected(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name the store's file in it")
    if read_only:
        return _connected_for_reading(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The facts of an infrastructure are nobody else's business.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise SourceError(
            f"{path}: cannot write the store ({error.strerror}); make the place writable, or "
            "keep the store elsewhere"
        ) from error
    return sqlite3.connect(path, isolation_level=None, cached_statements=256)


def _connected_for_reading(path: Path) -> sqlite3.Connection:
    if not path.exists():
        raise UsageError(f"{path}: there is no store yet; `driftline scan PATH` makes one")
    location = f"file:{quote(str(path.absolute()))}"
    connection = sqlite3.connect(f"{location}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        # A log needs a shared-memory file beside it. Where none can be made
        # and there is no log, nobody can be writing either.
        log = path.with_name(path.name + "-wal")
        ours = os.access in os.supports_effective_ids
        if (log.exists() and log.stat().st_size) or os.access(
            path.parent, os.W_OK, effective_ids=ours
        ):
            raise
        return sqlite3.connect(f"{location}?immutable=1", uri=True, isolation_level=None)
    return connection


def _check_ours(connection: sqlite3.Connection, path: Path, have: int, latest: int) -> None:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if mark != schema.APPLICATION_ID and (tables or have):
        raise IntegrityError(
            f"{path}: this is a SQLite database, but not a store of driftline; name another file"
        )
    if have > latest:
        rows = connection.execute("SELECT value FROM meta WHERE name = 'written_by'").fetchall()
        writer = f"driftline {rows[0][0]}" if rows else "a newer driftline"
        raise IntegrityError(
            f"{path}: the store has schema {have}, written by {writer}; this driftline "
            f"({driftline.__version__}) knows schemas up to {latest}; upgrade driftline, or "
            "name another store; nothing was changed"
        )


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite raises inside, as an error that says whose fault it is and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        known = _explanation(error, path)
        if known is None:
            raise
        raise known from error


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary error code; 0 for what the Python module raises itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _explanation(error: sqlite3.Error, path: Path) -> DriftlineError | None:
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return SourceError(
            f"{path}: another process is writing to the store; wait until it has finished, or "
            "end it, and run this again; nothing was lost"
        )
    if code == sqlite3.SQLITE_FULL:
        return SourceError(
            f"{path}: the disk is full; free some space and run this again; what was stored "
            "before is safe"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return SourceError(
            f"{path}: cannot write the store ({error}); make the file and its folder writable, "
            "or keep the store elsewhere"
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return SourceError(
            f"{path}: cannot open the store ({error}); check the permissions of the file and "
            "its folder"
        )
    if code == sqlite3.SQLITE_IOERR:
        return SourceError(
            f"{path}: reading or writing the disk failed ({error}); check the disk and run this "
            "again; what was stored before is safe"
        )
    if code == sqlite3.SQLITE_NOTADB:
        return IntegrityError(
            f"{path}: this is not a store of driftline; name another file, or move this one away"
        )
    if code == sqlite3.SQLITE_CORRUPT:
        return IntegrityError(
            f"{path}: the store is damaged ({error}); restore it from a copy, or move it away "
            "and observe again: whatever git still has is read again"
        )
    return None
