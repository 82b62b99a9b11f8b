"""The format of a file whose name says nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.sources.formats.sniffing import sniff
from tests.sources.formats.reading_cases import check


def test_cases() -> None:
    """Configuration is recognised by its content; prose, scripts and lists are not."""
    check("sniffing")


@settings(max_examples=25)
@given(st.lists(st.from_regex(r"[A-Z][a-z]+( [a-z]+){2,8}[.:,]?", fullmatch=True), min_size=1))
def test_prose_is_not_configuration(lines: list[str]) -> None:
    """Sentences are never taken for configuration."""
    assert sniff("\n".join(lines) + "\n") is None


def test_guessing_has_a_limit() -> None:
    """A large file without an extension is left alone."""
    assert sniff("A=1\n" * 200_000) is None
