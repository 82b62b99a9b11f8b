import msgspec

from driftline.model.answers.parity import Divergence
from driftline.render.html.folding import stories
from tests.render.samples import divergence


def row(left: str, right: str, values: tuple[str, str], moved: str = "left") -> Divergence:
    """A row that stands."""
    return msgspec.structs.replace(
        divergence("web", "/cache", *values, names=(left, right), moved=moved), kind="standing"
    )


def test_one_mover_against_many_is_one_story() -> None:
    """An environment that moved alone differs from all others once."""
    rows = [
        row("a", "b", ("1", "2")),
        row("a", "c", ("1", "2")),
        row("d", "a", ("2", "1"), "right"),
    ]
    told = stories(rows)

    assert [(("a",), ("b", "c", "d"))] == [(one.left, one.right) for one in told]
    assert (("a", "b"), ("a", "c"), ("d", "a")) == told[0].pairs


def test_other_values_are_other_stories() -> None:
    """Where the others hold different values, each value is told."""
    told = stories([row("a", "b", ("1", "2")), row("a", "c", ("1", "3"))])

    assert 2 == len(told)


def test_nobody_knows_who_moved() -> None:
    """Rows in which no side is known to have moved are not folded."""
    told = stories([row("a", "b", ("1", "2"), "unknown"), row("a", "c", ("1", "2"), "unknown")])

    assert [("a",), ("a",)] == [one.left for one in told]
