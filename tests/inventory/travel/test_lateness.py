"""Thresholds and directions are learnt from what was known when a step began."""

import pytest

from driftline.inventory.travel.lateness import DAY, HOUR, Limits, Paces, Watched
from driftline.model.verdict import Step, StepEnd

LIMITS = Limits()
FAR = 1_000_000


def step(instant: int, lag_hours: int | None, end: StepEnd = StepEnd.PROMOTED) -> Watched:
    """A step that began at an instant (an hour) and ended after so many hours."""
    started = instant * HOUR
    if lag_hours is None:
        return Watched(Step(instant, started, '"a"', StepEnd.OPEN, None, None))
    ended = started + lag_hours * HOUR
    lag = lag_hours * HOUR if end is StepEnd.PROMOTED else None
    return Watched(Step(instant, started, '"a"', end, ended, lag, instant + lag_hours))


def paces(*paths: tuple[str, str, list[Watched]], back: list[Watched] | None = None) -> Paces:
    """The pools of a direction in which these roles' paths made these steps."""
    there, other = Paces(LIMITS), Paces(LIMITS)
    for role, address, watched in paths:
        there.add(role, address, "version", watched)
    other.add("api", "/tag", "version", back or [])
    there.settle(other)
    other.settle(there)
    return there


def many(count: int, lag_hours: int | None, *, first: int = 0, every: int = 100) -> list[Watched]:
    """Steps one after the other, all with one lag."""
    return [step(first + number * every, lag_hours) for number in range(count)]


def seconds(pools: Paces, instant: int = FAR) -> tuple[int, str, int, int]:
    """The threshold of a step of the api's tag, its level and the steps behind it."""
    found = pools.at("api", "/tag", "version", instant, instant * HOUR).threshold
    return found.seconds, found.level, found.steps, found.promotions


@pytest.mark.parametrize(
    ("why", "pools", "expected"),
    [
        ("nothing is known", paces(), (DAY, "default", 0, 0)),
        ("too little is known", paces(("api", "/tag", many(19, 30))), (DAY, "default", 19, 19)),
        ("enough of the path", paces(("api", "/tag", many(20, 30))), (30 * HOUR, "path", 20, 20)),
        ("never less than a day", paces(("api", "/tag", many(20, 1))), (DAY, "path", 20, 20)),
        ("never more than a week", paces(("api", "/tag", many(20, 900))),
         (7 * DAY, "path", 20, 20)),
        ("only the last fifty", paces(("api", "/tag", many(60, 99) + many(50, 30, first=9000))),
         (30 * HOUR, "path", 50, 50)),
        ("of the role, where the path has too few",
         paces(("api", "/tag", many(5, 30)), ("api", "/other", many(20, 40))),
         (40 * HOUR, "role", 25, 25)),
        ("of the pair, where the role has too few",
         paces(("api", "/tag", many(5, 30)), ("ui", "/tag", many(20, 50))),
         (50 * HOUR, "pair", 25, 25)),
        ("most have not arrived, so nobody can say",
         paces(("api", "/tag", many(20, 30) + many(10, None, first=9000))),
         (7 * DAY, "path", 30, 20)),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_thresholds(why: str, pools: Paces, expected: tuple[int, str, int, int]) -> None:
    """The narrowest pool with twenty ended steps says when a step is late."""
    assert expected == seconds(pools), why


def test_only_what_was_known_then_counts() -> None:
    """A step that arrived after this one began had not arrived yet."""
    slow = many(20, 30) + [step(3000 + number, 500) for number in range(20)]
    pools = paces(("api", "/tag", slow))

    assert (30 * HOUR, "path", 20, 20) == seconds(pools, 2500)
    assert (7 * DAY, "path", 40, 20) == seconds(pools, 3200)


def test_withdrawn_steps_censor() -> None:
    """What was taken back counts for as long as it waited, and never as an arrival."""
    taken_back = [step(9000 + number, 60, StepEnd.WITHDRAWN) for number in range(4)]
    pools = paces(("api", "/tag", many(20, 30) + taken_back))

    assert (7 * DAY, "path", 24, 20) == seconds(pools)


def test_a_freeze_censors() -> None:
    """A step that a freeze held back counts up to the freeze."""
    held = [Watched(one.step, one.step.started_at + 10 * HOUR) for one in many(5, 900, first=9000)]
    pools = paces(("api", "/tag", many(20, 30) + held))

    assert (30 * HOUR, "path", 25, 25) == seconds(pools)


def test_common_moves_are_left_out() -> None:
    """What moved on both sides at once, or came from the other side, teaches nothing."""
    common = [step(number, 0, StepEnd.CO_MOVED) for number in range(30)]
    adopted = [step(number, 0, StepEnd.ADOPTED) for number in range(30)]

    assert (DAY, "default", 0, 0) == seconds(paces(("api", "/tag", common + adopted)))


@pytest.mark.parametrize(
    ("why", "there", "back", "leads", "follows"),
    [
        ("four are too few", 4, 0, False, False),
        ("five are enough", 5, 0, True, False),
        ("four of five", 4, 1, True, False),
        ("three of four fifths", 7, 2, False, False),
        ("the other way", 1, 4, False, True),
        ("both ways", 5, 5, False, False),
    ],
)
def test_directions(why: str, there: int, back: int, leads: bool, follows: bool) -> None:  # noqa: FBT001
    """A direction is learnt from at least five arrivals, four fifths of them this way."""
    pools = paces(("api", "/tag", many(there, 2)), back=many(back, 2, first=50))
    pace = pools.at("api", "/tag", "version", FAR, FAR * HOUR)

    assert (leads, follows) == (pace.leads(LIMITS), pace.follows(LIMITS)), why


def test_a_direction_is_known_where_either_way_is() -> None:
    """What a path's own steps say about its direction counts before the pair's."""
    ours = paces(("ui", "/tag", many(30, 2)), back=many(25, 2, first=50))
    pace = ours.at("api", "/tag", "version", FAR, FAR * HOUR)

    assert (0, 25) == (pace.arrived, pace.arrived_back)
