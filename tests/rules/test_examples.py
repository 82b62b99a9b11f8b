"""Every page that shows commands is executed as a reader would who types along."""

import pytest

from tools import examples
from tools.source_tree import ROOT

PAGES = [path.relative_to(ROOT).as_posix() for path in examples.executed_pages(ROOT)]


def test_pages_are_found() -> None:
    """The tutorial, at least, is executed."""
    assert "docs/tutorial.md" in PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_says(page: str) -> None:
    """Each command of the page prints what the page shows."""
    breaches = examples.run((ROOT / page).read_text(encoding="utf-8"))

    # What comes after the first breach often only follows from it.
    assert not breaches, f"\n{breaches[0]}\n… and {len(breaches) - 1} more; see make docs"
