"""Which environments are siblings, and in which order a pair reads.

Environments with one dimension are all siblings. Composed ones, such as
`production/eu-west-1`, are siblings when they differ in exactly one dimension.
A pair reads from the less to the more exposed side: staging, production.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from driftline.model.placing import Environment

# From the most private to the most exposed; a name that is none of these
# stands between, where nothing is known about it.
_ORDER = (
    "local development sandbox testing integration demo qa uat acceptance staging preproduction"
).split()
_EXPOSED = "canary production".split()


def order(name: str, canonical: Callable[[str], str]) -> tuple[int, str]:
    """A sort key for environments: private before exposed, then by name."""
    first = canonical(name.split("/", maxsplit=1)[0])
    if first in _ORDER:
        return _ORDER.index(first), name
    if first in _EXPOSED:
        return len(_ORDER) + 1 + _EXPOSED.index(first), name
    return len(_ORDER), name


def are_siblings(left: Environment, right: Environment) -> bool:
    """Whether two environments should resemble each other."""
    mine, theirs = dict(left.dimensions), dict(right.dimensions)
    if mine.keys() != theirs.keys() or len(mine) < 2:
        return True
    return sum(mine[name] != theirs[name] for name in mine) == 1


def pairs(
    environments: Sequence[Environment],
    roles: Mapping[str, frozenset[str]],
    canonical: Callable[[str], str],
    *,
    limit: int,
) -> tuple[tuple[str, str], ...]:
    """The pairs worth comparing, each in reading order.

    `roles` has the roles of each environment now. Environments without a
    common role have nothing to compare. Beyond `limit` pairs, those with the
    most common roles are kept.
    """
    ordered = sorted(environments, key=lambda one: order(one.name, canonical))
    found = []
    for left, right in combinations(ordered, 2):
        common = roles.get(left.name, frozenset()) & roles.get(right.name, frozenset())
        if common and are_siblings(left, right):
            found.append((-len(common), left.name, right.name))
    if len(found) > limit:
        found = sorted(found)[:limit]
    position = {one.name: number for number, one in enumerate(ordered)}
    chosen = [(left, right) for _, left, right in found]
    return tuple(sorted(chosen, key=lambda pair: (position[pair[0]], position[pair[1]])))


def focus(
    candidates: Sequence[tuple[str, str, int]], canonical: Callable[[str], str]
) -> tuple[str, str] | None:
    """The pair that people look at first: production against the sibling nearest to it.

    `candidates` are pairs in reading order with the facts on which they agree.
    Where nothing is called production, it is the pair that agrees on most.

    >>> ours = [("dev", "production", 9), ("staging", "production", 5), ("dev", "staging", 9)]
    >>> focus(ours, lambda name: name)
    ('staging', 'production')
    """

    def weight(one: tuple[str, str, int]) -> tuple[bool, int, int]:
        left, right, agreed = one
        exposed = order(right, canonical)[0] >= len(_ORDER) + 1
        nearest = order(left, canonical)[0]
        return (agreed > 0 and exposed, nearest if nearest < len(_ORDER) else -1, agreed)

    best = max(candidates, key=weight, default=None)
    if best is None:
        return None
    if not weight(best)[0]:
        best = max(candidates, key=lambda one: one[2])
    return best[0], best[1]
