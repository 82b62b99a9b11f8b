"""Values inside of objects are put together again from facts."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.recipes.values import holds_secret, values_below
from tests.inventory.building import facts_of

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
KEYS = st.text(alphabet="abc/~[=]. ", min_size=1, max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_values_come_back(values: dict[str, Any]) -> None:
    """What was flattened is what is put together."""
    facts = facts_of({"spec": {"values": values}, "other": 1})

    assert values == json.loads(values_below(facts, "/spec/values"))


def test_named_elements_keep_their_order() -> None:
    """A list whose elements have names stays a list in its order."""
    env = [{"name": "b", "value": "1"}, {"name": "a", "value": "2"}]
    facts = facts_of({"values": {"env": env}})

    assert {"env": env} == json.loads(values_below(facts, "/values"))


def test_numbers_keep_their_spelling() -> None:
    """A version that looks like a number is not shortened."""
    assert '{"version": 1.10}' == values_below({"/values/version": "1.10"}, "/values")


def test_nothing_is_nothing() -> None:
    """Where no values stand there are none."""
    assert "" == values_below({"/spec/valuesFrom/0/name": '"x"'}, "/spec/values")


SECRETS = [
    ({"/spec/values/password": '{"secret":"k:00"}'}, True),
    ({"/spec/values": '{"secret":"k:00"}'}, True),
    ({"/spec/valuesFrom": '{"secret":"k:00"}'}, False),
    ({"/spec/values/a": '"secret"'}, False),
]


@pytest.mark.parametrize(("facts", "expected"), SECRETS)
def test_secrets_are_seen(facts: dict[str, str], *, expected: bool) -> None:
    """Values of which only digests are kept are known to be secret."""
    assert expected is holds_secret(facts, "/spec/values")
