"""JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.sources.formats.json_trees import json_tree, tree_of_value
from driftline.sources.formats.limits import DEPTH_MAX, LEAVES_MAX, Unreadable
from driftline.sources.formats.tree import flatten
from tests.sources.formats.reading_cases import check

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_cases() -> None:
    """Numbers keep their spelling; comments and last commas are forgiven."""
    check("json")


@given(VALUES)
def test_any_json_is_read(value: object) -> None:
    """What Python writes as JSON is read into the same leaves as the value itself."""
    assert flatten(tree_of_value(value)) == flatten(json_tree(json.dumps(value)))


@pytest.mark.parametrize(
    "text",
    [
        "[" * (DEPTH_MAX + 1) + "]" * (DEPTH_MAX + 1),
        "[" * 100_000,
        "[" + "1," * (2 * LEAVES_MAX) + "1]",
        "",
        "/*",
        '{"a": 1}}',
    ],
)
def test_what_cannot_be_read(text: str) -> None:
    """Too deep, too much or broken: each ends as unreadable, never as another error."""
    with pytest.raises(Unreadable):
        json_tree(text)
