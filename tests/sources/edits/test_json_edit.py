"""A fact of a JSON text changes, and its layout stays."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.model.document import DocumentKind
from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.json_edit import json_edited
from tests.sources.edits.reading import check, facts_of
from tests.sources.edits.writing import LEAVES, TREES, encoded, names, removed


def test_cases() -> None:
    """Values change in place, and entries come and go with their commas."""
    check("json")


@settings(max_examples=100, deadline=None)
@given(tree=TREES, indent=st.sampled_from([None, 2]), data=st.data())
def test_the_fact_changes_and_no_other(tree: Any, indent: int | None, data: st.DataObject) -> None:
    """After an edit the reader finds the intended facts."""
    text = json.dumps(tree, indent=indent) + "\n"
    before = facts_of(text, "a.json")
    assert before is not None
    address = data.draw(st.sampled_from(sorted(before)))
    value = data.draw(st.one_of(st.none(), LEAVES.map(encoded)))
    try:
        after = json_edited(text, Edit("", address, value), DocumentKind.PLAIN)
    except Inexact:
        return
    if names(address):
        return
    kept = {one: was for one, was in before.items() if one != address}
    expected = kept if value is None else {**kept, address: value}

    assert expected == facts_of(after, "a.json")
    assert value is None or indent is None or removed(text, after) <= 1
