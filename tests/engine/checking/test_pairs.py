"""A pair is judged where the change does something to it, and rows tell both sides of it."""

from pathlib import Path

from driftline.engine.checking.pairs import compared
from tests.engine.checking.test_moments import both
from tests.engine.pull_requests import NAMES, check, file_of, proposed, says, shop


def test_only_asked_roles_are_compared(tmp_path: Path) -> None:
    """Roles that are not told of are not even looked at."""
    built = shop(tmp_path / "shop")
    built.commit({file_of(name, "api"): f"log: {name}\n" for name in NAMES})
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    one = both(built, tmp_path)
    pair = compared(("qa", "production"), frozenset({"web"}), one.was, one.becomes)

    assert {"web"} == {difference.role for difference in pair.after.compared.differences}
    assert [("/image/tag", "opened", "left")] == [
        (effect.path, effect.kind, effect.moved) for effect in pair.effects
    ]


def test_counts_of_a_pair(tmp_path: Path) -> None:
    """What stood before is counted only where the change closes or changes something."""
    built = shop(tmp_path / "shop")
    built.commit({file_of("production"): says("production", log="warn")})
    proposed(built, {file_of(name): says(name, "2.0") for name in NAMES[:2]})
    proposed(built, {file_of("production"): says("production", "2.0")}, branch="other")
    sent, mended = (
        {(one.left, one.right): one for one in check(built, tmp_path, head=head).pairs}
        for head in ("feature", "other")
    )
    near, far, other = (
        sent["qa", "staging"],
        sent["staging", "production"],
        mended["staging", "production"],
    )

    assert (0, None, 0) == (near.opened, near.standing_before, near.standing_after)
    assert (1, None, 1) == (far.opened, far.standing_before, far.standing_after)
    assert (1, 1, 1) == (other.closed, other.standing_before, other.standing_after)
    assert ("web",) == far.roles


def test_a_follower_needs_steps_that_arrived(tmp_path: Path) -> None:
    """With too few releases behind it, nobody is said to follow."""
    built = shop(tmp_path / "shop", releases=4)
    proposed(built, {file_of(name): says(name, "2.0") for name in NAMES[:2]})

    assert () == check(built, tmp_path).followers
