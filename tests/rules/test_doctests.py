"""An example in a docstring is a promise, so it is executed."""

import doctest
import importlib
import pkgutil

import driftline
from tests.rules.complaint import listed


def test_examples_in_docstrings_are_true() -> None:
    """Every doctest of every module passes."""
    attempted, failed = 0, []
    for package in pkgutil.walk_packages(driftline.__path__, "driftline."):
        if package.name.endswith(".__main__"):
            continue
        result = doctest.testmod(importlib.import_module(package.name))
        attempted += result.attempted
        if result.failed:
            failed.append(f"{package.name}: {result.failed} failed")

    assert attempted > 10
    assert [] == failed, listed(failed)
