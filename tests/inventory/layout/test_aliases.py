"""Spellings of one environment meet in one canonical form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.layout.aliases import ALIASES, canonical

SAME = [
    ("prod", "production"),
    ("PRD", "production"),
    ("stg", "stage"),
    ("Staging", "stage"),
    ("pre-prod", "preproduction"),
    ("pre_prod", "preprod"),
    ("prod2", "production-2"),
    ("prod-2", "prd2"),
    ("prod/eu-west-1", "production/eu-west-1"),
    ("dev", "develop"),
    ("localhost", "local"),
    ("turing-stg", "turing-staging"),
]
DIFFERENT = [
    ("prod", "staging"),
    ("preprod", "prod"),
    ("nonprod", "prod"),
    ("product", "production"),
    ("device", "development"),
    ("ovh", "ovh2"),
    ("latest", "testing"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_same(left: str, right: str) -> None:
    """Two spellings of one environment have one canonical form."""
    assert canonical(left) == canonical(right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different(left: str, right: str) -> None:
    """Names that only look alike stay apart."""
    assert canonical(left) != canonical(right)


def test_every_alias() -> None:
    """Every spelling of the table leads to its word."""
    assert len(ALIASES) >= 10, "no aliases found"
    for word, spellings in ALIASES.items():
        assert {word} == {canonical(spelling) for spelling in spellings}


@given(st.text(alphabet="prodstagenv-_/.12ué", max_size=24))
def test_idempotent(name: str) -> None:
    """The canonical form of a canonical form is itself."""
    assert canonical(name) == canonical(canonical(name))
