"""Names say what a thing is, in words that the field does not use for something else."""

import re

import pytest

from tests.rules.complaint import listed
from tools.source_tree import modules

DRAWERS = {"utils", "util", "core", "common", "helpers", "helper", "manager", "managers", "misc"}
# Taken: Terraform and its kin, Kubernetes and event systems mean something else by them.
TAKEN = {"workspace", "provider", "controller", "operator", "event", "state", "plan"}


def words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name, in lower case.

    >>> sorted(words("HTTPServer_plan"))
    ['http', 'plan', 'server']
    """
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return {word.lower() for word in split.split("_") if word}


def test_no_module_is_a_drawer() -> None:
    """No module or folder is named after having no name."""
    wrong = [
        module.path
        for module in modules()
        for part in module.path.removesuffix(".py").split("/")
        if words(part) & DRAWERS
    ]

    assert [] == wrong, listed(wrong)


def test_no_class_is_a_drawer() -> None:
    """No class is a manager or a helper."""
    wrong = [
        f"{module.path}: {name}"
        for module in modules("driftline")
        for name in module.classes
        if words(name) & DRAWERS
    ]

    assert [] == wrong, listed(wrong)


def test_no_name_is_taken() -> None:
    """No module or class bears a bare name that the field uses for something else."""
    names = [
        (module.path, name)
        for module in modules("driftline")
        for name in (module.path.rsplit("/", 1)[1].removesuffix(".py"), *module.classes)
    ]
    wrong = [f"{path}: {name}" for path, name in names if name.lower() in TAKEN]

    assert [] == wrong, listed(wrong)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("EventManager", {"event", "manager"}), ("sqlite_store", {"sqlite", "store"})],
)
def test_words_are_split(name: str, expected: set[str]) -> None:
    """A drawer is found inside a longer name."""
    assert expected == words(name)
