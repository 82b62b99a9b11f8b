"""A step of a release is nobody's omission, however many siblings have not heard of it yet."""

from pathlib import Path

from driftline.engine.checking.acts import first_followers, movers
from driftline.model.answers.check import Follower
from tests.engine.pull_requests import check, file_of, proposed, says
from tests.render.check_samples import row
from tests.sources.git.building import DAY, START, Building


def two_regions(folder: Path, *, releases: int = 8) -> Building:
    """Staging leads production; a second region is new and has taken over nothing yet."""
    built = Building(folder)
    names = ("staging", "production")
    built.commit({file_of(name): says(name, "1.0") for name in names})
    for number in range(1, releases + 1):
        for hours, name in enumerate(names):
            at = START + number * 5 * DAY + hours * 3600
            built.commit({file_of(name): says(name, f"1.{number}")}, at=at)
    built.commit({file_of("production-us"): says("production", f"1.{releases}")})
    return built


def test_a_promotion_agrees_with_where_it_came_from(tmp_path: Path) -> None:
    """Production takes over what staging says: the other region stands, and nothing fails."""
    built = two_regions(tmp_path / "shop")
    built.commit({file_of("staging"): says("staging", "2.0")})
    proposed(built, {file_of("production"): says("production", "2.0")})
    answer = check(built, tmp_path)
    (one,) = answer.opened

    assert ("production-us", "standing") == (
        one.right if one.left == "production" else one.left,
        one.kind,
    )
    assert (("staging",), False) == (one.said_before_by, one.is_unsettled)
    assert () == answer.failed


def test_a_release_that_one_sibling_will_take_over_passes(tmp_path: Path) -> None:
    """Staging leads production, so that its step is on its way for the new region, too."""
    built = two_regions(tmp_path / "shop")
    proposed(built, {file_of("staging"): says("staging", "2.0")})
    answer = check(built, tmp_path)

    assert {"in flight", "standing"} == {one.kind for one in answer.opened}
    assert () == answer.failed


def test_what_nobody_said_and_nobody_takes_over_fails(tmp_path: Path) -> None:
    """A value of production's own is unsettled for every sibling."""
    built = two_regions(tmp_path / "shop")
    proposed(built, {file_of("production"): says("production", "1.8", log="debug")})
    answer = check(built, tmp_path)

    assert {True} == {one.is_unsettled for one in answer.opened}
    assert ("opened",) == answer.failed


def test_movers_of_a_row() -> None:
    """One side, both, or none."""
    assert ("production",) == movers(row())
    assert ("staging", "production") == movers(row(moved_by_change="both"))
    assert () == movers(row(moved_by_change=""))


def test_one_follower_for_each_path() -> None:
    """The direction with the most arrivals speaks for the follower."""
    few, many = (
        Follower("web", "/tag", name, "production", arrived, 9, None, None, None)
        for name, arrived in (("qa", 7), ("staging", 8))
    )

    assert (many,) == first_followers([few, many])
