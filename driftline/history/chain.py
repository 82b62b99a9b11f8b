"""Which positions are on the current chain, after rewinds and deepenings.

A chain is a tuple of closed ranges of positions, ascending. A rewind keeps the
old chain up to its base and goes on above everything ever used; a deepening
puts a range below everything ever used. So order along the chain is always
order of positions, and whatever lies between the ranges was abandoned.
"""

from collections.abc import Iterable

import msgspec

# Beyond every position, and still a literal that SQL engines take for 64 bits.
LAST = 2**62

Ranges = tuple[tuple[int, int], ...]


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """What one epoch did to the chain: kept it up to `base`, and went on from `start`.

    `past` is the range that deepenings put below the chain during this epoch.
    """

    base: int | None
    start: int
    past: tuple[int, int] | None = None


def chain(stretches: Iterable[Stretch]) -> Ranges:
    """The current chain that these epochs, oldest first, leave behind.

    >>> chain([Stretch(None, 0), Stretch(base=5, start=10)])[0]
    (0, 5)
    """
    ranges: list[tuple[int, int]] = []
    for stretch in stretches:
        # From the end, because that is where rewinds are: a source that is
        # rewritten every day must not cost the square of its days.
        while ranges and (stretch.base is None or ranges[-1][0] > stretch.base):
            ranges.pop()
        if ranges and stretch.base is not None:
            ranges[-1] = (ranges[-1][0], min(ranges[-1][1], stretch.base))
        if stretch.past is not None:
            ranges.insert(0, stretch.past)
        ranges.append((stretch.start, LAST))
    return tuple(ranges)


def up_to(ranges: Ranges, position: int) -> Ranges:
    """The part of the chain that ends with this position.

    >>> up_to(((0, 5), (10, 20)), 12)
    ((0, 5), (10, 12))
    """
    return tuple((low, min(high, position)) for low, high in ranges if low <= position)


def contains(ranges: Ranges, position: int) -> bool:
    """Whether the position is on the chain."""
    return any(low <= position <= high for low, high in ranges)


def condition(column: str, ranges: Ranges) -> str:
    """The chain as an SQL condition on a column.

    Halving keeps it shallow: a source that is rewritten every day has a
    thousand ranges, and SQL engines limit the depth of an expression.

    >>> condition("position", ((0, 5), (10, 12)))
    '(CASE WHEN position < 10 THEN position BETWEEN 0 AND 5 ELSE position BETWEEN 10 AND 12 END)'
    """
    if not ranges:
        return "0"
    if len(ranges) == 1:
        low, high = ranges[0]
        return f"{column} BETWEEN {low} AND {high}"
    half = len(ranges) // 2
    left = condition(column, ranges[:half])
    right = condition(column, ranges[half:])
    return f"(CASE WHEN {column} < {ranges[half][0]} THEN {left} ELSE {right} END)"
