"""Instants as a story tells them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.lab.moments import DAY, at_work, moment, written

CASES = [
    ("a working hour stays", "2026-03-12 10:30", "2026-03-12T10:30:00Z"),
    ("a Saturday waits for Monday", "2026-03-14 22:41", "2026-03-16T11:41:00Z"),
    ("before work waits for the day", "2026-03-13 05:05", "2026-03-13T12:05:00Z"),
    ("after work on Friday waits for Monday", "2026-03-13 17:00", "2026-03-16T12:00:00Z"),
]


def test_work_is_done_in_working_hours() -> None:
    """What falls outside working hours is done in the next ones."""
    assert len(CASES) >= 4, "no cases found"
    for why, given_at, expected in CASES:
        assert expected == written(at_work(moment(given_at))), why


@settings(max_examples=100)
@given(at=st.integers(moment("2025-01-01"), moment("2027-01-01")))
def test_work_is_never_done_early(at: int) -> None:
    """Moving into working hours only delays, by less than four days, and settles."""
    moved = at_work(at)

    assert at <= moved < at + 4 * DAY
    assert moved == at_work(moved)
