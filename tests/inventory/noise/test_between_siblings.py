import pytest
from hypothesis import given

from driftline.inventory.noise.autoscaling import Band
from driftline.inventory.noise.between_siblings import between_siblings
from tests.inventory.noise.case_files import Case, Facts, cases, differing
from tests.inventory.noise.objects import MANAGERS, objects

CASES = cases("between_siblings")


def band(case: Case, name: str) -> Band | None:
    """The band of one side of a case."""
    return Band(**case.plain[name]) if name in case.plain else None


def said(case: Case) -> tuple[dict[str, str], list[str]]:
    """What is noise in a case, with its rule, and what is real."""
    left, right = case.facts("left"), case.facts("right")
    found = between_siblings(
        str(case.plain["left"]["kind"]),
        left,
        right,
        case.managers("left_managers", left),
        case.managers("right_managers", right),
        left_band=band(case, "left_band"),
        right_band=band(case, "right_band"),
    )
    rest = differing(left, right) - found.keys()
    return {address: one.rule for address, one in found.items()}, sorted(rest)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_cases(case: Case) -> None:
    """Each situation of the files is told as its author would tell it."""
    assert (case.noise, case.real) == said(case)


def test_there_are_cases() -> None:
    """The files hold cases, and among them real differences."""
    assert len(CASES) > 7
    assert sum(bool(case.real) for case in CASES) > 3


@given(objects(), MANAGERS)
def test_nothing_is_noise_where_nothing_differs(
    facts: Facts, managers: dict[str, tuple[str, ...]]
) -> None:
    """Two objects that are equal have no noise."""
    assert {} == between_siblings("Deployment", facts, dict(facts), managers, {})


@given(objects(), objects(), MANAGERS, MANAGERS)
def test_neither_side_is_the_first(
    left: Facts,
    right: Facts,
    left_managers: dict[str, tuple[str, ...]],
    right_managers: dict[str, tuple[str, ...]],
) -> None:
    """With left and right exchanged the same is noise, by the same rules."""
    there = between_siblings("Deployment", left, right, left_managers, right_managers)
    back = between_siblings("Deployment", right, left, right_managers, left_managers)

    assert {one: found.rule for one, found in there.items()} == {
        one: found.rule for one, found in back.items()
    }
    assert set() == there.keys() - differing(left, right)
