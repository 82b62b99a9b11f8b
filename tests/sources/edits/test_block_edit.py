"""Lines come and go whole, indented as their neighbours are."""

import pytest

from driftline.sources.edits.block_edit import Habits, column, line_end, with_lines, without_lines
from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.yaml_nodes import yaml_nodes


def habits(text: str) -> Habits:
    """How a text is indented."""
    (root,) = yaml_nodes(text)
    return Habits(text, root)


def test_habits_are_learnt_from_the_text() -> None:
    """The step of a level and the place of lists are those of the text; two blanks else."""
    assert 4 == habits("a:\n    b: 1\n").step
    assert not habits("a:\n- b\n").lists_are_deeper
    assert habits("a:\n  - b\n").lists_are_deeper
    assert 2 == habits("a: 1\n").step


def test_new_lines_follow_the_habits() -> None:
    """Parents, lists and texts of several lines are written as the text has its own."""
    deep = habits("a:\n    b:\n        c: 1\n")

    assert ["x:", "    u:", "        z: 1"] == deep.lines(("x", "u", "z"), "1", "")
    assert ["x:", "    - name: w", "      v: 1"] == deep.lines(("x", "[name=w]", "v"), "1", "")
    assert ["x:", "- a"] == habits("a:\n- b\n").lines(("x", "0"), '"a"', "")
    assert ["x: |", "  a", "  b"] == habits("a: 1\n").lines(("x",), '"a\\nb\\n"', "")


def test_lines_are_put_behind_a_character() -> None:
    """New lines stand behind the line of the character, whatever ends it."""
    assert "a\nX\nb\n" == with_lines("a\nb\n", 1, ["X"], "\n")
    assert "a\nX" == with_lines("a", 1, ["X"], "\n")
    assert "a\r\nX\r\nb" == with_lines("a\r\nb", 1, ["X"], "\r\n")
    assert (2, 3) == (column("a\nbcd", 4), line_end("ab\ncd", 1))


def test_whole_lines_go() -> None:
    """A line goes with its comment, and never with something else on it."""
    assert "a: 1\nc: 3\n" == without_lines("a: 1\nb: 2 # x\nc: 3\n", 5, 9)
    with pytest.raises(Inexact, match="shares its line"):
        without_lines("- a: 1\n  b: 2\n", 2, 6)
