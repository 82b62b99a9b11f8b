"""The spells of a path of a pair, and what each was at every moment of it.

A spell is an unbroken stretch of difference. It is divided into phases: in
flight while somebody is bringing the change and is not late, standing
otherwise, frozen while a declared freeze holds. A phase depends on nothing that
came after it.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from driftline.inventory.travel.lateness import Limits, Pace
from driftline.inventory.travel.promotion import Move
from driftline.model.verdict import Kind, Spell, Step, StepEnd

SIDES = ("left", "right")

# Why a phase is what it is.
ARRIVING = "arriving"  # younger than its threshold
LATE = "late"  # older than its threshold
BORN = "born"  # different since both exist
BOTH = "both"  # both sides moved in one look
BACK = "stepped back"  # the follower alone, to a value that the leader held before
FIRST = "first"  # the follower alone, to a value of its own
AIMLESS = "aimless"  # nothing is known to travel between them
RARE = "rare"  # too few changes have travelled this way
FOREIGN = "foreign"  # the other side's value was never the opener's
CAUGHT = "caught"  # each step was answered, and still they differ
HELD = "held"  # a freeze is in force


class Freeze(NamedTuple):
    """A declared freeze, in seconds; `until` None: it is in force. `fact` says where it stands."""

    since: int
    until: int | None
    fact: str


class Phase(NamedTuple):
    """A part of a spell, from a second until the next phase or the spell's end."""

    since: int
    kind: Kind
    why: str
    pace: Pace | None = None
    freeze: Freeze | None = None
    step_at: int | None = None


class Stretch(NamedTuple):
    """A spell with its phases, the values at its end, and the move that opened it.

    `last` is the instant of the last move inside it.
    """

    spell: Spell
    phases: tuple[Phase, ...]
    left: Move
    right: Move
    opening: Move | None
    last: int


class SpellRow(NamedTuple):
    """A spell of a path of a role, with what it was judged to be and why."""

    role: str
    address: str
    stretch: Stretch
    kind: Kind
    reason: str


class Path(NamedTuple):
    """What is known of a path of a pair: both sides' moves and steps."""

    left: Sequence[Move]
    right: Sequence[Move]
    left_steps: Sequence[Step]
    right_steps: Sequence[Step]

    @property
    def start(self) -> int:
        """The instant from which both sides exist."""
        return max(self.left[0].instant, self.right[0].instant)


# What was known when a step of a side (0 left, 1 right) began.
PaceAt = Callable[[int, Step], Pace]


def spells(
    path: Path,
    at: Callable[[int], int],
    pace_at: PaceAt,
    *,
    now: int,
    freezes: Sequence[Freeze] = (),
    limits: Limits = Limits(),  # noqa: B008 - a frozen record
) -> tuple[Stretch, ...]:
    """Every spell of a path since both sides exist, oldest first."""
    return _Player(path, at, pace_at, now, freezes, limits).run()


def reached(phases: Sequence[Phase], second: int) -> Phase:
    """The phase in force at a second: a threshold must be exceeded, not only met."""
    found = phases[0]
    for phase in phases[1:]:
        is_due = phase.why == LATE and found.kind is Kind.IN_FLIGHT
        if phase.since < second or (phase.since == second and not is_due):
            found = phase
    return found


def seconds_of(stretch: Stretch, kind: Kind, *, now: int) -> int:
    """How much of a spell was of a kind, in seconds."""
    ended = now if stretch.spell.ended_at is None else stretch.spell.ended_at
    ends = [phase.since for phase in stretch.phases[1:]] + [ended]
    return sum(
        max(0, end - phase.since)
        for phase, end in zip(stretch.phases, ends, strict=True)
        if phase.kind is kind
    )


class _Open(NamedTuple):
    """A spell that is being played: its onset, and who opened it (None: nobody alone)."""

    instant: int
    opener: int | None
    opened_by: str
    opening: Move | None
    why: str


class _Player:
    """A path played instant by instant."""

    def __init__(
        self,
        path: Path,
        at: Callable[[int], int],
        pace_at: PaceAt,
        now: int,
        freezes: Sequence[Freeze],
        limits: Limits,
    ) -> None:
        self.path, self.at, self.pace_at = path, at, pace_at
        self.now, self.freezes, self.limits = now, freezes, limits
        self.moves = (path.left, path.right)
        self.steps = (path.left_steps, path.right_steps)
        self.position = [0, 0]
        self.held: tuple[set[Hashable], set[Hashable]] = (set(), set())

    def run(self) -> tuple[Stretch, ...]:
        start = self.path.start
        later = {one.instant for side in self.moves for one in side if one.instant > start}
        instants = [start, *sorted(later)]
        found: list[Stretch] = []
        opened: _Open | None = None
        phases: list[Phase] = []
        last = start
        for number, instant in enumerate(instants):
            before = self._present() if number else None
            self._advance(instant)
            left, right = self._present()
            if left.key == right.key:
                if opened is not None and before is not None:
                    found.append(self._close(opened, phases, before, last, instant))
                    opened, phases = None, []
                continue
            if opened is None:
                opened = self._opening(instant, is_born=number == 0)
            last = instant
            second = self.at(instant)
            until = self.at(instants[number + 1]) if number + 1 < len(instants) else None
            phases += self._phases(opened, instant, second, until)
        if opened is not None:
            found.append(self._close(opened, phases, self._present(), last, None))
        return tuple(found)

    def _advance(self, instant: int) -> None:
        for number, side in enumerate(self.moves):
            position = self.position[number]
            if not self.held[number]:
                self.held[number].add(side[0].key)
            while position + 1 < len(side) and side[position + 1].instant <= instant:
                position += 1
                self.held[number].add(side[position].key)
            self.position[number] = position

    def _present(self) -> tuple[Move, Move]:
        return self.moves[0][self.position[0]], self.moves[1][self.position[1]]

    def _opening(self, instant: int, *, is_born: bool) -> _Open:
        left, right = self._present()
        if is_born:
            born = (self.path.left[0].instant, self.path.right[0].instant)
            by = "both" if born[0] == born[1] else SIDES[born[1] > born[0]]
            move = {"left": left, "right": right}.get(by)
            return _Open(instant, None, by, move, BORN)
        movers = [number for number, one in enumerate((left, right)) if one.instant == instant]
        if len(movers) > 1:
            return _Open(instant, None, "both", left, BOTH)
        opener = movers[0]
        return _Open(instant, opener, SIDES[opener], (left, right)[opener], "")

    def _phases(self, opened: _Open, instant: int, second: int, until: int | None) -> list[Phase]:
        """The phases from one move to the next."""
        end = self.now if until is None else until
        found = [self._judged(opened, instant, second)]
        if found[0].kind is Kind.IN_FLIGHT and found[0].pace is not None:
            due = self._due(found[0])
            late = found[0]._replace(since=max(second, due), kind=Kind.STANDING, why=LATE)
            if due < second:
                found = [late]
            elif due < end:
                found.append(late)
        return self._frozen(found, end)

    def _judged(self, opened: _Open, instant: int, second: int) -> Phase:
        if opened.opener is None:
            return Phase(second, Kind.STANDING, opened.why)
        source = opened.opener
        step = self._oldest(source, opened.instant, instant)
        if step is None:
            return Phase(second, Kind.STANDING, CAUGHT)
        pace = self.pace_at(source, step)
        why = self._objection(source, pace, opened)
        kind = Kind.STANDING if why else Kind.IN_FLIGHT
        return Phase(second, kind, why or ARRIVING, pace, None, step.started_at)

    def _objection(self, source: int, pace: Pace, opened: _Open) -> str:
        """Why nobody is bringing this, or nothing when somebody is."""
        forwards, backwards = pace.leads(self.limits), pace.follows(self.limits)
        few = pace.arrived < self.limits.promotions_min
        if not forwards and not backwards:
            return BACK if self._is_back(source, opened) else AIMLESS
        if backwards and few:
            return BACK if self._is_back(source, opened) else FIRST
        if few:
            return RARE
        theirs = self._present()[1 - source].key
        return "" if theirs in self.held[source] else FOREIGN

    def _is_back(self, source: int, opened: _Open) -> bool:
        """Whether the opener went to a value that the other side had held before."""
        before = (one.key for one in self.moves[1 - source] if one.instant < opened.instant)
        return opened.opening is not None and opened.opening.key in before

    def _oldest(self, source: int, first: int, instant: int) -> Step | None:
        """The oldest step of the opener that waits at an instant; none waits from before."""
        steps = self.steps[source]
        for number in range(bisect_left(steps, first, key=_instant), len(steps)):
            step = steps[number]
            if step.instant > instant:
                break
            is_own = step.end not in (StepEnd.CO_MOVED, StepEnd.ADOPTED)
            is_waiting = step.ended is None or step.ended > instant
            if is_own and is_waiting:
                return step
        return None

    def _due(self, phase: Phase) -> int:
        """The second from which a step is late; the clock stands still in a freeze."""
        started = phase.since if phase.step_at is None else phase.step_at
        seconds = 0 if phase.pace is None else phase.pace.threshold.seconds
        due = started + seconds
        for freeze in sorted(self.freezes):
            end = self.now if freeze.until is None else freeze.until
            if freeze.since < due and end > started:
                due += end - max(freeze.since, started)
        return due

    def _frozen(self, phases: Sequence[Phase], end: int) -> list[Phase]:
        """The phases with those parts cut out in which a freeze is in force."""
        found: list[Phase] = []
        ends = [phase.since for phase in phases[1:]] + [end]
        for phase, until in zip(phases, ends, strict=True):
            cuts = [(phase.since, phase)]
            for freeze in sorted(self.freezes):
                over = freeze.until
                if (
                    phase.why == BORN
                    or freeze.since > until
                    or (over is not None and over <= phase.since)
                ):
                    continue
                since = max(freeze.since, phase.since)
                held = phase._replace(since=since, kind=Kind.FROZEN, why=HELD, freeze=freeze)
                cuts = [cut for cut in cuts if cut[0] < since] + [(since, held)]
                if over is not None and over <= until:
                    cuts.append((over, phase._replace(since=over)))
            found += [cut for _, cut in cuts]
        return found

    def _close(
        self,
        opened: _Open,
        phases: Sequence[Phase],
        present: tuple[Move, Move],
        last: int,
        ended: int | None,
    ) -> Stretch:
        ended_at = None if ended is None else self.at(ended)
        merged: list[Phase] = []
        for phase in phases:
            # Phases that no time passed in are none; what follows them counts.
            if merged and merged[-1].since == phase.since:
                merged.pop()
            # The first reason stays: it has stood since then, and for that. In
            # flight, each step that waits has a phase of its own.
            if not (merged and merged[-1].kind is phase.kind and _is_one(merged[-1], phase)):
                merged.append(phase)
        if ended_at is not None and len(merged) > 1 and merged[-1].since >= ended_at:
            merged.pop()
        stands = next((one.since for one in merged if one.kind is Kind.STANDING), None)
        spell = Spell(opened.instant, self.at(opened.instant), ended_at, opened.opened_by, stands)
        return Stretch(spell, tuple(merged), *present, opened.opening, last)


def _is_one(before: Phase, after: Phase) -> bool:
    return after.kind is not Kind.IN_FLIGHT or before.step_at == after.step_at


def _instant(step: Step) -> int:
    return step.instant
