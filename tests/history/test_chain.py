"""Which positions are on the chain, by hand and as laws."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.history.chain import LAST, Ranges, Stretch, chain, condition, contains, up_to

CASES: list[tuple[str, list[Stretch], Ranges]] = [
    ("nothing yet", [], ()),
    ("never rewritten", [Stretch(None, 0)], ((0, LAST),)),
    ("rewound to a look", [Stretch(None, 0), Stretch(5, 10)], ((0, 5), (10, LAST))),
    ("rewound to nothing", [Stretch(None, 0), Stretch(None, 10)], ((10, LAST),)),
    (
        "rewound twice, the second time further",
        [Stretch(None, 0), Stretch(5, 10), Stretch(3, 12)],
        ((0, 3), (12, LAST)),
    ),
    (
        "rewound into the second epoch",
        [Stretch(None, 0), Stretch(5, 10), Stretch(11, 15)],
        ((0, 5), (10, 11), (15, LAST)),
    ),
    ("deepened", [Stretch(None, 0, (-4, -1))], ((-4, -1), (0, LAST))),
    (
        "deepened, then rewound into its past",
        [Stretch(None, 0, (-4, -1)), Stretch(-2, 9)],
        ((-4, -2), (9, LAST)),
    ),
    (
        "rewound to nothing, then deepened",
        [Stretch(None, 0), Stretch(None, 10, (-7, -1))],
        ((-7, -1), (10, LAST)),
    ),
]


@pytest.mark.parametrize(("why", "stretches", "expected"), CASES, ids=[one[0] for one in CASES])
def test_chains(why: str, stretches: list[Stretch], expected: Ranges) -> None:
    """The chain that rewinds and deepenings leave behind."""
    assert expected == chain(stretches), why


ranges = st.lists(st.integers(-50, 50), unique=True, max_size=24).map(
    lambda ends: tuple(zip(*[iter(sorted(ends))] * 2, strict=False))
)


@given(ranges, st.integers(-60, 60))
def test_the_condition_says_what_contains_says(kept: Ranges, position: int) -> None:
    """The chain in SQL and in Python are the same."""
    query = f"SELECT {condition('p', kept)} FROM (SELECT ? AS p)"  # noqa: S608 - numbers
    (said,) = sqlite3.connect(":memory:").execute(query, (position,)).fetchone()

    assert contains(kept, position) == bool(said)


@given(ranges, st.integers(-60, 60), st.integers(-60, 60))
def test_a_chain_up_to_a_position(kept: Ranges, end: int, position: int) -> None:
    """The part up to a position holds those of the chain that are not beyond it."""
    assert (contains(kept, position) and position <= end) == contains(up_to(kept, end), position)


def test_a_chain_that_was_rewritten_every_day() -> None:
    """Thousands of ranges are a condition that SQL can still take."""
    kept = tuple((4 * n, 4 * n + 1) for n in range(5000))
    query = f"SELECT {condition('p', kept)} FROM (SELECT 19999 AS p)"  # noqa: S608 - numbers

    assert (0,) == sqlite3.connect(":memory:").execute(query).fetchone()
