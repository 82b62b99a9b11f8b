"""Spells are told with their parts, their values and who opened them."""

from typing import Any

from driftline.analysis.spell_notes import acts, latest, tell
from driftline.inventory.travel.lateness import HOUR, Pace
from driftline.inventory.travel.promotion import Move
from driftline.inventory.travel.spells import Phase, SpellRow, Stretch
from driftline.model.answers.parity import ActorRef
from driftline.model.chronicle import act_of
from driftline.model.verdict import Kind, Spell, Threshold
from tests.analysis.telling import ANN, BOT, chronicle

TIMES = chronicle([ANN, BOT, ANN])
DAY = 24 * HOUR
PACE = Pace(Threshold(DAY, "path", 50, 50), 50, 0)


def row(
    kind: Kind, started: int, ended: int | None, *, path: str = "/tag", **more: Any
) -> SpellRow:
    """A spell that was in flight for a day and stood from then on."""
    phases = (
        Phase(started * DAY, Kind.IN_FLIGHT, "arriving", PACE),
        Phase((started + 1) * DAY, Kind.STANDING, "late", PACE),
    )
    spell = Spell(
        started, started * DAY, None if ended is None else ended * DAY, "left", (started + 1) * DAY
    )
    opening = more.get("opening", Move(started, "b", '"b"', act_of(started, 0)))
    stretch = Stretch(
        spell, phases, Move(started, "b", '"b"'), Move(0, "a", '"a"'), opening, started
    )
    return SpellRow("app", path, stretch, kind, "because")


def test_a_spell_tells_its_story() -> None:
    """A spell has its instants, its parts in seconds, both values and its opener."""
    (note,) = tell(("staging", "production"), [row(Kind.STANDING, 1, 4)], TIMES, now=9 * DAY)

    assert ("staging", "production", "app", "/tag") == (note.left, note.right, note.role, note.path)
    assert ("1970-01-02T00:00:00Z", "1970-01-03T00:00:00Z", "1970-01-05T00:00:00Z") == (
        note.started,
        note.stands_from,
        note.ended,
    )
    assert (DAY, 2 * DAY) == (note.seconds_in_flight, note.seconds_standing)
    assert ("left", "standing", "because") == (note.opened_by, note.kind, note.reason)
    assert ("b", "a") == (note.left_value, note.right_value)
    assert ActorRef("bot", "bot") == note.actor


def test_a_spell_that_lasts_is_counted_until_now() -> None:
    """Of a spell that lasts, the standing part goes up to the instant asked."""
    (note,) = tell(("staging", "production"), [row(Kind.STANDING, 1, None)], TIMES, now=9 * DAY)

    assert note.ended is None
    assert 7 * DAY == note.seconds_standing


def test_what_is_by_design_never_stood() -> None:
    """A difference by design has no part that stood."""
    (note,) = tell(("a", "b"), [row(Kind.ENVIRONMENTAL, 1, None)], TIMES, now=9 * DAY)

    assert (None, 0, 0) == (note.stands_from, note.seconds_in_flight, note.seconds_standing)


def test_nobody_opened_it() -> None:
    """A spell that no move opened has no actor."""
    (note,) = tell(("a", "b"), [row(Kind.STANDING, 1, 2, opening=None)], TIMES, now=9 * DAY)

    assert note.actor is None


def test_the_latest_are_told_newest_first() -> None:
    """All that last and are news are told, and of those that are over the latest."""
    rows = [
        row(Kind.STANDING, 0, None),
        row(Kind.ENVIRONMENTAL, 0, None, path="/host"),
        row(Kind.UNKNOWN, 0, None, path="/maybe"),
        row(Kind.IN_FLIGHT, 1, 2),
        row(Kind.STANDING, 2, 3),
        row(Kind.STANDING, 3, 9),
    ]
    found = latest(rows, closed_max=2)

    assert [3, 2, 0] == [one.stretch.spell.started for one in found]


def test_the_acts_that_will_be_asked_for() -> None:
    """The contributions of the opening moves are what has to be loaded."""
    assert {act_of(1, 0)} == acts(
        [row(Kind.STANDING, 1, 2), row(Kind.STANDING, 1, 2, opening=None)]
    )
