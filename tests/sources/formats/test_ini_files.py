"""Sections with keys."""

import configparser

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.sources.formats.ini_files import ini_tree
from driftline.sources.formats.scalars import text_value
from tests.sources.formats.reading_cases import check

WORDS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


def test_cases() -> None:
    """Sections, repeated keys, continued values and switches are read; other grammars are not."""
    check("ini")


@settings(max_examples=25)
@given(st.dictionaries(WORDS, st.dictionaries(WORDS, WORDS, min_size=1), min_size=1))
def test_agrees_with_the_standard_library(sections: dict[str, dict[str, str]]) -> None:
    """A file without repetitions reads as Python's own parser reads it."""
    text = "".join(
        f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
        for name, keys in sections.items()
    )
    parser = configparser.ConfigParser(interpolation=None, default_section="\0")
    parser.read_string(text)
    expected = {
        name: {key: text_value(value) for key, value in parser[name].items()}
        for name in parser.sections()
    }

    assert expected == ini_tree(text)
