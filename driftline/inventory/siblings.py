"""Two environments side by side: the comparison with the onset of every difference.

What analyses receive. It knows instants and acts, but neither clocks nor names.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.compare import Compared, Difference, View, compare
from driftline.inventory.travel.onset import Onset, onset
from driftline.inventory.units import Unit


class Environment(msgspec.Struct, frozen=True):
    """One side: its name, its plane, its views by role, and all units it ever had.

    `born` and `gone` are instants by role, for roles that ended too, and `units`
    holds what these roles were; questions about the present need no `units`.
    """

    name: str
    plane: str
    views: Mapping[str, View]
    born: Mapping[str, int]
    gone: Mapping[str, int | None]
    units: Mapping[str, Unit] = {}


class Found(msgspec.Struct, frozen=True):
    """A pair with its differences before people and times are named."""

    left: Environment
    right: Environment
    compared: Compared
    onsets: Sequence[Onset]


def find(left: Environment, right: Environment, words: frozenset[str]) -> Found:
    """Compare two environments and find the onset of each difference."""
    compared = compare(left.views, right.views, words)
    onsets = [
        _onset(left.views[one.role], right.views[one.role], one) for one in compared.differences
    ]
    return Found(left, right, compared, onsets)


def _onset(left: View, right: View, difference: Difference) -> Onset:
    return onset(
        difference.address,
        left.series.get(difference.address, ()),
        right.series.get(difference.right_address, ()),
        left_born=left.unit.born,
        right_born=right.unit.born,
    )
