"""A value of a TOML text changes, and nothing else does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.toml_edit import toml_edited
from tests.sources.edits.reading import check, facts_of
from tests.sources.edits.writing import encoded, removed

KEYS = st.sampled_from(["a", "b-c", '"x y"', "'q.r'", "d.e"])
SPELLED = st.sampled_from(
    [
        "1",
        "'it'",
        '"a # b"',
        "true",
        "1.10",
        "[1, 2]",
        "[\n  1, # one\n]",
        "{ x = 1 }",
        '"""\nb\n"""',
    ]
)
VALUES = st.one_of(st.text(max_size=6), st.integers(0, 99), st.booleans()).map(encoded)
PAIRS = st.dictionaries(KEYS, SPELLED, max_size=4)


def test_cases() -> None:
    """Values change in place, and keys stand in their tables."""
    check("toml")


@settings(max_examples=120, deadline=None)
@given(top=PAIRS, tables=st.dictionaries(st.sampled_from(["t", "t.u", "v"]), PAIRS), data=st.data())
def test_the_fact_changes_and_no_other_line(
    top: dict[str, str], tables: dict[str, dict[str, str]], data: st.DataObject
) -> None:
    """After an edit the reader finds the intended facts, and one line at most went."""
    lines = [f"{key} = {value} # said\n" for key, value in top.items()]
    for name, pairs in tables.items():
        lines += [f"\n[{name}]\n", *(f"{key} = {value}\n" for key, value in pairs.items())]
    text = "".join(lines)
    before = facts_of(text, "a.toml")
    if before is None:
        return
    address = data.draw(st.sampled_from([*sorted(before), "/fresh", "/t/fresh", "/w/fresh"]))
    value = data.draw(st.one_of(st.none(), VALUES))
    try:
        after = toml_edited(text, Edit("", address, value))
    except Inexact:
        return
    found = facts_of(after, "a.toml")
    assert found is not None
    kept = {one: was for one, was in before.items() if one != address}
    told = {one: was for one, was in found.items() if one != address}

    assert value == found.get(address)
    # A table that was empty, or is now, is a fact itself.
    assert {one: v for one, v in kept.items() if v != "{}"} == {
        one: v for one, v in told.items() if v != "{}"
    }
    assert removed(text, after) <= 1
