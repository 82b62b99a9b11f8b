"""Decisions are listed by their state, each with its values and its reason."""

from driftline.model.answers.decisions import DecisionNote, DecisionsAnswer, DecisionValue
from driftline.render.decisions_table import (
    covers_text,
    decisions_lines,
    place_text,
    until_text,
    value_words,
)
from driftline.render.lines import line_cells, to_text
from driftline.render.page import Page

SECRET = {"secret": "k1:1e383df1e98a6af9"}


def decision(state: str, **more: object) -> DecisionNote:
    """An acceptance of two values."""
    said: dict[str, object] = {
        "decision": "accept",
        "role": "checkout",
        "path": "/spec/containers/[name=web]/image",
        "environments": ("staging", "production"),
        "values": (
            DecisionValue("staging", "present", "1.2"),
            DecisionValue("production", "absent", None),
        ),
        "class_": "",
        "until": "2026-09-01",
        "ends_in_days": 25,
        "state": state,
        "reason": "waits for the window",
        "owner": "team-a",
        "file": "driftline-ledger.yaml",
        "line": 4,
        **more,
    }
    return DecisionNote(**said)  # type: ignore[arg-type]  # a table of fields


def test_what_a_decision_covers() -> None:
    """What nothing needs any more says so; what has ended would cover what counts again."""
    told = [
        covers_text(decision(state, covers=covers))
        for state, covers in (
            ("in force", 3), ("ends soon", 1), ("ended", 2), ("in force", 0), ("in force", None),
        )
    ]  # fmt: skip

    assert [
        "covers 3 differences",
        "covers 1 difference",
        "would cover 2 differences",
        "covers nothing now",
        "",
    ] == told


ANSWER = DecisionsAnswer(
    schema="driftline.decisions/1",
    file="/infra/driftline-ledger.yaml",
    decisions=(
        decision("ended", ends_in_days=-3),
        decision("ends soon", ends_in_days=1, role="x\x1b[31m" * 20, reason="very long " * 20),
        decision("in force", until=None, ends_in_days=None, values=(), path="", class_="drift"),
        decision("renewed"),
    ),
    problems=("driftline-ledger.yaml:9: unknown key 'rol', did you mean 'role'?",),
)


def test_a_list() -> None:
    """Headings say what to do about the decisions below them."""
    text = to_text(decisions_lines(ANSWER, Page(width=100)), color=False)
    lines = text.splitlines()

    assert "Ended, and counting again  1 decision" == lines[0]
    assert "checkout" in lines[1]
    assert "spec.containers[web].image" in lines[1]
    assert "2026-09-01 (3 d ago)" in lines[1]
    assert "staging: 1.2 · production: — · waits for the window · team-a" in lines[2]
    assert "Ending within a week  1 decision" in lines
    assert "in staging, production · is drift" in text
    assert "did you mean 'role'?" in text


def test_it_fits_and_is_harmless() -> None:
    """No name breaks out of its line, whatever it holds."""
    for width in (60, 80, 160):
        lines = decisions_lines(ANSWER, Page(width=width))

        assert not [line for line in lines if line_cells(line) > width]
        assert "\x1b" not in to_text(lines, color=False)


def test_nothing_decided() -> None:
    """Without decisions the file is named in which they would stand."""
    empty = DecisionsAnswer("driftline.decisions/1", "/infra/driftline-ledger.yaml", ())

    assert "Nothing was decided in /infra/driftline-ledger.yaml.\n" == to_text(
        decisions_lines(empty, Page()), color=False
    )


def test_words() -> None:
    """Places, days and values have words of their own."""
    assert "all of it" == place_text(decision("in force", path=""))
    assert "image.*" == place_text(decision("in force", path="image.*"))
    assert "2026-09-01 (today)" == until_text(decision("ended", ends_in_days=0))
    assert ["secret(1e383d…)", "staging: —"] == value_words(
        [DecisionValue(None, "present", SECRET), DecisionValue("staging", "absent", None)]
    )
