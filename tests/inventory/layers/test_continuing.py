"""A moved document keeps one series: a move is no change of facts that it did not touch."""

from driftline.inventory.layers.continuing import joined
from driftline.inventory.layers.layer import LayerStep
from driftline.inventory.layers.material import Material
from driftline.inventory.succession import Successor
from driftline.model.document import DocumentKind
from driftline.model.placing import LayerKind, Layout, Placement


def material(
    resource: int, file: str, steps: list[tuple[int, str, str | None]], gone: int | None = None
) -> Material:
    """A plain document with these steps (instant, address, value)."""
    made = tuple(LayerStep(instant, address, value, instant) for instant, address, value in steps)
    return Material(1, resource, file, "", DocumentKind.PLAIN, made, made[0].instant, gone)


def layout(**environments: str) -> Layout:
    """Files without their folders' slashes, each in one environment."""
    rows = [
        Placement(file.replace("_", "/"), (name,), "web", LayerKind.ENVIRONMENT, 30, 1.0, ())
        for file, name in environments.items()
    ]
    return Layout((), tuple(rows), ())


OLD = material(1, "old/a", [(0, "/x", "1"), (0, "/y", "2"), (5, "/x", None), (5, "/y", None)], 5)
NEW = material(2, "new/a", [(5, "/x", "1"), (5, "/z", "3"), (7, "/x", "9")])
MOVE = Successor(1, 2, 5, 0.9, "a test")


def test_the_old_life_comes_first() -> None:
    """The successor has the steps of both, and at the move only what the move changed."""
    (one,) = joined([OLD, NEW], [MOVE], layout(old_a="staging", new_a="staging"))

    assert ("new/a", 0, None) == (one.file, one.born, one.gone)
    assert [
        (0, "/x", "1"),
        (0, "/y", "2"),
        (5, "/y", None),
        (5, "/z", "3"),
        (7, "/x", "9"),
    ] == [(step.instant, step.address, step.value) for step in one.steps]


def test_facts_after_a_move_are_those_of_the_new_file() -> None:
    """What holds now is what the new file says."""
    (one,) = joined([OLD, NEW], [MOVE], layout(old_a="staging", new_a="staging"))

    assert {"/x": "9", "/z": "3"} == dict(one.now)


def test_a_copy_into_another_environment_is_no_move() -> None:
    """A file of another environment keeps its own life."""
    kept = joined([OLD, NEW], [MOVE], layout(old_a="staging", new_a="production"))

    assert [OLD, NEW] == list(kept)


def test_moves_of_moves() -> None:
    """A document that moved twice has one life."""
    again = material(3, "newer/a", [(9, "/x", "9"), (9, "/z", "3")])
    left = material(2, "new/a", [(5, "/x", "1"), (5, "/z", "3"), (7, "/x", "9")], 9)
    places = layout(old_a="staging", new_a="staging", newer_a="staging")

    (one,) = joined([OLD, left, again], [MOVE, Successor(2, 3, 9, 1.0, "a test")], places)

    assert (3, 0) == (one.resource, one.born)
    assert 9 > max(step.instant for step in one.steps)
