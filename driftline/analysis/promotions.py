"""How do changes travel between environments, and how long do they take?

One row for each path and direction in which anything ever set out. Lags are
quantiles with censoring, so that what has not arrived yet counts for what it
says; a quantile that the data cannot carry is left out.
"""

from collections import Counter
from collections.abc import Sequence

from driftline.inventory.travel.journeys import Journey, Journeys
from driftline.inventory.travel.promotion import ARRIVED
from driftline.model.answers.promotions import Lags, Promotion
from driftline.model.verdict import Step, StepEnd
from driftline.statistics.survival import Duration, quantile

# A tenth of fewer steps than this is no quantile but one of them.
_STEPS_MIN = 5


def promotions(known: Journeys) -> tuple[Promotion, ...]:
    """Every path and direction of a pair that changes travel, by role and path.

    That is where a step ever arrived, or waits where steps are known to arrive.
    Steps of the follower alone are the `backwards` of the row.
    """
    rows = []
    for journey in known.journeys:
        if not journey.is_seen:
            continue
        steps = (journey.path.left_steps, journey.path.right_steps)
        for number in (0, 1):
            ends = {one.end for one in steps[number]}
            if ends.isdisjoint((*ARRIVED, StepEnd.OPEN)):
                continue
            row = _row(known, journey, number, steps[number], steps[1 - number])
            if row.count or row.superseded or row.is_learnt:
                rows.append(row)
    return tuple(sorted(rows, key=lambda one: (one.role, one.path, one.from_)))


def _row(
    known: Journeys, journey: Journey, source: int, steps: Sequence[Step], back: Sequence[Step]
) -> Promotion:
    names = (known.left, known.right)
    ends = Counter(one.end for one in steps)
    # What a step that began now would be measured by.
    pace = known.paces[source].at(
        journey.role, journey.address, journey.reading, known.instants, known.now
    )
    return Promotion(
        from_=names[source],
        to=names[1 - source],
        role=journey.role,
        path=journey.address,
        count=ends[StepEnd.PROMOTED],
        lag_seconds=_lags(steps, known.now),
        superseded=ends[StepEnd.SUPERSEDED],
        withdrawn=ends[StepEnd.WITHDRAWN],
        co_moved=ends[StepEnd.CO_MOVED],
        backwards=sum(one.end not in (StepEnd.CO_MOVED, StepEnd.ADOPTED) for one in back),
        open=ends[StepEnd.OPEN],
        threshold_seconds=pace.threshold.seconds,
        level=pace.threshold.level,
        steps=pace.threshold.steps,
        is_learnt=pace.leads(known.limits),
    )


def _lags(steps: Sequence[Step], now: int) -> Lags:
    watched = []
    for one in steps:
        if one.end in ARRIVED and one.lag_seconds is not None:
            watched.append(Duration(one.lag_seconds, is_event=True))
        elif one.end in (StepEnd.WITHDRAWN, StepEnd.OPEN):
            ended = now if one.ended_at is None else one.ended_at
            watched.append(Duration(ended - one.started_at, is_event=False))
    arrived = [one.seconds for one in watched if one.is_event]
    longest = max(arrived, default=None)
    if len(watched) < _STEPS_MIN:
        return Lags(None, None, None, longest)
    return Lags(quantile(watched, 10), quantile(watched, 50), quantile(watched, 90), longest)
