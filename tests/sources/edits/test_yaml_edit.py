"""A fact of a YAML text changes, and nothing else does."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.model.document import DocumentKind
from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.yaml_edit import yaml_edited
from tests.sources.edits.reading import check, facts_of
from tests.sources.edits.writing import (
    LEAVES,
    TREES,
    encoded,
    lines_touched,
    names,
    removed,
    written,
)


def test_cases() -> None:
    """Values change in place; lines come and go in the form of their neighbours."""
    check("yaml")


@settings(max_examples=150, deadline=None)
@given(
    tree=TREES,
    flow=st.sampled_from([False, None]),
    indent=st.sampled_from([2, 4]),
    comments=st.booleans(),
    data=st.data(),
)
def test_the_fact_changes_and_no_other_line(
    *, tree: Any, flow: bool | None, indent: int, comments: bool, data: st.DataObject
) -> None:
    """After an edit the reader finds the intended facts, and every other line is as it was."""
    text = written(tree, flow=flow, indent=indent, comments=comments)
    before = facts_of(text)
    if before is None:
        return
    address = data.draw(st.sampled_from(sorted(before)))
    value = data.draw(st.one_of(st.none(), LEAVES.map(encoded)))
    try:
        after = yaml_edited(text, Edit("", address, value), DocumentKind.PLAIN)
    except Inexact:
        return
    if names(address):
        # A list whose element has another name has other addresses below it.
        return
    found = facts_of(after)

    if value is None:
        assert {one: v for one, v in before.items() if one != address} == found
    else:
        assert {**before, address: value} == found
    assert lines_touched(text, after) <= 2 or value is None


@settings(max_examples=150, deadline=None)
@given(
    tree=TREES,
    flow=st.sampled_from([False, None]),
    indent=st.sampled_from([2, 4]),
    comments=st.booleans(),
    data=st.data(),
)
def test_what_was_taken_away_is_put_back(
    *, tree: Any, flow: bool | None, indent: int, comments: bool, data: st.DataObject
) -> None:
    """A fact that is taken away and set again is there again, and only lines of its own came."""
    text = written(tree, flow=flow, indent=indent, comments=comments)
    full = facts_of(text)
    if full is None:
        return
    address = data.draw(st.sampled_from(sorted(full)))
    if names(address):
        return
    try:
        without = yaml_edited(text, Edit("", address, None), DocumentKind.PLAIN)
        again = yaml_edited(without, Edit("", address, full[address]), DocumentKind.PLAIN)
    except Inexact:
        return

    assert full == facts_of(again)
    assert removed(without, again) <= 1
