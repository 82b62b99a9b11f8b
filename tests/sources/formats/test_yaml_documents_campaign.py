"""The laws of reading YAML, tried at length."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.formats.reading_cases import new_reader
from tests.sources.formats.test_yaml_documents import agrees
from tests.sources.formats.yaml_histories import histories, yaml_soup


@pytest.mark.slow
@settings(max_examples=2_000)
@given(histories(), st.integers(0, 2**32))
def test_histories(versions: list[str], seed: int) -> None:
    """Histories, whole and broken, read like each version alone."""
    dice = random.Random(seed)  # noqa: S311 - reproducible cuts, no secret
    reader = new_reader()
    for version in versions:
        agrees(reader, "values.yaml", version)
        at, to = sorted(dice.randrange(len(version) + 1) for _ in range(2))
        agrees(reader, "values.yaml", version[:at] + version[to:])


@pytest.mark.slow
@settings(max_examples=20_000)
@given(yaml_soup())
def test_any_text(text: str) -> None:
    """Text made of YAML's own signs is read as the plain reading reads it, or not at all."""
    agrees(new_reader(), "values.yaml", text)
