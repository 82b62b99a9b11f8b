"""The headline about what only a running system holds."""

from driftline.model.answers.planes import BurnedDown, OwnerLoss
from driftline.render.burned_lines import burned_blocks, burned_lines
from driftline.render.lines import to_text
from driftline.render.page import Page

NOW = "2026-08-08T12:00:00Z"
LOSS = BurnedDown(
    "production", 31, 2, "2026-08-05T12:00:00Z",
    (OwnerLoss("", 30, 2, "2026-08-05T12:00:00Z"), OwnerLoss("team-a", 1, 1, None)),
)  # fmt: skip
SMALL = BurnedDown("staging", 1, 1, None, (OwnerLoss("a", 1, 1, None),))


def test_the_greatest_loss_comes_first() -> None:
    """A sentence for each environment, then how old it is and whose."""
    text = to_text(burned_lines((SMALL, LOSS), Page(), NOW), color=False)

    assert text.startswith(
        "If production burned down tonight: 31 facts in 2 resources exist only in the running "
        "system\n  the oldest for 3 d · nobody known 30, team-a 1\n"
    )
    assert "1 fact in 1 resource exists only" in text


def test_nothing_to_lose() -> None:
    """Without a loss there is no line."""
    assert [] == burned_lines((), Page(), NOW)
    assert [] == burned_blocks((), NOW)


def test_markdown() -> None:
    """The same as a paragraph."""
    (text,) = burned_blocks((LOSS,), NOW)

    assert "**If production burned down tonight: 31 facts" in text
    assert "nobody known 30" in text


def test_hostile_owners() -> None:
    """An owner's name reaches no terminal raw."""
    bad = BurnedDown("production", 1, 1, None, (OwnerLoss("x\x1b[2J", 1, 1, None),))

    assert "\x1b" not in to_text(burned_lines((bad,), Page(), NOW), color=False)
