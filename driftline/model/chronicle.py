"""The looks of all sources in one order: what instants and acts stand for.

Analyses speak of instants, which are positions in this order, and of acts,
which are an instant and the number of a contribution inside its look. Who that
was, and when, is looked up here.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.model.look import Contribution, Look, Person
from driftline.model.ref import time_text

_ACTS_MAX = 4096


class ClassifiedActor(msgspec.Struct, frozen=True):
    """A person or program under one name, its class, and why that class."""

    name: str
    class_: str
    evidence: str


class Chronicle(msgspec.Struct, frozen=True):
    """Every look of every source, oldest first; `sources` has the source of each.

    `contributions` holds those of the instants that were asked for. `actors`
    folds the spellings of people into actors; `assistants` are the co-authors
    that are AI tools.
    """

    looks: Sequence[Look]
    sources: Sequence[int]
    contributions: Mapping[int, Sequence[Contribution]]
    actors: Mapping[Person, ClassifiedActor]
    assistants: frozenset[Person] = frozenset()

    def time(self, instant: int) -> str:
        """The instant as ISO 8601 in UTC."""
        return time_text(self.looks[instant].at)

    def contribution(self, act: int) -> Contribution | None:
        """The contribution an act stands for, if it was loaded."""
        instant, number = divmod(act, _ACTS_MAX)
        made = self.contributions.get(instant, ())
        return made[number] if 0 <= number < len(made) else None

    def last_at_or_before(self, at: int) -> int | None:
        """The last instant that is not after a time in seconds, or None."""
        low, high = 0, len(self.looks)
        while low < high:
            middle = (low + high) // 2
            if self.looks[middle].at <= at:
                low = middle + 1
            else:
                high = middle
        return low - 1 if low else None


def act_of(instant: int, number: int) -> int:
    """The act that is a contribution's number inside the look at an instant."""
    return instant * _ACTS_MAX + min(number, _ACTS_MAX - 1)


def instant_of(act: int) -> int:
    """The instant of an act."""
    return act // _ACTS_MAX
