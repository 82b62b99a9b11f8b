"""How long work tells that it goes on, at no cost when nobody watches."""

from typing import Protocol


class Progress(Protocol):
    """Somebody who may be watching.

    `step` may be called very often and must return at once. `done` counts up
    to `total`; a total of 0 means that the end is not known. A new label
    begins a new stretch of work.
    """

    def step(self, label: str, done: int, total: int) -> None:
        """`done` of `total` units of the work named by `label` are finished."""


class Unwatched:
    """Nobody is watching."""

    def step(self, label: str, done: int, total: int) -> None:
        """Does nothing."""
