"""Each difference gets one kind with a reason, and the first that applies counts."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.analysis.judgement import Judged, judge, span_text
from driftline.inventory.compare import view
from driftline.inventory.siblings import Environment, Found
from driftline.inventory.travel.journeys import journeys
from driftline.inventory.units import Unit
from driftline.model.ledger import Decision, Entry
from driftline.model.verdict import Kind, Verdict
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of

HOUR = 3600
DAY = 24
LOOKS = [number * HOUR for number in range(2000)]

Versions = list[tuple[int, Any]]


class Class(msgspec.Struct):
    """A path class as the judgement sees it."""

    is_environmental: bool
    reason: str


def side(name: str, versions: Versions, *, until: int | None = None) -> Environment:
    """An environment whose one role had these versions, as it was at an instant."""
    unit = Unit(name, "app", (layer_of(name, versions),), (), versions[0][0], None)
    seen = view(unit, until=until)
    views = {} if seen is None else {"app": seen}
    return Environment(name, "declared", views, {"app": unit.born}, {"app": None})


def sides(left: Versions, right: Versions, *, until: int | None = None) -> Found:
    """Staging and production compared at an instant."""
    return pair(side("staging", left, until=until), side("production", right, until=until))


def judged(found: Found, *, hour: int = 1999, **more: Any) -> Judged:
    """The judgement at an hour."""
    known = journeys(found, LOOKS, now=hour * HOUR)
    return judge(found, known, classes=more.pop("classes", {}), **more)


def verdict(left: Versions, right: Versions, *, hour: int = 1999, **more: Any) -> Verdict:
    """The verdict of the one difference that there is."""
    (one,) = judged(sides(left, right), hour=hour, **more).verdicts
    return one


def release(count: int, *, lag: int = 2, every: int = 30) -> tuple[Versions, Versions]:
    """Staging and production through so many promotions of a tag."""
    left = [(number * every, {"tag": f"1.{number}"}) for number in range(count + 1)]
    right = [
        (max(0, instant + lag * (number > 0)), value)
        for number, (instant, value) in enumerate(left)
    ]
    return left, right


LEFT, RIGHT = release(25)
LAST = LEFT[-1][0]


def test_on_its_way() -> None:
    """A change in the usual direction is in flight until it is late."""
    left = [*LEFT, (LAST + 50, {"tag": "2.0"})]
    young = verdict(left, RIGHT, hour=LAST + 60)
    old = verdict(left, RIGHT, hour=LAST + 90)

    assert (Kind.IN_FLIGHT, None) == (young.kind, young.stands_from)
    assert "staging moved; production usually follows within 24 h (25 steps of the path)" == (
        young.reason
    )
    assert (Kind.STANDING, (LAST + 50 + DAY) * HOUR) == (old.kind, old.stands_from)
    assert young.threshold is not None
    assert ("path", 25, 25) == (
        young.threshold.level,
        young.threshold.steps,
        young.threshold.promotions,
    )


def test_it_is_told_when_something_will_be_late() -> None:
    """The judgement says until when it holds if nothing happens."""
    left = [*LEFT, (LAST + 50, {"tag": "2.0"})]

    assert (LAST + 50 + DAY) * HOUR == judged(sides(left, RIGHT), hour=LAST + 60).due
    assert judged(sides(left, RIGHT), hour=LAST + 90).due is None


def test_a_step_back_stands_at_once() -> None:
    """The follower's own way back stands from its first moment."""
    right = [*RIGHT, (LAST + 50, {"tag": "1.3"})]
    found = verdict(LEFT, right, hour=LAST + 51)

    assert (Kind.STANDING, (LAST + 50) * HOUR) == (found.kind, found.stands_from)
    assert "production alone stepped back to what staging had held" == found.reason


def test_going_first_stands_at_once() -> None:
    """The follower's own new value stands from its first moment."""
    right = [*RIGHT, (LAST + 50, {"tag": "9.9"})]
    found = verdict(LEFT, right, hour=LAST + 51)

    assert (Kind.STANDING, "production moved alone, against the usual way") == (
        found.kind,
        found.reason,
    )


def test_nothing_is_known() -> None:
    """Without a learnt direction nothing is ever in flight."""
    found = verdict([(0, {"tag": "1"}), (5, {"tag": "2"})], [(0, {"tag": "1"})], hour=6)

    assert (Kind.STANDING, 5 * HOUR) == (found.kind, found.stands_from)


def test_born_different_and_never_moved() -> None:
    """What differs since both exist and has not moved is by design."""
    found = verdict([(0, {"host": "a"})], [(0, {"host": "b"})])

    assert (Kind.ENVIRONMENTAL, None, 1.0) == (
        found.kind,
        found.stands_from,
        found.share_of_time_apart,
    )
    assert "neither has moved" in found.reason


def test_born_different_and_moved() -> None:
    """What differed from the beginning and then moved alone stands."""
    found = verdict([(0, {"host": "a"}), (9, {"host": "c"})], [(0, {"host": "b"})])

    assert Kind.STANDING is found.kind


def test_a_class_comes_before_time() -> None:
    """What a class explains is environmental, whatever moved; what it denies is not."""
    moved = [(0, {"host": "a"}), (9, {"host": "c"})]
    explained = {("app", "/host"): Class(True, "a host name")}
    denied = {("app", "/host"): Class(False, "a copy that was forgotten")}
    by_design = verdict(moved, [(0, {"host": "b"})], classes=explained)
    drift = verdict([(0, {"host": "a"})], [(0, {"host": "b"})], classes=denied)

    assert (Kind.ENVIRONMENTAL, "a host name") == (by_design.kind, by_design.reason)
    assert (Kind.STANDING, "a copy that was forgotten") == (drift.kind, drift.reason)


@pytest.mark.parametrize(
    ("decision", "kind", "is_by_design", "reason"),
    [
        (Decision.ACCEPT, Kind.ACCEPTED, True, "as agreed, until 2030-01-01, web"),
        (Decision.IGNORE, Kind.ACCEPTED, True, "ignored: as agreed, until 2030-01-01, web"),
        (Decision.FREEZE, Kind.FROZEN, False, "as agreed, until 2030-01-01, web"),
        (Decision.FREEZE, Kind.ENVIRONMENTAL, True, "a host name"),
    ],
)
def test_a_decision_comes_before_classes(
    decision: Decision, kind: Kind, reason: str, *, is_by_design: bool
) -> None:
    """What people decided is said with their reason; a freeze holds no difference by design."""
    entry = Entry(decision, "app", "/host", until="2030-01-01", reason="as agreed", owner="web")
    found = verdict(
        [(0, {"host": "a"})],
        [(0, {"host": "b"})],
        classes={("app", "/host"): Class(is_by_design, "a host name")},
        decide=lambda *_: entry,
    )

    assert (kind, reason) == (found.kind, found.reason)


def test_a_freeze_is_named() -> None:
    """What a flag freezes is frozen, with the fact that says so, and so is the flag."""
    on, off = {"autoDeploy": True}, {"autoDeploy": False}
    left = [(instant, {**value, **on}) for instant, value in LEFT]
    right = [(instant, {**value, **on}) for instant, value in RIGHT]
    left.append((LAST + 50, {"tag": "2.0", **on}))
    right.append((LAST + 40, {"tag": "1.25", **off}))
    found = judged(sides(left, right), hour=LAST + 500)
    kinds = {
        one.address: (verdict.kind, verdict.reason)
        for one, verdict in zip(
            sides(left, right).compared.differences, found.verdicts, strict=True
        )
    }

    assert {
        "/tag": (Kind.FROZEN, "frozen by production: app /autoDeploy since 1970-02-02"),
        "/autoDeploy": (Kind.FROZEN, "it is what freezes production"),
    } == kinds


def test_what_a_hidden_layer_may_set_is_unknown() -> None:
    """Where a layer could not be read, absence is no verdict."""
    left = side("staging", [(0, {"a": 1, "b": 2})])
    unit = Unit("production", "app", (layer_of("p", [(0, {"a": 1})]),), ("",), 0, None)
    seen = view(unit)
    assert seen is not None
    right = Environment("production", "declared", {"app": seen}, {"app": 0}, {"app": None})
    (found,) = judged(pair(left, right)).verdicts

    assert Kind.UNKNOWN is found.kind
    assert "production" in found.reason


def test_spells_and_time_apart() -> None:
    """A verdict counts the spells of its path and their share of the time since both exist."""
    left = [(0, {"tag": "1"}), (100, {"tag": "2"}), (300, {"tag": "3"})]
    right = [(0, {"tag": "1"}), (200, {"tag": "2"})]
    found = verdict(left, right, hour=400)

    assert (2, 0.5) == (found.spells, found.share_of_time_apart)


ROLES: dict[str, tuple[int, int | None, list[Any]]] = {
    "app": (0, None, [layer_of("app", [(0, {"a": 1})])]),
    "mail": (9, None, [layer_of("mail", [(9, {"a": 1})])]),
}


def test_a_role_that_one_side_lost_stands() -> None:
    """A role that both had and one has not stands from the instant it was gone."""
    without = {"app": ROLES["app"], "mail": (9, 50, [layer_of("mail", [(9, {"a": 1})])])}
    found = judged(pair(environment("staging", ROLES), environment("production", without)))
    one = found.missing["mail"]

    assert (Kind.STANDING, 50 * HOUR) == (one.kind, one.stands_from)


def test_a_role_that_one_side_never_had_is_by_design() -> None:
    """A role that only ever existed on one side is environmental."""
    only = {"app": ROLES["app"]}
    found = judged(pair(environment("staging", ROLES), environment("production", only)))

    assert (Kind.ENVIRONMENTAL, "production never had it") == (
        found.missing["mail"].kind,
        found.missing["mail"].reason,
    )
    assert {Kind.ENVIRONMENTAL: 1} == found.counts()


def test_a_young_role_is_on_its_way() -> None:
    """Where roles are known to come to one side after the other, a new one is in flight."""

    def roles(later: int) -> dict[str, tuple[int, int | None, list[Any]]]:
        return {
            f"app{number}": (number + later, None, [layer_of("x", [(number + later, {"a": 1})])])
            for number in range(6)
        }

    young = {"new": (300, None, [layer_of("new", [(300, {"a": 1})])])}
    found = pair(environment("staging", {**roles(0), **young}), environment("production", roles(9)))

    assert Kind.IN_FLIGHT is judged(found, hour=310).missing["new"].kind
    assert Kind.ENVIRONMENTAL is judged(found, hour=310 + 7 * DAY).missing["new"].kind


VALUES = st.sampled_from(["1", "2", "3", "4"])


@st.composite
def histories(draw: st.DrawFn) -> Versions:
    """A life of two facts over some hundred hours."""
    when = sorted(draw(st.sets(st.integers(1, 120), max_size=14)))
    return [(one, {"tag": f"1.{draw(VALUES)}", "size": f"{draw(VALUES)}Gi"}) for one in (0, *when)]


def told(found: Found, one: Judged) -> dict[str, tuple[Kind, str, int | None, int]]:
    """What a judgement says, by path."""
    return {
        difference.address: (verdict.kind, verdict.reason, verdict.stands_from, verdict.spells)
        for difference, verdict in zip(found.compared.differences, one.verdicts, strict=True)
    }


@given(histories(), histories(), st.integers(0, 120), st.integers(0, 60))
def test_no_hindsight(left: Versions, right: Versions, instant: int, later: int) -> None:
    """What is judged of an instant now is what was judged then, with all that was known."""
    cut = [[one for one in versions if one[0] <= instant] for versions in (left, right)]
    then = sides(cut[0], cut[1])
    now = sides(left, right, until=instant)
    hour = instant + later

    assert told(then, judged(then, hour=hour)) == told(now, judged(now, hour=hour))


@given(histories(), histories())
def test_the_past_stays_as_it_was_judged(left: Versions, right: Versions) -> None:
    """Whatever stood at an instant is told as having stood then, for ever."""
    whole = judged(sides(left, right), hour=1999)
    for instant in range(5, 120, 13):
        found = sides(left, right, until=instant)
        then = judged(found, hour=instant)
        for one, verdict_then in zip(found.compared.differences, then.verdicts, strict=True):
            if verdict_then.kind is Kind.ENVIRONMENTAL:
                continue
            (row,) = [
                row
                for row in whole.spells
                if row.address == one.address
                and row.stretch.spell.started <= instant
                and (
                    row.stretch.spell.ended_at is None
                    or instant * HOUR < row.stretch.spell.ended_at
                )
            ]
            standing = [
                phase.since for phase in row.stretch.phases
                if phase.kind is Kind.STANDING and phase.since <= instant * HOUR
            ]  # fmt: skip

            assert (verdict_then.stands_from is None) or verdict_then.stands_from in standing


@given(histories(), histories())
def test_sides_are_alike(left: Versions, right: Versions) -> None:
    """Swapping the sides changes no kind and no instant."""
    there = judged(sides(left, right))
    back = judged(pair(side("production", right), side("staging", left)))

    assert [(one.kind, one.stands_from, one.spells) for one in there.verdicts] == [
        (one.kind, one.stands_from, one.spells) for one in back.verdicts
    ]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(1, "1 h"), (86_400, "24 h"), (86_401, "25 h"), (172_801, "3 d"), (604_800, "7 d")],
)
def test_spans(seconds: int, expected: str) -> None:
    """A span is told in whole hours up to two days, and then in whole days."""
    assert expected == span_text(seconds)
