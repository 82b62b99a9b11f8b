"""No module and no function outgrows a reader's patience."""

from tests.rules.complaint import listed
from tools.source_tree import modules

MODULE_LINES = 400
FUNCTION_LINES = 60


def test_modules_stay_small() -> None:
    """A module has at most 400 lines; a longer one answers more than one question."""
    long = [f"{module.path}: {module.lines}" for module in modules() if module.lines > MODULE_LINES]

    assert [] == long, listed(long)


def test_functions_stay_small() -> None:
    """A function has at most 60 lines, its docstring included."""
    long = [
        f"{module.path}:{function.line} {function.name}: {function.lines}"
        for module in modules()
        for function in module.functions
        if function.lines > FUNCTION_LINES
    ]

    assert [] == long, listed(long)


def test_the_rule_sees_modules_and_functions() -> None:
    """The two rules above look at something."""
    found = modules()

    assert len(found) > 30
    assert sum(len(module.functions) for module in found) > 50
