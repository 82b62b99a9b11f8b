import re

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.render.markdown import markdown_of
from driftline.render.screens import Answer
from tests.render import samples
from tests.render.screen_files import check_text, unseen_in

ANSWERS: dict[str, Answer] = {
    "scan": samples.scan(questions=[samples.QUESTION]),
    "compare": samples.comparison(),
    "history": samples.history(),
    "layout": samples.layout(),
    "observe": samples.observed(),
}


def cell_counts(text: str) -> list[set[int]]:
    """For each table, the numbers of cells its rows have."""
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [{len(re.findall(r"(?<!\\)\|", row)) for row in one.splitlines()} for one in tables]


def test_every_answer_is_readable_markdown() -> None:
    """The report of a scan reads in a pull request as it does on a terminal."""
    check_text("report.md", markdown_of(ANSWERS["scan"]))


def test_tables_are_whole() -> None:
    """Each row of a table has as many cells as its head, whatever the answer."""
    for name, answer in ANSWERS.items():
        counts = cell_counts(markdown_of(answer))
        assert counts, name
        assert all(len(numbers) == 1 for numbers in counts), name


def test_owners_have_a_column_where_any_is_known() -> None:
    """Whose a difference is stands in the last column; where nobody is known, there is none."""
    rows = [
        msgspec.structs.replace(row, owner="@shop/web" if at == 0 else "")
        for at, row in enumerate(samples.JUDGED)
    ]
    text = markdown_of(samples.scan(divergences=rows))
    heads = [line for line in text.splitlines() if "| Owner |" in line]

    assert 1 == len(heads)
    # In a code span nobody is notified.
    assert "| `@shop/web` |" in text
    assert all(len(numbers) == 1 for numbers in cell_counts(text))
    assert "Owner" not in markdown_of(samples.scan(divergences=samples.JUDGED))


texts = st.text(max_size=30)


@settings(max_examples=60)
@given(texts, texts, texts, texts, texts)
def test_no_name_or_value_breaks_a_table(
    role: str, path: str, value: str, name: str, reason: str
) -> None:
    """Whatever repositories hold, tables keep their cells and nothing is unseen."""
    text = markdown_of(samples.hostile(role=role, path=path, value=value, name=name, reason=reason))

    assert not unseen_in(text)
    assert all(len(numbers) == 1 for numbers in cell_counts(text))
