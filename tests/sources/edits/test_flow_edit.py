"""Brackets gain and lose a child, and keep the form that they have."""

import pytest

from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.flow_edit import Notation, with_child, without_child
from driftline.sources.edits.json_nodes import json_node

JSON = Notation(is_json=True)


@pytest.mark.parametrize(
    ("before", "token", "after"),
    [
        ('{"a": 1}', "b", '{"a": 1, "b": 2}'),
        ("{}", "b", '{"b": 2}'),
        ("[1]", "1", "[1, 2]"),
        ("[]", "0", "[2]"),
        ('{\n  "a": 1\n}', "b", '{\n  "a": 1,\n  "b": 2\n}'),
        ("[\n\t1\n]", "1", "[\n\t1,\n\t2\n]"),
        ('[{"name": "a"}]', "[name=b]", '[{"name": "a"}, {"name": "b", "x": 2}]'),
    ],
)
def test_a_child_comes_as_the_others_stand(before: str, token: str, after: str) -> None:
    """On one line it stays one line; on several it gets its own."""
    tokens = (token, "x") if token.startswith("[") else (token,)

    assert after == with_child(before, json_node(before), tokens, "2", JSON)


@pytest.mark.parametrize(
    ("before", "token"),
    [('{"a": 1,}', "b"), ("[1]", "4"), ('{"a": 1}', "[name=x]"), ('{"a": 1 /* b */}', "c")],
)
def test_what_has_no_place_is_refused(before: str, token: str) -> None:
    """Spare commas, comments and gaps in a list are not guessed at."""
    with pytest.raises(Inexact):
        with_child(before, json_node(before), (token,), "2", JSON)


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        ('{"a": 1, "b": 2, "c": 3}', 1, '{"a": 1, "c": 3}'),
        ('{"a": 1, "b": 2}', 0, '{"b": 2}'),
        ("[\n  1,\n  2\n]", 1, "[\n  1\n]"),
    ],
)
def test_a_child_goes_with_its_comma(before: str, number: int, after: str) -> None:
    """No comma is left over, and none is missing."""
    assert after == without_child(before, json_node(before), number)
