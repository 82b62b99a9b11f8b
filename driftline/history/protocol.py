"""The Store protocol: what any backend of the history promises.

A store keeps, for each source, a chain of looks and what each changed. Nothing
is ever rewritten: a rewritten source opens a new epoch, and looks of the old
one stay. A value is JSON text as `driftline.model.document` defines it; None is
absence. Every method that writes is one transaction: after it returns, a kill
loses nothing; before, it leaves nothing behind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from driftline.model.look import Contribution, Look, LookChanges


class Source(msgspec.Struct, frozen=True, gc=False):
    """Somewhere we look, as the store knows it. `branch` is empty for the only one."""

    id: int
    kind: str
    locator: str
    branch: str


class Epoch(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a chain that nobody rewrote.

    Looks of earlier epochs after `base_position` are no longer on the chain.
    """

    number: int
    base_position: int | None
    from_position: int
    reason: str
    known_at: int


class Resource(msgspec.Struct, frozen=True, gc=False):
    """A document of a file of a source, with the positions between which it was there.

    `presence` are half-open intervals of positions on the current chain; the
    last one ends with None while the resource is there.
    """

    id: int
    source: int
    file: str
    key: str
    kind: str
    presence: tuple[tuple[int, int | None], ...]


class Gap(msgspec.Struct, frozen=True, gc=False):
    """A file that could not be read, between two positions (None: still)."""

    source: int
    file: str
    from_position: int
    to_position: int | None
    reason: str


class Step(msgspec.Struct, frozen=True, gc=False):
    """One stored fact change; `act` indexes the contributions of the look at `position`."""

    resource: int
    address: str
    position: int
    before: str | None
    after: str | None
    act: int


class Store(Protocol):
    """Append-only history of any number of sources."""

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written through this opening of the store."""

    def sources(self) -> tuple[Source, ...]:
        """Every registered source, oldest first."""

    def register(self, kind: str, locator: str, branch: str = "") -> Source:
        """The source with this kind, locator and branch; made if it is new."""

    def tip(self, source: int) -> Look | None:
        """The last look of the current chain, or None before the first."""

    def first(self, source: int) -> Look | None:
        """The first look of the current chain."""

    def next_position(self, source: int) -> int:
        """The position that the next appended look must have.

        It lies above every position ever used, abandoned ones included; a new
        source begins wherever its first look says, 0 by custom.
        """

    def epochs(self, source: int) -> tuple[Epoch, ...]:
        """The epochs, oldest first; a source that was never rewritten has one.

        The first begins with the first look: before it there is none.
        """

    def append(self, source: int, looks: Sequence[LookChanges], *, known_at: int) -> None:
        """Add looks after the tip, in order, as one transaction.

        Raises IntegrityError when the positions do not continue the chain, or
        when a change contradicts what is stored: a fact that was not what it
        was before, a resource that appears but is there.
        """

    def open_epoch(
        self, source: int, base_position: int | None, reason: str, *, known_at: int
    ) -> None:
        """Rewind the chain to a position (None: to nothing); later looks continue from there."""

    def extend_past(self, source: int, looks: Sequence[LookChanges], *, known_at: int) -> None:
        """Put looks before the first one, as when a shallow clone was deepened.

        The last of them has the ref of the present first look and replaces its
        listing of everything by what really changed in it. The others take the
        positions just below the lowest one ever used. Raises IntegrityError
        when they do not lead to the facts that are stored.
        """

    def looks(self, source: int) -> tuple[Look, ...]:
        """Every look of the current chain, in order."""

    def contributions(
        self, source: int, positions: Iterable[int]
    ) -> dict[int, tuple[Contribution, ...]]:
        """The contributions of the looks at these positions."""

    def position_at(self, source: int, at: int) -> int | None:
        """The position of the last look at or before an instant, or None."""

    def resources(self, source: int) -> tuple[Resource, ...]:
        """Every resource that was ever on the current chain."""

    def numbers(self, source: int, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """The numbers of single documents, by file and key, without going through all of them.

        Those that the source never had are missing; those that are no longer
        there have theirs.
        """

    def state(self, resources: Iterable[int], position: int | None) -> dict[int, dict[str, str]]:
        """The facts of each resource after the look at a position; None is the tip.

        A resource that was not there then is missing from the result. Raises
        UsageError for the position of an abandoned look.
        """

    def steps(self, resources: Iterable[int]) -> Iterator[Step]:
        """Every fact change of these resources on the current chain.

        Ordered by resource, address, position. A resource that vanishes ends
        each of its facts with a step to None.
        """

    def gaps(self, source: int) -> tuple[Gap, ...]:
        """Every gap of the current chain, oldest first."""

    def change_counts(self, source: int) -> Mapping[int, Mapping[str, int]]:
        """Resource → address → number of steps; creation of a whole resource is not counted."""

    def acts(self, source: int) -> tuple[tuple[int, int, int], ...]:
        """(position, act, number of fact changes) for each act of the current chain.

        Every contribution has its row, also one that changed no fact; the
        number counts `steps`.
        """

    def derived(self, name: str, stamp: str) -> bytes | None:
        """A derived answer kept under this name, if it was made under this very stamp."""

    def keep_derived(self, name: str, stamp: str, body: bytes) -> None:
        """Keep a derived answer; it replaces the one of the same name under another stamp."""

    def drop_derived(self) -> None:
        """Forget everything derived; it can be computed again."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside sees one instant of the store, whatever others write.

        Nothing can be written inside. Keep it short.
        """

    def verify(self) -> list[str]:
        """What is wrong with the store, in sentences; empty when it is sound."""

    def close(self) -> None:
        """Release the store."""
