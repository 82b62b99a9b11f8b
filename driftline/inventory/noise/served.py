"""What an API server spells otherwise than it was told: versions and quantities."""

from driftline.inventory import typed
from driftline.inventory.noise.kinds import group_of
from driftline.inventory.noise.places import Place
from driftline.inventory.noise.rule import Noise, noise

_SPELLING = noise("spelling")
_VERSION = noise("version")

# Kinds that moved to a group of their own, by their former group.
_MOVED = {"extensions": frozenset({"apps", "networking.k8s.io", "policy"})}
# Shapes of quantities that their names do not tell.
_QUANTITIES = frozenset("averageValue value divisor sizeLimit".split())
_QUANTITY_MAPS = frozenset(
    "hard capacity limits requests max min default defaultRequest maxLimitRequestRatio"
    " overhead podFixed allocatable".split()
)


def respelled(kind: str, at: Place, address: str, left: str, right: str) -> Noise | None:
    """The noise of two values that mean the same, or None where they do not."""
    if typed.equal(address, left, right):
        return _SPELLING
    if address == "/apiVersion":
        return _VERSION if _is_same_kind(left, right) else None
    if _is_quantity(kind, at) and _amount(left) is not None and _amount(left) == _amount(right):
        return _SPELLING
    return None


def _is_same_kind(left: str, right: str) -> bool:
    """Whether two versions of APIs are of one group, or of groups that a kind moved between."""
    one, other = group_of(left), group_of(right)
    return one == other or other in _MOVED.get(one, ()) or one in _MOVED.get(other, ())


def _is_quantity(kind: str, at: Place) -> bool:
    parent = at.shape.rpartition("/")[0].rpartition("/")[2]
    if parent in _QUANTITY_MAPS:
        return True
    if at.key == "value":
        return kind == "HorizontalPodAutoscaler"
    return at.key in _QUANTITIES


def _amount(value: str) -> object:
    text = typed.decode(value) if value[:1] == '"' else value
    return typed.quantity(text)
