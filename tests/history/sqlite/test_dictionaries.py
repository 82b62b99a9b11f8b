"""Numbers for texts: given once, verified by text, and never mixed up."""

from pathlib import Path

import pytest

from driftline.history.sqlite import dictionaries as module
from driftline.history.sqlite.dictionaries import INLINE_CHARACTERS_MAX, Dictionaries
from driftline.history.sqlite.file import SqliteFile
from tests.history.histories import ANN, BOB, VALUES

LONG = "v" * (INLINE_CHARACTERS_MAX + 1)


@pytest.fixture
def file(tmp_path: Path) -> SqliteFile:
    """A new store's file."""
    return SqliteFile(tmp_path / "store.db", read_only=False, busy_timeout_seconds=1)


def test_numbers_are_given_once(file: SqliteFile) -> None:
    """The same text has the same number, whoever asks and whatever was forgotten."""
    one, two = Dictionaries(file.connection), Dictionaries(file.connection)
    before = [one.person_number(ANN), one.path_number("/a"), one.value(LONG)]
    one.forget()

    assert before == [one.person_number(ANN), one.path_number("/a"), one.value(LONG)]
    assert before == [two.person_number(ANN), two.path_number("/a"), two.value(LONG)]
    assert one.person_number(ANN) != one.person_number(BOB)


def test_numbers_lead_back(file: SqliteFile) -> None:
    """Each number leads back to its text, also after everything was forgotten."""
    kept = Dictionaries(file.connection)
    persons = {kept.person_number(person): person for person in (ANN, BOB)}
    paths = {kept.path_number(path): path for path in ("/a", "/\udce9", "")}
    kept.forget()

    assert persons == {number: kept.person(number) for number in persons}
    assert paths.items() <= kept.addresses(paths).items()


@pytest.mark.parametrize("value", VALUES)
def test_short_values_have_no_number(file: SqliteFile, value: str) -> None:
    """A short value is its own column; a long one is a number that leads back."""
    kept = Dictionaries(file.connection)
    column = kept.value(value)

    assert (len(value) > INLINE_CHARACTERS_MAX) == isinstance(column, int)
    if isinstance(column, int):
        assert {column: value} == kept.long_values([column])


def test_equal_fingerprints_are_told_apart(
    file: SqliteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two long values with the same fingerprint keep two numbers: the text decides."""
    monkeypatch.setattr(module, "fingerprint", lambda _: 7)
    kept = Dictionaries(file.connection)
    numbers = [kept.value(LONG), kept.value(LONG + "w"), kept.value(LONG)]
    kept.forget()

    assert numbers == [kept.value(LONG), kept.value(LONG + "w"), kept.value(LONG)]
    assert numbers[0] == numbers[2] != numbers[1]


def test_memory_is_bounded(file: SqliteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has outgrown its bound is forgotten, and asked again."""
    monkeypatch.setattr(module, "_KEPT_ENTRIES_MAX", 10)
    kept = Dictionaries(file.connection)
    numbers = {kept.path_number(f"/{n}"): f"/{n}" for n in range(30)}
    kept.shrink()

    assert not kept.path_numbers
    assert numbers == {number: kept.addresses([number])[number] for number in numbers}
