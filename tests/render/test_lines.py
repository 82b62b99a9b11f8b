from hypothesis import given
from hypothesis import strategies as st

from driftline.render.lines import (
    Span,
    Style,
    cells,
    cut,
    fit,
    flow,
    left,
    line_cells,
    right,
    shares,
    span,
    to_text,
)

rooms = st.integers(0, 40)


@given(st.text(max_size=60), rooms)
def test_a_column_has_exactly_its_room(text: str, room: int) -> None:
    """Whatever stands in a column, the next one begins where it should."""
    assert room == cells(left(text, room).text)
    assert room == cells(right(text, room).text)


@given(st.text(max_size=60), rooms)
def test_what_is_cut_fits(text: str, room: int) -> None:
    """A cut text never takes more than its room."""
    assert cells(cut(span(text).text, room)) <= room


def test_cutting_says_that_something_is_missing() -> None:
    """A cut text ends in an ellipsis; a text that fits stays as it is."""
    assert "produ…" == cut("production", 6)
    assert "web" == cut("web", 3)
    assert "東…" == cut("東京都", 4)


@given(st.lists(st.text(max_size=20), max_size=6), rooms)
def test_a_line_fits_its_page(texts: list[str], room: int) -> None:
    """A line that was fitted never wraps."""
    assert line_cells(fit([span(text) for text in texts], room)) <= room


def test_flow_breaks_between_pieces() -> None:
    """Pieces stay whole and later lines are indented."""
    pieces = [[span("alpha")], [span("bravo")], [span("charlie")]]
    lines = flow(pieces, 14, indent=2)

    assert "alpha · bravo\n  charlie\n" == to_text(lines, color=False)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=6), st.integers(0, 200))
def test_shares_fit_and_give_nobody_more_than_wanted(wanted: list[int], room: int) -> None:
    """Columns share the room; only the widest give way, and none below the least."""
    given_cells = shares(wanted, room, least=8)

    assert all(got <= want for got, want in zip(given_cells, wanted, strict=True))
    assert sum(given_cells) <= room or max(given_cells) <= 8


def test_styles_show_only_where_colour_is_wanted() -> None:
    """Without colour there is not one escape code."""
    line = [span("web", Style.STRONG), Span("  "), span("x\x1b[31m")]

    assert "web  x\\x1b[31m\n" == to_text([line], color=False)
    assert "\x1b[1mweb\x1b[0m  x\\x1b[31m\n" == to_text([line], color=True)
