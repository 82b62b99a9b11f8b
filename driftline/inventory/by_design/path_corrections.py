"""What people said about the class of a path, held for every path of the same shape."""

from collections.abc import Sequence

import msgspec

from driftline.inventory.acceptance import is_about, pointer
from driftline.inventory.by_design.environmental import Classified
from driftline.model import address as addresses
from driftline.model.ledger import Decision, Entry
from driftline.model.verdict import PathClass

_BY_DESIGN = frozenset({"environmental", PathClass.PARAMETER, PathClass.TEMPLATE, PathClass.UNIQUE})


class Corrections:
    """The corrections that concern one pair of environments; the last one that fits wins.

    A correction of one path generalises to its shape: what is said of one
    container's memory is said of all containers of the role.
    """

    def __init__(self, entries: Sequence[Entry], environments: tuple[str, str]) -> None:
        self._environments = environments
        self._entries = [
            msgspec.structs.replace(one, path=addresses.shape(pointer(one.path)))
            for one in reversed(entries)
            if one.decision is Decision.CLASSIFY
        ]

    def applied(self, role: str, address: str, decided: Classified) -> Classified:
        """A class with the correction that fits, if there is one."""
        for entry in self._entries:
            if is_about(entry, self._environments, role, address):
                return _said(entry, decided)
        return decided


def _said(entry: Entry, decided: Classified) -> Classified:
    by_design = entry.class_ in _BY_DESIGN
    classes = {one.value: one for one in PathClass}
    class_ = classes.get(entry.class_)
    if class_ is None:
        is_same = by_design == decided.is_environmental
        class_ = decided.class_ if is_same or not by_design else PathClass.PARAMETER
    reason = entry.reason or f"said to be {entry.class_}"
    return Classified(class_, reason, by_design, 1.0)
