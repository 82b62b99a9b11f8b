import pytest

from driftline.render.lines import to_text
from driftline.render.match_table import (
    equal_facts,
    known_facts,
    left_facts,
    match_lines,
    matrix_lines,
    pair_lines,
    right_facts,
    unequal_facts,
)
from driftline.render.page import Page
from tests.render import samples
from tests.render.screen_files import check_screen


def test_a_match_counts_every_known_fact_once() -> None:
    """Equal and unequal facts together are all facts that are known on both sides."""
    pair = samples.pair()

    assert 279 == equal_facts(pair)
    assert 85 == unequal_facts(pair)
    assert known_facts(pair) == equal_facts(pair) + unequal_facts(pair)


def test_roles_that_one_side_lacks_are_counted_apart() -> None:
    """An environment with one service more does not match worse."""
    one = samples.pair()
    more = samples.pair(facts_right_only=259, facts_in_right_roles=250)

    assert equal_facts(one) == equal_facts(more)
    assert known_facts(one) == known_facts(more)
    assert 9 == right_facts(more)
    assert 12 == left_facts(more)


@pytest.mark.parametrize("width", [80, 100])
def test_few_pairs_are_a_list(width: int) -> None:
    """Up to six pairs stand one below the other, counts aligned to the right."""
    pairs = [
        samples.pair(),
        samples.pair("local", "staging", facts_common=1_204, unknown=0),
        samples.pair("local", "production", facts_common=0, facts_differ=0),
    ]

    check_screen("pairs", match_lines(pairs, Page(width=width)), width=width)


def test_long_names_do_not_push_the_counts_away() -> None:
    """The names of a pair give way to its counts."""
    pair = samples.pair("a-very-long-name-of-an-environment", "another-very-long-name")
    lines = pair_lines([pair], Page(width=80))

    check_screen("pairs-long-names", lines, width=80)


def test_a_matrix_that_is_too_wide_says_so() -> None:
    """Columns that do not fit are counted."""
    names = [f"site-{at:02}" for at in range(30)]
    pairs = [samples.pair(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
    text = to_text(matrix_lines(pairs, Page(width=80), {}), color=False)

    assert "more columns" in text
    assert all(name in text for name in names)


def test_nothing_to_compare_is_no_section() -> None:
    """Without pairs there is no heading either."""
    assert [] == match_lines([], Page())
