"""Numbers for texts that repeat: persons, addresses and long values.

Numbers are given once and never change, so what was looked up may be kept. A
transaction that is rolled back takes its numbers back: then, and when the
memory grows beyond its bound, everything kept is forgotten.
"""

import json
import sqlite3
from collections.abc import Iterable

from driftline.history.sqlite.spelling import Column, fingerprint, packed, read, spelled, unpacked
from driftline.model.look import Person

# A value of up to this many characters stands in its row; docs/store.md tells
# how the threshold was measured.
INLINE_CHARACTERS_MAX = 64

# Longer texts are looked up in the file each time rather than kept in memory.
_KEPT_CHARACTERS_MAX = 1024
_KEPT_ENTRIES_MAX = 100_000

Value = str | bytes | int | None


class Dictionaries:
    """The texts of one store by number and the numbers by text."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._person_numbers: dict[Person, int] = {}
        self._persons: dict[int, Person] = {}
        self.path_numbers: dict[str, int] = {}
        self._own_paths: set[int] = set()
        self._addresses: dict[int, str] = {}
        self._value_numbers: dict[str, int] = {}

    def forget(self) -> None:
        """Drop everything kept in memory."""
        self._person_numbers.clear()
        self._persons.clear()
        self.path_numbers.clear()
        self._own_paths.clear()
        self._addresses.clear()
        self._value_numbers.clear()

    def shrink(self) -> None:
        """Drop whatever has outgrown its bound."""
        if len(self.path_numbers) > _KEPT_ENTRIES_MAX:
            self.path_numbers.clear()
            self._own_paths.clear()
        for kept in (self._person_numbers, self._persons, self._addresses, self._value_numbers):
            if len(kept) > _KEPT_ENTRIES_MAX:
                kept.clear()

    def person_number(self, person: Person) -> int:
        """The number of a person; a new one is stored."""
        known = self._person_numbers.get(person)
        if known is not None:
            return known
        columns = (spelled(person.name), spelled(person.email))
        row = self._connection.execute(
            "SELECT person FROM person WHERE name = ? AND email = ?", columns
        ).fetchone()
        number = (
            row[0]
            if row
            else _inserted(
                self._connection.execute("INSERT INTO person (name, email) VALUES (?, ?)", columns)
            )
        )
        self._person_numbers[person] = number
        return number

    def person(self, number: int) -> Person:
        """The person of a number."""
        known = self._persons.get(number)
        if known is None:
            name, email = self._connection.execute(
                "SELECT name, email FROM person WHERE person = ?", (number,)
            ).fetchone()
            known = self._persons[number] = Person(read(name), read(email))
        return known

    def path_number(self, address: str) -> int:
        """The number of an address; a new one is stored, below the rest of it."""
        missing: list[str] = []
        rest: str | None = address
        while rest is not None and rest not in self.path_numbers:
            missing.append(rest)
            head, slash, _ = rest.rpartition("/")
            rest = head if slash else None
        number = 0 if rest is None else self.path_numbers[rest]
        for one in reversed(missing):
            number = self.path_numbers[one] = self._token_number(number, one.rpartition("/")[2])
        return number

    def _token_number(self, parent: int, token: str) -> int:
        columns = (parent, spelled(token))
        # Below a row that was made here, whatever is not known is not there.
        if parent not in self._own_paths:
            row = self._connection.execute(
                "SELECT pid FROM path WHERE parent = ? AND token = ?", columns
            ).fetchone()
            if row is not None:
                return int(row[0])
        number = _inserted(
            self._connection.execute("INSERT INTO path (parent, token) VALUES (?, ?)", columns)
        )
        self._own_paths.add(number)
        return number

    def addresses(self, numbers: Iterable[int]) -> dict[int, str]:
        """The addresses of at least these numbers."""
        wanted = set(numbers)
        if not wanted <= self._addresses.keys():
            if len(self._addresses) > _KEPT_ENTRIES_MAX:
                self._addresses.clear()
            texts = self._addresses
            for number, parent, token in self._path_rows(wanted - texts.keys()):
                text = token if isinstance(token, str) else read(token)
                texts[number] = f"{texts[parent]}/{text}" if parent else text
        return self._addresses

    def _path_rows(self, numbers: set[int]) -> Iterable[tuple[int, int, Column]]:
        """The rows of these addresses and of all above them, parents first."""
        (every,) = self._connection.execute("SELECT count(*) FROM path").fetchone()
        # Climbing costs about four times as much a row as reading on.
        if every < 4 * len(numbers) and every < _KEPT_ENTRIES_MAX:
            return self._connection.execute("SELECT pid, parent, token FROM path ORDER BY pid")
        return self._connection.execute(
            "WITH RECURSIVE wanted (pid) AS (SELECT value FROM json_each(?) "
            "UNION SELECT parent FROM path JOIN wanted USING (pid)) "
            "SELECT pid, parent, token FROM path WHERE pid IN wanted ORDER BY pid",
            (json.dumps(sorted(numbers)),),
        )

    def value(self, text: str) -> Value:
        """A value as its column holds it; a new long one is stored."""
        if len(text) <= INLINE_CHARACTERS_MAX:
            return spelled(text)
        known = self._value_numbers.get(text)
        if known is not None:
            return known
        mark = fingerprint(text)
        rows = self._connection.execute("SELECT vid, body FROM value WHERE hash = ?", (mark,))
        number = next((vid for vid, body in rows if unpacked(body) == text), None)
        if number is None:
            number = _inserted(
                self._connection.execute(
                    "INSERT INTO value (hash, body) VALUES (?, ?)", (mark, packed(text))
                )
            )
        if len(text) <= _KEPT_CHARACTERS_MAX:
            self._value_numbers[text] = number
        return int(number)

    def long_values(self, numbers: Iterable[int]) -> dict[int, str]:
        """The long values of these numbers."""
        rows = self._connection.execute(
            "SELECT vid, body FROM value WHERE vid IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(numbers))),),
        )
        return {number: unpacked(body) for number, body in rows}

    def mark(self, number: int) -> int:
        """The fingerprint of a long value."""
        (mark,) = self._connection.execute(
            "SELECT hash FROM value WHERE vid = ?", (number,)
        ).fetchone()
        return int(mark)


def _inserted(cursor: sqlite3.Cursor) -> int:
    number = cursor.lastrowid
    if number is None:  # An INSERT that succeeded always has one; this tells mypy so.
        raise AssertionError("no row was inserted")
    return number
