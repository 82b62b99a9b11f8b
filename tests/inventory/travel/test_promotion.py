"""Every step ends in one way, as somebody who reads the log aloud would say."""

import pytest
from hypothesis import given

from driftline.inventory.layers.merging import Point
from driftline.inventory.travel.promotion import moves, steps, travelled
from driftline.model.verdict import Step, StepEnd
from tests.inventory.travels import ADDRESS, HOUR, at, life, lives, points, side

NOW = 100

# What the source and the target did, and the steps of the source: its instant,
# its end, and the instant of that.
CASES: list[tuple[str, str, str, str]] = [
    ("the target took it", "0:a 1:b", "0:a 3:b", "1 promoted 3"),
    ("it has not arrived", "0:a 1:b", "0:a", "1 open"),
    ("only the last of two was taken", "0:a 1:b 2:c", "0:a 5:c", "1 superseded 5, 2 promoted 5"),
    ("the first of two was taken", "0:a 1:b 2:c", "0:a 5:b", "1 promoted 5, 2 open"),
    ("one after the other", "0:a 1:b 3:c", "0:a 2:b 4:c", "1 promoted 2, 3 promoted 4"),
    ("the source took it back", "0:a 1:b 2:a", "0:a", "1 withdrawn 2, 2 adopted 2"),
    ("both were taken back", "0:a 1:b 2:c 3:a", "0:a", "1 withdrawn 3, 2 withdrawn 3, 3 adopted 3"),
    ("both in one look", "0:a 1:b", "0:a 1:b", "1 co-moved 1"),
    ("both in one look, to two values", "0:a 1:b", "0:a 1:c", "1 co-moved 1"),
    ("a train", "0:a 1:b 2:c", "0:a 2:b 3:c", "1 promoted 2, 2 promoted 3"),
    ("the target was first", "0:a 2:b", "0:a 1:b", "2 adopted 2"),
    ("the target went another way", "0:a 1:b", "0:a 2:c", "1 open"),
    ("a removal is a step", "0:a 1:-", "0:a 4:-", "1 promoted 4"),
    ("an addition is a step", "1:a", "4:a", "1 promoted 4"),
    ("a way back is promoted like any other", "0:a 1:b 3:a", "0:a 2:b 4:a",
     "1 promoted 2, 3 promoted 4"),
    ("the same value twice on the way", "0:a 1:b 2:c 3:b", "0:a 4:b",
     "1 promoted 4, 2 superseded 4, 3 promoted 4"),
    ("what was withdrawn may come again", "0:a 1:b 2:a 3:b", "0:a 4:b",
     "1 withdrawn 2, 2 adopted 2, 3 promoted 4"),
    ("an older value that the target kept is no catch-up", "0:z 1:a 2:b", "0:z 3:z",
     "1 open, 2 open"),
    ("following a value that the target left behind", "0:a 3:b", "0:a 1:b 2:c", "3 adopted 3"),
]  # fmt: skip


def told(found: tuple[Step, ...]) -> str:
    """Steps as the table writes them."""
    ends = (None if one.ended_at is None else one.ended_at // HOUR for one in found)
    return ", ".join(
        f"{one.instant} {one.end}" + ("" if end is None else f" {end}")
        for one, end in zip(found, ends, strict=True)
    )


@pytest.mark.parametrize(
    ("why", "source", "target", "expected"), CASES, ids=[row[0] for row in CASES]
)
def test_how_steps_end(why: str, source: str, target: str, expected: str) -> None:
    """A step ends when the target holds any value that the source adopted from then on."""
    assert expected == told(steps(side(source), side(target), at, now=at(NOW))), why


def test_lags_are_only_of_what_arrived() -> None:
    """Promoted and superseded steps have a lag in seconds, others have none."""
    found = steps(side("0:a 1:b 2:c 9:d 10:c"), side("0:a 5:c"), at, now=at(NOW))

    assert [4 * HOUR, 3 * HOUR, None, None] == [one.lag_seconds for one in found]


def test_before_both_exist_there_is_nobody_to_follow() -> None:
    """What a side did before the other existed is no step."""
    target = moves(ADDRESS, points("4:b"), born=4)

    assert "6 promoted 7" == told(
        steps(side("0:a 1:b 6:c"), (*target, *side("4:b 7:c")[2:]), at, now=at(NOW))
    )


def test_another_spelling_is_no_move() -> None:
    """A value that is only spelled otherwise has not moved."""
    spelled = [Point(0, '"1000m"', 0, 0, -1), Point(1, "1", 0, 0, -1)]

    assert 1 == len(moves("/cpu", spelled, born=0))


def test_what_was_not_there_at_birth_was_absent() -> None:
    """A fact that came after its file begins with its absence."""
    assert [(0, None), (3, '"a"')] == [(one.instant, one.text) for one in side("3:a")]


@given(lives(), lives())
def test_every_move_is_one_step_with_one_end(left: str, right: str) -> None:
    """Each move of a side after the first is exactly one of its steps, and time runs forwards."""
    sides = side(left), side(right)
    for mine, found in zip(sides, travelled(*sides, at, now=at(NOW)), strict=True):
        assert [one.instant for one in mine[1:]] == [one.instant for one in found]
        for one in found:
            assert (one.end is StepEnd.OPEN) == (one.ended_at is None)
            assert one.ended_at is None or one.ended_at >= one.started_at


@given(lives(), lives())
def test_the_sides_are_alike(left: str, right: str) -> None:
    """Swapping the sides swaps their steps."""
    there = travelled(side(left), side(right), at, now=at(NOW))
    back = travelled(side(right), side(left), at, now=at(NOW))

    assert there == (back[1], back[0])


@given(lives(), lives())
def test_nothing_waits_where_both_agree(left: str, right: str) -> None:
    """Where the sides end with one value, no step of either is open."""
    if life(left)[-1][1] == life(right)[-1][1]:
        found = travelled(side(left), side(right), at, now=at(NOW))

        assert all(one.end is not StepEnd.OPEN for several in found for one in several)


@given(lives(), lives())
def test_what_is_known_later_changes_no_end(left: str, right: str) -> None:
    """A step that had ended by an instant had ended in the same way to those who looked then."""
    moment = 20
    now = travelled(side(left), side(right), at, now=at(NOW))
    cut = [tuple(one for one in side(text) if one.instant <= moment) for text in (left, right)]
    then = travelled(cut[0], cut[1], at, now=at(moment))
    for later, earlier in zip(now, then, strict=True):
        ended = [one for one in later if one.ended is not None and one.ended <= moment]

        assert ended == [one for one in earlier if one.end is not StepEnd.OPEN]
