"""Two refs lead to the answer that they ask for."""

import sys
from pathlib import Path

from driftline.engine import ask
from tests.engine.asking import NOW, company, scanned
from tests.engine.two_planes import compared_planes, steady


def test_what_is_declared_needs_nothing_of_clusters(tmp_path: Path) -> None:
    """Where no cluster was ever looked at, nothing about clusters is imported."""
    _, settings = scanned(tmp_path, company(tmp_path / "infra").folder)
    before = {name for name in sys.modules if "plane_answer" in name}
    for name in before:
        del sys.modules[name]
    answer = ask.compare("staging", "production", settings, now=NOW)

    assert "declared" == answer.pair.plane
    assert not any("plane_answer" in name for name in sys.modules)


def test_what_runs(tmp_path: Path) -> None:
    """Where a cluster was looked at, names mean what runs."""
    assert "observed" == compared_planes(steady(tmp_path), "staging", "production").pair.plane
