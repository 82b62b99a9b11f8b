from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.analysis.trend import (
    DAY_SECONDS,
    WEEK_SECONDS,
    actor_class,
    parts,
    points,
    services,
    trend,
    velocity,
    week_start,
)
from driftline.inventory import siblings
from driftline.inventory.metric.motion import PairMotion, pair_motion
from driftline.inventory.metric.weights import RESOURCE, weight
from driftline.model.chronicle import Chronicle, ClassifiedActor
from driftline.model.look import Contribution, Look, Person
from driftline.model.ref import parse_time, time_text
from tests.inventory.drifting import Versions, environment

ADA, BOT, NOBODY = Person("Ada", "a@x"), Person("bot", "b@x"), Person("who", "w@x")
MONDAY = parse_time("2026-03-02")
TAG = weight("/tag")
ACTORS = {ADA: ClassifiedActor("Ada", "human", ""), BOT: ClassifiedActor("bot", "bot", "")}


def chronicle(times: Sequence[int], *, by: Sequence[Person] = ()) -> Chronicle:
    """Looks at these seconds after a Monday; made by these people in turn, else by Ada."""
    people = list(by) or [ADA]
    looks = [
        Look(number, MONDAY + at, f"{number:040x}", people[number % len(people)], None, "")
        for number, at in enumerate(times)
    ]
    made = {number: (Contribution(one.ref, one.by, ""),) for number, one in enumerate(looks)}
    return Chronicle(looks, [0] * len(looks), made, ACTORS)


def moved(left: Versions, right: Versions) -> PairMotion:
    """The motion of staging and production."""
    sides = environment("staging", left), environment("production", right)
    return pair_motion(*sides, frozenset())


PROMOTION = moved(
    {"web": [(0, {"tag": "1.0"}), (1, {"tag": "2.0"})]},
    {"web": [(0, {"tag": "1.0"}), (2, {"tag": "2.0"})]},
)
# A beginning on a Monday, a step two days later, and its arrival in the second week.
DAYS = (0, 2 * DAY_SECONDS, 9 * DAY_SECONDS)
NOW = MONDAY + 15 * DAY_SECONDS
HALF = TAG // 2


def test_points_are_weekly() -> None:
    """The beginning, each Monday, and now; exposure is distance times days to the bit."""
    found = points(PROMOTION, chronicle(DAYS), now=NOW)

    assert [
        ("2026-03-02", 0, 0, 0, 0),
        ("2026-03-09", HALF, 1, HALF, HALF * 5),
        ("2026-03-16", 0, 0, 2 * HALF, HALF * 7),
        ("2026-03-17", 0, 0, 2 * HALF, HALF * 7),
    ] == [(one.at[:10], one.distance, one.roles, one.path_length, one.exposure) for one in found]


def test_since_a_day() -> None:
    """Points begin where they are asked to; path length and exposure still count from the start."""
    found = points(PROMOTION, chronicle(DAYS), now=NOW, since=MONDAY + 4 * DAY_SECONDS)

    assert ("2026-03-06T00:00:00Z", HALF, HALF, 2 * HALF) == (
        found[0].at,
        found[0].distance,
        found[0].path_length,
        found[0].exposure,
    )


def test_weeks() -> None:
    """Each week says what it did."""
    found = velocity(PROMOTION, chronicle(DAYS), now=NOW)

    assert [("2026-03-02", HALF, 1), ("2026-03-09", -HALF, 1), ("2026-03-16", 0, 0)] == [
        (one.week[:10], one.change, one.changes) for one in found
    ]


def test_parts_by_who_moved() -> None:
    """Ada moved staging away, and the bot brought production after it."""
    found = parts(PROMOTION, chronicle(DAYS, by=(ADA, ADA, BOT)), now=NOW)

    assert [("bot", "right", 0, HALF, 1), ("human", "left", HALF, 0, 1)] == [
        (one.actor_class, one.side, one.added, one.removed, one.changes) for one in found
    ]


def test_nobody_is_blamed_without_evidence() -> None:
    """Where no rule classes the author, the class is unattributed."""
    people = chronicle(DAYS, by=(NOBODY,))

    assert {"unattributed"} == {actor_class(one, people) for one in PROMOTION.moves}


def test_services_now() -> None:
    """Each role as it is now, and which side lacks it."""
    motion = moved(
        {"web": [(0, {"tag": "1.0"})], "job": [(0, {"a": 1})]}, {"web": [(0, {"tag": "2.0"})]}
    )
    found = services(motion, chronicle((0,)), now=MONDAY + DAY_SECONDS)

    assert [
        ("job", RESOURCE, 0, RESOURCE, "right"),
        ("web", HALF, 1, HALF, ""),
    ] == [(one.role, one.distance, one.paths, one.exposure, one.missing) for one in found]


def test_a_pair_ends_with_its_environment() -> None:
    """What happened after one of them was gone is no drift of the pair."""
    motion = moved({"web": [(0, {"a": 1}), (1, None)]}, {"web": [(0, {"a": 2}), (2, {"a": 3})]})
    found = points(motion, chronicle(DAYS), now=NOW)

    assert "2026-03-04T00:00:00Z" == found[-1].at
    assert found[0].distance == found[-1].distance


def test_a_pair_that_never_was() -> None:
    """Environments that never existed together have no points."""
    motion = moved({"web": [(0, {"a": 1}), (1, None)]}, {"web": [(2, {"a": 2})]})
    asked = chronicle(DAYS)

    assert ((), (), (), ()) == (
        points(motion, asked, now=NOW),
        velocity(motion, asked, now=NOW),
        parts(motion, asked, now=NOW),
        services(motion, asked, now=NOW),
    )


def test_the_scan_has_half_a_year() -> None:
    """The last weekly points of the pair people look at first; the last is the present."""
    sides = [environment(name, {"web": [(0, {"a": name})]}) for name in ("l", "r")]
    found = siblings.find(sides[0], sides[1], frozenset())
    now = MONDAY + 60 * WEEK_SECONDS + 5
    said = trend(found, chronicle((0,)), now=now)

    assert 26 == len(said)
    assert time_text(now) == said[-1].at
    assert (
        said[-1]
        == points(pair_motion(sides[0], sides[1], frozenset()), chronicle((0,)), now=now)[-1]
    )


LEAVES = st.sampled_from([1, 2, "1.0", "1.1", "2.0", "a,b", True])
TREES = st.dictionaries(st.sampled_from(["tag", "replicas", "a"]), LEAVES, max_size=3)
LIVES = st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True).flatmap(
    lambda instants: st.tuples(*(st.tuples(st.just(at), TREES) for at in sorted(instants)))
)
ROLES = st.dictionaries(st.sampled_from(["web", "api"]), LIVES, min_size=1)
TIMES = st.lists(st.integers(0, 30 * DAY_SECONDS), min_size=7, max_size=7).map(sorted)


@given(ROLES, ROLES, TIMES, st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_parts_are_the_whole(left: Any, right: Any, times: list[int], since: int) -> None:
    """Parts, weeks and services sum to the change of the distance to the bit."""
    motion = moved(left, right)
    people = chronicle(times, by=(ADA, BOT, NOBODY))
    begin = MONDAY + since * DAY_SECONDS
    said = points(motion, people, now=NOW, since=begin)
    change = said[-1].distance - said[0].distance

    assert change == sum(
        one.added - one.removed for one in parts(motion, people, now=NOW, since=begin)
    )
    assert change == sum(one.change for one in velocity(motion, people, now=NOW, since=begin))
    assert abs(change) <= said[-1].path_length - said[0].path_length
    rows = services(motion, people, now=NOW)
    assert said[-1].distance == sum(one.distance for one in rows)
    assert said[-1].path_length == sum(one.path_length for one in rows)


@given(ROLES, ROLES, TIMES)
@settings(max_examples=60, deadline=None)
def test_exposure_is_the_integral(left: Any, right: Any, times: list[int]) -> None:
    """Distance times seconds, added up look by look, in whole days."""
    motion = moved(left, right)
    people = chronicle(times)
    assert motion.start is not None
    end = max(NOW, people.looks[-1].at)
    at, area, distance = people.looks[motion.start].at, 0, 0
    for move in motion.moves:
        if move.instant > motion.start:
            area += distance * (people.looks[move.instant].at - at)
            at = people.looks[move.instant].at
        distance += move.distance
    area += distance * (end - at)

    assert area // DAY_SECONDS == points(motion, people, now=NOW)[-1].exposure


def test_weeks_begin_on_mondays() -> None:
    """At midnight UTC."""
    assert MONDAY == week_start(MONDAY) == week_start(MONDAY + WEEK_SECONDS - 1)
