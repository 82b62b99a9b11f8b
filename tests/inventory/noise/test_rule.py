from pathlib import Path

from driftline.inventory.noise.rule import RULES, noise
from tests.inventory.noise.case_files import cases

PAGE = Path(__file__).parents[3] / "docs" / "live-noise.md"


def test_a_rule_has_a_reason_and_may_say_more() -> None:
    """The reason is the rule's own unless a better one is given."""
    assert RULES["empty"] == noise("empty").reason
    assert "because" == noise("empty", "because").reason


def test_every_rule_has_its_heading_and_reason_on_the_page() -> None:
    """The page explains each rule in the words that users read, and no other."""
    text = PAGE.read_text()
    headings = [line.removeprefix("### ") for line in text.splitlines() if line.startswith("### ")]

    assert sorted(RULES) == sorted(headings)
    assert [] == [rule for rule, reason in RULES.items() if reason not in text]


def test_every_rule_has_a_case() -> None:
    """No rule is there without a situation that shows it."""
    shown = {
        rule
        for folder in ("against_intent", "between_siblings", "look_alike")
        for case in cases(folder)
        for rule in (*case.noise.values(), case.plain.get("rule"))
    }

    assert [] == sorted(RULES.keys() - shown)
