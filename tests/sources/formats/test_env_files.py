"""Environment files."""

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.sources.formats.env_files import env_tree
from driftline.sources.formats.scalars import text_value
from tests.sources.formats.reading_cases import check


def test_cases() -> None:
    """Environment files are read as shells and compose read them."""
    check("env")


@settings(max_examples=40)
@given(st.dictionaries(st.from_regex(r"[A-Za-z_][A-Za-z0-9_]*", fullmatch=True), st.text()))
def test_quoted_values_come_back(variables: dict[str, str]) -> None:
    """What is written between single quotes is read as it was, whatever it is."""
    kept = {key: value.replace("'", "") for key, value in variables.items()}
    text = "".join(f"{key}='{value}'\n" for key, value in kept.items())
    if "sops_mac" in kept:
        return

    assert {key: text_value(value) for key, value in kept.items()} == env_tree(text)
