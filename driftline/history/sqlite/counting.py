"""How often each fact moved, and how many facts each act moved.

Resources that appeared once and stayed are counted by the database; the others
by going through their steps, which is exact for every kind of interruption.
"""

import json
import sqlite3
from collections import Counter

from driftline.history.chain import Ranges, condition
from driftline.history.sqlite.dictionaries import Dictionaries
from driftline.history.sqlite.facts import steps
from driftline.history.sqlite.resources import Life, lives


def change_counts(
    connection: sqlite3.Connection, dictionaries: Dictionaries, source: int, ranges: Ranges
) -> dict[int, dict[str, int]]:
    """Resource to address to number of steps, those of an appearance left out."""
    simple, interrupted = _parted(connection, source, ranges)
    counts: dict[int, dict[str, int]] = {}
    rows = connection.execute(
        "SELECT f.rid, f.pid, count(*) FROM presence p JOIN fact f "  # noqa: S608 - numbers
        "ON f.rid = p.rid AND f.position > p.position "
        f"WHERE p.event = 1 AND {condition('p.position', ranges)} "
        f"AND p.rid IN (SELECT value FROM json_each(?)) AND {condition('f.position', ranges)} "
        "GROUP BY f.rid, f.pid",
        (json.dumps(list(simple)),),
    ).fetchall()
    addresses = dictionaries.addresses({row[1] for row in rows})
    for rid, pid, number in rows:
        counts.setdefault(rid, {})[addresses[pid]] = number
    for step in steps(connection, dictionaries, interrupted, ranges):
        if step.position in interrupted[step.resource].appeared:
            continue
        of_resource = counts.setdefault(step.resource, {})
        of_resource[step.address] = of_resource.get(step.address, 0) + 1
    return dict(sorted(counts.items()))


def acts(
    connection: sqlite3.Connection, dictionaries: Dictionaries, source: int, ranges: Ranges
) -> tuple[tuple[int, int, int], ...]:
    """Position, act and number of fact changes, for every contribution of the chain."""
    simple, interrupted = _parted(connection, source, ranges)
    moved: Counter[tuple[int, int]] = Counter()
    for position, act, number in connection.execute(
        "SELECT c.position, ifnull(f.act, c.act), count(*) FROM fact f "  # noqa: S608 - numbers
        # CROSS keeps the order of the tables: from changes to facts it would
        # go through all facts of the resource for each of its changes.
        "CROSS JOIN change c ON c.rid = f.rid AND c.position = f.position "
        f"WHERE f.rid IN (SELECT value FROM json_each(?)) AND {condition('f.position', ranges)} "
        "GROUP BY 1, 2",
        (json.dumps(list(simple)),),
    ):
        moved[(position, act)] += number
    moved.update(
        (step.position, step.act) for step in steps(connection, dictionaries, interrupted, ranges)
    )
    rows = connection.execute(
        "SELECT position, acts FROM look "  # noqa: S608 - numbers
        f"WHERE source = ? AND {condition('position', ranges)} ORDER BY position",
        (source,),
    )
    return tuple(
        (position, act, moved[(position, act)])
        for position, number in rows
        for act in range(number)
    )


def _parted(
    connection: sqlite3.Connection, source: int, ranges: Ranges
) -> tuple[dict[int, Life], dict[int, Life]]:
    found = lives(connection, None, source, ranges)
    simple = {rid: life for rid, life in found.items() if life.is_simple}
    return simple, {rid: life for rid, life in found.items() if rid not in simple}
