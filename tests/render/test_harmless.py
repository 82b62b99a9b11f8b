import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.render.harmless import (
    harmless,
    harmless_lines,
    json_harmless,
    markdown_code,
    markdown_text,
)

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

SHOWN = [
    ("web", "web"),
    ("日本", "日本"),
    ("café", "café"),
    ("\x1b[2J\x1b[31mALL OK", "\\x1b[2J\\x1b[31mALL OK"),
    ("\x9b31m", "\\x9b31m"),
    ("two\nlines\ttab\r", "two\\nlines\\ttab\\r"),
    ("safe\u202egpj.exe", "safe\\u202egpj.exe"),
    ("a\u2066b\u2069", "a\\u2066b\\u2069"),
    ("zero\u200bwidth", "zero\\u200bwidth"),
    ("byte \udcff", "byte \\xff"),
    ("half \ud800", "half \\ud800"),
    ("tag \U000e0041", "tag \\U000e0041"),
    ("blank \u3164", "blank \\u3164"),
    ("no\u00a0break", "no break"),
    ("to\u0301\u0302\u0303\u0304wer", "to\u0301\u0302\\u0303\\u0304wer"),
    ("line\u2028separator", "line\\u2028separator"),
]

MARKDOWN = [
    ("web", "web"),
    ("a|b", "a\\|b"),
    ("<img src=x>", "&lt;img src=x\\>"),
    ("*bold* _it_", "\\*bold\\* \\_it\\_"),
    ("[click](javascript:x)", "\\[click\\]\\(javascript:x\\)"),
    ("&lt;", "&amp;lt;"),
    ("ask @everyone", "`ask @everyone`"),
    ("see https://example.com", "`see https://example.com`"),
    ("# heading", "\\# heading"),
]

CODE = [
    ("web", "`web`"),
    ("a|b", "`a\\|b`"),
    ("a`b", "``a`b``"),
    ("``a", "``` ``a ```"),
    ("", "`  `"),
    ("</code><script>", "`</code><script>`"),
    ("\x1b[31m", "`\\x1b[31m`"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_cannot_be_seen_is_shown_as_an_escape(text: str, shown: str) -> None:
    """Control characters, direction overrides and undecodable bytes become visible."""
    assert shown == harmless(text)


@given(st.text(st.characters(), max_size=60))
def test_nothing_unseen_is_left(text: str) -> None:
    """No text makes anything unseen reach the reader, and applying it again changes nothing."""
    shown = harmless(text)

    assert not [one for one in shown if unicodedata.category(one) in UNSEEN]
    assert shown == harmless(shown)


def test_a_page_keeps_its_line_feeds() -> None:
    """Line feeds of a page that is laid out stay; nothing else does."""
    assert "a\\x1b\nb" == harmless_lines("a\x1b\nb")


@pytest.mark.parametrize(("text", "shown"), MARKDOWN)
def test_markdown_shows_foreign_text_literally(text: str, shown: str) -> None:
    """Foreign text can neither format, link, mention nor break a table."""
    assert shown == markdown_text(text)


@pytest.mark.parametrize(("text", "shown"), CODE)
def test_code_spans_hold_any_text(text: str, shown: str) -> None:
    """A code span ends where we end it, inside a table cell too."""
    assert shown == markdown_code(text)


@given(st.text(max_size=40))
def test_no_text_ends_a_table_cell(text: str) -> None:
    """Every bar and line feed of foreign text is escaped."""
    for shown in (markdown_text(text), markdown_code(text)):
        assert "\n" not in shown
        assert not re.search(r"(?<!\\)\|", shown)


@given(st.text(max_size=40))
def test_json_means_the_same_and_shows_everything(text: str) -> None:
    """JSON that was made harmless decodes to the same text."""
    encoded = json.dumps({"x": text}, ensure_ascii=False, indent=2)
    shown = json_harmless(encoded)

    assert {"x": text} == json.loads(shown)
    assert not [one for one in shown if one != "\n" and unicodedata.category(one) in UNSEEN]
