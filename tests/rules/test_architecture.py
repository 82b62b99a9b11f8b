"""ARCHITECTURE.md shows the tree of the code as it is."""

import pytest

from tools import architecture


def test_the_tree_is_that_of_the_code() -> None:
    """The tree equals the one drawn from the captions; `make docs` writes it."""
    written = architecture.PAGE.read_text(encoding="utf-8")

    assert architecture.current() == written, "run make docs"


def test_a_page_without_marks_is_refused() -> None:
    """A page that lost a mark is an error, not an empty tree."""
    with pytest.raises(ValueError, match="put both back"):
        architecture.page("no marks", "tree")
