"""Which of the differences that a change opens nobody is known to settle.

A pair is judged by itself. What is new to one sibling may be just what another
one says already, or what a third one is known to take over: then the change is
a step of a release, and only the others have not heard of it yet.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.inventory.compare import View
from driftline.inventory.siblings import Environment
from driftline.inventory.typed import equal
from driftline.model.answers.check import CheckedRow, Follower
from driftline.model.verdict import Kind

Sides = Mapping[str, Environment]


def weighed(rows: Sequence[CheckedRow], was: Sides, becomes: Sides) -> list[CheckedRow]:
    """The rows with who said the same before, and with those marked that nobody settles.

    `was` and `becomes` are the environments without and with the change.
    """
    sent = {
        (row.role, row.path, name)
        for row in rows
        if row.kind == Kind.IN_FLIGHT and row.effect in ("opened", "changed")
        for name in movers(row)
    }
    return [_weighed(row, was, becomes, sent) for row in rows]


def movers(row: CheckedRow) -> tuple[str, ...]:
    """The environments of a row that the change moves."""
    sides = {"left": (row.left,), "right": (row.right,), "both": (row.left, row.right)}
    return sides.get(row.moved_by_change, ())


def first_followers(found: Iterable[Follower]) -> tuple[Follower, ...]:
    """One follower for each path and environment: the one with the most arrivals behind it."""
    best: dict[tuple[str, str, str], Follower] = {}
    for one in found:
        key = (one.role, one.path, one.to)
        known = best.get(key)
        if known is None or one.arrived > known.arrived:
            best[key] = one
    return tuple(best[key] for key in sorted(best))


def _weighed(
    row: CheckedRow, was: Sides, becomes: Sides, sent: set[tuple[str, str, str]]
) -> CheckedRow:
    if row.effect not in ("opened", "changed"):
        return row
    names = movers(row)
    already = _already(row, names[0], was, becomes) if len(names) == 1 else ()
    is_new = row.kind == Kind.STANDING and (
        row.effect == "opened" or row.kind_before != Kind.STANDING
    )
    is_sent = any((row.role, row.path, name) in sent for name in names)
    return msgspec.structs.replace(
        row, said_before_by=already, is_unsettled=is_new and not already and not is_sent
    )


def _already(row: CheckedRow, mover: str, was: Sides, becomes: Sides) -> tuple[str, ...]:
    """The siblings that said without the change what the mover says with it."""
    said = becomes[mover].views.get(row.role)
    path = row.right_path if mover == row.right and row.right_path else row.path
    found = []
    for name in becomes:
        view = was[name].views.get(row.role) if name in was else None
        if name == mover or (view is None) != (said is None):
            continue
        if not row.path or equal(path, _value(view, path), _value(said, path)):
            found.append(name)
    return tuple(found)


def _value(view: View | None, path: str) -> str | None:
    point = view.facts.get(path) if view else None
    return point.value if point else None
