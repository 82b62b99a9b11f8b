"""How far did environments drift over time, how much moved for it, and who moved it?

The moves of a pair are inventory's. Here they are added up: to points of time,
weekly and at the end; to parts, by the class of the actor and the side that
moved; and to services. All sums are of integers, so the parts are the whole.
"""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from driftline.inventory.metric.motion import Move, PairMotion, pair_motion
from driftline.inventory.siblings import Found
from driftline.model.answers.trend import ServiceTrend, TrendPart, TrendPoint, Velocity
from driftline.model.chronicle import Chronicle
from driftline.model.ref import time_text

DAY_SECONDS = 86_400
WEEK_SECONDS = 7 * DAY_SECONDS
SCAN_WEEKS = 26
# The first Monday that a clock of this kind knows.
_MONDAY = 4 * DAY_SECONDS


class Accumulated(msgspec.Struct):
    """The sums of moves up to an instant; `exposure` is still in micro-unit-seconds."""

    at: int = 0
    distance: int = 0
    distance_max: int = 0
    path_length: int = 0
    exposure: int = 0
    paths: int = 0
    unknown: int = 0
    missing: int = 0
    changes: int = 0

    def pass_time(self, at: int) -> None:
        """Let the clock run; it never runs backwards."""
        if at > self.at:
            self.exposure += self.distance * (at - self.at)
            self.at = at

    def add(self, move: Move) -> None:
        """Count one move."""
        self.distance += move.distance
        self.distance_max += move.distance_max
        self.path_length += move.length
        self.paths += move.paths
        self.unknown += move.unknown
        self.missing += move.missing
        self.changes += 1


def trend(
    found: Found,
    chronicle: Chronicle,
    *,
    now: int,
    words: frozenset[str] = frozenset(),
    weeks: int = SCAN_WEEKS,
) -> tuple[TrendPoint, ...]:
    """The last weekly points of a pair, and the present one.

    `words` are those that name environments, as the comparison was given.
    """
    motion = pair_motion(found.left, found.right, words)
    said = points(motion, chronicle, now=now, since=week_start(now) - (weeks - 2) * WEEK_SECONDS)
    return said[-weeks:]


def points(
    motion: PairMotion, chronicle: Chronicle, *, now: int, since: int | None = None
) -> tuple[TrendPoint, ...]:
    """The pair at its beginning (or at `since`, in seconds), on every Monday, and at the end."""
    told: list[TrendPoint] = []
    differing: dict[str, int] = defaultdict(int)
    lacking: dict[str, int] = defaultdict(int)
    roles = 0
    for so_far, moves in _intervals(motion, chronicle, now=now, since=since):
        for move in moves:
            was = differing[move.role] > 0 and not lacking[move.role]
            differing[move.role] += move.distance
            lacking[move.role] += move.missing
            roles += (differing[move.role] > 0 and not lacking[move.role]) - was
        told.append(
            TrendPoint(
                left=motion.left,
                right=motion.right,
                at=time_text(so_far.at),
                distance=so_far.distance,
                distance_max=so_far.distance_max,
                path_length=so_far.path_length,
                exposure=so_far.exposure // DAY_SECONDS,
                paths=so_far.paths,
                roles=roles,
                roles_missing=so_far.missing,
                unknown=so_far.unknown,
            )
        )
    return tuple(told)


def velocity(
    motion: PairMotion, chronicle: Chronicle, *, now: int, since: int | None = None
) -> tuple[Velocity, ...]:
    """What each week did, the first and the last of them as far as they reach."""
    told: list[Velocity] = []
    before: tuple[int, int, int, int] | None = None
    for so_far, _ in _intervals(motion, chronicle, now=now, since=since):
        if before is not None:
            at, distance, length, changes = before
            told.append(
                Velocity(
                    left=motion.left,
                    right=motion.right,
                    week=time_text(at),
                    change=so_far.distance - distance,
                    path_length=so_far.path_length - length,
                    changes=so_far.changes - changes,
                )
            )
        before = (so_far.at, so_far.distance, so_far.path_length, so_far.changes)
    return tuple(told)


def parts(
    motion: PairMotion, chronicle: Chronicle, *, now: int, since: int | None = None
) -> tuple[TrendPart, ...]:
    """The change of the distance since the first point, by class of actor and side that moved."""
    added: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for number, (_, moves) in enumerate(_intervals(motion, chronicle, now=now, since=since)):
        if not number:
            continue
        for move in moves:
            row = added[actor_class(move, chronicle), move.side]
            row[0] += max(move.distance, 0)
            row[1] += max(-move.distance, 0)
            row[2] += 1
    return tuple(
        TrendPart(motion.left, motion.right, class_, side, *row)
        for (class_, side), row in sorted(added.items())
    )


def services(motion: PairMotion, chronicle: Chronicle, *, now: int) -> tuple[ServiceTrend, ...]:
    """Each role of the pair as it is at the end, the farthest apart first."""
    by_role: dict[str, list[Move]] = defaultdict(list)
    for move in motion.moves:
        by_role[move.role].append(move)
    rows = []
    # Clocks of several machines disagree: a look may be later than now.
    end = max(now, chronicle.looks[-1].at) if chronicle.looks else now
    for role, moves in by_role.items():
        alone = msgspec.structs.replace(motion, moves=tuple(moves))
        final = next((one for one, _ in _intervals(alone, chronicle, now=now, since=end)), None)
        if final is not None and (final.distance or final.path_length or final.exposure):
            row = ServiceTrend(
                left=motion.left,
                right=motion.right,
                role=role,
                distance=final.distance,
                path_length=final.path_length,
                exposure=final.exposure // DAY_SECONDS,
                paths=final.paths,
                distance_max=final.distance_max,
                unknown=final.unknown,
                missing=motion.missing.get(role, ""),
            )
            rows.append(row)
    rows.sort(key=lambda row: (-row.distance, -row.exposure, row.role))
    return tuple(rows)


def actor_class(move: Move, chronicle: Chronicle) -> str:
    """The class of whoever made a move."""
    made = chronicle.contribution(move.act) if move.act >= 0 else None
    person = made.author if made is not None else chronicle.looks[move.instant].by
    actor = chronicle.actors.get(person)
    return actor.class_ if actor is not None else "unattributed"


def week_start(at: int) -> int:
    """The Monday, 00:00 UTC, at or before a time.

    >>> time_text(week_start(1_700_000_000))
    '2023-11-13T00:00:00Z'
    """
    return at - (at - _MONDAY) % WEEK_SECONDS


def _intervals(
    motion: PairMotion, chronicle: Chronicle, *, now: int, since: int | None
) -> Iterator[tuple[Accumulated, list[Move]]]:
    """The sums at each point of time, with the moves since the point before.

    Path length and exposure count from the pair's own start.
    """
    if motion.start is None:
        return
    looks = chronicle.looks
    began = looks[motion.start].at
    ended = max(now, looks[-1].at) if motion.end is None else looks[motion.end].at
    first = min(max(began, since if since is not None else began), ended)
    sums = Accumulated(at=began)
    lately: list[Move] = []
    due = _dates(first, ended)
    point = next(due)
    for move in motion.moves:
        if motion.end is not None and move.instant >= motion.end:
            break
        if move.instant > motion.start:
            at = looks[move.instant].at
            while at > point:
                sums.pass_time(point)
                yield sums, lately
                lately, point = [], next(due)
            sums.pass_time(at)
        sums.add(move)
        lately.append(move)
        if move.instant <= motion.start:
            sums.path_length = sums.changes = 0
    while True:
        sums.pass_time(point)
        yield sums, lately
        if point >= ended:
            return
        lately, point = [], next(due)


def _dates(first: int, last: int) -> Iterator[int]:
    yield first
    at = week_start(first) + WEEK_SECONDS
    while at < last:
        yield at
        at += WEEK_SECONDS
    if last > first:
        yield last
    while True:
        # Looks of one clock may lie behind the last point only where clocks disagree.
        yield max(last, first)
