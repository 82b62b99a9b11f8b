"""TOML."""

import pytest

from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.toml_trees import toml_tree
from tests.sources.formats.reading_cases import check


def test_cases() -> None:
    """Tables nest, numbers keep their spelling, dates are text."""
    check("toml")


@pytest.mark.parametrize("text", ["a." * 50_000 + "b = 1", "a = " + "[" * 5_000, "a = 1\na = 2"])
def test_what_cannot_be_read(text: str) -> None:
    """Keys and lists without end and keys set twice are unreadable, and found to be so at once."""
    with pytest.raises(Unreadable):
        toml_tree(text)
