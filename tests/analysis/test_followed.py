"""Who left a declaration is told apart: the declaration, the system, or nobody knows."""

from collections.abc import Callable

import pytest

from driftline.analysis.followed import Decide, Followed, Knowledge, followed
from driftline.inventory.layers.layer import Layer
from driftline.model.ledger import Decision, Entry
from driftline.model.verdict import Kind
from tests.analysis.telling import DAY, environment, pair
from tests.inventory.building import layer_of

AT = [instant * DAY for instant in range(20)]

Life = tuple[int, int | None, list[Layer]]


def life(*versions: tuple[int, dict[str, object]], gone: int | None = None) -> Life:
    """A role with these versions."""
    return versions[0][0], gone, [layer_of("x", list(versions))]


def verdicts(
    meant: Life | None,
    runs: Life | None,
    *,
    now: int = 10 * DAY,
    seen_at: int = 9 * DAY,
    unlisted: Callable[[str], str] = lambda _role: "",
    decide: Decide | None = None,
) -> Followed:
    """The verdicts about one role, beside another that agrees."""
    same = life((0, {"a": 1}))
    left = environment("production", {"same": same, **({"web": meant} if meant else {})})
    right = environment("production", {"same": same, **({"web": runs} if runs else {})})
    known = Knowledge(at=AT, now=now, seen_at=seen_at, unseen=unlisted, decide=decide)
    return followed(pair(left, right), known)


# What is declared, what runs, the kind in the end, and a word of the reason.
CASES = [
    ("the system moved", life((0, {"a": 1})), life((1, {"a": 1}), (5, {"a": 2})),
     Kind.STANDING, "changed in the system"),
    ("the declaration moved long ago", life((0, {"a": 1}), (3, {"a": 2})), life((1, {"a": 1})),
     Kind.STANDING, "never followed"),
    ("the declaration moved today", life((0, {"a": 1}), (9, {"a": 2})), life((1, {"a": 1})),
     Kind.IN_FLIGHT, "not followed yet"),
    ("different from the first look", life((0, {"a": 1})), life((1, {"a": 2})),
     Kind.STANDING, "first looked at"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "meant", "runs", "kind", "reason"), CASES, ids=str)
def test_a_fact(why: str, meant: Life, runs: Life, kind: Kind, reason: str) -> None:
    """A difference is judged by who moved, and a late follower is drift."""
    (one,) = verdicts(meant, runs).verdicts

    assert kind is one.kind, why
    assert reason in one.reason


def test_it_was_declared_after_the_last_look() -> None:
    """Nobody has looked since it was declared, so nothing is late."""
    meant = life((0, {"a": 1}), (6, {"a": 2}))
    (one,) = verdicts(meant, life((1, {"a": 1})), seen_at=5 * DAY).verdicts

    assert Kind.IN_FLIGHT is one.kind
    assert "last looked at" in one.reason


def test_what_runs_and_is_declared_nowhere() -> None:
    """An undeclared object stands from the look that first saw it."""
    one = verdicts(None, life((4, {"a": 1}))).missing["web"]

    assert (Kind.STANDING, 4 * DAY) == (one.kind, one.stands_from)


def test_what_was_removed_from_the_system() -> None:
    """A declared object that vanished stands from the look that missed it."""
    one = verdicts(life((0, {"a": 1})), life((1, {"a": 1}), gone=6)).missing["web"]

    assert (Kind.STANDING, "removed" in one.reason) == (one.kind, True)


def test_what_was_declared_and_never_came() -> None:
    """A declared object that never ran is late after a day, as any declaration is."""
    assert Kind.STANDING is verdicts(life((2, {"a": 1})), None).missing["web"].kind
    assert Kind.IN_FLIGHT is verdicts(life((9, {"a": 1})), None, now=9 * DAY).missing["web"].kind


def test_behind_a_gap_everything_is_unknown() -> None:
    """What could not be listed is neither drifted nor gone."""
    role = verdicts(life((0, {"a": 1})), None, unlisted=lambda _role: "denied").missing["web"]
    (fact,) = verdicts(
        life((0, {"a": 1})), life((1, {"a": 2})), unlisted=lambda _role: "denied"
    ).verdicts

    assert (Kind.UNKNOWN, Kind.UNKNOWN) == (role.kind, fact.kind)
    assert "denied" in fact.reason


def test_what_people_decided() -> None:
    """An accepted difference is accepted here, too."""
    entry = Entry(Decision.ACCEPT, "web", "/a", reason="until the move")
    (one,) = verdicts(life((0, {"a": 1})), life((1, {"a": 2})), decide=lambda *_: entry).verdicts

    assert (Kind.ACCEPTED, "until the move") == (one.kind, one.reason)


def test_how_often_they_were_apart() -> None:
    """A field that is taken back and moved again is one difference that was there several times."""
    runs = life((0, {"a": 1}), (2, {"a": 2}), (3, {"a": 1}), (5, {"a": 2}), (6, {"a": 3}))
    (one,) = verdicts(life((0, {"a": 1})), runs).verdicts

    assert (2, 5 * DAY) == (one.spells, one.stands_from)


def test_counts_by_kind() -> None:
    """Facts and roles are counted together."""
    one = verdicts(life((0, {"a": 1})), None)

    assert 1 == one.counts()[Kind.STANDING]
