"""HCL."""

import subprocess
import sys

import pytest

from driftline.sources.formats.hcl_trees import hcl_tree
from driftline.sources.formats.limits import Malformed, Unreadable
from tests.sources.formats.reading_cases import check


def test_cases() -> None:
    """Literals are values, expressions are text, blocks are mappings or lists."""
    check("hcl")


def test_escapes() -> None:
    """Escapes of a quoted text are resolved, half a character is none."""
    assert {"a": '"é\\n\\"x\\" �"'} == hcl_tree('a = "\\u00e9\\n\\"x\\" \\ud800"\n')


def test_depth_is_limited() -> None:
    """Expressions nested beyond use are unreadable."""
    with pytest.raises(Unreadable):
        hcl_tree("a = " + "[" * 300 + "]" * 300 + "\n")


def test_a_mistake_has_its_line() -> None:
    """The reason names the line of the first mistake."""
    with pytest.raises(Malformed) as caught:
        hcl_tree('a = 1\n\nresource "x" {\n')

    assert caught.value.line >= 3


def test_the_grammar_is_loaded_late() -> None:
    """Importing the reader does not load the grammar, which most runs never need."""
    code = "import sys, driftline.sources.formats.reader; print('tree_sitter' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout

    assert b"False" == printed.strip()
