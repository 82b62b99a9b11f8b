"""Java properties."""

from tests.sources.formats.reading_cases import check


def test_cases() -> None:
    """Properties are read as Java reads them."""
    check("properties")
