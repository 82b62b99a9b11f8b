"""What the campaigns share: a machine of their own for each test."""

from pathlib import Path

import pytest

from tests.campaigns.driving import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """An empty home to run the program in."""
    return Machine(tmp_path)
