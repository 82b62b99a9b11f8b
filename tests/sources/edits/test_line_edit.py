"""A line of a plain file changes, and no other."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.line_edit import env_edited, ini_edited, properties_edited
from tests.sources.edits.reading import check, facts_of
from tests.sources.edits.writing import encoded, removed

FORMATS: dict[str, tuple[Callable[[str, Edit], str], str]] = {
    "a.env": (env_edited, "{}={}\n"),
    "a.properties": (properties_edited, "{} = {}\n"),
    "a.ini": (ini_edited, "{} = {}\n"),
}
KEYS = st.sampled_from(["TAG", "HOST", "a", "b_c"])
LINES = st.sampled_from(["1", "a b", "'x' # y", '"q"', "x # y", "", "a=b", "c:d", "it's"])
VALUES = st.one_of(
    st.sampled_from(["1.2", "a b", "$x", "'", '"', "#", "a # b", "\\", " a", "é", "a\nb"]),
    st.text(max_size=5),
)


def test_cases() -> None:
    """Values change in place, and keys come and go with their lines."""
    check("lines")


@pytest.mark.parametrize("path", FORMATS)
@settings(max_examples=80, deadline=None)
@given(pairs=st.dictionaries(KEYS, LINES, min_size=1), value=st.none() | VALUES, data=st.data())
def test_the_fact_changes_and_no_other_line(
    path: str, pairs: dict[str, str], value: str | None, data: st.DataObject
) -> None:
    """After an edit the reader finds the intended facts, and one line at most went."""
    edit_text, line = FORMATS[path]
    text = "# said\n" + "".join(line.format(*pair) for pair in pairs.items())
    before = facts_of(text, path)
    assert before is not None
    address = data.draw(st.sampled_from([*sorted(before), "/fresh"]))
    wanted = None if value is None else encoded(value)
    try:
        after = edit_text(text, Edit("", address, wanted))
    except Inexact:
        return
    expected = {one: was for one, was in before.items() if one != address}
    if wanted is not None:
        expected[address] = wanted

    assert expected == (facts_of(after, path) or {})
    assert removed(text, after) <= 1
