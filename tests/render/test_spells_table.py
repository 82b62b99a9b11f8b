import pytest

from driftline.model.answers.spells import SpellsAnswer
from driftline.render.lines import to_text
from driftline.render.page import Page
from driftline.render.spells_table import ended_text, flight_text, spells_lines, stood_text
from tests.render import samples
from tests.render.screen_files import check_screen


@pytest.mark.parametrize("width", [80, 100, 160])
def test_spells_are_told_pair_by_pair(width: int) -> None:
    """When each began, both values, how long it was in flight and stood, and when it ended."""
    check_screen("spells", spells_lines(samples.spells(), Page(width=width)), width=width)


def test_what_lasts_says_what_it_is() -> None:
    """A spell that is not over has its kind where others have the day of their end."""
    flying, standing, over, _ = samples.spells().spells

    assert ["in flight", "standing", "2026-06-02"] == list(
        map(ended_text, (flying, standing, over))
    )
    assert ["—", "5 d", "—"] == list(map(stood_text, (flying, standing, over)))
    assert "24 h" == flight_text(flying)


def test_older_spells_are_counted() -> None:
    """Rows that do not fit are counted with the option that shows them."""
    text = to_text(spells_lines(samples.spells(), Page(), most=1), color=False)

    assert "… and 3 older spells (--all)" in text


def test_no_spells_are_said() -> None:
    """Nothing is a sentence, not an empty screen."""
    empty = SpellsAnswer("driftline.spells/1", ())

    assert "never differed" in to_text(spells_lines(empty, Page()), color=False)
