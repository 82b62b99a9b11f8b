from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from driftline.analysis.ranking import ranked
from driftline.inventory.siblings import Found
from driftline.model.answers.parity import ActorRef, Divergence, Side
from driftline.model.ref import time_text
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of

DAY = 24 * 3600
AT = [0]
NOW = 1000 * DAY
HERE = Side.PRESENT


def row(path: str, **said: Any) -> Divergence:
    """A standing row of the role web, ten days old unless it says otherwise."""
    basis = Divergence(
        left="staging", right="production", plane="declared", role="web", path=path, type="text",
        left_state=HERE, right_state=HERE, left_value="a", right_value="b", left_layer=None,
        right_layer=None, since=time_text(NOW - 10 * DAY), onset="drifted", moved="left",
        actor=None, approved_by=None, kind="standing", spells=1, share_of_time_apart=0.01,
    )  # fmt: skip
    return msgspec.structs.replace(basis, **said)


def sides(*roles: str) -> Found:
    """A pair with these roles, in which nothing else differs."""
    content = {"a": 1, "b": 2, "labels": {"a": 1}}
    named = {role: (0, None, [layer_of("own", [(0, content)])]) for role in roles}
    return pair(environment("staging", named), environment("production", named))


def order(*rows: Divergence) -> list[tuple[str, str]]:
    """Role and path of what is ranked, by rank."""
    (told,) = ranked([(sides("web", "api", "jobs"), rows)], at=AT, now=NOW)
    standing = sorted((one for one in told if one.rank), key=lambda one: one.rank)
    assert list(range(1, len(standing) + 1)) == [one.rank for one in standing]
    return [(one.role, one.path) for one in standing]


def paths(*rows: Divergence) -> list[str]:
    """The paths of what is ranked, by rank."""
    return [path for _, path in order(*rows)]


def test_only_what_stands_is_ranked() -> None:
    """A row of any other kind keeps rank 0 and has no cause."""
    rows = [row("/a"), row("/b", kind="environmental"), row("/c", kind="in flight")]
    (told,) = ranked([(sides("web"), rows)], at=AT, now=NOW)

    assert [1, 0, 0] == [one.rank for one in told]
    assert ["", ""] == [one.cause for one in told[1:]]


def test_what_decides_what_runs_comes_before_what_is_read() -> None:
    """Between equals, an image comes before a mode and a mode before a label."""
    rows = [row("/labels/a"), row("/mode"), row("/image/tag", left_value="1.2", right_value="1.3")]

    assert ["/image/tag", "/mode", "/labels/a"] == paths(*rows)


def test_what_was_equal_for_long_surprises() -> None:
    """A path that parted once comes before one that parts every other week."""
    often = row("/often", spells=90, share_of_time_apart=0.05)

    assert ["/once", "/often"] == paths(often, row("/once"))


def test_what_was_never_equal_surprises_least() -> None:
    """A path that differs since both sides exist comes after one that was once equal."""
    born = row("/born", since=time_text(0), share_of_time_apart=1.0, stands_from=time_text(0))

    assert ["/parted", "/born"] == paths(born, row("/parted"))


def test_what_stands_longer_comes_first() -> None:
    """Between equals the older comes first, though age counts by its logarithm."""
    young = row("/young", stands_from=time_text(NOW - DAY))

    assert ["/old", "/young"] == paths(young, row("/old"))


def test_one_act_takes_one_place() -> None:
    """What one commit brought comes once at the front, and the rest behind all leaders."""
    act = {"look": "c0ffee0000000000", "subject": "a new mode"}
    rows = [row("/tls", **act), row("/mode", **act), row("/labels/a")]
    (told,) = ranked([(sides("web"), rows)], at=AT, now=NOW)

    assert [1, 3, 2] == [one.rank for one in told]
    assert "c0ffee0000: a new mode" == told[0].cause == told[1].cause
    assert told[2].cause != told[0].cause


def test_one_fact_is_asked_about_once() -> None:
    """A fact that one environment alone has otherwise is one question, in all of its pairs."""
    first, second = row("/mode"), row("/mode", right="canary", look="beef")
    told = ranked([(sides("web"), [first]), (sides("web"), [second])], at=AT, now=NOW)

    assert told[0][0].cause == told[1][0].cause


def test_one_shape_is_asked_about_once() -> None:
    """The same step at the same path of several roles is one question."""
    rows = [row("/c/[name=a]/mode"), row("/c/[name=b]/mode", role="api"), row("/c/mode")]
    (told,) = ranked([(sides("web", "api"), rows)], at=AT, now=NOW)

    assert told[0].cause == told[1].cause != told[2].cause
    assert {1, 2} == {min(told[0].rank, told[1].rank), told[2].rank}


def test_one_day_of_one_person_is_asked_about_once() -> None:
    """What one person changed in one file on one day is one question."""
    ann = {"actor": ActorRef("Ann", "human"), "left_file": "web.yaml"}
    told = ranked(
        [(sides("web"), [row("/x", look="1", **ann), row("/y", look="2", left_value=1, **ann)])],
        at=AT, now=NOW,
    )  # fmt: skip

    assert told[0][0].cause == told[0][1].cause


def test_a_role_that_one_side_lacks_is_ranked_too() -> None:
    """A role without a sibling has no path, and its place all the same."""
    rows = [row("", role="jobs", right_state=Side.ABSENT), row("/mode")]

    assert {"", "/mode"} == set(paths(*rows))


ROWS = st.lists(
    st.builds(
        lambda path, look, spells, share: row(
            path, look=look, spells=spells, share_of_time_apart=share
        ),
        st.sampled_from(["/a", "/b", "/tls", "/image/tag", "/c/0", ""]),
        st.sampled_from([None, "1", "2"]),
        st.integers(0, 100),
        st.floats(0, 1),
    ),
    max_size=8,
    unique_by=lambda one: one.path,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[Divergence], random: Any) -> None:
    """The rank of a row does not depend on the order in which rows are told."""
    mixed = list(rows)
    random.shuffle(mixed)

    assert paths(*rows) == paths(*mixed)
