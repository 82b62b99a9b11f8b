import pytest

from driftline.model.answers.layout import LivePlaceNote
from driftline.render.live_places_table import live_blocks, live_lines, where_text
from driftline.render.page import Page
from tests.render.screen_files import check_screen


def place(
    environment: str, *namespaces: str, selector: str = "", sure: float = 0.95
) -> LivePlaceNote:
    """A place in a cluster."""
    why = (f"30 declared objects are in {namespaces[0]}", "the cluster's name says so")
    return LivePlaceNote(environment, "shop-eks", namespaces, selector, sure, why)


PLACES = [
    place("staging", "shop-staging"),
    place("production", "shop-production", "shop-data"),
    place("qa", "shop", selector="env=qa", sure=0.6),
]


@pytest.mark.parametrize("width", [80, 120])
def test_a_row_for_each_place(width: int) -> None:
    """Each environment stands with its cluster, its namespaces, and what that rests on."""
    check_screen("live-places", live_lines(PLACES, Page(width=width)), width=width)


def test_nothing_where_nothing_lives() -> None:
    """Without a cluster there is no table."""
    assert [] == live_lines([], Page(width=80))
    assert [] == live_blocks([])


def test_many_namespaces_are_cut_short() -> None:
    """Of very many namespaces the first are named and the others counted."""
    assert "n0, n1, n2, n3, n4, n5, 44 more" == where_text(
        place("qa", *(f"n{number}" for number in range(50)))
    )


def test_hostile_names_stay_cells() -> None:
    """A namespace that looks like Markdown or like another cell is neither."""
    (block,) = live_blocks([place("a|b", "<b>x</b>")])

    assert "<b>" not in block
    assert 3 == len(block.splitlines())
