"""Whether the store says what was written to it: the laws its rows must obey.

Nothing here mends anything. Each finding is one sentence with a number of rows
and one of them as an example.
"""

import sqlite3

# A law is broken by the rows its query finds.
LAWS: tuple[tuple[str, str], ...] = (
    (
        "looks of an epoch that is not there",
        """SELECT l.source, l.position FROM look l LEFT JOIN epoch e
        ON e.source = l.source AND e.number = l.epoch WHERE e.number IS NULL""",
    ),
)


def findings(connection: sqlite3.Connection) -> list[str]:
    """What is wrong, in sentences."""
    found = [
        f"the file is damaged: {row[0]}"
        for row in connection.execute("PRAGMA integrity_check(20)")
        if row[0] != "ok"
    ]
    for law, query in LAWS:
        rows = connection.execute(query).fetchall()
        if rows:
            found.append(f"{len(rows)} {law}, such as {rows[0]}")
    return found
