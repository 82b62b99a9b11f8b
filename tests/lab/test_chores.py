"""The routine changes."""

from driftline.lab.chores import CHORES, chores
from driftline.lab.landing import Way
from driftline.lab.moments import moment


def test_chores_are_in_order() -> None:
    """Rows stand in the order of time, so that a newcomer finds where to add one."""
    assert len(CHORES) >= 30, "no chores found"
    assert sorted(CHORES, key=lambda chore: chore.when) == list(CHORES)


def test_reviewed_chores_land_after_they_are_written() -> None:
    """A review takes time, and who reviews is not who wrote."""
    landings = chores(7)

    for landing in landings:
        if landing.way is not Way.DIRECT:
            assert landing.work[0].at < landing.at
            assert landing.work[0].author != landing.lander
    assert {Way.DIRECT, Way.MERGE, Way.SQUASH} == {landing.way for landing in landings}


def test_another_seed_moves_chores_by_minutes() -> None:
    """The day of a chore is the story's, its minute is chance."""
    days = [moment(chore.when) for chore in CHORES]

    for seed in (1, 2):
        moved = [landing.at for landing in chores(seed)][: len(CHORES)]
        assert all(0 <= at - day <= 25 * 60 for at, day in zip(moved, days, strict=True))
    assert [one.at for one in chores(1)] != [one.at for one in chores(2)]
