"""Lists without names that each environment has its own of, so that one may be longer.

Where elements that both sides have differ by design, such as redirects or
host names, the elements that only one side has are no drift either.
"""

from collections.abc import Mapping, Sequence

from driftline.inventory.by_design.environmental import Classified
from driftline.inventory.compare import Difference
from driftline.model import address as addresses
from driftline.model.verdict import PathClass

_REASON = "element of a list that each environment has its own of"


def own_lists(
    differences: Sequence[Difference], classes: Mapping[tuple[str, str], Classified]
) -> dict[tuple[str, str], Classified]:
    """New classes for what only one side has in a list that is each side's own."""
    own: set[tuple[str, str]] = set()
    for one in differences:
        if one.status == "differ" and classes[one.role, one.address].is_environmental:
            own.update((one.role, place) for place in _lists_of(one.address))
    return {
        (one.role, one.address): Classified(
            PathClass.PARAMETER, _REASON, is_environmental=True, confidence=0.6
        )
        for one in differences
        if one.status in ("left only", "right only")
        and not classes[one.role, one.address].is_environmental
        and any((one.role, place) in own for place in _lists_of(one.address))
    }


def _lists_of(address: str) -> list[str]:
    """The lists without names that an address stands in.

    >>> _lists_of("/a/0/b/1/c")
    ['/a', '/a/0/b']
    """
    tokens = addresses.tokens(address)
    return [
        addresses.join(tokens[:place])
        for place, token in enumerate(tokens)
        if addresses.is_position(token)
    ]
