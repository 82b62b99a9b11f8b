"""Nodes of YAML stand where the text has them, and documents are named as the reader names them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.model.document import DocumentKind
from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.nodes import Style, everything
from driftline.sources.edits.yaml_nodes import document_node, tree_of, yaml_nodes
from driftline.sources.formats.reader import Reader
from driftline.sources.formats.yaml_trees import yaml_trees
from tests.sources.edits.reading import Unmasked
from tests.sources.edits.writing import TREES, written

TWO = """\
apiVersion: v1
kind: Service
metadata: {name: web}
---
# nothing but a comment
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
---
plain: 1
---
plain: 2
"""


@settings(max_examples=80, deadline=None)
@given(tree=TREES, flow=st.sampled_from([False, None]), comments=st.booleans())
def test_nodes_say_what_the_reader_reads(tree: object, flow: bool | None, comments: bool) -> None:  # noqa: FBT001 - drawn
    """The nodes of a text are the reader's tree, and every scalar stands at its place."""
    text = written(tree, flow=flow, indent=2, comments=comments)
    (root,) = yaml_nodes(text)

    assert next(yaml_trees(text)) == tree_of(root)
    for node in everything(root):
        if node.leaf is not None:
            (again,) = yaml_nodes(text[node.start : node.end] or "~")
            assert node.leaf == again.leaf


def test_documents_have_the_keys_of_the_reader() -> None:
    """Every document that the reader names is found, in lists too, and only those."""
    roots = yaml_nodes(TWO)
    keys = [one.key for one in Reader(Unmasked()).read("a.yaml", TWO.encode()).documents]

    assert ["Service/web", "ConfigMap/a", "ConfigMap/a#2", "", "#1"] == keys
    assert [(), ("items", "0"), ("items", "1"), (), ()] == [
        document_node(roots, key, DocumentKind.PLAIN)[1] for key in keys
    ]
    with pytest.raises(Inexact, match="was not found"):
        document_node(roots, "Service/api", DocumentKind.PLAIN)


def test_an_anchor_is_no_part_of_its_value() -> None:
    """A node begins behind its anchor and its tag."""
    text = "a: &x 1\nb: &y\n  c: *x\nd: !!str 2\n"
    (root,) = yaml_nodes(text)
    found = [(one.anchor, text[one.start : one.end]) for one in everything(root)][1:]

    assert [("x", "1"), ("y", "c: *x"), ("x", "*x"), ("", "2")] == found


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a: |\n  b\n\n\nc: 1\n", "|\n  b"),
        ("a: |+\n  b\n\nc: 1\n", "|+\n  b\n\n"),
        ("a: >-\n  b\n", ">-\n  b"),
    ],
)
def test_a_block_ends_with_its_content(text: str, end: str) -> None:
    """Blank lines behind a block belong to nobody, unless it keeps them."""
    (root,) = yaml_nodes(text)
    node = list(everything(root))[1]

    assert end == text[node.start : node.end]
    assert node.style in (Style.LITERAL, Style.FOLDED)


@pytest.mark.parametrize("text", ["a: b: c", "{a: 1", "? [a]\n: 1\n", "a: {{ x }}\n"])
def test_what_cannot_be_placed_is_refused(text: str) -> None:
    """Broken text, strange keys and templates are refused."""
    with pytest.raises(Inexact):
        yaml_nodes(text)
