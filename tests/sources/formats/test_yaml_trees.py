"""YAML as trees."""

from typing import TYPE_CHECKING

import pytest

from driftline.sources.formats.limits import Malformed, Unreadable
from driftline.sources.formats.yaml_trees import Anchors, yaml_trees

if TYPE_CHECKING:
    from driftline.sources.formats.tree import Tree

BROKEN = [
    "a: [",
    "a: @x",
    "a: `x",
    "a:\n\tb",
    "? [a]\n: b",
    "&a [*a]",
    "*a",
    "<<: 1",
    "a: %x",
    "\x01",
]
HUGE = [
    "[" * 100_000,
    "{a: " * 100_000,
    "- " * 100_000,
    "a: [" + "[]," * 300_000 + "]",
    "---\n" * 30_000,
    "a: &a {" + ",".join(f"k{n}: 1" for n in range(1_000)) + "}\n" + "b: {<<: *a}\n" * 1_000,
]


@pytest.mark.parametrize("text", BROKEN + HUGE, ids=lambda text: text[:12])
def test_what_cannot_be_read(text: str) -> None:
    """Broken or huge text ends as unreadable, never as another error, and soon."""
    with pytest.raises(Unreadable):
        list(yaml_trees(text))


def test_a_piece_knows_the_anchors_before_it() -> None:
    """A piece of a document may use what earlier pieces named, and says what it used and made."""
    base: Tree = {"x": "1"}
    anchors = Anchors({"base": base, "other": "2"})

    assert [{"a": base, "b": "3"}] == list(yaml_trees("a: *base\nb: &new 3\n", anchors))
    assert {"base": base} == anchors.used
    assert {"new": "3"} == anchors.made


def test_an_own_anchor_hides_an_earlier_one() -> None:
    """The latest anchor of a name counts, and then nothing was used from before."""
    anchors = Anchors({"a": "1"})

    assert [{"x": "2", "z": "2"}] == list(yaml_trees("x: &a 2\nz: *a\n", anchors))
    assert {} == anchors.used


def test_the_reason_quotes_nothing() -> None:
    """A reason names the line and the problem, not the text, which may be secret."""
    with pytest.raises(Malformed) as caught:
        list(yaml_trees("ok: 1\npassword: @hunter2\n"))

    assert "hunter2" not in str(caught.value)
    assert 2 == caught.value.line


@pytest.mark.parametrize("text", ["", "# only a note\n", "\n\n"])
def test_nothing(text: str) -> None:
    """Text without a document has no trees."""
    assert [] == list(yaml_trees(text))
