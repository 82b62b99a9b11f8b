"""Values stand in a ledger so that people can read them and nothing is lost."""

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from driftline.model.ledger import ABSENT, DIGEST
from driftline.sources.formats.scalars import text_value
from driftline.sources.ledger.spelling import quoted, spelled, value_of


def read(text: str) -> str:
    """The value of a scalar as YAML reads it in a mapping of a ledger."""
    node: Any = yaml.compose(f"values:\n  staging: {text}\n", Loader=yaml.CSafeLoader)
    scalar = node.value[0][1].value[0][1]
    return value_of(scalar.value, is_plain=not scalar.style)


@given(st.text(max_size=60))
def test_texts(text: str) -> None:
    """Any text that is short enough comes back as it was."""
    assert text_value(text) == read(spelled(text_value(text)))


def test_other_values() -> None:
    """Numbers keep their spelling, and what cannot be written is described."""
    secret = '{"secret":"k1:00ff"}'

    assert ["1.10", "true", "null"] == [read(spelled(value)) for value in ("1.10", "true", "null")]
    assert [ABSENT, secret] == [read(spelled(value)) for value in (ABSENT, secret)]
    assert text_value("(absent)") == read('"(absent)"')


def test_what_cannot_be_seen() -> None:
    """Controls and marks that turn the direction of a text are written as escapes."""
    hostile = text_value("a\u202eb\x1b[31m\x9bc\u200bd")

    assert spelled(hostile).isascii()
    assert "\x1b" not in spelled(hostile)
    assert hostile == read(spelled(hostile))


def test_long_values() -> None:
    """A text that nobody would read stands there as its digest."""
    long = spelled(text_value("x" * 5000))

    assert len(long) < 100
    assert read(long).startswith(DIGEST)
    assert long == spelled(read(long))


@given(st.text(max_size=40))
def test_quotes(text: str) -> None:
    """A text stands without quotes only where YAML reads the same text."""
    listed: Any = yaml.compose(
        f"- [{quoted(text)}, x]\n- {quoted(text)} # why", Loader=yaml.CSafeLoader
    )
    in_list, alone = listed.value[0].value[0], listed.value[1]

    assert [text, text] == [in_list.value, alone.value]
