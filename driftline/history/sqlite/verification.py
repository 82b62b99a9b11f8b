"""Whether the store says what was written to it: the laws its rows must obey.

Nothing here mends anything. Each finding is one sentence with a number of rows
and one of them as an example. Rows of abandoned looks obey the same laws.
"""

import sqlite3
import zlib
from collections.abc import Iterator

from driftline.history.chain import condition
from driftline.history.sqlite.looks import positions, sources
from driftline.history.sqlite.resources import lives
from driftline.history.sqlite.schema import APPEARED
from driftline.history.sqlite.spelling import fingerprint, unpacked

# A law is broken by the rows its query finds.
LAWS: tuple[tuple[str, str], ...] = (
    (
        "looks belong to no epoch",
        """SELECT t.source, t.position FROM look t
        LEFT JOIN epoch e ON e.source = t.source AND e.number = t.epoch
        WHERE e.number IS NULL""",
    ),
    (
        "sources have holes between their looks",
        """SELECT source, max(position) - min(position) + 1 - count(*) AS missing FROM look
        GROUP BY source HAVING missing != 0""",
    ),
    (
        "epochs go back to a look that is not there",
        """SELECT t.source, t.number FROM epoch t
        LEFT JOIN look l ON l.source = t.source AND l.position = t.base_position
        WHERE t.base_position IS NOT NULL AND l.position IS NULL""",
    ),
    (
        "looks or contributions are by persons who are not there",
        """SELECT * FROM (
        SELECT source, position, "by" AS number FROM look
        UNION ALL SELECT source, position, approver FROM look WHERE approver IS NOT NULL
        UNION ALL SELECT source, position, author FROM contribution WHERE author IS NOT NULL)
        WHERE number NOT IN (SELECT person FROM person)""",
    ),
    (
        "contributions are of no look",
        """SELECT t.source, t.position, t.number FROM contribution t
        LEFT JOIN look l ON l.source = t.source AND l.position = t.position
        WHERE l.position IS NULL OR t.number NOT BETWEEN 0 AND l.acts - 1""",
    ),
    (
        "changes are of no resource",
        "SELECT rid, position FROM change WHERE rid NOT IN (SELECT rid FROM resource)",
    ),
    (
        "changes are of no act of a look",
        """SELECT t.rid, t.position FROM change t
        JOIN resource r ON r.rid = t.rid
        LEFT JOIN look l ON l.source = r.source AND l.position = t.position
        WHERE l.position IS NULL OR t.act NOT BETWEEN 0 AND l.acts - 1""",
    ),
    (
        "facts changed in a look that did not change their resource",
        """SELECT t.rid, t.pid, t.position FROM fact t
        LEFT JOIN change c ON c.rid = t.rid AND c.position = t.position WHERE c.rid IS NULL""",
    ),
    (
        "facts are of no act of a look",
        """SELECT t.rid, t.pid, t.position FROM fact t
        JOIN resource r ON r.rid = t.rid
        LEFT JOIN look l ON l.source = r.source AND l.position = t.position
        WHERE t.act IS NOT NULL AND t.act NOT BETWEEN 0 AND l.acts - 1""",
    ),
    (
        "facts have no address",
        "SELECT rid, pid, position FROM fact WHERE pid NOT IN (SELECT pid FROM path)",
    ),
    (
        "addresses are below one that is not there",
        """SELECT pid, parent FROM path
        WHERE parent != 0 AND parent NOT IN (SELECT pid FROM path)""",
    ),
    (
        "facts have a long value that is not there",
        """SELECT rid, pid, position FROM fact
        WHERE typeof(value) = 'integer' AND value NOT IN (SELECT vid FROM value)""",
    ),
    (
        "resources appeared or vanished in a look that did not change them",
        """SELECT t.rid, t.position FROM presence t
        LEFT JOIN change c ON c.rid = t.rid AND c.position = t.position WHERE c.rid IS NULL""",
    ),
    (
        "resources vanished and list facts",
        """SELECT t.rid, t.position FROM presence t
        JOIN fact f ON f.rid = t.rid AND f.position = t.position
        WHERE t.event = 0""",
    ),
    (
        "gaps are of no look",
        """SELECT t.source, t.file, t.position FROM gap t
        LEFT JOIN look l ON l.source = t.source AND l.position = t.position
        WHERE l.position IS NULL""",
    ),
)


def findings(connection: sqlite3.Connection) -> list[str]:
    """What is wrong, in sentences."""
    damage = [
        f"the file is damaged: {row[0]}"
        for row in connection.execute("PRAGMA integrity_check(20)")
        if row[0] != "ok"
    ]
    if damage:
        return damage
    found = []
    for law, query in LAWS:
        rows = connection.execute(query).fetchall()
        if rows:
            found.append(f"{len(rows)} {law}, such as {rows[0]}")
    return [*found, *_spoilt_values(connection), *_broken_series(connection)]


def _spoilt_values(connection: sqlite3.Connection) -> Iterator[str]:
    """Long values whose text is not the one their fingerprint was taken of."""
    for number, mark, body in connection.execute("SELECT vid, hash, body FROM value"):
        try:
            sound = fingerprint(unpacked(body)) == mark
        except (zlib.error, UnicodeDecodeError):
            sound = False
        if not sound:
            yield f"the long value {number} is not what was stored"


def _broken_series(connection: sqlite3.Connection) -> Iterator[str]:
    """Resources and facts of the current chains that change without changing."""
    for source in sources(connection):
        ranges = positions(connection, source.id)
        found = lives(connection, None, source.id, ranges)
        for rid, life in found.items():
            if life.vanished and (not life.appeared or life.vanished[0] < life.appeared[0]):
                yield f"resource {rid} vanished before it appeared"
        on_chain = condition("f.position", ranges)
        rows = connection.execute(
            "SELECT rid, pid, position FROM (SELECT f.rid, f.pid, f.position, f.value, "  # noqa: S608 - numbers
            "lag(f.value) OVER series AS before, lag(f.position) OVER series AS since "
            "FROM fact f JOIN resource r ON r.rid = f.rid "
            f"WHERE r.source = ? AND {on_chain} "
            "WINDOW series AS (PARTITION BY f.rid, f.pid ORDER BY f.position)) AS moved "
            # In another life of the resource it may well be what it was in the one before.
            "WHERE value IS before AND NOT EXISTS (SELECT 1 FROM presence p "
            "WHERE p.rid = moved.rid AND p.position > moved.since "
            f"AND p.position <= moved.position AND p.event = {APPEARED})",
            (source.id,),
        ).fetchall()
        if rows:
            yield f"{len(rows)} facts changed to what they were, such as {rows[0]}"
        absent = connection.execute(
            "SELECT f.rid, f.position FROM fact f JOIN resource r ON r.rid = f.rid "  # noqa: S608 - numbers
            f"WHERE r.source = ? AND {on_chain} AND NOT EXISTS (SELECT 1 FROM presence p "
            f"WHERE p.rid = f.rid AND p.event = {APPEARED} AND p.position <= f.position "
            f"AND {condition('p.position', ranges)})",
            (source.id,),
        ).fetchall()
        if absent:
            yield f"{len(absent)} facts changed before their resource appeared, as {absent[0]}"
