"""Rows that tell the same thing of several pairs, folded into one.

In a fleet of six, one environment that moved alone differs from five others:
five rows, one story. A story has the environments that hold one value on its
one side, and those that hold the other on its other side.
"""

from collections.abc import Iterable

import msgspec

from driftline.model.answers.parity import Divergence, Side
from driftline.render.kinds import in_order


class Story(msgspec.Struct, frozen=True):
    """Rows of one path with the same two values. `moved` says which side moved.

    `left` and `right` are the environments on each side; `lead` is the row
    that stands for all of them.
    """

    lead: Divergence
    left: tuple[str, ...]
    right: tuple[str, ...]
    rows: tuple[Divergence, ...]
    moved: str

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs that it is about."""
        return tuple((row.left, row.right) for row in self.rows)


def stories(rows: Iterable[Divergence]) -> list[Story]:
    """The rows as people read them, with those that tell the same folded."""
    found: dict[tuple[object, ...], list[Divergence]] = {}
    for row in in_order(rows):
        found.setdefault(_same(row), []).append(row)
    return [_story(several) for several in found.values()]


def _same(row: Divergence) -> tuple[object, ...]:
    """What rows must share to be one story: all but the environment that did not move."""
    shared = (row.kind, row.role, row.path, row.since, row.look, row.cause)
    if row.moved not in {"left", "right"}:
        return (*shared, row.left, row.right)
    held = _value(row.left_state, row.left_value), _value(row.right_state, row.right_value)
    mover, other = (held[0], held[1]) if row.moved == "left" else (held[1], held[0])
    name = row.left if row.moved == "left" else row.right
    return (*shared, name, mover, other)


def _value(state: Side, value: object) -> tuple[Side, str]:
    # Not JSON: a value may hold bytes that are no text anywhere.
    return state, repr(value)


def _story(rows: list[Divergence]) -> Story:
    lead = rows[0]
    if len(rows) == 1:
        return Story(lead, (lead.left,), (lead.right,), (lead,), lead.moved)
    others = tuple(dict.fromkeys(row.right if row.moved == "left" else row.left for row in rows))
    if lead.moved == "left":
        return Story(lead, (lead.left,), others, tuple(rows), "left")
    return Story(lead, others, (lead.right,), tuple(rows), "right")
