"""One pair of environments without and with a change: what differs, and of which kind it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from driftline.analysis import parity
from driftline.analysis.effects import Effect, effects, narrowed
from driftline.analysis.promotions import promotions
from driftline.engine.answering.judging import Judge, PairJudgement, with_verdicts
from driftline.inventory.siblings import Environment, Found, find
from driftline.inventory.typed import shown
from driftline.model.answers.check import CheckedPair, CheckedRow, Follower
from driftline.model.answers.parity import Divergence
from driftline.model.answers.promotions import Promotion
from driftline.model.chronicle import Chronicle
from driftline.model.verdict import Kind
from driftline.statistics.intervals import wilson

# How sure it must be that steps of a path arrive before a follower is named.
_STEPS_MIN = 5
_SHARE_MIN = 0.6

Key = tuple[str, str]
Rows = Mapping[Key, Divergence]


class Moment(msgspec.Struct, frozen=True):
    """Everything at one side of the change: the environments, and who judges their pairs."""

    sides: Mapping[str, Environment]
    words: frozenset[str]
    judge: Judge

    def found(self, pair: tuple[str, str], roles: frozenset[str] | None = None) -> Found:
        """The pair compared, in some of its roles or in all."""
        left, right = (self.sides[name] for name in pair)
        if roles is not None:
            left, right = narrowed(left, roles), narrowed(right, roles)
        return find(left, right, self.words)


class PairBefore(msgspec.Struct, frozen=True):
    """What a change does to a pair, before anybody judged or named it.

    `roles` are those whose rows are told; None is all of them.
    """

    names: tuple[str, str]
    roles: frozenset[str]
    effects: tuple[Effect, ...]
    before: Found
    after: Found

    @property
    def founds(self) -> tuple[Found, Found]:
        """Both comparisons."""
        return self.before, self.after


def compared(
    names: tuple[str, str], roles: frozenset[str], before: Moment, after: Moment
) -> PairBefore:
    """The pair without and with the change, in these roles."""
    was, now = before.found(names, roles), after.found(names, roles)
    return PairBefore(names, roles, effects(was, now), was, now)


class PairChecked(msgspec.Struct, frozen=True):
    """A pair with every row that the answer may tell of."""

    summary: CheckedPair
    rows: tuple[CheckedRow, ...]
    followers: tuple[Follower, ...]


Told = Callable[[Sequence[Divergence], Found], Sequence[Divergence]]


def checked(
    one: PairBefore,
    before: Moment,
    after: Moment,
    people: Chronicle,
    owned: Told,
) -> PairChecked:
    """The pair judged on both sides of the change; `owned` names the owners of rows, as head says.

    Where the change closes and changes nothing, nobody needs to know how the
    pair was judged before.
    """
    is_asked = any(effect.kind != "opened" for effect in one.effects)
    was = before.judge.pair(before.found(one.names)) if is_asked else None
    now = after.judge.pair(after.found(one.names))
    rows_before = {} if was is None else _rows(one.before, was, people, owned)
    rows_after = _rows(one.after, now, people, owned)
    rows = [_affected(effect, rows_before, rows_after) for effect in one.effects]
    keys = {(effect.role, effect.path) for effect in one.effects}
    rows += [
        _unmoved(row, rows_before.get(key))
        for key, row in rows_after.items()
        if row.kind == Kind.STANDING and key not in keys
    ]
    counts = {
        kind: sum(row.effect == kind for row in rows) for kind in ("opened", "closed", "changed")
    }
    summary = CheckedPair(
        left=one.names[0],
        right=one.names[1],
        opened=counts["opened"],
        closed=counts["closed"],
        changed=counts["changed"],
        standing_before=None if was is None else was.judged.counts()[Kind.STANDING],
        standing_after=now.judged.counts()[Kind.STANDING],
        roles=tuple(sorted(one.roles)),
    )
    return PairChecked(summary, tuple(rows), _followers(rows, now))


def _rows(found: Found, judged: PairJudgement, people: Chronicle, owned: Told) -> Rows:
    told = owned(with_verdicts(parity.tell(found, people), judged), found)
    return {(row.role, row.path): row for row in told}


def _affected(effect: Effect, before: Rows, after: Rows) -> CheckedRow:
    key = effect.role, effect.path
    row = after.get(key) or before[key]
    known = before.get(key)
    return _row(
        row,
        effect=effect.kind,
        kind_before=known.kind if known else None,
        left_before=shown(effect.left_before),
        right_before=shown(effect.right_before),
        moved_by_change=effect.moved,
    )


def _unmoved(row: Divergence, known: Divergence | None) -> CheckedRow:
    return _row(
        row,
        effect="standing",
        kind_before=known.kind if known else None,
        left_before=row.left_value,
        right_before=row.right_value,
    )


def _row(row: Divergence, **more: Any) -> CheckedRow:
    fields: dict[str, Any] = {name: getattr(row, name) for name in row.__struct_fields__}
    return CheckedRow(**fields, **more)


def _followers(rows: Iterable[CheckedRow], judged: PairJudgement) -> tuple[Follower, ...]:
    """Who usually takes over what the change moves, for what is in flight because of it."""
    sources: dict[Key, str] = {}
    for row in rows:
        is_sent = row.effect in ("opened", "changed") and row.kind == Kind.IN_FLIGHT
        if is_sent and row.moved_by_change in ("left", "right"):
            sources[row.role, row.path] = getattr(row, row.moved_by_change)
    if not sources:
        return ()
    ways = judged.journeys
    meant = tuple(one for one in ways.journeys if (one.role, one.address) in sources)
    told = promotions(msgspec.structs.replace(ways, journeys=meant))
    return tuple(
        follower
        for one in told
        if sources.get((one.role, one.path)) == one.from_
        for follower in [_follower(one)]
        if follower is not None
    )


def _follower(one: Promotion) -> Follower | None:
    """The follower of a path, or nothing where too few steps are known to arrive.

    The step that the change itself makes is open and is no evidence.
    """
    arrived = one.count + one.superseded
    times = arrived + one.withdrawn + max(one.open - 1, 0)
    if times < _STEPS_MIN or wilson(arrived, times)[0] < _SHARE_MIN:
        return None
    return Follower(
        role=one.role,
        path=one.path,
        environment=one.from_,
        to=one.to,
        arrived=arrived,
        times=times,
        lag_seconds_p50=one.lag_seconds.p50,
        lag_seconds_p90=one.lag_seconds.p90,
        late_after_seconds=one.threshold_seconds,
    )
