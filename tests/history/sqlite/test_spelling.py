"""Every text comes back from its column as it was."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.errors import UsageError
from driftline.history.sqlite import spelling

# Any text Python can hold, lone surrogates and NUL included.
texts = st.text(st.characters(codec=None), max_size=40)


def kept(column: spelling.Column) -> spelling.Column:
    """The column after SQLite had it."""
    row = sqlite3.connect(":memory:").execute("SELECT ?", (column,)).fetchone()
    found: spelling.Column = row[0]
    return found


@given(texts)
def test_texts_come_back(text: str) -> None:
    """A name or a value, valid Unicode or not."""
    assert text == spelling.read(kept(spelling.spelled(text)))


@given(texts, st.integers(1, 60))
def test_long_texts_come_back(text: str, times: int) -> None:
    """A long value, compressed or not."""
    assert text * times == spelling.unpacked(kept(spelling.packed(text * times)))


@given(st.sampled_from([20, 32]).flatmap(lambda size: st.binary(min_size=size, max_size=size)))
def test_hashes_take_half(digest: bytes) -> None:
    """A hash in lower hexadecimal is kept as its bytes."""
    assert digest == kept(spelling.spelled_ref(digest.hex()))
    assert digest.hex() == spelling.read_ref(kept(spelling.spelled_ref(digest.hex())))


@pytest.mark.parametrize("ref", ["", "main", "A" * 40, "0" * 39, "r\u00fcck", "0" * 41])
def test_other_refs_are_texts(ref: str) -> None:
    """Any other name stays a text."""
    assert ref == kept(spelling.spelled_ref(ref))
    assert ref == spelling.read_ref(ref)


def test_a_ref_is_unicode() -> None:
    """A ref that is no Unicode is refused, for its bytes could be a hash."""
    with pytest.raises(UsageError, match="not valid Unicode"):
        spelling.spelled_ref("\udcff")


def test_compression_pays() -> None:
    """A long repetitive value takes a fraction of its length; a short one stays readable."""
    assert len(spelling.packed("key: value\n" * 400)) < 100
    assert "x" * 100 == spelling.packed("x" * 100)


def test_fingerprints_fit_a_column() -> None:
    """Fingerprints are 64-bit numbers with a sign, spread over their range."""
    marks = {spelling.fingerprint(str(number)) for number in range(1000)}

    assert 1000 == len(marks)
    assert min(marks) < 0 < max(marks)
    assert all(-(2**63) <= mark < 2**63 for mark in marks)
