"""Who differs from most: what differs now, where there are many environments.

Pairs say little where there are ten environments. So each path is told once:
the value that most of them share, and whoever has another. A path that every
environment sets for itself is only counted.
"""

from collections.abc import Sequence

import msgspec

from driftline.model.answers.parity import ActorRef, Divergence, Side
from driftline.model.verdict import Kind
from driftline.render.divergence_table import (
    class_and_name,
    what_cells,
    what_column,
    who_cells,
)
from driftline.render.kinds import LISTED, is_drift, is_judged
from driftline.render.lines import Line, Style, cells, cut, left, right, shares, span
from driftline.render.owners import HEADING as OWNER
from driftline.render.owners import owner_cells, owner_line, owner_text
from driftline.render.page import Page
from driftline.render.values import age_text, count, side_text

_LATEST = "9999"
_VARIOUS = "various"
_UNRANKED = 1_000_000
_PLACES = {kind.value: place for place, kind in enumerate(LISTED)}
_VALUE_CELLS_MAX = 40


class Odd(msgspec.Struct, frozen=True):
    """A path, the value that most environments share, and the environments that have another.

    Where no value is shared by more than half, `sharing` is 0.

    `since`, `actor`, `owner`, `kind` and `drifted` speak of the longest standing difference.
    """

    role: str
    path: str
    most: str
    sharing: int
    others: tuple[tuple[str, str], ...]
    since: str | None
    drifted: bool
    rank: int
    kind: str
    actor: ActorRef | None
    owner: str = ""


class Found(msgspec.Struct, frozen=True):
    """The paths at which few differ from most.

    `own` counts those without a value that most share, `by_design` those that
    were judged to be no drift.
    """

    odd: tuple[Odd, ...]
    own: int
    by_design: int = 0


def odd_ones(divergences: Sequence[Divergence]) -> Found:
    """Every path at which environments differ, the loneliest difference first."""
    by_path: dict[tuple[str, str], list[Divergence]] = {}
    for row in divergences:
        by_path.setdefault((row.role, row.path), []).append(row)
    told = [_odd(role, path, rows) for (role, path), rows in by_path.items()]
    few = [one for one in told if one]
    odd = [one for one in few if not one.kind or one.drifted]
    odd.sort(
        key=lambda one: (
            not one.drifted,
            _PLACES.get(one.kind, 0),
            one.rank or _UNRANKED,
            len(one.others),
            one.since or _LATEST,
            one.role,
            one.path,
        )
    )
    return Found(tuple(odd), own=len(told) - len(few), by_design=len(few) - len(odd))


def _odd(role: str, path: str, rows: Sequence[Divergence]) -> Odd | None:
    """The path told once; None where no known value is shared by more than half and none stands."""
    texts: dict[str, str] = {}
    apart: set[frozenset[str]] = set()
    for row in rows:
        if Side.UNKNOWN in (row.left_state, row.right_state):
            continue
        texts[row.left] = _text(path, row.left_state, row.left_value)
        texts[row.right] = _text(path, row.right_state, row.right_value)
        apart.add(frozenset((row.left, row.right)))
    # Two environments without a divergence between them agree, however each
    # of them spells the value.
    groups: list[list[str]] = []
    for name in texts:
        same = (group for group in groups if frozenset((group[0], name)) not in apart)
        group = next(same, None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    largest = max(groups, key=len, default=[])
    between = [row for row in rows if (row.left in largest) != (row.right in largest)]
    if 2 * len(largest) <= len(texts):
        # Where nothing is usual nobody is odd, but what stands is told all the same.
        between = [row for row in rows if is_judged(row) and is_drift(row)]
        largest = []
    if not between:
        return None
    worst = min(between, key=_weight)
    return Odd(
        role=role,
        path=path,
        most=texts[largest[0]] if largest else _VARIOUS,
        sharing=len(largest),
        others=tuple((name, texts[name]) for name in texts if name not in largest),
        since=worst.since,
        drifted=is_drift(worst),
        rank=min((row.rank for row in between if row.rank), default=0),
        kind=worst.kind if is_judged(worst) else "",
        actor=worst.actor,
        owner=worst.owner,
    )


def _weight(row: Divergence) -> tuple[bool, int, str]:
    """What makes a row the one to speak of: that it is drift, what kind of it, and its age."""
    return not is_drift(row), _PLACES.get(row.kind, len(_PLACES)), row.since or _LATEST


def odd_lines(found: Found, page: Page, *, now: str | None, room: int) -> list[Line]:
    """A heading and the most surprising paths, within so many lines."""
    owner_lines = any(one.owner for one in found.odd)
    shown = found.odd[: max(room - 2 - owner_lines, 1)]
    if not shown and found.by_design:
        text = f"nothing that is drift; {count(found.by_design + found.own)} facts differ"
        return [[span("What differs now  ", Style.HEADING), span(text)]]
    if not shown:
        text = f"{count(found.own)} facts, each of which every environment sets for itself"
        return [[span("What differs now  ", Style.HEADING), span(text)]]
    age = max(3, *(len(age_text(one.since, now)) for one in shown))
    who = who_cells([one.actor for one in shown if one.actor and one.drifted], page)
    sharing = max(len(count(one.sharing)) for one in shown)
    owners = [one.owner for one in shown]
    owner = owner_cells(owners, page)
    room_cells = page.width - 8 - sharing - age - sum(one + 2 for one in (who, owner) if one)
    wanted_most = min(max(cells(one.most) for one in shown), _VALUE_CELLS_MAX)
    wanted_others = max(cells(_others(one)) for one in shown)
    wanted = max(what_cells(one.role, one.path) for one in shown)
    what = min(wanted, max(room_cells * 9 // 20, room_cells - wanted_most - wanted_others))
    most, others = shares([max(wanted_most, 6), wanted_others], room_cells - what, least=9)
    stands = all(one.kind == Kind.STANDING for one in found.odd)
    title = f"Standing ({count(len(found.odd))})" if stands else "What differs now"
    lines: list[Line] = [
        [
            left(title, what, Style.HEADING),
            left("  most have", 2 + sharing + 2 + most, Style.QUIET),
            left("  but", 2 + others, Style.QUIET),
            span("  "),
            right("for", age, Style.QUIET),
            *([span("  "), left("moved by", who, Style.QUIET)] if who else []),
            *([span("  "), left(OWNER, owner, Style.QUIET)] if owner else []),
        ]
    ]
    whats = what_column([(one.role, one.path) for one in shown], what)
    lines.extend(
        [
            *named,
            span("  "),
            right(count(one.sharing) if one.sharing else "", sharing, Style.QUIET),
            span("x " if one.sharing else "  ", Style.QUIET),
            left(one.most, most),
            span("  "),
            left(cut(_others(one), others), others, Style.STRONG),
            span("  "),
            right(age_text(one.since, now), age, Style.QUIET),
            *_who(one, who),
            *(
                [span("  "), left(owner_text(one.owner, owner), owner, Style.QUIET)]
                if owner
                else []
            ),
        ]
        for one, named in zip(shown, whats, strict=True)
    )
    owned = owner_line(owners, page)
    return [*lines, *([owned] if owned else []), *_rest(found, len(shown))]


def _rest(found: Found, shown: int) -> list[Line]:
    pieces = []
    if len(found.odd) > shown:
        pieces.append(f"{count(len(found.odd) - shown)} more")
    if found.by_design:
        pieces.append(f"{count(found.by_design)} that do not stand")
    if found.own:
        pieces.append(f"{count(found.own)} without a common value")
    text = f" … and {', '.join(pieces)} (driftline compare LEFT RIGHT)"
    return [[span(text, Style.QUIET)]] if pieces else []


def _who(one: Odd, room: int) -> Line:
    if not room:
        return []
    if one.actor is None or not one.drifted:
        return [span("  "), left("", room)]
    return [span("  "), *class_and_name(one.actor.class_, one.actor.name, room)]


def _text(path: str, state: Side, value: object) -> str:
    if not path and state is Side.PRESENT:
        return "there"
    return side_text(state, value)


def _others(one: Odd) -> str:
    """The environments that differ, those with one value together."""
    by_value: dict[str, list[str]] = {}
    for name, text in one.others:
        by_value.setdefault(text, []).append(span(name).text)
    return ", ".join(f"{' '.join(names)}: {text}" for text, names in by_value.items())
