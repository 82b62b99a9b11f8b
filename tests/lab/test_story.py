"""The whole story."""

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.lab.fleet import BOTS, HUMANS
from driftline.lab.landing import Way
from driftline.lab.moments import DAY
from driftline.lab.plots import END
from driftline.lab.story import START, told
from driftline.lab.weaving import woven


def test_the_story_is_as_long_as_it_says() -> None:
    """Fourteen months, a few hundred commits, and one end."""
    landings = told(7)
    commits = woven(landings)

    assert 250 <= len(commits) <= 400
    assert 420 * DAY < END - START < 440 * DAY
    assert START == landings[0].at
    assert landings[-1].at < END


@settings(max_examples=8)
@given(seed=st.integers(0, 100_000))
def test_any_seed_tells_a_story_that_holds(seed: int) -> None:
    """Whatever the dice say, every edit finds what it edits, and time goes forward."""
    landings = told(seed)
    instants = [landing.at for landing in landings]

    assert instants == sorted(set(instants))
    assert len(landings) < len(woven(landings)) <= 400


def test_everybody_takes_part() -> None:
    """People, bots and CI all write; merges, squashes and pushes all happen."""
    landings = told(7)

    assert {Way.DIRECT, Way.MERGE, Way.SQUASH} == {landing.way for landing in landings}
    assert {*HUMANS, *BOTS} == {work.author for landing in landings for work in landing.work}


def test_pull_requests_are_numbered_as_they_land() -> None:
    """Numbers rise by one, and none is left open."""
    titles = [one.message for one in told(7) if one.way is not Way.DIRECT]
    numbers = [int(title.split("#", 1)[1].split(")")[0].split(" ")[0]) for title in titles]

    assert list(range(numbers[0], numbers[0] + len(numbers))) == numbers
