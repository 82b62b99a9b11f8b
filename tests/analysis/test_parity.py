from typing import Any

import pytest

from driftline.analysis.parity import acts, pair_of, roles_of, tell
from driftline.inventory.layers.layer import Layer
from driftline.model.answers.parity import ActorRef, Divergence, RoleCounts, Side
from driftline.model.chronicle import act_of
from tests.analysis.telling import ANN, BOT, chronicle, environment, pair
from tests.inventory.building import layer_of


def layer(name: str, *versions: tuple[int, Any], shared: bool = False) -> Layer:
    """A layer each of whose steps is the first act of its look."""
    made = layer_of(name, versions, shared=shared)
    steps = tuple(
        type(step)(step.instant, step.address, step.value, act_of(step.instant, 0))
        for step in made.steps
    )
    return Layer(made.name, made.file, made.mode, made.is_shared, steps)


BASE = layer("base", (0, {"image": "app:1", "size": 1}), shared=True)
STAGING = environment(
    "staging",
    {
        "app": (
            0,
            None,
            [BASE, layer("staging", (0, {"mode": "x"}), (3, {"mode": "x", "image": "app:2"}))],
        )
    },
)
PRODUCTION = environment(
    "production", {"app": (0, None, [BASE, layer("production", (0, {"mode": "x"}))])}
)
TIMES = chronicle([ANN, BOT, ANN, BOT, ANN, BOT], approver=ANN)


def test_a_divergence_tells_its_story() -> None:
    """What differs is told with both values, their layers and files, since when, and by whom."""
    found = pair(STAGING, PRODUCTION)
    (row,) = tell(found, TIMES)

    assert (
        Divergence(
            left="staging",
            right="production",
            plane="declared",
            role="app",
            path="/image",
            type="image",
            left_state=Side.PRESENT,
            right_state=Side.PRESENT,
            left_value="app:2",
            right_value="app:1",
            left_layer="staging",
            right_layer="base",
            since="1970-01-04T00:00:00Z",
            onset="drifted",
            moved="left",
            actor=ActorRef("bot", "bot"),
            approved_by="Ann",
            aspect="tag",
            left_file="staging.yaml",
            right_file="base.yaml",
            look="commit3",
            subject="change 3",
        )
        == row
    )
    assert {act_of(3, 0)} == acts([found])


def test_a_pair_is_plain_counts() -> None:
    """A pair counts its facts and roles, and those of roles that one side lacks apart."""
    extra = environment(
        "production",
        {"app": (0, None, [BASE]), "more": (0, None, [layer("more", (0, {"a": 1, "b": 2}))])},
    )
    found = pair(STAGING, extra)
    row = pair_of(found)

    assert (2, 1, 1, 2) == (
        row.facts_common,
        row.facts_differ,
        row.facts_left_only,
        row.facts_right_only,
    )
    assert (1, 1, 0, 1) == (
        row.inherited,
        row.roles_common,
        row.roles_left_only,
        row.roles_right_only,
    )
    assert (0, 2) == (row.facts_in_left_roles, row.facts_in_right_roles)
    assert (RoleCounts("app", 2, 1, 1, 0, 1, 0),) == roles_of(found)


# When the role was born here; born and gone on the other side (None: never there);
# when the other environment began; and since when, how and by whom they differ.
ROLES: list[tuple[int, tuple[int, int] | None, int, tuple[int, str, str, str | None]]] = [
    (2, None, 0, (2, "born", "left", "Ann")),
    (1, None, 4, (4, "born", "right", None)),
    (0, (0, 3), 0, (3, "drifted", "right", None)),
    (4, (0, 3), 0, (4, "born", "left", "Ann")),
    (1, (2, 5), 0, (5, "drifted", "right", None)),
]


@pytest.mark.parametrize(("born", "other", "began", "expected"), ROLES)
def test_a_role_that_one_side_lacks(
    born: int,
    other: tuple[int, int] | None,
    began: int,
    expected: tuple[int, str, str, str | None],
) -> None:
    """A missing role is one row, since the side without it lost it, began, or never followed."""
    whole = layer("app", (began, {"a": 1}))
    units: dict[str, Any] = {"app": (began, None, [whole])}
    left = environment(
        "staging", {**units, "more": (born, None, [layer("more", (born, {"a": 1}))])}
    )
    if other:
        lost = layer("more", (other[0], {"a": 1}), (other[1], None))
        units["more"] = (*other, [lost])
    found = pair(left, environment("production", units))
    (row,) = [one for one in tell(found, TIMES) if one.path == ""]
    instant, onset, moved, actor = expected

    assert (TIMES.time(instant), onset, moved) == (row.since, row.onset, row.moved)
    assert actor == (row.actor and row.actor.name)
    assert ("more", "role", Side.PRESENT, Side.ABSENT) == (
        row.role,
        row.type,
        row.left_state,
        row.right_state,
    )


def test_nobody_knows_an_unknown_act() -> None:
    """A step without an act has no actor, and is no reason to ask for one."""
    left = environment(
        "staging", {"app": (0, None, [layer_of("a", [(0, {"x": 1}), (1, {"x": 2})])])}
    )
    right = environment("production", {"app": (0, None, [layer_of("b", [(0, {"x": 1})])])})
    found = pair(left, right)
    (row,) = tell(found, TIMES)

    assert (None, None, None) == (row.actor, row.approved_by, row.look)
    assert set() == acts([found])
