"""Does what runs follow what was declared, and who left the path?

A declaration and the system it is about are no siblings: nothing differs by
design between them. Either the declaration moved and the system has not
followed yet, or the system moved by itself, or nobody can see it. Left is what
is meant, right is what runs.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import msgspec

from driftline.inventory.compare import Difference
from driftline.inventory.layers.merging import Point
from driftline.inventory.siblings import Found
from driftline.inventory.travel.lateness import DAY
from driftline.inventory.travel.onset import Onset
from driftline.inventory.typed import equal
from driftline.model.ledger import Decision, Entry
from driftline.model.ref import time_text
from driftline.model.verdict import Kind, Verdict

Decide = Callable[[str, str, str | None, str | None], Entry | None]


class Followed(msgspec.Struct, frozen=True):
    """The verdicts of a declaration and its system.

    `verdicts` are aligned with the differences, `missing` are by role.
    """

    verdicts: tuple[Verdict, ...]
    missing: Mapping[str, Verdict]

    def counts(self) -> Counter[Kind]:
        """How many divergences are of each kind."""
        return Counter(one.kind for one in (*self.verdicts, *self.missing.values()))


class Knowledge(msgspec.Struct, frozen=True):
    """What the judgement knows besides the values.

    `at` has the second of each instant. `unseen` gives the reason why nobody
    can say of a role what it is now, or nothing. `seen_at` is the second of the last
    look at the system. `meant` says in a word what the left side is.
    """

    at: Sequence[int]
    now: int
    seen_at: int
    unseen: Callable[[str], str]
    meant: str = "declared"
    decide: Decide | None = None


def followed(found: Found, known: Knowledge) -> Followed:
    """The verdict of every difference, and of every role that one side lacks."""
    judge = _Judge(found, known)
    verdicts = tuple(
        judge.difference(one, onset)
        for one, onset in zip(found.compared.differences, found.onsets, strict=True)
    )
    compared = found.compared
    missing = {
        role: judge.missing(role, is_left=is_left)
        for roles, is_left in (
            (compared.roles_left_only, True),
            (compared.roles_right_only, False),
        )
        for role in roles
    }
    return Followed(verdicts, missing)


class _Judge:
    def __init__(self, found: Found, known: Knowledge) -> None:
        self.found, self.known = found, known

    def difference(self, one: Difference, onset: Onset) -> Verdict:
        """The verdict of one difference."""
        left = one.left.value if one.left else None
        right = one.right.value if one.right else None
        unseen = self.known.unseen(one.role)
        spells = self._spells(one)
        if unseen:
            return Verdict(Kind.UNKNOWN, unseen, None, 0.0, spells)
        if one.status == "unknown":
            return Verdict(Kind.UNKNOWN, "a layer that could not be read may set it", None, 0.0, 1)
        decided = self._decided(one.role, one.address, left, right)
        if decided is not None:
            return decided
        since = self.known.at[onset.instant]
        if onset.moved == "left":
            return self._unapplied(since, spells)
        if onset.kind == "born":
            reason = "different since the system was first looked at"
        else:
            reason = f"changed in the system, and not where it is {self.known.meant}"
        return Verdict(Kind.STANDING, reason, since, self._share(since, one.role), spells)

    def missing(self, role: str, *, is_left: bool) -> Verdict:
        """The verdict of a role that only one side has."""
        found, known = self.found, self.known
        holder, other = (found.left, found.right) if is_left else (found.right, found.left)
        unseen = known.unseen(role)
        if unseen:
            return Verdict(Kind.UNKNOWN, unseen, None, 0.0, 1)
        decided = self._decided(role, "", None, None)
        if decided is not None:
            return decided
        gone = other.gone.get(role)
        since = known.at[max(holder.born[role], gone or 0)]
        if not is_left:
            reason = f"runs, and is {known.meant} nowhere"
            if gone is not None:
                reason = f"runs on; it was {known.meant} until {time_text(since)[:10]}"
            return Verdict(Kind.STANDING, reason, since, 1.0, 1)
        if gone is not None and gone >= holder.born[role]:
            reason = f"removed from the system; it is {known.meant} still"
            return Verdict(Kind.STANDING, reason, since, self._share(since, role), 1)
        return self._unapplied(since, 1)

    def _unapplied(self, since: int, spells: int) -> Verdict:
        """The verdict where the declaration moved and the system has not followed."""
        known, day = self.known, time_text(since)[:10]
        if since > known.seen_at:
            reason = f"{known.meant} after the system was last looked at"
            return Verdict(Kind.IN_FLIGHT, reason, None, 1.0, spells)
        if known.now - since <= DAY:
            reason = f"{known.meant} on {day}, and not followed yet"
            return Verdict(Kind.IN_FLIGHT, reason, None, 1.0, spells)
        reason = f"{known.meant} on {day}, and never followed"
        return Verdict(Kind.STANDING, reason, since + DAY, 1.0, spells)

    def _decided(self, role: str, path: str, left: str | None, right: str | None) -> Verdict | None:
        entry = self.known.decide(role, path, left, right) if self.known.decide else None
        if entry is None or entry.decision is Decision.CLASSIFY:
            return None
        kind = Kind.FROZEN if entry.decision is Decision.FREEZE else Kind.ACCEPTED
        parts = (entry.reason, f"until {entry.until}" if entry.until else "", entry.owner)
        told = ", ".join(part for part in parts if part) or entry.decision.value
        if entry.decision is Decision.IGNORE:
            told = "ignored" if told == entry.decision.value else f"ignored: {told}"
        return Verdict(kind, told, None, 1.0, 1)

    def _share(self, since: int, role: str) -> float:
        """The share of the time that both sides exist in which they were apart, this spell only."""
        sides = (self.found.left, self.found.right)
        begun = max((side.born[role] for side in sides if role in side.born), default=0)
        together = self.known.now - self.known.at[begun]
        return round(min(1.0, (self.known.now - since) / together), 4) if together > 0 else 1.0

    def _spells(self, one: Difference) -> int:
        """How often the two were apart, this time included."""
        left = self.found.left.views[one.role].series.get(one.address, ())
        right = self.found.right.views[one.role].series.get(one.right_address, ())
        begun = max(self.found.left.born[one.role], self.found.right.born[one.role])
        moves = sorted({begun, *(p.instant for p in (*left, *right) if p.instant > begun)})
        apart = [
            not equal(one.address, _value(left, instant), _value(right, instant))
            for instant in moves
        ]
        return max(
            1, sum(now and not before for before, now in zip([False, *apart], apart, strict=False))
        )


def _value(points: Sequence[Point], instant: int) -> str | None:
    value = None
    for point in points:
        if point.instant > instant:
            break
        value = point.value
    return value
