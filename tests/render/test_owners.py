"""Owners stand in a column where there is room for one, else in a line."""

from driftline.render.lines import to_text
from driftline.render.owners import owner_cells, owner_line, owner_text
from driftline.render.page import Page

TWO = "@shop/platform, @shop/payments"
WIDE, NARROW = Page(width=120), Page(width=80)

# owner, room, what is shown
SHORT = (
    (TWO, 30, "platform, payments"),
    (TWO, 12, "platform +1"),
    (TWO, 9, "platf… +1"),
    ("ana@shop.example", 20, "ana@shop.example"),
    ("@ana", 20, "@ana"),
    ("group:default/payments", 30, "group:default/payments"),
    ("", 20, ""),
    ("x\x1b[31m", 20, "x\\x1b[31m"),
)


def test_owners_are_short() -> None:
    """A team is told without its company, and those that do not fit are counted."""
    for owner, room, shown in SHORT:
        assert shown == owner_text(owner, room), owner


def test_a_column_needs_room_and_different_owners() -> None:
    """Where all rows are of one owner, or the page is narrow, there is no column."""
    assert owner_cells([TWO, ""], WIDE) > 0
    assert 0 == owner_cells([TWO, TWO], WIDE)
    assert 0 == owner_cells(["", ""], WIDE)
    assert 0 == owner_cells([TWO, ""], NARROW)


def test_a_line_where_there_is_no_column() -> None:
    """A line says whose the rows are, with counts where they differ; of nobody's rows nothing."""
    lines = [owner_line([TWO, TWO], WIDE), owner_line([TWO, "@shop/platform", ""], NARROW)]

    assert ["   owned by payments, platform", "   owned by platform (2), payments (1)"] == [
        to_text([line], color=False).rstrip("\n") for line in lines if line
    ]
    assert owner_line(["", ""], NARROW) is None
    assert owner_line([TWO, ""], WIDE) is None
