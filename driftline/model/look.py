"""Looks and what they changed: the ground truth that history keeps.

A look is one reading of one source at one instant; for git it is one commit of
the first-parent chain. Its position orders it in the chain of its source; the
chain can be extended at both ends, so positions may be negative.
"""

import msgspec


class Person(msgspec.Struct, frozen=True, order=True, gc=False):
    """A name and e-mail as the source spelled them; never interpreted here."""

    name: str
    email: str


class Contribution(msgspec.Struct, frozen=True, gc=False):
    """One act inside a look: the inner commit that introduced values, and its author.

    `trailers` are the co-authors and agents that the commit's own text names.
    """

    ref: str
    author: Person
    subject: str
    trailers: tuple[Person, ...] = ()


class Look(msgspec.Struct, frozen=True, gc=False):
    """One reading of one source.

    `at` is the instant it speaks of, in seconds since 1970 UTC, non-decreasing
    along the chain; `ref` is the source's own name for it (a commit's hash).
    `by` is whoever made the look's own commit; `approver` is whoever let it in,
    where that is somebody else and known.
    """

    position: int
    at: int
    ref: str
    by: Person
    approver: Person | None
    subject: str


class FactChange(msgspec.Struct, frozen=True, gc=False):
    """One fact's step inside a look; None is absent.

    `act` is an index into the look's contributions when this fact was
    introduced by another one than its resource's.
    """

    address: str
    before: str | None
    after: str | None
    act: int | None = None


class ResourceChange(msgspec.Struct, frozen=True, gc=False):
    """What one look did to one resource of a source.

    A resource of a source is a document of a file: `file` and `key`. Roles and
    environments are inferred later and never stored as truth. `appeared` and
    `vanished` speak of the resource as a whole; a vanished one lists no facts.
    `act` is an index into the look's contributions.
    """

    file: str
    key: str
    kind: str
    appeared: bool
    vanished: bool
    facts: tuple[FactChange, ...]
    act: int


class GapChange(msgspec.Struct, frozen=True, gc=False):
    """A file that cannot be read from this look on, or can be read again (reason None)."""

    file: str
    reason: str | None


class LookChanges(msgspec.Struct, frozen=True, gc=False):
    """A look with everything it changed; what a source hands to history."""

    look: Look
    contributions: tuple[Contribution, ...]
    resources: tuple[ResourceChange, ...]
    gaps: tuple[GapChange, ...] = ()
