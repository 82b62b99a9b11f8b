"""One act is told once, in words that say who moved what, against whom, and of which kind."""

from typing import Any

import pytest

from driftline.model.answers.parity import Side
from driftline.render.check_rows import (
    acts,
    against_text,
    follower_text,
    forgotten_text,
    kind_text,
    move_texts,
    names_text,
    place_text,
    verdict_text,
)
from tests.render.check_samples import answer, flight, quiet, row


def test_rows_of_one_act_are_one() -> None:
    """Moving staging differs from several siblings; each thing that moved is one act."""
    found = acts([flight(), flight(right="eu"), flight(left="qa"), row()])

    assert [("/log", 1), ("/image/tag", 3)] == [(one.lead.path, len(one.rows)) for one in found]
    assert ("staging", "qa") == found[1].movers
    assert ("production", "eu") == found[1].others


def test_the_gravest_kind_leads() -> None:
    """One standing sibling makes the act a standing one, and says how many are what."""
    (one,) = acts([flight(), flight(right="eu", kind="standing", reason="nobody follows")])

    assert "standing" == one.lead.kind
    assert "standing: nobody follows (1 in flight, 1 standing)" == kind_text(one)


SIDES = [
    ("a value that moved", row(), ("production", "info", "debug"), "staging (info)"),
    (
        "a value that is new",
        row(right_before=None),
        ("production", "—", "debug"),
        "staging (info)",
    ),
    (
        "a value that is gone",
        row(right_state=Side.ABSENT, right_value=None),
        ("production", "info", "—"),
        "staging (info)",
    ),
    (
        "a value that caught up",
        row("closed", left_value="new", right_value="old"),
        ("production", "old", "new"),
        "staging (new)",
    ),
    (
        "a role that is new",
        row(path="", left_state=Side.ABSENT),
        ("production", "—", "there"),
        "staging",
    ),
    (
        "both sides",
        row(moved_by_change="both", left_before="warn", right_before="warn"),
        ("staging and production", "warn", "info ≠ debug"),
        "staging ≠ production",
    ),
    (
        "both sides, to one value",
        row("closed", moved_by_change="both", left_value="new", right_value="old"),
        ("staging and production", "new ≠ old", "the same"),
        "staging ≠ production",
    ),
]


@pytest.mark.parametrize(("why", "one", "moved", "against"), SIDES)
def test_moves(why: str, one: Any, moved: tuple[str, str, str], against: str) -> None:
    """Before, after, and what the siblings say."""
    (act,) = acts([one])

    assert (moved, against) == (move_texts(act), against_text(act)), why


def test_kinds_in_words() -> None:
    """In flight has its limit, by design its reason."""
    (sent,), (meant,) = acts([flight()]), acts([row(kind="environmental", reason="a name")])

    assert "in flight, late after 24 h" == kind_text(sent)
    assert "by design: a name" == kind_text(meant)


def test_sentences() -> None:
    """What was forgotten and who follows, with the counts behind it."""
    told = answer()

    assert (
        "production moves /cpu, but not /memory beside it: 8 of the last 9 changes moved both"
        == forgotten_text(told.forgotten[0])
    )
    assert (
        "production follows staging: 130 of 133 changes arrived, half within 60 min,"
        " 9 of 10 within 2 h" == follower_text(told.followers[0])
    )
    assert "env/production/web.yaml:3" == place_text(told.opened[0])


def test_names_are_few() -> None:
    """Many names are some and a count."""
    assert "a" == names_text(["a"])
    assert "a, b and c" == names_text(["a", "b", "c"])
    assert "a, b, c and 2 more" == names_text(["a", "b", "c", "d", "e"])


VERDICTS = [
    ({}, "fails: it opens differences that nobody is known to bring"),
    ({"failed": ()}, "incomplete: what the change touches could not all be read"),
    ({"failed": (), "fail_on": ("none",)}, "nothing was to fail"),
    (
        {"failed": (), "gaps": ()},
        "passes, but 1 path may be set by a layer that cannot be read",
    ),
    ({"failed": (), "gaps": (), "changed": ()}, "passes"),
]


@pytest.mark.parametrize(("more", "expected"), VERDICTS)
def test_verdicts(more: dict[str, Any], expected: str) -> None:
    """What failed wins over what is missing, and what is unknown is never hidden."""
    assert expected == verdict_text(answer(**more))
    assert "passes" == verdict_text(quiet())
