import pytest

from driftline.render.comparison_table import comparison_lines
from driftline.render.lines import to_text
from driftline.render.page import Page
from tests.render import samples
from tests.render.screen_files import check_screen


@pytest.mark.parametrize("width", [80, 100, 160])
def test_a_comparison_shows_every_row(width: int) -> None:
    """Refs, counts, then all divergences by role."""
    check_screen("compare", comparison_lines(samples.comparison(), Page(width=width)), width=width)


def test_nothing_is_cut_away() -> None:
    """A comparison has as many rows as divergences."""
    rows = [samples.divergence("web", f"/values/{at}", at, at + 1) for at in range(300)]
    text = to_text(comparison_lines(samples.comparison(rows), Page()), color=False)

    assert 300 == text.count("/values/")


def test_equal_sides_are_said_to_be_equal_as_far_as_was_read() -> None:
    """No difference is a statement about what was read."""
    text = to_text(comparison_lines(samples.comparison(()), Page()), color=False)

    assert "Nothing differs, as far as was read." in text
    assert "1 x encrypted with sops" in text
