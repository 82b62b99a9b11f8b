from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.layers.merging import Point, at
from driftline.inventory.travel.onset import onset
from driftline.inventory.typed import equal

ADDRESS = "/cpu"

Steps = list[tuple[int, str | None]]


def series(steps: Steps, *, act: int = 0) -> list[Point]:
    """The points of one side."""
    return [Point(instant, value, 0, 0, act) for instant, value in steps]


# What the sides say over time, when they were born, and the onset of what differs now.
CASES: list[tuple[str, Steps, Steps, int, int, tuple[int, str, str]]] = [
    ("the left moved on", [(0, "1"), (5, "2")], [(0, "1")], 0, 0, (5, "drifted", "left")),
    ("the right did", [(0, "1")], [(0, "1"), (5, "2")], 0, 0, (5, "drifted", "right")),
    ("both at once", [(0, "1"), (5, "2")], [(0, "1"), (5, "3")], 0, 0, (5, "drifted", "both")),
    ("a second move inside the spell", [(0, "1"), (5, "2"), (7, "3")], [(0, "1"), (8, "4")],
     0, 0, (5, "drifted", "left")),
    ("an earlier spell has healed", [(0, "1"), (2, "2"), (3, "1"), (6, "2")], [(0, "1")],
     0, 0, (6, "drifted", "left")),
    ("another spelling heals", [(0, "1"), (2, '"2"'), (6, "3")], [(0, "1"), (4, '"2000m"')],
     0, 0, (6, "drifted", "left")),
    ("respelling is no move", [(0, "1"), (5, '"1000m"')], [(0, "1"), (5, "2")],
     0, 0, (5, "drifted", "right")),
    ("never the same", [(0, "1")], [(0, "2")], 0, 0, (0, "born", "both")),
    ("the right came later", [(0, "1")], [(4, "2")], 0, 4, (4, "born", "right")),
    ("the left came later, and had none", [], [(0, "1")], 4, 0, (4, "born", "left")),
    ("one side added a fact", [(5, "1")], [], 0, 0, (5, "drifted", "left")),
    ("each added its own", [(5, "1")], [(6, "2")], 0, 0, (5, "born", "left")),
    ("one side removed it", [(0, "1"), (5, None)], [(0, "1")], 0, 0, (5, "drifted", "left")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "left", "right", "left_born", "right_born", "expected"),
    CASES,
    ids=lambda one: str(one)[:40],
)
def test_how_differences_begin(
    why: str,
    left: Steps,
    right: Steps,
    left_born: int,
    right_born: int,
    expected: tuple[int, str, str],
) -> None:
    """A difference begins with its unbroken stretch, by the move of one side or both."""
    found = onset(ADDRESS, series(left), series(right), left_born=left_born, right_born=right_born)

    assert expected == (found.instant, found.kind, found.moved), why


def test_the_step_that_moved_is_named() -> None:
    """The point of the onset is the step of the side that moved."""
    left, right = series([(0, "1"), (5, "2"), (7, "3")], act=1), series([(0, "1"), (3, "1")], act=2)

    assert left[1] == onset(ADDRESS, left, right, left_born=0, right_born=0).point


def test_a_side_without_the_fact_has_no_step() -> None:
    """Nobody is blamed where an environment began without the fact."""
    found = onset(ADDRESS, [], series([(0, "1")]), left_born=4, right_born=0)

    assert ("left", None) == (found.moved, found.point)


VALUES = st.sampled_from(["1", "2", '"1000m"', '"2"', None])
SERIES = st.dictionaries(st.integers(0, 12), VALUES, max_size=6).map(
    lambda steps: series(sorted(steps.items()))
)
BIRTHS = st.integers(0, 6)


@settings(max_examples=300, deadline=None)
@given(SERIES, SERIES, BIRTHS, BIRTHS)
def test_onset_equals_a_search(
    left: Sequence[Point], right: Sequence[Point], left_born: int, right_born: int
) -> None:
    """The onset is the first instant since which the sides differ without a break."""
    start, end = max(left_born, right_born), 14
    if _equal(left, right, end):
        return
    first = next(
        instant
        for instant in range(start, end + 1)
        if not any(_equal(left, right, later) for later in range(instant, end + 1))
    )

    assert first == onset(ADDRESS, left, right, left_born=left_born, right_born=right_born).instant


@settings(max_examples=200, deadline=None)
@given(SERIES, SERIES, st.lists(VALUES, min_size=1, max_size=4))
def test_changes_inside_a_spell_do_not_move_its_onset(
    left: Sequence[Point], right: Sequence[Point], moves: Sequence[str | None]
) -> None:
    """However the values change while they differ, the onset stays where it was."""
    if _equal(left, right, 20):
        return
    before = onset(ADDRESS, left, right, left_born=0, right_born=0)
    longer = list(left)
    for number, value in enumerate(moves):
        if not equal(ADDRESS, value, _value(right, 20)):
            longer.append(Point(20 + number, value, 0, 0, 0))
    after = onset(ADDRESS, longer, right, left_born=0, right_born=0)

    assert (before.instant, before.moved) == (after.instant, after.moved)


@settings(max_examples=200, deadline=None)
@given(SERIES, SERIES, BIRTHS, BIRTHS)
def test_onset_is_symmetric(
    left: Sequence[Point], right: Sequence[Point], left_born: int, right_born: int
) -> None:
    """Swapping the sides swaps only who moved."""
    one = onset(ADDRESS, left, right, left_born=left_born, right_born=right_born)
    two = onset(ADDRESS, right, left, left_born=right_born, right_born=left_born)
    swapped = {"left": "right", "right": "left"}

    assert (one.instant, one.kind) == (two.instant, two.kind)
    assert one.moved == swapped.get(two.moved, two.moved)


def _value(points: Sequence[Point], instant: int) -> str | None:
    point = at(points, instant)
    return point.value if point else None


def _equal(left: Sequence[Point], right: Sequence[Point], instant: int) -> bool:
    return equal(ADDRESS, _value(left, instant), _value(right, instant))
