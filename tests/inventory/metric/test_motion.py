from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from driftline.inventory import siblings
from driftline.inventory.metric.motion import Move, PairMotion, acts, pair_motion, travelled
from driftline.inventory.metric.weights import RESOURCE, weight
from driftline.inventory.siblings import Environment
from tests.inventory.drifting import Versions, environment, until

TAG, SETTING = weight("/tag"), weight("/log")
INSTANTS = 8

LEAVES: st.SearchStrategy[Any] = st.sampled_from(
    [1, 2, 30, "1.0", "1.1", "2.0", "a,b", "web", True, None, {}, []]
)
TREES = st.dictionaries(
    st.sampled_from(["tag", "replicas", "a", "b"]),
    st.one_of(LEAVES, st.dictionaries(st.sampled_from(["x", "host"]), LEAVES, max_size=2)),
    max_size=4,
)


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[int, Any]]:
    """The versions of a role: some looks at which it changed, and perhaps its end."""
    instants = sorted(draw(st.sets(st.integers(0, INSTANTS), min_size=1, max_size=4)))
    versions: list[tuple[int, Any]] = [(at, draw(TREES)) for at in instants]
    if len(versions) > 1 and draw(st.booleans()):
        versions[-1] = (versions[-1][0], None)
    return versions


ROLES = st.dictionaries(st.sampled_from(["web", "api", "job"]), lives(), min_size=1, max_size=3)


def motion(left: Versions, right: Versions) -> PairMotion:
    """The motion of two environments without names in common with anything."""
    return pair_motion(environment("l", left), environment("r", right), frozenset())


def summed(moves: PairMotion, field: str) -> int:
    """What all moves come to."""
    return sum(getattr(one, field) for one in moves.moves)


def kept(moves: PairMotion) -> list[tuple[int, str, str, int, int]]:
    """Instant, role, side, distance and length of each move."""
    return [(one.instant, one.role, one.side, one.distance, one.length) for one in moves.moves]


def test_a_promotion() -> None:
    """The side that moved away, and the side that came after it."""
    moves = motion(
        {"web": [(0, {"tag": "1.0"}), (1, {"tag": "2.0"})]},
        {"web": [(0, {"tag": "1.0"}), (3, {"tag": "2.0"})]},
    )
    half = TAG // 2

    assert [
        (0, "web", "both", 0, 2 * RESOURCE),
        (1, "web", "left", half, half),
        (3, "web", "right", -half, half),
    ] == kept(moves)
    assert {0, 1, 3} == acts(moves)


def test_a_role_that_one_side_lacks_is_one_resource() -> None:
    """However many facts it has, until the other side has it too."""
    moves = motion(
        {"web": [(0, {"tag": "1.0"})], "api": [(1, {"tag": "1.0", "log": "a"})]},
        {"web": [(0, {"tag": "1.0"})], "api": [(2, {"tag": "1.0", "log": "b"})]},
    )

    assert [
        (0, "web", "both", 0, 2 * RESOURCE),
        (1, "api", "left", RESOURCE, RESOURCE),
        (2, "api", "right", SETTING - RESOURCE, RESOURCE),
    ] == kept(moves)


def test_a_role_that_ended() -> None:
    """It is missing on the side on which it ended, and nowhere when both ended it."""
    left: Versions = {"web": [(0, {"a": 1})], "job": [(0, {"a": 1}), (2, None)]}
    right: Versions = {"web": [(0, {"a": 1})], "job": [(0, {"a": 1}), (4, None)]}
    half_way = motion(left, until(right, 3))

    assert (RESOURCE, 1, {"job": "left"}) == (
        summed(half_way, "distance"),
        summed(half_way, "missing"),
        dict(half_way.missing),
    )
    assert (0, {"job": "both"}) == (
        summed(motion(left, right), "distance"),
        dict(motion(left, right).missing),
    )


def test_roles_that_never_met() -> None:
    """A role that one side dropped before the other began it was missing twice."""
    moves = motion(
        {"web": [(0, {"a": 1})], "job": [(0, {"a": 1}), (2, None)]},
        {"web": [(0, {"a": 1})], "job": [(5, {"a": 1})]},
    )
    job = [(one.instant, one.distance) for one in moves.moves if one.role == "job"]

    assert [(0, RESOURCE), (2, -RESOURCE), (5, RESOURCE)] == job
    assert {"job": "left"} == dict(moves.missing)


def test_what_a_shared_act_moves_on_both_sides() -> None:
    """Both sides moved by one look: neither is blamed, and both moved far."""
    moves = motion(
        {"web": [(0, {"tag": "1.0"}), (2, {"tag": "2.0"})]},
        {"web": [(0, {"tag": "1.0"}), (2, {"tag": "2.0"})]},
    )

    assert (2, "web", "both", 0, TAG) == kept(moves)[-1]


def test_environments_that_were_never_there_together() -> None:
    """There is nothing to measure between them."""
    moves = motion({"web": [(0, {"a": 1}), (2, None)]}, {"web": [(3, {"a": 1})]})

    assert (None, None, ()) == (moves.start, moves.end, moves.moves)


def test_unknown_widens_the_distance() -> None:
    """What an unread layer may set counts in the most, and not in the least."""
    left = environment("l", {"web": [(0, {"tag": "1.0", "m": {"k": 1}})]}, hidden=[""])
    right = environment("r", {"web": [(0, {"tag": "1.0"}), (2, {"m": {"k": 1}})]}, hidden=[""])
    moves = pair_motion(left, right, frozenset())

    assert (0, TAG, 0, 1) == tuple(
        summed(moves, field) for field in ("distance", "distance_max", "paths", "unknown")
    )


def test_travelling_into_the_unknown() -> None:
    """An override that is removed moved, whatever shows below it."""
    assert SETTING == travelled("/x", "1", "<unknown>")


def states(versions: Versions, instant: int) -> dict[str, Any]:
    """What an environment is at an instant: the tree of each role."""
    known = until(versions, instant)
    return {role: told[-1][1] for role, told in known.items() if told[-1][1] is not None}


def standing(name: str, trees: dict[str, Any]) -> Environment:
    """An environment that never was anything else. A mark keeps it there when it has no roles."""
    return environment(name, {**{role: [(0, tree)] for role, tree in trees.items()}, "!": [(0, 1)]})


def distance(left: dict[str, Any], right: dict[str, Any]) -> int:
    """How far two states are apart."""
    return summed(pair_motion(standing("l", left), standing("r", right), frozenset()), "distance")


STATES = st.dictionaries(st.sampled_from(["web", "api"]), TREES, max_size=2)


@given(STATES, STATES, STATES)
@settings(max_examples=150, deadline=None)
def test_distance_is_a_metric(one: dict[str, Any], two: dict[str, Any], three: Any) -> None:
    """Of whole environments that were fully read: same both ways, and no detour is shorter."""
    assert distance(one, one) == 0
    assert distance(one, two) == distance(two, one)
    assert distance(one, three) <= distance(one, two) + distance(two, three)


@given(ROLES, ROLES)
@settings(max_examples=100, deadline=None)
def test_moves_lead_from_each_instant_to_the_next(left: Versions, right: Versions) -> None:
    """At every instant the sum of moves is the distance of what the sides are then."""
    moves = motion(left, right)
    if moves.start is None:
        return
    for instant in range(moves.start, INSTANTS + 1):
        if moves.end is not None and instant >= moves.end:
            break
        expected = distance(states(left, instant), states(right, instant))

        assert expected == sum(one.distance for one in moves.moves if one.instant <= instant)


@given(ROLES, ROLES, st.integers(0, INSTANTS))
@settings(max_examples=100, deadline=None)
def test_the_past_does_not_depend_on_the_future(left: Versions, right: Versions, at: int) -> None:
    """What was told about an instant is told of it for ever."""
    early = motion(until(left, at), until(right, at)) if until(left, at) else None
    if early is None or early.start is None or not until(right, at):
        return

    assert list(early.moves) == [one for one in motion(left, right).moves if one.instant <= at]


@given(ROLES, ROLES)
@settings(max_examples=100, deadline=None)
def test_nothing_gets_apart_without_moving(left: Versions, right: Versions) -> None:
    """The path is at least as long as the way it led, at every step."""
    by_instant: dict[int, list[Move]] = {}
    for one in motion(left, right).moves:
        by_instant.setdefault(one.instant, []).append(one)

    assert all(
        abs(sum(one.distance for one in moved)) <= sum(one.length for one in moved)
        for moved in by_instant.values()
    )


@given(ROLES, ROLES)
@example({"web": [(0, {}), (8, None)]}, {"web": [(8, {})], "api": [(0, {})]})
@settings(max_examples=60, deadline=None)
def test_swapping_sides_swaps_only_their_names(left: Versions, right: Versions) -> None:
    """Which side is called left changes no figure."""
    names = {"left": "right", "right": "left", "both": "both"}
    there, back = motion(left, right), motion(right, left)

    assert kept(there) == [(one[0], one[1], names[one[2]], *one[3:]) for one in kept(back)]


@given(ROLES, ROLES)
@settings(max_examples=100, deadline=None)
def test_counts_are_those_of_the_comparison(left: Versions, right: Versions) -> None:
    """Paths, unknown paths and missing roles at the end are what compare finds then."""
    sides = environment("l", left), environment("r", right)
    moves = pair_motion(*sides, frozenset())
    compared = siblings.find(*sides, frozenset()).compared
    if moves.start is None or moves.end is not None:
        return
    missing = len(compared.roles_left_only) + len(compared.roles_right_only)

    assert (len(compared.differences), missing) == (
        summed(moves, "paths"),
        summed(moves, "missing"),
    )
