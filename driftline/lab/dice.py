"""Seeded chance that falls the same way on every machine and every Python.

Only `random.Random.random` is promised to stay the same between Python
versions, so everything here is built on it and on plain arithmetic: no
logarithms, whose last digit differs between platforms. Each purpose rolls its
own dice, so that a new one never changes what the others fall on.
"""

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """A stream of chance for one purpose.

    >>> Dice(7, "lags").between(1, 6) == Dice(7, "lags").between(1, 6)
    True
    """

    def __init__(self, seed: int, purpose: str) -> None:
        self._source = random.Random(f"{seed}/{purpose}")  # noqa: S311 - a story needs no secrecy

    def share(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._source.random()

    def happens(self, probability: float) -> bool:
        """Whether something of this probability happens this time."""
        return self.share() < probability

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both possible."""
        return least + int(self.share() * (most - least + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items, each equally likely."""
        return items[int(self.share() * len(items))]

    def quantile(self, table: Sequence[tuple[float, int]]) -> int:
        """A draw from a distribution given by its quantiles, straight lines between them.

        The table holds (share, value) in rising order, from share 0 to share 1.

        >>> 10 <= Dice(1, "example").quantile(((0.0, 10), (0.5, 20), (1.0, 90))) <= 90
        True
        """
        share = self.share()
        for (low, least), (high, most) in pairwise(table):
            if share < high:
                return least + int((share - low) / (high - low) * (most - least))
        return table[-1][1]

    def letters(self, alphabet: str, count: int) -> str:
        """A text of so many letters of an alphabet."""
        return "".join(self.pick(alphabet) for _ in range(count))
