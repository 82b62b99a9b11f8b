"""What was read of stretches of text before, bounded by what it costs to keep.

Successive versions of a file repeat nearly all of their text. The cache keeps
two generations: what was used since the last turn, and what was used before
it. When the young generation has reached half the budget it becomes the old
one, and whatever nobody asked for since is forgotten. Whatever is evicted is
merely read again: equal maps stop being identical, nothing else.
"""

from collections.abc import Hashable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")

BUDGET_BYTES = 128 * 1024 * 1024


class PartCache(Generic[Kept]):
    """Two generations of readings by the text they were read from."""

    __slots__ = ("_half", "_old", "_young", "_young_bytes")

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self._half = budget_bytes // 2
        self._young: dict[Hashable, tuple[Kept, int]] = {}
        self._old: dict[Hashable, tuple[Kept, int]] = {}
        self._young_bytes = 0

    def get(self, text: Hashable) -> Kept | None:
        """What was kept for this text, if it is still there."""
        entry = self._young.get(text)
        if entry is None:
            entry = self._old.pop(text, None)
            if entry is None:
                return None
            self._add(text, entry)
        return entry[0]

    def keep(self, text: Hashable, kept: Kept, cost_bytes: int) -> None:
        """Remember a reading; `cost_bytes` is roughly what keeping it takes."""
        self._add(text, (kept, cost_bytes))

    def _add(self, text: Hashable, entry: tuple[Kept, int]) -> None:
        self._young[text] = entry
        self._young_bytes += entry[1]
        if self._young_bytes > self._half:
            self._old = self._young
            self._young = {}
            self._young_bytes = 0
