"""Tables that stay tables for a screen reader, on a telephone as on a wide screen.

On a narrow screen the style sheet stacks the cells of a row, and browsers then
forget that it was a table; therefore every part says its role itself.
"""

from collections.abc import Iterable, Sequence

import msgspec

from driftline.render.html.tags import Markup, joined, tag
from driftline.render.values import ABSENT


class Column(msgspec.Struct, frozen=True):
    """The head of a column; numbers are aligned to the right and sorted as numbers."""

    head: str
    is_number: bool = False
    kind: str = ""


class Cell(msgspec.Struct, frozen=True):
    """What stands in a cell, and by what its row is sorted where the text does not say."""

    content: object
    sort: str | int | float | None = None


class Row(msgspec.Struct, frozen=True):
    """One row; `anchor` can be linked to, `words` is what the filter looks into."""

    cells: Sequence[object]
    anchor: str | None = None
    words: str | None = None


def table(
    caption: object,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    class_: str = "",
) -> Markup:
    """A table with a caption and heads that say what they head; the first cell heads its row."""
    heads = [
        tag(
            "th",
            column.head,
            scope="col",
            role="columnheader",
            class_=_class(column) or None,
        )
        for column in columns
    ]
    body = [_row(row, columns) for row in rows]
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", heads, role="row"), role="rowgroup"),
        tag("tbody", body, role="rowgroup"),
        role="table",
        class_=f"sortable {class_}".strip(),
    )


def _row(row: Row, columns: Sequence[Column]) -> Markup:
    cells = []
    for at, (content, column) in enumerate(zip(row.cells, columns, strict=True)):
        cell = content if isinstance(content, Cell) else Cell(content)
        shown = joined(cell.content)
        cells.append(
            tag(
                "td" if at else "th",
                tag("span", column.head, class_="label", aria_hidden="true")
                if at and shown
                else None,
                shown,
                scope=None if at else "row",
                role="cell" if at else "rowheader",
                class_=_class(column, is_empty=shown == ABSENT) or None,
                data_sort=cell.sort,
            )
        )
    return tag("tr", cells, role="row", id=row.anchor, data_words=row.words)


def _class(column: Column, *, is_empty: bool = False) -> str:
    # Where cells are stacked, those that only say that there is nothing are left out.
    names = ("number" if column.is_number else "", column.kind, "none" if is_empty else "")
    return " ".join(filter(None, names))
