"""A value is spelled so that the reader reads just that value, in the style that stood there."""

from hypothesis import given
from hypothesis import strategies as st

from driftline.sources.edits.nodes import Style
from driftline.sources.edits.spelling import (
    json_value,
    literal_block,
    text_of,
    yaml_key,
    yaml_scalar,
)
from driftline.sources.formats.json_trees import json_tree
from driftline.sources.formats.yaml_trees import yaml_trees
from tests.sources.edits.writing import LEAVES, encoded

STYLES = st.sampled_from([Style.PLAIN, Style.SINGLE, Style.DOUBLE])


def read(text: str) -> object:
    """The tree of one YAML document."""
    return next(yaml_trees(text))


@given(LEAVES, STYLES, st.booleans())
def test_yaml_reads_what_was_spelled(value: object, style: Style, in_flow: bool) -> None:  # noqa: FBT001 - drawn
    """A scalar reads as its value, alone, behind a key, before a comment and inside brackets."""
    spelled = yaml_scalar(encoded(value), style, in_flow=in_flow)
    expected = encoded(value)

    assert "\n" not in spelled
    assert {"a": expected} == read(f"a: {spelled}  # said\n")
    if in_flow:
        assert {"a": [expected, "1"], "b": expected} == read(f"{{a: [{spelled}, 1], b: {spelled}}}")


@given(st.text(max_size=8), st.booleans())
def test_yaml_reads_the_key_that_was_spelled(key: str, in_flow: bool) -> None:  # noqa: FBT001 - drawn
    """A key reads as itself, whatever it looks like."""
    spelled = yaml_key(key, in_flow=in_flow)

    assert {key: "1"} == read(f"{{{spelled}: 1}}" if in_flow else f"{spelled}: 1\n")


@given(LEAVES)
def test_json_reads_what_was_spelled(value: object) -> None:
    """JSON gives the value back."""
    assert encoded(value) == json_tree(json_value(encoded(value)))


@given(st.text(alphabet="ab \n\té", max_size=12))
def test_a_block_reads_as_its_text(text: str) -> None:
    """Where a text can be a literal block, the block reads as the text."""
    block = literal_block(text, "    ")
    if block is not None:
        header, lines = block

        assert {"a": encoded(text), "b": "1"} == read(
            f"a: {header}\n" + "\n".join(lines) + "\nb: 1\n"
        )


def test_styles_are_kept() -> None:
    """Quotes stay where a text is a text, and go where it is none."""
    assert "'it''s'" == yaml_scalar('"it\'s"', Style.SINGLE)
    assert '"web"' == yaml_scalar('"web"', Style.DOUBLE)
    assert "web" == yaml_scalar('"web"')
    assert "true" == yaml_scalar("true", Style.DOUBLE)
    assert text_of("3") is None
