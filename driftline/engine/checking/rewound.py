"""A store as it was when one of its sources stood at an earlier look.

A change is judged by what its branch knew when it parted: what happened on the
main branch since then is neither its doing nor its omission. Every question can
be asked of such a store, and nothing can be written through it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

import msgspec

from driftline.errors import UsageError
from driftline.history.protocol import Epoch, Gap, Resource, Source, Step, Store
from driftline.model.look import Contribution, Look, LookChanges


class RewoundStore:
    """Reads a store as if one source had ended with the look at a position."""

    def __init__(self, store: Store, source: int, position: int) -> None:
        self._store = store
        self._source = source
        self._position = position

    @property
    def is_read_only(self) -> bool:
        """Always: the past is not written."""
        return True

    def sources(self) -> tuple[Source, ...]:
        """Every source; only one of them is rewound."""
        return self._store.sources()

    def register(self, kind: str, locator: str, branch: str = "") -> Source:
        """Refused."""
        del kind, locator, branch
        raise self._refusal()

    def tip(self, source: int) -> Look | None:
        """The last look; of the rewound source the one at the position."""
        if source != self._source:
            return self._store.tip(source)
        looks = self.looks(source)
        return looks[-1] if looks else None

    def first(self, source: int) -> Look | None:
        """The first look."""
        first = self._store.first(source)
        is_later = first is not None and source == self._source and first.position > self._position
        return None if is_later else first

    def next_position(self, source: int) -> int:
        """The position after everything that was ever used."""
        return self._store.next_position(source)

    def epochs(self, source: int) -> tuple[Epoch, ...]:
        """The epochs that had begun."""
        return tuple(
            one
            for one in self._store.epochs(source)
            if source != self._source or one.from_position <= self._position
        )

    def append(self, source: int, looks: Sequence[LookChanges], *, known_at: int) -> None:
        """Refused."""
        del source, looks, known_at
        raise self._refusal()

    def open_epoch(
        self, source: int, base_position: int | None, reason: str, *, known_at: int
    ) -> None:
        """Refused."""
        del source, base_position, reason, known_at
        raise self._refusal()

    def extend_past(self, source: int, looks: Sequence[LookChanges], *, known_at: int) -> None:
        """Refused."""
        del source, looks, known_at
        raise self._refusal()

    def looks(self, source: int) -> tuple[Look, ...]:
        """The looks up to the position."""
        looks = self._store.looks(source)
        if source != self._source:
            return looks
        return tuple(one for one in looks if one.position <= self._position)

    def contributions(
        self, source: int, positions: Iterable[int]
    ) -> dict[int, tuple[Contribution, ...]]:
        """As stored."""
        return self._store.contributions(source, positions)

    def position_at(self, source: int, at: int) -> int | None:
        """The position of the last look at or before an instant."""
        found = [one.position for one in self.looks(source) if one.at <= at]
        return found[-1] if found else None

    def resources(self, source: int) -> tuple[Resource, ...]:
        """The documents that had been there, present as they were then."""
        found = self._store.resources(source)
        if source != self._source:
            return found
        rewound = (msgspec.structs.replace(one, presence=self._presence(one)) for one in found)
        return tuple(one for one in rewound if one.presence)

    def numbers(self, source: int, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """As stored: a document has one number for ever."""
        return self._store.numbers(source, names)

    def state(self, resources: Iterable[int], position: int | None) -> dict[int, dict[str, str]]:
        """The facts after the look at a position; None is the last look that is seen."""
        if position is not None:
            return self._store.state(resources, position)
        wanted = list(resources)
        rewound = self._rewound(wanted)
        found = self._store.state([one for one in wanted if one not in rewound], None)
        return found | self._store.state(rewound, self._position)

    def steps(self, resources: Iterable[int]) -> Iterator[Step]:
        """The fact changes up to the position."""
        wanted = list(resources)
        rewound = self._rewound(wanted)
        for step in self._store.steps(wanted):
            if step.position <= self._position or step.resource not in rewound:
                yield step

    def gaps(self, source: int) -> tuple[Gap, ...]:
        """The gaps that had opened; those that closed later are open."""
        found = self._store.gaps(source)
        if source != self._source:
            return found
        return tuple(
            msgspec.structs.replace(one, to_position=self._end(one.to_position))
            for one in found
            if one.from_position <= self._position
        )

    def change_counts(self, source: int) -> Mapping[int, Mapping[str, int]]:
        """Counts of the whole chain; no question about a change needs others."""
        return self._store.change_counts(source)

    def acts(self, source: int) -> tuple[tuple[int, int, int], ...]:
        """The acts up to the position."""
        found = self._store.acts(source)
        if source != self._source:
            return found
        return tuple(one for one in found if one[0] <= self._position)

    def derived(self, name: str, stamp: str) -> bytes | None:
        """What was derived under this very stamp, which names the last look."""
        return self._store.derived(name, stamp)

    def keep_derived(self, name: str, stamp: str, body: bytes) -> None:
        """Refused."""
        del name, stamp, body
        raise self._refusal()

    def drop_derived(self) -> None:
        """Refused."""
        raise self._refusal()

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside sees one instant of the store."""
        return self._store.snapshot()

    def verify(self) -> list[str]:
        """What is wrong with the store itself."""
        return self._store.verify()

    def close(self) -> None:
        """Nothing: the store belongs to whoever opened it."""

    def _presence(self, one: Resource) -> tuple[tuple[int, int | None], ...]:
        return tuple(
            (start, self._end(end)) for start, end in one.presence if start <= self._position
        )

    def _end(self, position: int | None) -> int | None:
        return None if position is None or position > self._position else position

    def _rewound(self, resources: Iterable[int]) -> frozenset[int]:
        own = {one.id for one in self._store.resources(self._source)}
        return frozenset(own.intersection(resources))

    def _refusal(self) -> UsageError:
        return UsageError("the past of a store cannot be written; open the store itself")
