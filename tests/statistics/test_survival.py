"""The estimate uses what unfinished things say, and nothing more."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.statistics.survival import Duration, quantile, survival

WATCHED = st.lists(st.builds(Duration, st.integers(0, 12), st.booleans()), max_size=25)

# Durations (a plus is censored), a percentage, and the quantile.
CASES: list[tuple[str, str, int, int | None]] = [
    ("without censoring it is the order statistic", "1 2 3 4 5 6 7 8 9 10", 50, 5),
    ("nine of ten", "1 2 3 4 5 6 7 8 9 10", 90, 9),
    ("nothing was watched", "", 90, None),
    ("nothing has ended", "4+ 9+", 50, None),
    ("the tail is censored", "1 2 9+ 9+", 90, None),
    ("censoring before an end makes it weigh more", "1+ 2+ 3", 90, 3),
    ("what is censored at an end was still at risk", "3 3+", 60, None),
]


def durations(text: str) -> list[Duration]:
    """Durations as tables write them."""
    return [Duration(int(one.rstrip("+")), not one.endswith("+")) for one in text.split()]


@pytest.mark.parametrize(
    ("why", "text", "percent", "expected"), CASES, ids=[row[0] for row in CASES]
)
def test_quantiles(why: str, text: str, percent: int, expected: int | None) -> None:
    """A quantile is the first duration by which so many have ended, if any is."""
    assert expected == quantile(durations(text), percent), why


def by_hand(watched: list[Duration], seconds: int) -> Fraction:
    """The share that lasts longer, by redistributing each censored one to the right.

    Efron's construction: everybody weighs the same, and whoever is censored
    hands its weight in equal parts to those that were watched for longer.
    """
    # At one duration, ends come before what is censored there.
    ordered = sorted(watched, key=lambda one: (one.seconds, not one.is_event))
    weights = [Fraction(1, len(ordered))] * len(ordered)
    for number, one in enumerate(ordered):
        if not one.is_event and number + 1 < len(ordered):
            part = weights[number] / (len(ordered) - number - 1)
            weights[number] = Fraction(0)
            for later in range(number + 1, len(ordered)):
                weights[later] += part
    ended = (
        weight
        for one, weight in zip(ordered, weights, strict=True)
        if one.is_event and one.seconds <= seconds
    )
    return 1 - sum(ended, Fraction(0))


@given(WATCHED)
def test_the_curve_is_what_redistribution_gives(watched: list[Duration]) -> None:
    """At each of its steps the product limit equals the estimate made by hand."""
    for seconds, share in survival(watched):
        assert by_hand(watched, seconds) == share


@given(WATCHED, st.integers(0, 99))
def test_the_quantile_is_where_the_curve_falls(watched: list[Duration], percent: int) -> None:
    """At the quantile enough have ended, and just before it not yet; else there is none."""
    found = quantile(watched, percent)
    remaining = Fraction(100 - percent, 100)
    curve = dict(survival(watched))

    if found is None:
        assert all(share > remaining for share in curve.values())
    else:
        assert curve[found] <= remaining
        assert all(share > remaining for one, share in curve.items() if one < found)


@given(WATCHED, st.integers(0, 12))
def test_more_watching_never_makes_things_look_faster(watched: list[Duration], more: int) -> None:
    """Adding one that has not ended after the longest never lowers the quantile."""
    longest = max((one.seconds for one in watched), default=0)
    before = quantile(watched, 90)
    after = quantile([*watched, Duration(longest + more, is_event=False)], 90)

    assert after is None or (before is not None and after >= before)
