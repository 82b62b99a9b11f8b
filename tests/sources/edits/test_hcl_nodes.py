"""Nodes of HCL stand where the text has them, below the types and labels of their blocks."""

import pytest

from driftline.model import address as addresses
from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.hcl_nodes import hcl_node
from driftline.sources.edits.nodes import descend
from tests.sources.edits.reading import facts_of

TEXT = """\
größe = "é" # ü
tags = { "b-c" : 2, (var.x) = 1 }
zones = ["a", var.zone]
locals {
  size = 3
}
module "web" {
  source = "x"
  dynamic { a = 1 }
  dynamic { a = 2 }
}
"""


def test_every_fact_of_the_reader_has_its_place() -> None:
    """The address of each fact leads to the text of its value."""
    root = hcl_node(TEXT)
    facts = facts_of(TEXT, "a.tf") or {}
    found = {}
    for address in facts:
        _, node, rest = descend(root, addresses.tokens(address))
        assert () == tuple(rest), address
        found[address] = TEXT[node.start : node.end]

    assert {
        "/größe": '"é"',
        "/tags/b-c": "2",
        "/tags/${var.x}": "1",
        "/zones/0": '"a"',
        "/zones/1": "var.zone",
        "/locals/size": "3",
        "/module/web/source": '"x"',
        "/module/web/dynamic/0/a": "1",
        "/module/web/dynamic/1/a": "2",
    } == found


@pytest.mark.parametrize("text", ["a = = 1", 'x "y" {'])
def test_what_is_no_hcl_is_refused(text: str) -> None:
    """Broken text is refused."""
    with pytest.raises(Inexact, match="not valid HCL"):
        hcl_node(text)
