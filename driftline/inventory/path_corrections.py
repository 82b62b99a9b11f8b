"""What people said about the class of a path, held for every path of the same shape."""

import re
from collections.abc import Sequence

from driftline.inventory.environmental import Classified
from driftline.model import address as addresses
from driftline.model.ledger import Decision, Entry
from driftline.model.verdict import PathClass

_BY_DESIGN = frozenset({"environmental", PathClass.PARAMETER, PathClass.TEMPLATE, PathClass.UNIQUE})


class Corrections:
    """The corrections that concern one pair of environments; the last one that fits wins."""

    def __init__(self, entries: Sequence[Entry], environments: tuple[str, str]) -> None:
        self._entries = [
            (one, _pattern(one.role, "-/."), _pattern(addresses.shape(one.path), "/"))
            for one in reversed(entries)
            if one.decision is Decision.CLASSIFY
            and (not one.environments or not set(one.environments) - set(environments))
        ]

    def applied(self, role: str, address: str, decided: Classified) -> Classified:
        """A class with the correction that fits, if there is one.

        A correction of one path generalises to its shape: what is said of one
        container's memory is said of all containers of the role.
        """
        shape = addresses.shape(address) if self._entries else ""
        for entry, roles, shapes in self._entries:
            if roles.fullmatch(role) and (shapes.fullmatch(shape) or entry.path == address):
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


def _pattern(text: str, marks: str) -> re.Pattern[str]:
    """A pattern in which `**` is anything and `*` anything within a token."""
    parts = re.split(r"(\*\*|\*)", text or "**")
    within = f"[^{re.escape(marks[-1] if marks == '/' else '')}]*" if marks == "/" else ".*"
    written = {"**": ".*", "*": within}
    return re.compile("".join(written.get(one, re.escape(one)) for one in parts), re.DOTALL)
