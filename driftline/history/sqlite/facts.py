"""Facts at an instant and their steps, for any set of resources.

The rows of one fact lie together in order of position, so what a fact was
before is the row above it. A resource that vanished has one row in all, and the
last steps of its facts are made here.
"""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from driftline.history.chain import Ranges, condition
from driftline.history.protocol import Step
from driftline.history.sqlite.dictionaries import Dictionaries, Value
from driftline.history.sqlite.resources import Life
from driftline.history.sqlite.spelling import read

FactRow = tuple[int, int, int, Value, int | None]


def state(
    connection: sqlite3.Connection,
    dictionaries: Dictionaries,
    found: dict[int, Life],
    ranges: Ranges,
) -> dict[int, dict[str, str]]:
    """The facts at the end of a chain of those resources that are there."""
    # Facts of an earlier life ended with it.
    since = {rid: life.since for rid, life in found.items() if life.since is not None}
    facts: dict[int, dict[str, str]] = {rid: {} for rid in since}
    rows = connection.execute(
        "SELECT rid, pid, value, max(position) FROM fact "  # noqa: S608 - numbers
        "WHERE rid IN (SELECT value FROM json_each(?)) "
        f"AND {condition('position', ranges)} GROUP BY rid, pid",
        (json.dumps(list(since)),),
    ).fetchall()
    addresses = dictionaries.addresses({row[1] for row in rows})
    texts = dictionaries.long_values(row[2] for row in rows if isinstance(row[2], int))
    for rid, pid, value, position in rows:
        text = _text(value, texts)
        if text is not None and position >= since[rid]:
            facts[rid][addresses[pid]] = text
    return facts


def steps(
    connection: sqlite3.Connection,
    dictionaries: Dictionaries,
    found: dict[int, Life],
    ranges: Ranges,
) -> Iterator[Step]:
    """Every step of these resources on a chain, by resource, address and position."""
    chosen = json.dumps(list(found))
    on_chain = condition("position", ranges)
    rows = connection.execute(
        "SELECT rid, pid, position, value, act FROM fact "  # noqa: S608 - numbers
        f"WHERE rid IN (SELECT value FROM json_each(?)) AND {on_chain} "
        "ORDER BY rid, pid, position",
        (chosen,),
    ).fetchall()
    acts: dict[int, dict[int, int]] = {}
    for rid, position, act in connection.execute(
        "SELECT rid, position, act FROM change "  # noqa: S608 - numbers
        f"WHERE rid IN (SELECT value FROM json_each(?)) AND {on_chain}",
        (chosen,),
    ):
        acts.setdefault(rid, {})[position] = act
    addresses = dictionaries.addresses({row[1] for row in rows})
    texts = dictionaries.long_values(row[3] for row in rows if isinstance(row[3], int))
    for rid, of_resource in groupby(rows, key=itemgetter(0)):
        series = [
            (addresses[pid], list(of_fact)) for pid, of_fact in groupby(of_resource, itemgetter(1))
        ]
        series.sort(key=itemgetter(0))
        life = found[rid]
        steps_of = _plain if life.is_single else _interrupted
        for address, of_address in series:
            yield from steps_of(life, address, of_address, texts, acts[rid])


def _plain(
    life: Life, address: str, rows: list[FactRow], texts: dict[int, str], acts: dict[int, int]
) -> list[Step]:
    """The steps of a fact whose resource lived once, to its end if it has one."""
    rid = life.rid
    before: str | None = None
    made = []
    for _, _, position, value, act in rows:
        after = value if isinstance(value, str) else _text(value, texts)
        made.append(
            Step(rid, address, position, before, after, acts[position] if act is None else act)
        )
        before = after
    if life.vanished and before is not None:
        position = life.vanished[0]
        made.append(Step(rid, address, position, before, None, acts[position]))
    return made


def _interrupted(
    life: Life, address: str, rows: list[FactRow], texts: dict[int, str], acts: dict[int, int]
) -> list[Step]:
    """The steps of a fact whose resource lived more than once.

    Where it vanished, and where it appeared without listing the fact, the
    fact ends.
    """
    told = {row[2]: row for row in rows}
    before: str | None = None
    made = []
    for position in sorted({*told, *life.appeared, *life.vanished}):
        row = told.get(position)
        after = None if row is None else _text(row[3], texts)
        if after != before:
            act = acts[position] if row is None or row[4] is None else row[4]
            made.append(Step(life.rid, address, position, before, after, act))
            before = after
    return made


def _text(value: Value, texts: dict[int, str]) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return texts[value] if isinstance(value, int) else read(value)
