"""Which value is usual at a path, and which environments are odd, where they are enough to say so.

Between two environments nobody can say which of them is odd, and two of three
that agree are no majority yet. A value is usual where even the lower bound of
Wilson's 95 % interval of its share is above one half: seven of eight are
enough, six of seven are not. Where no value is usual, pairs say all there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from driftline.model.answers.majority import Majority, OddOne
from driftline.model.answers.parity import Divergence, Pair, Side
from driftline.model.verdict import Kind
from driftline.statistics.intervals import wilson

SHARE_LEAST = 0.5
# With one odd among them, no share of fewer has its lower bound above one half.
ENVIRONMENTS_MIN = 8
_GRAVITY = {
    kind.value: place
    for place, kind in enumerate(
        (
            Kind.STANDING,
            Kind.IN_FLIGHT,
            Kind.FROZEN,
            Kind.UNKNOWN,
            Kind.ACCEPTED,
            Kind.ENVIRONMENTAL,
        )
    )
}
_LATEST = "9999"
_SIDES = {"left": "right", "right": "left"}


class _Said(msgspec.Struct, frozen=True):
    """What an environment says at a path."""

    state: Side
    value: Any


def majorities(rows: Iterable[Divergence], pairs: Iterable[Pair]) -> tuple[Majority, ...]:
    """Each path with a usual value, the loneliest and gravest difference from it first.

    `rows` are the judged differences of all pairs and `pairs` the pairs that
    were compared: two environments that were compared and have no row agree,
    however each of them spells the value.
    """
    compared = {frozenset((pair.left, pair.right)) for pair in pairs}
    if len({name for pair in compared for name in pair}) < ENVIRONMENTS_MIN:
        return ()
    by_path: dict[tuple[str, str], list[Divergence]] = {}
    for row in rows:
        by_path.setdefault((row.role, row.path), []).append(row)
    found = [_majority(role, path, several, compared) for (role, path), several in by_path.items()]
    return tuple(sorted(filter(None, found), key=_weight))


def _majority(
    role: str, path: str, rows: Sequence[Divergence], compared: set[frozenset[str]]
) -> Majority | None:
    said = _said(rows)
    known = {name: one for name, one in said.items() if one.state is not Side.UNKNOWN}
    groups = _groups(known, rows, compared)
    usual = max(groups, key=len, default=[])
    least = wilson(len(usual), len(known))[0]
    if least <= SHARE_LEAST or len(usual) == len(known):
        return None
    value = known[usual[0]]
    return Majority(
        role=role,
        path=path,
        state=value.state,
        value=value.value,
        sharing=len(usual),
        environments=len(known),
        share_least=round(least, 4),
        odd=tuple(
            _odd(name, known[name], [row for row in rows if _is_between(row, name, usual)])
            for name in sorted(known)
            if name not in usual
        ),
        unread=tuple(sorted(set(said) - set(known))),
    )


def _said(rows: Iterable[Divergence]) -> dict[str, _Said]:
    """What each environment says; all rows of a path say the same of one environment."""
    found: dict[str, _Said] = {}
    for row in rows:
        found[row.left] = _Said(row.left_state, row.left_value)
        found[row.right] = _Said(row.right_state, row.right_value)
    return found


def _groups(
    known: Mapping[str, _Said], rows: Sequence[Divergence], compared: set[frozenset[str]]
) -> list[list[str]]:
    """Environments that agree, those of one group together; by name within a group."""
    apart = {frozenset((row.left, row.right)) for row in rows}
    groups: list[list[str]] = []
    for name in sorted(known):
        for group in groups:
            pair = frozenset((group[0], name))
            # What was never compared is only equal if it is spelled alike.
            if pair not in apart if pair in compared else known[group[0]] == known[name]:
                group.append(name)
                break
        else:
            groups.append([name])
    return groups


def _is_between(row: Divergence, name: str, usual: Sequence[str]) -> bool:
    return (row.left == name and row.right in usual) or (row.right == name and row.left in usual)


def _odd(name: str, said: _Said, rows: Sequence[Divergence]) -> OddOne:
    gravest = min(rows, key=lambda row: (_GRAVITY[row.kind], row.since or _LATEST), default=None)
    if gravest is None:
        return OddOne(name, said.state, said.value, Kind.UNKNOWN.value, "", None, "unknown")
    own = "left" if gravest.left == name else "right"
    moved = {own: "it", _SIDES[own]: "majority", "both": "both"}.get(gravest.moved, "unknown")
    return OddOne(
        environment=name,
        state=said.state,
        value=said.value,
        kind=gravest.kind,
        reason=gravest.reason,
        since=gravest.since,
        moved=moved,
    )


def _weight(one: Majority) -> tuple[int, int, str, str, str]:
    gravity = min((_GRAVITY[odd.kind] for odd in one.odd), default=len(_GRAVITY))
    since = min((odd.since or _LATEST for odd in one.odd), default=_LATEST)
    return gravity, len(one.odd), since, one.role, one.path
