"""Plain scalars."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.sources.formats import scalars
from driftline.sources.formats.scalars import number_value, plain_key, plain_value, text_value
from tests.sources.formats import reference_reading
from tests.sources.formats.reading_cases import check

SPELLINGS = st.text("0123456789+-._eExXoObBaAfFyYnN~tT:", max_size=12)

# What the YAML library of the Kubernetes tools makes of an unquoted key.
KEYS = {
    "100000.5": "100000.5",
    "1234567.0": "1.234567e+06",
    "1000000.0": "1e+06",
    "123456.7": "123456.7",
    "0.0001": "0.0001",
    "0.00001": "1e-05",
    "1e20": "1e+20",
    "1e5": "100000",
    "-0.0": "-0",
    "999999.5": "999999.5",
    "-0": "0",
    "-1.50": "-1.5",
    "1e400": "1e400",
    ".inf": ".inf",
    "true": "true",
    "~": "null",
}


def test_cases() -> None:
    """Plain scalars mean what they mean to the Kubernetes tools."""
    check("yaml_scalars")


@pytest.mark.parametrize(("spelled", "key"), KEYS.items())
def test_keys(spelled: str, key: str) -> None:
    """An unquoted key is read as a value and written as Go writes it."""
    assert key == plain_key(spelled)


@given(SPELLINGS)
def test_agrees_with_the_plain_reading(text: str) -> None:
    """Every scalar that looks like a number is read as the plain reading reads it."""
    assert reference_reading.leaf(reference_reading.plain(text)) == plain_value(text)
    assert reference_reading.key_text(reference_reading.plain(text)) == plain_key(text)


@given(SPELLINGS | st.text())
def test_values_are_json(text: str) -> None:
    """Whatever a scalar is, its value is JSON, and a text comes back as it was."""
    json.loads(plain_value(text))

    assert text == json.loads(text_value(text))


def test_endless_numbers_are_text() -> None:
    """A number of thousands of digits is an identifier."""
    assert number_value("1" * 5_000) is None


def test_memory_is_bounded() -> None:
    """The memo is emptied instead of growing without end."""
    for number in range(scalars._MEMO_ENTRIES_MAX + 10):
        plain_value(f"v{number}")
        plain_key(f"k{number}")

    assert len(scalars._values) <= scalars._MEMO_ENTRIES_MAX
    assert len(scalars._keys) <= scalars._MEMO_ENTRIES_MAX
