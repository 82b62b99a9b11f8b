"""How the changes of one side reach the other: moves, and the steps they end as.

A move is a point at which the value's meaning changes. Every move of a side
after the sides met is a step of that side, with the other side as its target.
Absence is a value like any other: a setting that one side removes and the other
removes later has been promoted.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from driftline.inventory.layers.merging import Point
from driftline.inventory.typed import meaning
from driftline.model.verdict import Step, StepEnd

ARRIVED = (StepEnd.PROMOTED, StepEnd.SUPERSEDED)


class Move(NamedTuple):
    """A side's value from an instant on. `key` is its meaning; `text` and `act` are the point's."""

    instant: int
    key: Hashable
    text: str | None = None
    act: int = -1


def moves(address: str, points: Sequence[Point], *, born: int) -> tuple[Move, ...]:
    """The moves of a side, the first being what it had when it was born (absence included)."""
    found: list[Move] = []
    if not points or points[0].instant > born:
        found.append(Move(born, None))
    for point in points:
        text = point.value
        if found and found[-1].text == text:
            continue
        key = None if text is None else meaning(address, text)
        if not found or found[-1].key != key:
            found.append(Move(point.instant, key, text, point.act))
    return tuple(found)


def steps(
    source: Sequence[Move],
    target: Sequence[Move],
    at: Callable[[int], int],
    *,
    now: int,
) -> tuple[Step, ...]:
    """The steps of the source and how each ended for the target.

    `at` gives an instant's seconds; `now` is in seconds. Steps begin once both
    sides exist: what moved before had nobody to catch up.
    """
    return travelled(source, target, at, now=now)[0]


def travelled(
    left: Sequence[Move], right: Sequence[Move], at: Callable[[int], int], *, now: int
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps of both sides, each with the other as its target.

    Both directions are found in one pass, because a move that catches up with
    the other side is no news that the other side would have to follow.
    """
    start = max(left[0].instant, right[0].instant)
    if left[-1].instant <= start and right[-1].instant <= start:
        return (), ()
    sides = (_Side(at), _Side(at))
    merged = sorted(
        [(move.instant, 0, move) for move in left] + [(move.instant, 1, move) for move in right],
        key=lambda one: one[0],
    )
    index, last = 0, len(merged)
    while index < last:
        instant = merged[index][0]
        moved: list[Move | None] = [None, None]
        while index < last and merged[index][0] == instant:
            _, number, move = merged[index]
            moved[number] = move
            index += 1
        if instant <= start:
            for side, one in zip(sides, moved, strict=True):
                side.now = one if one is not None else side.now
        else:
            _play(sides, moved)
    return sides[0].all(now), sides[1].all(now)


class _Side:
    """A side as it is played through: its value, its steps, and those not caught up with."""

    def __init__(self, at: Callable[[int], int]) -> None:
        self.at = at
        self.now: Move | None = None
        self.done: dict[int, Step] = {}
        # Steps that wait, oldest first, and when each value was last adopted.
        self.waiting: list[Move] = []
        self.adopted: dict[Hashable, int] = {}

    def key(self) -> Hashable:
        return None if self.now is None else self.now.key

    def adopt(self, move: Move) -> None:
        self.now = move
        self.adopted[move.key] = move.instant

    def end(self, move: Move, end: StepEnd, instant: int) -> None:
        started, ended = self.at(move.instant), self.at(instant)
        lag = ended - started if end in ARRIVED else None
        self.done[move.instant] = Step(move.instant, started, move.text, end, ended, lag, instant)

    def caught_by(self, move: Move) -> bool:
        """Let the other side's move end what it catches up with; whether it did."""
        adopted = self.adopted.get(move.key, -1)
        kept = []
        for step in self.waiting:
            # Any value that was adopted at or after a step catches up with it.
            if adopted < step.instant:
                kept.append(step)
            else:
                same = step.key == move.key
                self.end(step, StepEnd.PROMOTED if same else StepEnd.SUPERSEDED, move.instant)
        is_caught = len(kept) < len(self.waiting)
        self.waiting = kept
        return is_caught

    def withdraw(self, instant: int) -> None:
        for step in self.waiting:
            self.end(step, StepEnd.WITHDRAWN, instant)
        self.waiting = []

    def all(self, now: int) -> tuple[Step, ...]:
        for move in self.waiting:
            started = min(self.at(move.instant), now)
            self.done[move.instant] = Step(
                move.instant, started, move.text, StepEnd.OPEN, None, None, None
            )
        return tuple(self.done[instant] for instant in sorted(self.done))


def _play(sides: tuple[_Side, _Side], moved: Sequence[Move | None]) -> None:
    """One instant: what each side's move ends, and what it begins."""
    for side, move in zip(sides, moved, strict=True):
        if move is not None:
            side.adopt(move)
    agree = sides[0].key() == sides[1].key()
    follows = [
        one is not None and sides[1 - number].caught_by(one) for number, one in enumerate(moved)
    ]
    for number, (side, move) in enumerate(zip(sides, moved, strict=True)):
        if move is None:
            continue
        if agree:
            side.withdraw(move.instant)
        is_together = moved[1 - number] is not None
        if follows[number] or (agree and not is_together):
            end = StepEnd.CO_MOVED if agree and is_together else StepEnd.ADOPTED
            side.end(move, end, move.instant)
        elif is_together and (agree or not follows[1 - number]):
            side.end(move, StepEnd.CO_MOVED, move.instant)
        else:
            # Also of a train, where one look brings the target the last version
            # and the source the next one: that one has yet to arrive.
            side.waiting.append(move)
