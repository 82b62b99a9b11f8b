"""What has to be rendered is found in repositories of every sort."""

import pytest

from tests.inventory.recipes.casework import Case, cases, line

CASES = cases()


def test_there_are_cases() -> None:
    """The file of cases is read."""
    assert len(CASES) > 10


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_recipes(case: Case) -> None:
    """Each recipe of a case is found, and no other, with the reason why it cannot be."""
    found = case.found()
    expected = [text.partition(" not: ") for text in case.recipes]

    assert [text for text, _, _ in expected] == [line(one) for one in found]
    for (_, _, reason), one in zip(expected, found, strict=True):
        assert bool(reason) == bool(one.refusal), one.refusal
        assert reason in one.refusal


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_inputs(case: Case) -> None:
    """Everything that a recipe is made of is a file of the repository."""
    for one in case.found():
        assert one.inputs
        assert set(one.inputs) <= set(case.files)
