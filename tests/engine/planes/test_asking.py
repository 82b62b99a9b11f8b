"""What runs is asked about only where a question needs it."""

from pathlib import Path

from tests.engine.two_planes import compared_planes, running, steady


def test_declarations_are_compared_as_ever(tmp_path: Path) -> None:
    """A question about declarations is answered as if no cluster had ever been looked at."""
    shop = steady(tmp_path)
    shop.look(5, running("production", level="debug", workers="4"))
    answer = compared_planes(shop, "staging:declared", "production:declared")

    assert "declared" == answer.pair.plane
    assert "/data/level" not in {row.path for row in answer.divergences}


def test_without_a_plane_what_runs_is_compared(tmp_path: Path) -> None:
    """Names alone mean what runs where both environments run, and the answer says so."""
    answer = compared_planes(steady(tmp_path), "staging", "production")

    assert ("observed", "observed") == (answer.left_plane, answer.right_plane)
