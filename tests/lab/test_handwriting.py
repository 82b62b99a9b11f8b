"""Editing one line and leaving the rest as people wrote it."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.lab import handwriting
from driftline.lab.example import example_truth
from driftline.model.address import element_name, tokens, unescape

TEXT = """\
# how big
size: small  # for now

list:
- 1
- "2"

named:
  - name: web
    image: registry.example/web:1  # pinned
  - name: side
    image: registry.example/side:2
"a/b": {}
"""


def test_leaves_are_addressed_by_name_where_there_is_one() -> None:
    """Elements with a name are addressed by it, others by position."""
    expected = {
        "/size": '"small"',
        "/list/0": "1",
        "/list/1": '"2"',
        "/named/[name=web]/name": '"web"',
        "/named/[name=web]/image": '"registry.example/web:1"',
        "/named/[name=side]/name": '"side"',
        "/named/[name=side]/image": '"registry.example/side:2"',
        "/a~1b": "{}",
    }

    assert expected == {leaf.address: leaf.value for leaf in handwriting.yaml_leaves(TEXT)}


def test_one_value_changes_and_nothing_else() -> None:
    """A new value leaves the comment behind it, the order and all other lines alone."""
    edited = handwriting.with_value(
        "x.yaml", TEXT, "/named/[name=web]/image", "registry.example/web:2"
    )

    assert TEXT.replace("web:1", "web:2") == edited


def test_quotes_stay() -> None:
    """A value in quotes keeps them when it changes."""
    assert TEXT.replace('"2"', '"3"') == handwriting.with_value("x.yaml", TEXT, "/list/1", "3")


def test_what_is_not_there_cannot_be_edited() -> None:
    """Editing a value that no line holds is an error of the story."""
    with pytest.raises(KeyError, match="/colour"):
        handwriting.with_value("x.yaml", TEXT, "/colour", "blue")


def test_other_formats() -> None:
    """In tfvars a value has a type, in an environment file everything is text."""
    tfvars = handwriting.leaves("x.tfvars", 'size = "small" # for now\nnodes = 3\n')
    variables = handwriting.leaves("x.env", "# colours\nNODES=3\n")

    assert [("/size", '"small"'), ("/nodes", "3")] == [(one.address, one.value) for one in tfvars]
    assert [("/NODES", '"3"')] == [(one.address, one.value) for one in variables]
    assert () == handwriting.leaves("README.md", "size: small\n")


def _plain(value: object, at: str = "") -> dict[str, object]:
    """What PyYAML read, flattened with positions."""
    if isinstance(value, dict) and value:
        pairs = [(str(key), inner) for key, inner in value.items()]
    elif isinstance(value, list) and value:
        pairs = [(str(number), inner) for number, inner in enumerate(value)]
    else:
        return {at: value}
    found: dict[str, object] = {}
    for key, inner in pairs:
        found |= _plain(inner, f"{at}|{key}")
    return found


def _positional(found: tuple[handwriting.Leaf, ...]) -> list[tuple[str, ...]]:
    """Addresses with names turned back into positions, as far as order tells."""
    seen: dict[tuple[str, ...], list[str]] = {}
    result = []
    for leaf in found:
        shown: list[str] = []
        for token in tokens(leaf.address):
            if element_name(token) is None:
                shown.append(unescape(token))
                continue
            elements = seen.setdefault((leaf.document, *shown), [])
            if token not in elements:
                elements.append(token)
            shown.append(str(elements.index(token)))
        result.append(tuple(shown))
    return result


def test_every_file_of_the_fleet_reads_as_another_parser_reads_it() -> None:
    """PyYAML finds the same leaves at the same places, and nothing else."""
    # A workflow's `on` is a boolean to PyYAML; it is no file of an environment.
    files = [
        (path, text)
        for path, text in example_truth().files
        if path.endswith(".yaml") and "/templates/" not in path and not path.startswith(".github")
    ]
    assert len(files) > 60, "no files found"
    for path, text in files:
        found = handwriting.yaml_leaves(text)
        documents = [one for one in yaml.safe_load_all(text) if one is not None]
        theirs = [place for one in documents for place in _plain(one)]

        assert sorted(theirs) == sorted("|" + "|".join(place) for place in _positional(found)), path


def test_a_formatter_changes_no_value() -> None:
    """Quoting strings and sorting blocks leaves every fact as it was."""
    for path, text in example_truth().files:
        if path.startswith("environments/") and not path.endswith(".sops.yaml"):
            formatted = handwriting.sorted_blocks(handwriting.quoted(path, text))

            assert yaml.safe_load(text) == yaml.safe_load(formatted), path


@settings(max_examples=60)
@given(value=st.from_regex(r"[a-z][a-z0-9.-]{0,12}", fullmatch=True))
def test_what_is_written_is_read_again(value: str) -> None:
    """A value that was set is the value that is read."""
    edited = handwriting.with_value("x.yaml", TEXT, "/size", value)
    read = {leaf.address: leaf.value for leaf in handwriting.yaml_leaves(edited)}

    assert handwriting.json_value(value) == read["/size"]
