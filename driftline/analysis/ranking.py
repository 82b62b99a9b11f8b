"""Which of what stands is most worth asking about, and what belongs together?

A row scores by surprise, age and criticality. Surprising is what was equal for
long and then parted, and what paths of its sort seldom do. Rows that one act,
one fact, one path shape or one person's day explain are one group, and a group
takes one place at the front: the best row of each group comes first, the rest
follow behind all of them.
"""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import msgspec

from driftline.inventory.by_design.criticality import criticality
from driftline.inventory.siblings import Found
from driftline.model import address as addresses
from driftline.model.answers.parity import Divergence
from driftline.model.ref import parse_time
from driftline.model.verdict import Kind

_DAY = 24 * 3600
_MONTH = 30 * _DAY
_LOOK_SHOWN = 10

Rows = Sequence[Divergence]


class _Scored(msgspec.Struct, frozen=True):
    """A standing row with its place in the answer."""

    pair: int
    number: int
    row: Divergence
    score: int

    @property
    def order(self) -> tuple[int, str, str, str, str]:
        """The most worth asking first; what is equal by its names."""
        one = self.row
        return (-self.score, one.left, one.right, one.role, one.path)


class _Group(msgspec.Struct):
    """Rows that have one explanation, the best first."""

    cause: str
    rows: list[_Scored]


def ranked(
    pairs: Sequence[tuple[Found, Rows]], *, at: Sequence[int], now: int
) -> list[tuple[Divergence, ...]]:
    """The rows of each pair with `rank` and `cause` set where they stand, in the given order.

    `at` are the seconds of all instants. Ranks run from 1 over all pairs: first
    the leader of each group, then the other rows, group by group.
    """
    scored: list[_Scored] = []
    for number, (found, rows) in enumerate(pairs):
        usual = _usual(found)
        scored += [
            _Scored(number, place, row, _score(row, _started(found, row, at), usual, now))
            for place, row in enumerate(rows)
            if row.kind == Kind.STANDING.value
        ]
    groups = _groups(sorted(scored, key=lambda one: one.order))
    leaders = [group.rows[0] for group in groups]
    followers = [one for group in groups for one in group.rows[1:]]
    ranks = {
        (one.pair, one.number): rank for rank, one in enumerate((*leaders, *followers), start=1)
    }
    causes = {(one.pair, one.number): group.cause for group in groups for one in group.rows}
    return [
        tuple(
            msgspec.structs.replace(
                row, rank=ranks.get((number, place), 0), cause=causes.get((number, place), "")
            )
            for place, row in enumerate(rows)
        )
        for number, (_, rows) in enumerate(pairs)
    ]


def _score(row: Divergence, started: int, usual: "_Usual", now: int) -> int:
    """Surprise in thousandths of nats, times age, times criticality."""
    surprise = _own_surprise(row, started, now) + usual.surprise(row.path)
    days = max(0, now - _seconds(row.stands_from or row.since, now)) / _DAY
    age = round(100 + 25 * math.log1p(days))
    return round(1000 * surprise) * age * _criticality(row) // 100


def _own_surprise(row: Divergence, started: int, now: int) -> float:
    """How unlikely this path was to part when it did, by how long and how often it was equal.

    The posterior predictive of parting in one month, after `spells` earlier
    partings in so many months of being equal.
    """
    since = _seconds(row.since, now)
    together = max(0, now - started)
    apart_before = row.share_of_time_apart * together - (now - since)
    months = max(0.0, (since - started) - max(0.0, apart_before)) / _MONTH
    spells = max(0, row.spells - 1)
    return math.log((months + spells + 1) / (spells + 0.5))


def _criticality(row: Divergence) -> int:
    if not row.path:
        return 4
    values = (row.left_value, row.right_value)
    told = next((value for value in values if value is not None), None)
    text = None if told is None else msgspec.json.encode(told).decode()
    return criticality(row.path, text)


def _seconds(instant: str | None, default: int) -> int:
    return default if instant is None else parse_time(instant)


def _started(found: Found, row: Divergence, at: Sequence[int]) -> int:
    """The second from which both sides had the role, or one side where the other has none."""
    sides = (found.left, found.right)
    born = [side.born[row.role] for side in sides if row.role in side.born]
    return at[max(born)] if born and at else 0


class _Usual:
    """How often paths with a last key differ in a pair."""

    def __init__(self, total: Mapping[str, int], differ: Mapping[str, int]) -> None:
        self._total, self._differ = total, differ

    def surprise(self, path: str) -> float:
        """The surprise, in nats, of a difference at a path of this sort."""
        key = _last_key(path)
        return -math.log((self._differ.get(key, 0) + 1) / (self._total.get(key, 0) + 2))


def _usual(found: Found) -> _Usual:
    total: Counter[str] = Counter()
    for role in found.compared.roles_common:
        total.update(_last_key(address) for address in found.left.views[role].facts)
    differ = Counter(_last_key(one.address) for one in found.compared.differences)
    return _Usual(total, differ)


def _last_key(path: str) -> str:
    """The last token that is a key; elements and positions are none."""
    while path:
        path, _, token = path.rpartition("/")
        if not addresses.is_position(token) and not token.startswith("["):
            return token
    return ""


def _groups(scored: Sequence[_Scored]) -> list[_Group]:
    """The rows in groups, each led by its best row; the best group first."""
    groups: list[_Group] = []
    known: dict[Hashable, _Group] = {}
    for one in scored:
        act, fact, *others = _keys(one.row)
        keys = (act, fact, *others)
        joined = next((key for key in keys if key is not None and key in known), None)
        if joined is None:
            group = _Group(_cause(one.row), [])
            groups.append(group)
            for key in keys:
                if key is not None:
                    known.setdefault(key, group)
        else:
            group = known[joined]
            # What one act changed is asked about as a whole, in every pair; what
            # merely resembles the leader explains no others.
            if joined == act:
                known.setdefault(fact, group)
        group.rows.append(one)
    return groups


def _keys(row: Divergence) -> tuple[Hashable, Hashable, Hashable, Hashable]:
    """What may tie a row to others: its act, its fact, its shape with both values, its day."""
    act = ("act", row.look) if row.look else None
    fact = ("fact", row.role, row.path) if row.path else None
    values = (repr(row.left_value), repr(row.right_value))
    shape = ("shape", addresses.shape(row.path), *values) if row.path else None
    file = row.left_file or row.right_file
    day = None
    if row.since is not None and row.actor is not None:
        day = ("day", row.actor.name, row.since[:10], file)
    return act, fact, shape, day


def _cause(row: Divergence) -> str:
    """What explains a group, for people; groups have different ones."""
    if row.look:
        said = f": {row.subject}" if row.subject else ""
        return f"{row.look[:_LOOK_SHOWN]}{said}"
    if row.path:
        return f"{row.role} {addresses.dotted(row.path)}"
    return f"{row.role}, in {row.left_file or row.right_file or 'one of them'}"
