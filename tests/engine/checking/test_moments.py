"""Both sides of a change are judged at one second, and untouched views are not made twice."""

from pathlib import Path

from driftline.engine.checking.ground import change_of, stored_ground
from driftline.engine.checking.moments import Moments, chronicle, moments
from driftline.engine.secret_key import SecretKey
from driftline.history.sqlite_store import open_store
from tests.engine.pull_requests import check, file_of, now_of, proposed, says, settings, shop
from tests.sources.git.building import Building

KEY = SecretKey(b"k" * 32, "k")


def both(built: Building, folder: Path, head: str = "feature") -> Moments:
    """Both sides of the change that a branch makes."""
    check(built, folder, head=head)
    store = open_store(folder / "history.db", read_only=True)
    change = change_of(built.folder, "main", head)
    ground = stored_ground(store, change, ())
    assert ground is not None
    return moments(
        store, change, ground, settings(built, folder), KEY, now=now_of(built), layer="effective"
    )


def test_the_change_is_one_look_on_top(tmp_path: Path) -> None:
    """The looks with the change are those without it and one more, which is not older."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    one = both(built, tmp_path)

    assert one.stored is one.before
    assert one.before.looks == one.after.looks[:-1]
    assert one.now == one.after.looks[-1].at >= one.before.looks[-1].at


def test_untouched_views_are_the_same_views(tmp_path: Path) -> None:
    """What no file of the change concerns is compared as it was."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    one = both(built, tmp_path)
    was, becomes = one.was.sides, one.becomes.sides

    assert was["production"].views["web"] is becomes["production"].views["web"]
    assert was["qa"].views["web"] is not becomes["qa"].views["web"]


def test_the_author_of_a_change_is_known(tmp_path: Path) -> None:
    """Whoever wrote the change is classed, also if the history never met them."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    one = both(built, tmp_path)
    store = open_store(tmp_path / "history.db", read_only=True)
    ground = stored_ground(store, change_of(built.folder, "main", "feature"), ())
    assert ground is not None
    told = chronicle(store, ground, settings(built, tmp_path), one, [0, len(one.after.looks) - 1])

    assert "human" == told.actors[one.drafts[-1].by].class_
    assert one.after.looks == told.looks
    assert {0} == set(told.contributions)
