"""A change is what two comparisons of one pair do not say alike."""

from typing import Any

import pytest

from driftline.analysis.effects import Effect, effects, narrowed, touched
from driftline.inventory.siblings import Environment
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of

Roles = dict[str, Any]


def side(name: str, roles: Roles) -> Environment:
    """An environment that says this."""
    return environment(
        name, {role: (0, None, [layer_of(name, [(0, said)])]) for role, said in roles.items()}
    )


def told(before: tuple[Roles, Roles], after: tuple[Roles, Roles]) -> list[tuple[str, ...]]:
    """What a change of both sides does, in short."""
    found = effects(
        pair(side("staging", before[0]), side("production", before[1])),
        pair(side("staging", after[0]), side("production", after[1])),
    )
    return [(one.kind, one.role, one.path, one.moved) for one in found]


A, B, C = ({"web": {"tag": tag}} for tag in "abc")
CASES = [
    ("a step of the left side opens", (A, A), (B, A), [("opened", "web", "/tag", "left")]),
    ("a step of the right side closes", (B, A), (B, B), [("closed", "web", "/tag", "right")]),
    ("a further step changes", (B, A), (C, A), [("changed", "web", "/tag", "left")]),
    ("both to one value is nothing", (A, A), (B, B), []),
    ("both to two values opens", (A, A), (B, C), [("opened", "web", "/tag", "both")]),
    ("nothing moved is nothing", (B, A), (B, A), []),
    ("a role on one side is one row", ({}, A), (A | {}, A), [("closed", "web", "", "left")]),
    ("a lost role closes nothing in it", (B, A), ({}, A), [("opened", "web", "", "left")]),
    (
        "a role that comes brings its differences",
        ({}, A),
        (B, A),
        [("closed", "web", "", "left"), ("opened", "web", "/tag", "left")],
    ),
    (
        "a role that both lose takes its differences with it",
        (B, A),
        ({}, {}),
        [("closed", "web", "/tag", "both")],
    ),
    (
        "the same number in other words is nothing",
        ({"web": {"cpu": "1000m"}}, {"web": {"cpu": 2}}),
        ({"web": {"cpu": "1000m"}}, {"web": {"cpu": 2}}),
        [],
    ),
]


@pytest.mark.parametrize(
    ("why", "before", "after", "expected"), CASES, ids=lambda one: str(one)[:40]
)
def test_effects(
    why: str,
    before: tuple[Roles, Roles],
    after: tuple[Roles, Roles],
    expected: list[tuple[str, ...]],
) -> None:
    """Each difference is opened, closed or changed once, with the side that moved."""
    assert expected == told(before, after), why


def test_values_before_are_told_of_both_sides() -> None:
    """Also where they did not differ."""
    (one,) = effects(
        pair(side("staging", A), side("production", A)),
        pair(side("staging", B), side("production", A)),
    )

    assert Effect("web", "/tag", "opened", "left", '"a"', '"a"') == one


def test_touched_roles() -> None:
    """A role is touched when it says something else, begins or ends."""
    before = side("staging", {"web": {"tag": "a"}, "api": {"x": 1}, "old": {"y": 1}})
    after = side("staging", {"web": {"tag": "b"}, "api": {"x": 1}, "new": {"z": 1}})

    assert {"web", "old", "new"} == touched(before, after)
    assert set() == touched(before, before)


def test_a_narrowed_environment_keeps_its_past() -> None:
    """Only the views are fewer."""
    whole = side("staging", {"web": {"tag": "a"}, "api": {"x": 1}})
    part = narrowed(whole, frozenset({"api", "gone"}))

    assert {"api"} == part.views.keys()
    assert whole.born == part.born
