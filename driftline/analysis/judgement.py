"""What of a difference is drift, and since when?

Each divergence of a pair gets one kind, with the reason in words: unknown,
accepted, frozen, environmental, in flight or standing, the first that applies.
The rule, and why it never judges by hindsight, is told in docs/judgement.md.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from driftline.inventory.compare import Difference
from driftline.inventory.siblings import Environment, Found
from driftline.inventory.travel.journeys import Journey, Journeys
from driftline.inventory.travel.lateness import DAY, HOUR
from driftline.inventory.travel.spells import (
    AIMLESS,
    ARRIVING,
    BACK,
    BORN,
    BOTH,
    CAUGHT,
    FIRST,
    FOREIGN,
    LATE,
    RARE,
    Phase,
    SpellRow,
    Stretch,
)
from driftline.model.ledger import Decision, Entry
from driftline.model.ref import time_text
from driftline.model.verdict import Kind, Threshold, Verdict

# The decision about a difference of a role at a path with these two values, if there is one.
Decide = Callable[[str, str, str | None, str | None], Entry | None]


class Classified(Protocol):
    """What the judgement wants to know of a path's class."""

    @property
    def is_environmental(self) -> bool:
        """Whether the path differs between environments by design."""

    @property
    def reason(self) -> str:
        """Why, in words for people."""


class Judged(msgspec.Struct, frozen=True):
    """The judgement of a pair.

    `verdicts` are aligned with the differences of the comparison; `missing` are
    those of roles that one side does not have. `due` is the second at which the
    next difference in flight becomes standing, if nothing happens before.
    """

    verdicts: tuple[Verdict, ...]
    missing: Mapping[str, Verdict]
    spells: tuple[SpellRow, ...]
    due: int | None

    def counts(self) -> Counter[Kind]:
        """How many divergences are of each kind."""
        return Counter(one.kind for one in (*self.verdicts, *self.missing.values()))


def judge(
    found: Found,
    known: Journeys,
    *,
    classes: Mapping[tuple[str, str], Classified],
    decide: Decide | None = None,
) -> Judged:
    """The verdict of every difference of a pair, and every spell that it ever had."""
    return _Judge(found, known, classes, decide).run()


class _Judge:
    def __init__(
        self,
        found: Found,
        known: Journeys,
        classes: Mapping[tuple[str, str], Classified],
        decide: Decide | None,
    ) -> None:
        self.found, self.known = found, known
        self.classes, self.decide = classes, decide
        self.names = (found.left.name, found.right.name)
        self.due: list[int] = []

    def run(self) -> Judged:
        stretches = {
            (one.role, one.address): self.known.spells(one)
            for one in self.known.journeys
            if one.is_seen
        }
        verdicts = tuple(
            self._verdict(one, stretches.get((one.role, one.address), ()))
            for one in self.found.compared.differences
        )
        by_path = {
            (one.role, one.address): verdict
            for one, verdict in zip(self.found.compared.differences, verdicts, strict=True)
        }
        spells = [
            self._row(role, address, stretch, by_path.get((role, address)))
            for (role, address), several in stretches.items()
            for stretch in several
        ]
        compared = self.found.compared
        missing = {
            role: self._missing(role, *sides)
            for roles, sides in (
                (compared.roles_left_only, (self.found.left, self.found.right)),
                (compared.roles_right_only, (self.found.right, self.found.left)),
            )
            for role in roles
        }
        return Judged(verdicts, missing, tuple(spells), min(self.due, default=None))

    def _verdict(self, one: Difference, stretches: Sequence[Stretch]) -> Verdict:
        journey = self.known.by_path.get((one.role, one.address))
        open_now = stretches[-1] if stretches and stretches[-1].spell.ended_at is None else None
        phase = open_now.phases[-1] if open_now is not None else None
        kind, reason = self._kind(one, journey, open_now, phase)
        stands_from = phase.since if kind is Kind.STANDING and phase is not None else None
        threshold = None
        if phase is not None and phase.pace is not None:
            if kind in (Kind.IN_FLIGHT, Kind.STANDING):
                threshold = phase.pace.threshold
            if kind is Kind.IN_FLIGHT and threshold is not None and phase.step_at is not None:
                self.due.append(phase.step_at + threshold.seconds)
        share = self._share(journey, stretches)
        return Verdict(kind, reason, stands_from, share, len(stretches), threshold)

    def _kind(
        self,
        one: Difference,
        journey: Journey | None,
        stretch: Stretch | None,
        phase: Phase | None,
    ) -> tuple[Kind, str]:
        if one.status == "unknown":
            side = self.names[one.left is not None]
            return Kind.UNKNOWN, f"a layer of {side} that could not be read may set it"
        entry = self._entry(one)
        if entry is not None and entry.decision in (Decision.ACCEPT, Decision.IGNORE):
            return Kind.ACCEPTED, _told(entry)
        classified = self.classes.get((one.role, one.address))
        by_design = classified is not None and classified.is_environmental
        if entry is not None and entry.decision is Decision.FREEZE and not by_design:
            # Nobody holds a name or a size back by freezing what bears it.
            return Kind.FROZEN, _told(entry)
        for flag in self.known.flags.get(one.role, ()):
            if flag.until is None and flag.is_at(one.address):
                return Kind.FROZEN, f"it is what freezes {flag.environment}"
        if phase is not None and phase.kind is Kind.FROZEN and phase.freeze is not None:
            since = time_text(phase.freeze.since)[:10]
            return Kind.FROZEN, f"frozen by {phase.freeze.fact} since {since}"
        if classified is not None and by_design:
            return Kind.ENVIRONMENTAL, classified.reason
        if stretch is None or phase is None or journey is None:
            return Kind.STANDING, "they differ, and nothing tells since when"
        is_born = phase.why == BORN
        if classified is None and is_born and stretch.last == journey.path.start:
            return Kind.ENVIRONMENTAL, "different since both exist, and neither has moved"
        if classified is not None and is_born and classified.reason:
            return phase.kind, classified.reason
        return phase.kind, self._reason(stretch, phase)

    def _entry(self, one: Difference) -> Entry | None:
        if self.decide is None:
            return None
        left = one.left.value if one.left else None
        right = one.right.value if one.right else None
        return self.decide(one.role, one.address, left, right)

    def _share(self, journey: Journey | None, stretches: Sequence[Stretch]) -> float:
        if journey is None or not stretches:
            return 0.0
        now = self.known.now
        apart = sum(
            (now if one.spell.ended_at is None else one.spell.ended_at) - one.spell.started_at
            for one in stretches
        )
        together = now - self.known.at(journey.path.start)
        return round(min(1.0, apart / together), 4) if together > 0 else 1.0

    def _row(self, role: str, address: str, stretch: Stretch, verdict: Verdict | None) -> SpellRow:
        phase = stretch.phases[-1]
        if stretch.spell.ended_at is None and verdict is not None:
            return SpellRow(role, address, stretch, verdict.kind, verdict.reason)
        classified = self.classes.get((role, address))
        if classified is not None and classified.is_environmental:
            return SpellRow(role, address, stretch, Kind.ENVIRONMENTAL, classified.reason)
        # A spell that is over is what it was when it was worst.
        stood = next((one for one in stretch.phases if one.kind is Kind.STANDING), phase)
        return SpellRow(role, address, stretch, stood.kind, self._reason(stretch, stood))

    def _reason(self, stretch: Stretch, phase: Phase) -> str:
        """Why a phase is what it is, in words for people."""
        opener = stretch.spell.opened_by
        mover, other = self.names if opener != "right" else self.names[::-1]
        threshold = phase.pace.threshold if phase.pace is not None else None
        allowed = _allowed(threshold) if threshold is not None else ""
        words = {
            ARRIVING: f"{mover} moved; {other} {allowed}",
            LATE: f"{mover} moved and {other} is late: it {allowed}",
            BORN: "different since both exist, though one of them moved",
            BOTH: "both moved in one commit, and not to the same",
            BACK: f"{mover} alone stepped back to what {other} had held",
            FIRST: f"{mover} moved alone, against the usual way",
            AIMLESS: f"{mover} moved alone; no changes like it are known to follow",
            RARE: f"{mover} moved alone; too few changes have travelled this way",
            FOREIGN: f"{other} has a value that {mover} never had",
            CAUGHT: "both moved since, and still they differ",
        }
        if phase.freeze is not None:
            return f"frozen by {phase.freeze.fact}"
        return words[phase.why]

    def _missing(self, role: str, holder: Environment, other: Environment) -> Verdict:
        """The verdict of a role that only the holder has."""
        entry = self.decide(role, "", None, None) if self.decide is not None else None
        now, at = self.known.now, self.known.at
        gone = other.gone.get(role)
        born = holder.born[role]
        since = at(born if gone is None else max(gone, born))
        if entry is not None and entry.decision in (Decision.ACCEPT, Decision.IGNORE):
            return Verdict(Kind.ACCEPTED, _told(entry), None, 1.0, 1)
        if entry is not None and entry.decision is Decision.FREEZE:
            return Verdict(Kind.FROZEN, _told(entry), None, 1.0, 1)
        classified = self.classes.get((role, ""))
        if classified is not None and classified.is_environmental:
            return Verdict(Kind.ENVIRONMENTAL, classified.reason, None, 1.0, 1)
        if gone is not None:
            share = (now - since) / max(1, now - at(max(born, other.born[role])))
            reason = f"{other.name} had it until {time_text(since)[:10]}"
            return Verdict(Kind.STANDING, reason, since, round(min(1.0, share), 4), 1)
        came = [
            one
            for one, later in other.born.items()
            if one in holder.born and holder.born[one] < later <= born
        ]
        back = [
            one
            for one, later in holder.born.items()
            if one in other.born and other.born[one] < later <= born
        ]
        limits = self.known.limits
        both = len(came) + len(back)
        leads = len(came) * 100 >= limits.direction_percent * both
        if both >= limits.direction_steps_min and leads and now - since <= limits.longest_seconds:
            self.due.append(since + limits.longest_seconds)
            reason = f"new in {holder.name}; {len(came)} others came to {other.name} after it"
            return Verdict(Kind.IN_FLIGHT, reason, None, 1.0, 1)
        return Verdict(Kind.ENVIRONMENTAL, f"{other.name} never had it", None, 1.0, 1)


def _allowed(threshold: Threshold) -> str:
    """How much time a follower has, and why so much."""
    span = span_text(threshold.seconds)
    if threshold.level == "default":
        return f"has {span}, as little is known"
    return f"usually follows within {span} ({threshold.steps} steps of the {threshold.level})"


def _told(entry: Entry) -> str:
    parts = [entry.reason, f"until {entry.until}" if entry.until else "", entry.owner]
    told = ", ".join(part for part in parts if part)
    if entry.decision is Decision.IGNORE:
        return f"ignored: {told}" if told else "ignored"
    return told or entry.decision.value


def span_text(seconds: int) -> str:
    """A span of time for people, rounded up to whole hours or days.

    >>> span_text(86400), span_text(3 * 86400), span_text(100)
    ('24 h', '3 d', '1 h')
    """
    hours = -(-seconds // HOUR)
    return f"{hours} h" if seconds <= 2 * DAY else f"{-(-seconds // DAY)} d"
