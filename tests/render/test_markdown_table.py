"""A table is whole, and columns of numbers stand to the right."""

from driftline.render.markdown_table import table


def test_heads_say_how_columns_are_aligned() -> None:
    """A head that ends in a colon is of a column of numbers."""
    assert "| A | B |\n| --- | --: |\n| x | 1 |" == table(["A", "B:"], [("x", "1")])
