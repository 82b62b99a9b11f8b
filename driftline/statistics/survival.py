"""How long things take when some of them have not ended yet: the Kaplan-Meier estimate.

A step that is still under way tells that its lag is at least its age. Leaving
such steps out makes every process look faster than it is; a mean counts them
wrongly in any case. The product-limit estimate uses what each of them says.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple


class Duration(NamedTuple):
    """One thing that was watched: for how long, and whether it ended by itself then.

    `is_event` False is a censored one: it lasted at least so long.
    """

    seconds: int
    is_event: bool


def survival(watched: Iterable[Duration]) -> tuple[tuple[int, Fraction], ...]:
    """The share that lasts longer than each duration at which something ended.

    >>> survival([Duration(1, True), Duration(2, False), Duration(3, True)])
    ((1, Fraction(2, 3)), (3, Fraction(0, 1)))
    """
    ordered = sorted(watched)
    at_risk = len(ordered)
    share = Fraction(1)
    curve = []
    for seconds, several in groupby(ordered, key=lambda one: one.seconds):
        ends = [one.is_event for one in several]
        ended = sum(ends)
        if ended:
            # What is censored at the very moment of an end was still at risk.
            share *= Fraction(at_risk - ended, at_risk)
            curve.append((seconds, share))
        at_risk -= len(ends)
    return tuple(curve)


def quantile(watched: Sequence[Duration], percent: int) -> int | None:
    """The duration by which this many of a hundred have ended; None when it is not reached.

    >>> quantile([Duration(one, True) for one in range(1, 11)], 90)
    9
    >>> quantile([Duration(5, True), Duration(9, False)], 90) is None
    True
    """
    # Of several at one duration, those that are censored were at risk to its end.
    ordered = sorted(watched, key=_order)
    at_risk = len(ordered)
    # The share that lasts longer, as one whole number over another: exact, and
    # much faster than fractions that are kept in their lowest terms.
    over, under = 1, 1
    for seconds, is_event in ordered:
        if is_event:
            over, under = over * (at_risk - 1), under * at_risk
            if over * 100 <= under * (100 - percent):
                return seconds
        at_risk -= 1
    return None


def _order(one: Duration) -> tuple[int, bool]:
    return one.seconds, not one.is_event
