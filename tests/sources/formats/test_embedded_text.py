"""Configuration inside the text of other configuration."""

from tests.sources.formats.reading_cases import check


def test_cases() -> None:
    """Patches and values in blocks of text are facts of their own; other text stays text."""
    check("embedded")
