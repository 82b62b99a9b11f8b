"""The table of actors and the page that explains it say the same."""

import re
from pathlib import Path

from driftline.inventory.people.actor_rules import ASSISTANTS, RULES, SURNAMES

PAGE = Path(__file__).parents[3] / "docs" / "sources" / "git.md"


def test_the_page_lists_the_table() -> None:
    """docs/sources/git.md has every row of the table, in its order, and no other."""
    listed = re.findall(
        r"^\| ([a-z-]+) \| (name|email|account) \| (.+) \|$", PAGE.read_text(), re.MULTILINE
    )

    assert [(rule.actor_class.value, rule.where, rule.why) for rule in RULES] == listed


def test_the_page_names_the_assistants() -> None:
    """Each assistant that is recognised is named on the page."""
    text = PAGE.read_text()

    assert [] == [label for label, _, _ in ASSISTANTS if label not in text]


def test_patterns_compile_and_look_somewhere() -> None:
    """Each row is a regular expression for something that an actor has."""
    for rule in RULES:
        assert re.compile(rule.pattern, re.IGNORECASE)
        assert rule.where in {"name", "email", "account"}
    assert all(name.endswith("bot") for name in SURNAMES)
