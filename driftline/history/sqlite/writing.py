"""Looks into rows: what one look changed, checked against what is stored.

The writer remembers what it has last seen of a resource, so that a long ingest
does not ask the file again. Rows are gathered and written sorted, which keeps
the clustered tables dense and costs a fraction of writing them one by one.
"""

import sqlite3
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from driftline.errors import IntegrityError
from driftline.history.chain import Ranges
from driftline.history.sqlite.dictionaries import Dictionaries, Value
from driftline.history.sqlite.remembering import Known, recalled, seen
from driftline.history.sqlite.remembering import fact as fact_before
from driftline.history.sqlite.schema import APPEARED, OF_OTHER_KIND, VANISHED
from driftline.history.sqlite.spelling import spelled, spelled_ref
from driftline.model.look import Contribution, Look, LookChanges, ResourceChange

# Beyond this many facts in memory, what is known of resources is forgotten
# between two transactions: about 100 MB.
_KEPT_FACTS_MAX = 300_000


class LookWriter:
    """Writes looks of one source, each after the one before."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        dictionaries: Dictionaries,
        source: int,
    ) -> None:
        self._connection = connection
        self._dictionaries = dictionaries
        self._source = source
        self._before: Ranges = ()
        self._known: dict[tuple[str, str], Known] = {}
        self._facts: list[tuple[int, int, int, Value, int | None]] = []
        self._changes: list[tuple[int, int, int]] = []
        self._presence: list[tuple[int, int, int, str | bytes | None]] = []
        self._looks: list[tuple[object, ...]] = []
        self._contributions: list[tuple[object, ...]] = []
        self._gaps: list[tuple[object, ...]] = []

    def write(
        self, looks: Sequence[LookChanges], *, before: Ranges, epoch: int, known_at: int
    ) -> None:
        """Put the rows of these looks into the open transaction.

        `before` is the chain that the first of them continues.
        """
        self._before = before
        if sum(len(known.facts) for known in self._known.values()) > _KEPT_FACTS_MAX:
            self._known.clear()
        self._dictionaries.shrink()
        for changes in looks:
            self._take(changes, epoch, known_at)
        self._flush()

    def _take(self, changes: LookChanges, epoch: int, known_at: int) -> None:
        look = changes.look
        self._take_look(look, changes.contributions, epoch, known_at)
        acts = len(changes.contributions)
        for resource in changes.resources:
            if not 0 <= resource.act < acts:
                raise self._refused(look, resource, f"act {resource.act} is none of {acts}")
            self._take_resource(look, resource, acts)
        for gap in changes.gaps:
            reason = None if gap.reason is None else spelled(gap.reason)
            self._gaps.append((self._source, spelled(gap.file), look.position, reason))

    def _take_look(
        self, look: Look, contributions: Sequence[Contribution], epoch: int, known_at: int
    ) -> None:
        person = self._dictionaries.person_number
        ref, by, subject = spelled_ref(look.ref), person(look.by), spelled(look.subject)
        approver = None if look.approver is None else person(look.approver)
        row = (self._source, look.position, epoch, look.at, known_at, ref, by, approver, subject)
        self._looks.append((*row, len(contributions)))
        for number, told in enumerate(contributions):
            trailers = ",".join(str(person(trailer)) for trailer in told.trailers) or None
            columns = (
                None if told.ref == look.ref else spelled_ref(told.ref),
                None if told.author == look.by else person(told.author),
                None if told.subject == look.subject else spelled(told.subject),
                trailers,
            )
            if columns != (None, None, None, None):
                self._contributions.append((self._source, look.position, number, *columns))

    def _take_resource(self, look: Look, change: ResourceChange, acts: int) -> None:
        known = self._known.get((change.file, change.key))
        if known is None:
            known = self._recall(change.file, change.key)
        position, rid, facts = look.position, known.rid, known.facts
        absurd = change.vanished and (change.appeared or change.facts)
        if absurd or change.appeared == known.there:
            raise self._refused(look, change, _contradiction(change, there=known.there))
        self._changes.append((rid, position, change.act))
        if change.vanished:
            self._presence.append((rid, position, VANISHED, None))
            known.vanish()
            return
        if change.appeared:
            known.appear(change.kind)
            self._presence.append((rid, position, APPEARED, spelled(change.kind)))
        elif change.kind != known.kind:
            known.kind = change.kind
            self._presence.append((rid, position, OF_OTHER_KIND, spelled(change.kind)))
        paths, append = self._dictionaries.path_numbers, self._facts.append
        for fact in change.facts:
            before, after, act = fact.before, fact.after, fact.act
            if before == after:
                continue
            pid = paths.get(fact.address)
            if pid is None:
                pid = self._dictionaries.path_number(fact.address)
            if pid not in facts and known.since is not None:
                facts[pid] = fact_before(
                    self._connection, self._dictionaries, known, pid, self._before
                )
            if facts.get(pid) != seen(before):
                raise self._refused(look, change, f"{fact.address} is not what it was before")
            if act is not None and not 0 <= act < acts:
                raise self._refused(look, change, f"act {act} is none of {acts}")
            facts[pid] = seen(after)
            column = None if after is None else self._dictionaries.value(after)
            append((rid, pid, position, column, None if act == change.act else act))

    def _recall(self, file: str, key: str) -> Known:
        """What the store says of a resource after the looks before this transaction."""
        columns = (self._source, spelled(file), spelled(key))
        row = self._connection.execute(
            "SELECT rid FROM resource WHERE source = ? AND file = ? AND key = ?", columns
        ).fetchone()
        if row is None:
            rid = self._connection.execute(
                "INSERT INTO resource (source, file, key) VALUES (?, ?, ?)", columns
            ).lastrowid
            known = Known(rid or 0)
        else:
            known = recalled(self._connection, row[0], self._before)
        self._known[(file, key)] = known
        return known

    def _flush(self) -> None:
        execute = self._connection.executemany
        try:
            execute("INSERT INTO look VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._looks)
            execute("INSERT INTO contribution VALUES (?, ?, ?, ?, ?, ?, ?)", self._contributions)
            execute(
                "INSERT INTO presence VALUES (?, ?, ?, ?)",
                sorted(self._presence, key=itemgetter(0, 1)),
            )
            execute("INSERT INTO change VALUES (?, ?, ?)", sorted(self._changes))
            execute(
                "INSERT INTO fact VALUES (?, ?, ?, ?, ?)",
                sorted(self._facts, key=itemgetter(0, 1, 2)),
            )
            execute("INSERT INTO gap VALUES (?, ?, ?, ?)", self._gaps)
        except sqlite3.IntegrityError as error:
            raise IntegrityError(
                f"a look names one resource, fact or file twice ({error}); nothing of these looks "
                "was stored"
            ) from error
        for rows in self._gathered():
            rows.clear()

    def _gathered(self) -> tuple[list[Any], ...]:
        return (
            self._looks,
            self._contributions,
            self._presence,
            self._changes,
            self._facts,
            self._gaps,
        )

    def _refused(self, look: Look, change: ResourceChange, why: str) -> IntegrityError:
        name = f"{change.file!r}" + (f" ({change.key!r})" if change.key else "")
        return IntegrityError(
            f"look {look.position} ({look.ref!r}) does not continue the store: {name}: {why}; "
            "nothing of these looks was stored; open a new epoch and read the source again"
        )


def _contradiction(change: ResourceChange, *, there: bool) -> str:
    if change.vanished and (change.appeared or change.facts):
        return "it vanished, and yet it appeared or lists facts"
    return "it appeared, but was there" if there else "it changed or vanished, but was not there"
