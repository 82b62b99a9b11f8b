"""Nodes of JSON stand where the text has them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.json_nodes import json_node
from driftline.sources.edits.nodes import everything
from driftline.sources.edits.yaml_nodes import tree_of
from driftline.sources.formats.json_trees import json_tree
from tests.sources.edits.writing import TREES


@given(tree=TREES, indent=st.sampled_from([None, 2]))
def test_nodes_say_what_the_reader_reads(tree: object, indent: int | None) -> None:
    """The nodes of a text are the reader's tree, and every scalar stands at its place."""
    text = json.dumps(tree, indent=indent)
    root = json_node(text)

    assert json_tree(text) == tree_of(root)
    for node in everything(root):
        assert json_tree(text[node.start : node.end]) == tree_of(node)


def test_comments_and_spare_commas() -> None:
    """What tools forgive is passed over."""
    text = '// top\n{"a": [1, 2,], /* b */ "c": "//",}\n'

    assert {"a": ["1", "2"], "c": '"//"'} == tree_of(json_node(text))


@pytest.mark.parametrize("text", ["", "{", '{"a" 1}', '{"a": 1} x', "[1 2]", "{a: 1}", '{"a": }'])
def test_what_is_no_json_is_refused(text: str) -> None:
    """Broken text is refused, with a reason."""
    with pytest.raises(Inexact, match="not valid JSON"):
        json_node(text)
