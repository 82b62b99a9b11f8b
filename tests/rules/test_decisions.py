"""Decisions have numbers of their own, and say what would change them."""

import re
from collections import Counter

from tests.rules.complaint import listed
from tools.source_tree import ROOT

PAGES = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_decisions_are_found() -> None:
    """There are decisions to read."""
    assert len(PAGES) > 5


def test_decisions_are_numbered() -> None:
    """A page is named by a number of its own and what was decided."""
    wrong = [p.name for p in PAGES if not re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", p.name)]
    counts = Counter(page.name[:4] for page in PAGES)
    twice = [page.name for page in PAGES if counts[page.name[:4]] > 1]

    assert [] == wrong + twice, listed(wrong + twice)


def test_decisions_can_be_made_again() -> None:
    """A page opens with its number, and says what was decided, considered, and would change it."""
    wrong = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        parts = (f"# {page.name[:4]}: ", "**Decided**", "**Considered**", "**Would change it**")
        wrong += [f"{page.name}: {part}" for part in parts if part not in text]

    assert [] == wrong, listed(wrong)
