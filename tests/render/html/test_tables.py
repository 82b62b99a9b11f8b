from driftline.render.html.tables import Cell, Column, Row, table
from tests.render.html.page_reader import PageReader

COLUMNS = (Column("Name"), Column("Count", is_number=True))


def read(*rows: Row) -> PageReader:
    """A table of these rows, read back."""
    return PageReader(table("All of them", COLUMNS, rows))


def test_heads_say_what_they_head() -> None:
    """Each column's head and each row's first cell have their scope."""
    page = read(Row(("a", "1")), Row(("b", "2")))

    assert ["col", "col", "row", "row"] == [head["scope"] for head in page.all("th")]
    assert 1 == len(page.all("caption"))


def test_a_table_stays_one_when_its_cells_are_stacked() -> None:
    """Every part says its role, which style sheets cannot take away."""
    page = read(Row(("a", "1")))
    roles = [one.get("role") for name, one in page.elements if name in {"table", "tr", "td"}]

    assert ["table", "row", "row", "cell"] == roles


def test_a_cell_may_be_sorted_by_something_else() -> None:
    """What a row is sorted by stands beside what is shown."""
    page = read(Row(("a", Cell("1,204", 1204)), anchor="x"))

    assert "1204" == page.all("td")[0]["data-sort"]
    assert ["x"] == page.ids()


def test_an_empty_cell_has_no_label() -> None:
    """What has nothing to say is not announced on a narrow screen."""
    text = table("All of them", COLUMNS, [Row(("a", None))])

    assert "</th><td " in text
    assert "label" not in text
