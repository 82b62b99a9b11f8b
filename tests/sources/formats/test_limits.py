"""Reasons and limits."""

from driftline.sources.formats.limits import Malformed, NotText, Unreadable, too_long


def test_a_mistake_moves_with_its_text() -> None:
    """A line counted in a part of a file becomes the line in the file."""
    assert "bad (line 12)" == str(Malformed("bad", 2).after(10))
    assert "bad" == str(Malformed("bad").after(10))


def test_reasons_say_the_limit() -> None:
    """A reason for too much says how much is too much."""
    reason = too_long(512 * 1024)

    assert "more than 0.5 MiB of its format" == str(reason)
    assert isinstance(reason, NotText)
    assert isinstance(reason, Unreadable)
