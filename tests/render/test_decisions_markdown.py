"""Decisions as Markdown break no table."""

from driftline.model.answers.decisions import DecisionsAnswer
from driftline.render.markdown import markdown_of
from tests.render.test_decisions_table import ANSWER, decision


def test_a_table() -> None:
    """Each decision is a row, and foreign text stays inside its cell."""
    text = markdown_of(
        DecisionsAnswer(
            "driftline.decisions/1",
            "ledger.yaml",
            (decision("in force", role="a|b", reason="<b>x</b> | y"),),
            ANSWER.problems,
        )
    )
    rows = [line for line in text.splitlines() if line.startswith("|")]

    assert text.startswith("## Decisions\n")
    assert 3 == len(rows)
    assert "`a\\|b`" in rows[2]
    assert "&lt;b>" in rows[2] or "&lt;b\\>" in rows[2]
    assert text.rstrip().splitlines()[-1].startswith("- driftline\\-ledger.yaml:9")


def test_nothing_decided() -> None:
    """An empty ledger is a sentence."""
    empty = DecisionsAnswer("driftline.decisions/1", "ledger.yaml", ())

    assert "## Decisions\n\nNothing was decided.\n" == markdown_of(empty)
