"""A value of Terraform changes, and nothing else does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.hcl_edit import hcl_edited
from tests.sources.edits.reading import check, facts_of
from tests.sources.edits.writing import encoded, removed

VALUES = st.one_of(
    st.sampled_from(["a", "", 'say "x"', "C:\\d", "é", "a # b", "line\nline", "$", "%"]),
    st.integers(-9, 99),
    st.booleans(),
    st.none(),
)
OBJECTS = st.dictionaries(st.sampled_from(["team", "env-name", "x"]), VALUES, min_size=1)
FILES = st.dictionaries(
    st.sampled_from(["size", "region", "tags", "zones", "note"]),
    st.one_of(VALUES, st.lists(VALUES, min_size=1, max_size=3), OBJECTS),
    min_size=1,
)


def test_cases() -> None:
    """Values change in place, and attributes come and go as their neighbours stand."""
    check("hcl")


def literal(value: object, indent: str = "") -> str:
    """A value as Terraform's formatter writes it."""
    if isinstance(value, dict):
        inner = "".join(f"{indent}  {key} = {literal(one)}\n" for key, one in value.items())
        return f"{{\n{inner}{indent}}}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(one) for one in value) + "]"
    return encoded(value)


@settings(max_examples=80, deadline=None)
@given(tree=FILES, data=st.data())
def test_the_fact_changes_and_no_other_line(tree: dict[str, object], data: st.DataObject) -> None:
    """After an edit the reader finds the intended facts, and one line at most went."""
    text = "".join(f"{key} = {literal(value)} # {key}\n" for key, value in tree.items())
    before = facts_of(text, "a.tfvars")
    assert before is not None
    address = data.draw(st.sampled_from([*sorted(before), "/fresh", "/tags/fresh"]))
    value = data.draw(VALUES.map(encoded))
    try:
        after = hcl_edited(text, Edit("", address, value))
    except Inexact:
        return

    assert {**before, address: value} == facts_of(after, "a.tfvars")
    assert removed(text, after) <= 1


@settings(max_examples=60, deadline=None)
@given(tree=FILES, data=st.data())
def test_a_fact_goes_alone(tree: dict[str, object], data: st.DataObject) -> None:
    """What is taken away is no more, and the rest is as it was."""
    text = "".join(f"{key} = {literal(value)}\n" for key, value in tree.items())
    before = facts_of(text, "a.tfvars")
    assert before is not None
    address = data.draw(st.sampled_from(sorted(before)))
    try:
        after = hcl_edited(text, Edit("", address, None))
    except Inexact:
        return

    assert {one: was for one, was in before.items() if one != address} == facts_of(
        after, "a.tfvars"
    )
