"""Values that say as little as none: empty containers, and zeros that the server drops."""

from driftline.inventory.noise.places import Place
from driftline.inventory.noise.rule import Noise, noise

# Where an empty mapping is a choice: what it selects, or what kind of volume it is.
_PRESENCE = frozenset(
    "emptyDir podSelector namespaceSelector selector labelSelector objectSelector"
    " selfManaged allowAll".split()
)
# Where `false` is not what absence means.
_FALSE_MATTERS = frozenset(
    "automountServiceAccountToken allowPrivilegeEscalation enableServiceLinks hostUsers"
    " attachRequired allocateLoadBalancerNodePorts enabled".split()
)
# Where `0` is what absence means; it hardly ever is.
_ZERO_IS_ABSENT = frozenset(
    "minReadySeconds initialDelaySeconds hostPort nodePort healthCheckNodePort".split()
)
# Where empty text is a choice.
_TEXT_MATTERS = frozenset({"storageClassName", "volumeName", "loadBalancerClass"})

_EMPTY = noise("empty")
_ZERO = noise("zero")


def zero(at: Place, value: str, *, is_custom: bool) -> Noise | None:
    """The noise of a value that says no more than its absence, or None where it does.

    >>> from driftline.inventory.noise.places import place
    >>> zero(place("/spec/template/spec/securityContext"), "{}", is_custom=False).rule
    'empty'
    >>> zero(place("/spec/podSelector"), "{}", is_custom=False) is None
    True
    """
    if value == "null":
        return _EMPTY
    if at.is_element or at.is_open:
        return None
    if value in ("{}", "[]"):
        return None if value == "{}" and at.key in _PRESENCE else _EMPTY
    if is_custom:
        return None
    if value == "false":
        return None if at.key in _FALSE_MATTERS else _ZERO
    if value == "0":
        return _ZERO if at.key in _ZERO_IS_ABSENT else None
    if value == '""':
        return None if at.key in _TEXT_MATTERS else _ZERO
    return None
