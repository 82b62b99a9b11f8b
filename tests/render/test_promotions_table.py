import pytest

from driftline.model.answers.promotions import PromotionsAnswer
from driftline.render.lines import to_text
from driftline.render.page import Page
from driftline.render.promotions_table import (
    arrived,
    brief_late_text,
    end_counts,
    in_order,
    is_often,
    lag_texts,
    late_text,
    promotions_lines,
)
from tests.render import samples
from tests.render.screen_files import check_screen


@pytest.mark.parametrize("width", [80, 100, 160])
def test_promotions_are_told_direction_by_direction(width: int) -> None:
    """Counts and lags; the rarer columns give way where there is no room."""
    lines = promotions_lines(samples.promotions(), Page(width=width))

    check_screen("promotions", lines, width=width)


def test_the_busiest_comes_first() -> None:
    """Directions and paths by how much travels there, in any order they came in."""
    rows = samples.promotions().promotions

    assert list(rows) == in_order(rows[::-1])
    assert [137, 4, 1] == list(map(arrived, in_order(rows)))


def test_a_threshold_says_where_it_comes_from() -> None:
    """From so many steps of a level, from too few, or from no known direction."""
    path, default, unknown = samples.promotions().promotions

    assert "after 25 h, from 50 steps of the path" == late_text(path)
    assert "after 24 h, too few to learn from" == late_text(default)
    assert "direction not learnt" == late_text(unknown)
    assert "after 25 h" == brief_late_text(path)


def test_a_lag_that_is_not_known_is_not_made_up() -> None:
    """Quantiles that the data cannot carry are dashes."""
    path, default, _ = samples.promotions().promotions

    assert ("—", "24 h", "—", "3 d") == lag_texts(default)
    assert (5, 3, 3, 1) == end_counts(path)


def test_what_travelled_but_once_is_counted() -> None:
    """A path that moved once or twice teaches nothing; it is listed where there is no other."""
    answer = samples.promotions()
    seldom = answer.promotions[2:]
    text = to_text(promotions_lines(answer, Page(), most=30), color=False)

    assert [True, True, False] == list(map(is_often, answer.promotions))
    assert "… and 1 path that travelled but once or twice (--all)" in text
    assert "/replicas" not in text
    assert "… and 1 more path, 1 path that" in to_text(
        promotions_lines(answer, Page(), most=1), color=False
    )
    assert "/replicas" in to_text(
        promotions_lines(PromotionsAnswer("", seldom), Page(), most=9), color=False
    )


def test_nothing_that_travels_is_said() -> None:
    """Nothing is a sentence, not an empty screen."""
    empty = PromotionsAnswer("driftline.promotions/1", ())

    assert "Nothing is known to travel" in to_text(promotions_lines(empty, Page()), color=False)
