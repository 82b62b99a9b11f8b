import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.model.address import (
    ancestors,
    dotted,
    element,
    element_name,
    escape,
    is_position,
    join,
    shape,
    tokens,
    unescape,
)

KEYS = st.text(max_size=12)
HOSTILE = st.text(alphabet="[]=/~012a.\x1b\n", max_size=10)


@given(st.one_of(KEYS, HOSTILE))
def test_escaping_can_be_undone(key: str) -> None:
    """Every key survives as one token, which never looks like an element."""
    token = escape(key)

    assert key == unescape(token)
    assert "/" not in token
    assert not token.startswith("[")


@given(st.lists(st.one_of(KEYS, HOSTILE)))
def test_an_address_is_its_tokens(keys: list[str]) -> None:
    """Tokens and address are two spellings of one place."""
    parts = tuple(escape(key) for key in keys)

    assert parts == tokens(join(parts))


@given(st.one_of(KEYS, HOSTILE), st.one_of(KEYS, HOSTILE))
def test_elements_keep_field_and_value(field: str, value: str) -> None:
    """An element's token holds field and value, if the field is no puzzle of its own."""
    token = element(field, value)

    assert 1 == len(tokens("/" + token))
    if "=" not in field:
        assert (field, value) == element_name(token)


@given(st.lists(HOSTILE, min_size=1, max_size=5))
def test_ancestors_are_the_shorter_addresses(keys: list[str]) -> None:
    """The ancestors of an address are its beginnings, nearest first, without the root."""
    parts = tuple(escape(key) for key in keys)
    expected = [join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]

    assert expected == list(ancestors(join(parts)))


@pytest.mark.parametrize(
    ("token", "expected"),
    [("0", True), ("12", True), ("01", False), ("", False), ("1a", False), ("²", False)],
)
def test_positions(*, token: str, expected: bool) -> None:
    """A position is a number as JSON pointers write it."""
    assert expected == is_position(token)


SHAPES = [
    ("/spec/containers/[name=web]/args/0", "/spec/containers/[name=*]/args/*"),
    ("/a~1b/x", "/a~1b/x"),
    ("", ""),
    ("/~2x", "/~2x"),
]


@pytest.mark.parametrize(("address", "expected"), SHAPES)
def test_shapes(address: str, expected: str) -> None:
    """A shape leaves out which element it is."""
    assert expected == shape(address)


DOTTED = [
    ("/spec/containers/[name=web]/image", "spec.containers[web].image"),
    ("/args/0", "args[0]"),
    ("/a~1b/c", "a/b.c"),
    ("/0", "[0]"),
    ("", ""),
]


@pytest.mark.parametrize(("address", "expected"), DOTTED)
def test_a_form_for_people(address: str, expected: str) -> None:
    """People read dots and brackets."""
    assert expected == dotted(address)


@pytest.mark.parametrize("token", ["name", "[name]", "[name=x", "name=x]", ""])
def test_what_is_no_element(token: str) -> None:
    """Only a bracketed field and value name an element."""
    assert None is element_name(token)
