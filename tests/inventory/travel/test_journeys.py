"""Every path of a pair is followed from the instant both sides exist."""

from typing import Any

from driftline.inventory.travel.journeys import Journey, Journeys, journeys
from driftline.model.verdict import StepEnd
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of

HOUR = 3600
LOOKS = [number * HOUR for number in range(200)]


def known(left: list[tuple[int, Any]], right: list[tuple[int, Any]]) -> Journeys:
    """The journeys of a role whose file had these versions in two environments."""
    sides = [
        environment(name, {"app": (versions[0][0], None, [layer_of(name, versions)])})
        for name, versions in (("staging", left), ("production", right))
    ]
    return journeys(pair(*sides), LOOKS, now=LOOKS[-1])


def addresses(found: Journeys) -> list[str]:
    """The paths that were followed."""
    return [one.address for one in found.journeys]


def journey(found: Journeys, address: str) -> Journey:
    """The journey of one path."""
    return found.by_path["app", address]


def test_what_never_differed_is_left_out() -> None:
    """A path on which both agreed from the start, or always moved together, has no journey."""
    same = {"port": 1, "tag": "1"}
    found = known([(0, same), (3, {**same, "tag": "2"})], [(0, same), (3, {**same, "tag": "2"})])

    assert [] == addresses(found)


def test_what_differed_only_before_both_existed_is_left_out() -> None:
    """How a side came to its value before it had a sibling is no part of the pair."""
    early = [(0, {"tag": "1"}), (2, {"tag": "2"}), (9, {"tag": "3"})]
    found = known(early, [(5, {"tag": "2"}), (9, {"tag": "3"})])

    assert [] == addresses(found)


def test_what_differs_when_the_second_comes_has_a_journey() -> None:
    """A side that is born with an older value than its sibling has begun with a difference."""
    early = [(0, {"tag": "1"}), (2, {"tag": "2"}), (9, {"tag": "3"})]
    found = known(early, [(5, {"tag": "1"}), (9, {"tag": "3"})])

    assert [(5 * HOUR, 9 * HOUR)] == [
        (one.spell.started_at, one.spell.ended_at) for one in found.spells(journey(found, "/tag"))
    ]


def test_what_moved_has_a_journey() -> None:
    """A path that moved on one side has its steps and its spells."""
    found = known([(0, {"tag": "1"}), (3, {"tag": "2"})], [(0, {"tag": "1"}), (5, {"tag": "2"})])
    one = journey(found, "/tag")

    assert [StepEnd.PROMOTED] == [step.end for step in one.path.left_steps]
    assert [(3 * HOUR, 5 * HOUR)] == [
        (each.spell.started_at, each.spell.ended_at) for each in found.spells(one)
    ]
    assert "version" == one.reading


def test_directions_are_learnt_over_the_pair() -> None:
    """Steps of all roles and paths that are read alike teach the pair's pace."""
    tags = [(number, {"tag": f"1.{number}"}) for number in range(0, 60, 2)]
    later = [(0, {"tag": "1.0"}), *((instant + 1, value) for instant, value in tags[1:])]
    found = known([*tags, (100, {"tag": "2.0"})], later)
    pace = found.paces[0].at("app", "/tag", "version", 100, LOOKS[100])

    assert ("path", 29, 29, 0) == (
        pace.threshold.level,
        pace.threshold.steps,
        pace.arrived,
        pace.arrived_back,
    )


def test_an_empty_container_that_is_filled_elsewhere_is_no_news() -> None:
    """Where one side says `{}` and the other has content, only the content is told."""
    found = known([(0, {"env": {}})], [(0, {"env": {"A": "1"}})])

    assert ["/env/A"] == addresses(found)


def test_elements_with_other_names_are_one_journey() -> None:
    """A list element that is called otherwise on the right has one journey, under its left name."""
    left = {"buckets": [{"name": "events-a", "size": 1}]}
    right = {"buckets": [{"name": "events-b", "size": 2}]}
    found = known([(0, left)], [(0, right)])

    assert {"/buckets/[name=events-a]/size", "/buckets/[name=events-a]/name"} >= set(
        addresses(found)
    )


def test_flags_freeze_their_role() -> None:
    """A freeze of a role is on every journey of it but on its own."""
    off = {"tag": "1", "autoDeploy": False}
    found = known(
        [(0, {"tag": "1", "autoDeploy": True}), (9, {"tag": "2", "autoDeploy": True})],
        [(0, {"tag": "1", "autoDeploy": True}), (4, off)],
    )

    assert [(4 * HOUR, None)] == [one[:2] for one in journey(found, "/tag").freezes]
    assert () == journey(found, "/autoDeploy").freezes
    assert "production" in journey(found, "/tag").freezes[0].fact
