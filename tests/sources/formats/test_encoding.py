"""Bytes as text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.sources.formats.encoding import text_of
from driftline.sources.formats.limits import NotText, Unreadable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(encoding: str) -> None:
    """Text with a byte order mark is read in the encoding it announces."""
    assert "a: é\n" == text_of("a: é\n".encode(encoding))


def test_line_ends() -> None:
    """Line ends of every system are one."""
    assert "a\nb\nc\n" == text_of(b"a\r\nb\rc\n")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a: \xff", "not valid UTF-8 text"),
        (b"\x00\x01\xff", "binary data"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "not valid UTF-16 text"),
        (b"a\x00", "binary data"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MiB (1.0 MiB)"),
    ],
)
def test_what_is_no_text(data: bytes, reason: str) -> None:
    """Bytes that are no text, or too many, have a reason that says so."""
    with pytest.raises(NotText) as caught:
        text_of(data, file_bytes_max=1024 * 1024)

    assert reason == str(caught.value)


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    """Any bytes are text without NUL, or unreadable."""
    try:
        text = text_of(data)
    except Unreadable:
        return

    assert "\0" not in text
    assert "\r" not in text
