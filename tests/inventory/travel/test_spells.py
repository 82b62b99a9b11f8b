"""A spell is told phase by phase, and no phase knows what came after it."""

import pytest
from hypothesis import given

from driftline.inventory.travel.lateness import HOUR, Limits, Pace
from driftline.inventory.travel.spells import Freeze, Phase, Stretch, reached, seconds_of, spells
from driftline.model.verdict import Kind, Step, Threshold
from tests.inventory.travels import at, lives, path, side, until

NOW = 100
KNOWN = Pace(Threshold(10 * HOUR, "path", 50, 50), 50, 0)
NOTHING = Pace(Threshold(10 * HOUR, "default", 0, 0), 0, 0)
BACK = Pace(Threshold(10 * HOUR, "default", 1, 1), 1, 50)
BACK_OFTEN = Pace(Threshold(10 * HOUR, "default", 3, 3), 3, 50)
RARE = Pace(Threshold(10 * HOUR, "default", 2, 2), 2, 0)


def forwards(source: int, step: Step) -> Pace:
    """Changes go from left to right, within ten hours."""
    del step
    return BACK if source else KNOWN


def told(found: tuple[Stretch, ...]) -> str:
    """Spells as the table writes them: onset, phases, end."""
    return "; ".join(
        f"{one.spell.opened_by}: "
        + ", ".join(f"{phase.since // HOUR} {phase.why}" for phase in one.phases)
        + ("" if one.spell.ended_at is None else f" to {one.spell.ended_at // HOUR}")
        for one in found
    )


# The left and the right life, and the spells of the pair.
CASES: list[tuple[str, str, str, str]] = [
    ("they agree", "0:a 1:b", "0:a 1:b", ""),
    ("promoted in time", "0:a 1:b", "0:a 5:b", "left: 1 arriving to 5"),
    ("promoted late", "0:a 1:b", "0:a 20:b", "left: 1 arriving, 11 late to 20"),
    ("just in time", "0:a 1:b", "0:a 11:b", "left: 1 arriving to 11"),
    ("never", "0:a 1:b", "0:a", "left: 1 arriving, 11 late"),
    ("the oldest step counts, not the latest move", "0:a 1:b 8:c", "0:a",
     "left: 1 arriving, 11 late"),
    ("a step that was caught up with makes way", "0:a 1:b 8:c", "0:a 9:b",
     "left: 1 arriving, 9 arriving, 18 late"),
    ("late once, in time again", "0:a 1:b 12:c", "0:a 13:b 14:c",
     "left: 1 arriving, 11 late, 13 arriving to 14"),
    ("the follower steps back", "0:a 1:b", "0:a 2:b 9:a",
     "left: 1 arriving to 2; right: 9 stepped back"),
    ("the follower goes first", "0:a", "0:a 9:x", "right: 9 first"),
    ("the follower takes something foreign", "0:a 1:b", "0:a 5:x",
     "left: 1 arriving, 5 foreign"),
    ("both to two values", "0:a 1:b", "0:a 1:c", "both: 1 both"),
    ("never the same", "0:a", "0:b", "both: 0 born"),
    ("never the same, and one moved", "0:a 7:c", "0:b", "both: 0 born"),
    ("absent at first", "0:a", "4:b", "both: 0 born"),
    ("twice", "0:a 1:b 5:c", "0:a 2:b 6:c", "left: 1 arriving to 2; left: 5 arriving to 6"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "left", "right", "expected"), CASES, ids=[row[0] for row in CASES])
def test_spells(why: str, left: str, right: str, expected: str) -> None:
    """A spell is in flight while its oldest waiting step is young, and stands from then on."""
    found = spells(path(left, right, now=NOW), at, forwards, now=at(NOW))

    assert expected == told(found), why


def test_who_came_later_began_it() -> None:
    """A difference from the first moment on is told as that of the side that came later."""
    found = spells(path("0:a", "4:b", now=NOW, born=(0, 4)), at, forwards, now=at(NOW))

    assert "right: 4 born" == told(found)


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (KNOWN, "left: 1 arriving"),
        (NOTHING, "left: 1 aimless"),
        (RARE, "left: 1 aimless"),
        (BACK, "left: 1 first"),
        (BACK_OFTEN, "left: 1 arriving"),
        (Pace(KNOWN.threshold, 2, 0), "left: 1 aimless"),
    ],
)
def test_what_must_be_known(pace: Pace, expected: str) -> None:
    """Without a direction, or with too few promotions, nothing is ever in flight."""
    found = spells(path("0:a 1:b", "0:a", now=5), at, lambda _, __: pace, now=at(5))

    assert expected == told(found)


def test_a_threshold_is_exceeded_not_met() -> None:
    """Exactly at its threshold a step is still in flight."""
    lives = path("0:a 1:b", "0:a", now=NOW)
    (whole,) = spells(lives, at, forwards, now=at(NOW))

    assert Kind.IN_FLIGHT is reached(whole.phases, at(11)).kind
    assert Kind.STANDING is reached(whole.phases, at(11) + 1).kind
    (then,) = spells(path("0:a 1:b", "0:a", now=11), at, forwards, now=at(11))
    assert Kind.IN_FLIGHT is then.phases[-1].kind


def test_a_freeze_stops_the_clock() -> None:
    """While a freeze is in force nothing ages, and what was late before is late after."""
    freeze = Freeze(at(5), at(30), "production: automatic deploys are off")
    (found,) = spells(path("0:a 1:b", "0:a", now=NOW), at, forwards, now=at(NOW), freezes=[freeze])

    assert "left: 1 arriving, 5 held, 30 arriving, 36 late" == told((found,))
    assert 10 * HOUR == seconds_of(found, Kind.IN_FLIGHT, now=at(NOW))
    assert 25 * HOUR == seconds_of(found, Kind.FROZEN, now=at(NOW))
    assert 64 * HOUR == seconds_of(found, Kind.STANDING, now=at(NOW))


def test_a_freeze_in_force_holds() -> None:
    """A freeze that has not ended is what the difference is now."""
    freeze = Freeze(at(2), None, "x")
    (found,) = spells(path("0:a 1:b", "0:a", now=NOW), at, forwards, now=at(NOW), freezes=[freeze])

    assert Kind.FROZEN is found.phases[-1].kind
    assert freeze == found.phases[-1].freeze


def test_a_freeze_says_nothing_about_what_never_agreed() -> None:
    """A difference since both exist is no step that a freeze could hold back."""
    freeze = Freeze(at(0), None, "x")
    (found,) = spells(path("0:a", "0:b", now=9), at, forwards, now=at(9), freezes=[freeze])

    assert "both: 0 born" == told((found,))


def test_the_spell_remembers_its_values_and_its_opener() -> None:
    """A spell is told with the values at its end and the move that began it."""
    found = spells(path("0:a 1:b 3:c", "0:a 5:c", now=NOW), at, forwards, now=at(NOW))

    assert ('"c"', '"a"') == (found[0].left.text, found[0].right.text)
    assert found[0].opening is not None
    assert 1 == found[0].opening.instant


def kind_at(found: tuple[Stretch, ...], second: int) -> Phase | None:
    """The phase that these spells say was in force at a second."""
    for one in found:
        ended = one.spell.ended_at
        if one.spell.started_at <= second and (ended is None or second < ended):
            return reached(one.phases, second)
    return None


@given(lives(instants=30), lives(instants=30))
def test_no_hindsight(left: str, right: str) -> None:
    """At every hour, judging then says what judging now says of then: kind, reason and since."""
    freezes = [Freeze(at(12), at(15), "x")]
    whole = spells(path(left, right, now=NOW), at, forwards, now=at(NOW), freezes=freezes)
    for hour in range(40):
        known = path(until(left, hour), until(right, hour), now=hour)
        in_force = [
            Freeze(one.since, None if one.until is None or one.until > at(hour) else one.until, "x")
            for one in freezes
            if one.since <= at(hour)
        ]
        then = spells(known, at, forwards, now=at(hour), freezes=in_force)
        expected = kind_at(whole, at(hour))
        found = then[-1].phases[-1] if then and then[-1].spell.ended_at is None else None

        assert (None if expected is None else (expected.since, expected.kind, expected.why)) == (
            None if found is None else (found.since, found.kind, found.why)
        )


@given(lives(), lives())
def test_spells_are_the_stretches_of_difference(left: str, right: str) -> None:
    """Spells cover exactly the hours in which the values differ, and their phases cover them."""
    sides = side(left), side(right)
    found = spells(path(left, right, now=NOW), at, forwards, now=at(NOW))
    for hour in range(60):
        values = [[one.key for one in mine if one.instant <= hour][-1] for mine in sides]
        differ = values[0] != values[1]

        assert differ == (kind_at(found, at(hour)) is not None)
    for one in found:
        ended = at(NOW) if one.spell.ended_at is None else one.spell.ended_at
        parts = (Kind.IN_FLIGHT, Kind.STANDING, Kind.FROZEN)

        assert ended - one.spell.started_at == sum(
            seconds_of(one, kind, now=at(NOW)) for kind in parts
        )


@given(lives(), lives())
def test_the_sides_are_alike(left: str, right: str) -> None:
    """Swapping the sides swaps who opened, and nothing else."""
    there = spells(path(left, right, now=NOW), at, lambda *_: KNOWN, now=at(NOW))
    back = spells(path(right, left, now=NOW), at, lambda *_: KNOWN, now=at(NOW))
    swapped = {"left": "right", "right": "left"}

    assert [(one.phases, one.spell.started, one.spell.ended_at) for one in there] == [
        (one.phases, one.spell.started, one.spell.ended_at) for one in back
    ]
    assert [one.spell.opened_by for one in there] == [
        swapped.get(one.spell.opened_by, one.spell.opened_by) for one in back
    ]


def test_the_figures_of_the_rule() -> None:
    """The rule has the figures that its page tells."""
    rule = Limits()

    assert (86_400, 604_800) == (rule.shortest_seconds, rule.longest_seconds)
    assert (50, 20, 3, 5, 80, 90) == (
        rule.steps_max,
        rule.ended_min,
        rule.promotions_min,
        rule.direction_steps_min,
        rule.direction_percent,
        rule.percent,
    )
