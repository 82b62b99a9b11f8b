"""Which lists have names for their elements."""

from tests.sources.formats.reading_cases import check


def test_cases() -> None:
    """Elements are addressed by a name where the list has one for each, else by position."""
    check("lists")
