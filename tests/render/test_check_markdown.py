"""A change as Markdown: the verdict first, tables that nothing can break."""

from driftline.render.markdown import markdown_of
from tests.render.check_samples import answer, hostile, quiet


def test_a_pull_request_reads_it_from_the_top() -> None:
    """Verdict and counts, then a row for each act; what is by design is counted."""
    shown = markdown_of(answer())
    lines = shown.splitlines()

    assert lines[0].startswith("## ❌ driftline: what `origin/main…HEAD` does to parity")
    assert "3 opened, 1 changed, 1 closed, 1 forgotten, 1 still standing." in lines[2]
    assert any("| web | `/log` | production | `info` | `debug` |" in line for line in lines)
    assert "And 1 by design or accepted." in lines
    assert any("production moves /cpu" in line for line in lines)
    assert "- `env/qa/web.yaml`: not valid YAML: line 3" in lines
    assert "/host" not in shown


def test_signs() -> None:
    """Failed, incomplete and passed look different."""
    assert markdown_of(quiet()).startswith("## ✅")
    assert markdown_of(answer(failed=())).startswith("## ⚠️")


def test_hostile_names_break_no_table() -> None:
    """Every row of a table has as many cells as its head, and nobody is mentioned."""
    shown = markdown_of(hostile())
    rows = [line for line in shown.splitlines() if line.startswith("|")]

    assert {9} == {line.replace("\\|", "").count("|") for line in rows}
    assert "\x1b" not in shown
    assert "<b>" not in shown.replace("`", "") or "`" in shown
