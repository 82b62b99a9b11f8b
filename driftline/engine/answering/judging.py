"""What of the differences of a pair is drift: the judgement put together for an answer."""

from collections.abc import Callable, Sequence

import msgspec

from driftline.analysis import spell_notes
from driftline.analysis.judgement import Judged, judge
from driftline.analysis.promotions import promotions
from driftline.engine.knowing.known import Known
from driftline.inventory.acceptance import corrections, decided, frozen
from driftline.inventory.by_design.path_classes import classify_pair
from driftline.inventory.siblings import Found
from driftline.inventory.travel.journeys import Journeys, journeys
from driftline.inventory.travel.spells import SpellRow
from driftline.model.answers.parity import Divergence, Pair
from driftline.model.answers.promotions import Promotion
from driftline.model.answers.spells import SpellNote
from driftline.model.chronicle import Chronicle, instant_of
from driftline.model.ledger import Entry, Ledger
from driftline.model.ref import time_text
from driftline.model.verdict import Kind, Verdict


class PairJudgement(msgspec.Struct, frozen=True):
    """A pair with its judgement and with what it was told from."""

    found: Found
    journeys: Journeys
    judged: Judged

    @property
    def names(self) -> tuple[str, str]:
        """The left and the right environment."""
        return self.found.left.name, self.found.right.name

    def promotions(self) -> tuple[Promotion, ...]:
        """How changes travel between the two."""
        return promotions(self.journeys)


class Judge:
    """Judges pairs of what is known, at one second, by one ledger."""

    def __init__(
        self,
        known: Known,
        *,
        now: int,
        ledger: Ledger | None = None,
    ) -> None:
        self.looks = [look.at for look in known.looks]
        self.words = known.words
        self.now = now
        self.ledger = ledger if ledger is not None else Ledger()
        self.today = time_text(now)[:10]
        self.corrections = corrections(self.ledger, today=self.today)

    def pair(self, found: Found) -> PairJudgement:
        """The judgement of one pair."""
        known = journeys(found, self.looks, now=self.now, words=self.words)
        names = (found.left.name, found.right.name)

        def decide(role: str, path: str, left: str | None, right: str | None) -> Entry | None:
            ledger, today = self.ledger, self.today
            return decided(ledger, names, role, path, left, right, today=today) or frozen(
                ledger, names, role, path, today=today
            )

        classes = classify_pair(found, self.words, self.corrections, at=self.looks, now=self.now)
        judged = judge(
            found,
            known,
            classes=classes,
            decide=decide if self.ledger.entries else None,
        )
        return PairJudgement(found, known, judged)


def counted(pair: Pair, judged: Judged) -> Pair:
    """The pair with its counts of kinds."""
    counts = judged.counts()
    return msgspec.structs.replace(
        pair,
        environmental=counts[Kind.ENVIRONMENTAL],
        in_flight=counts[Kind.IN_FLIGHT],
        standing=counts[Kind.STANDING],
        frozen=counts[Kind.FROZEN],
        accepted=counts[Kind.ACCEPTED],
    )


def with_verdicts(rows: Sequence[Divergence], one: PairJudgement) -> tuple[Divergence, ...]:
    """The divergences of a pair with their verdicts."""
    differences = one.found.compared.differences
    verdicts = {
        (difference.role, difference.address): verdict
        for difference, verdict in zip(differences, one.judged.verdicts, strict=True)
    }
    missing = one.judged.missing
    return tuple(
        _with_verdict(row, verdicts.get((row.role, row.path)) or missing[row.role]) for row in rows
    )


def _with_verdict(row: Divergence, verdict: Verdict) -> Divergence:
    stands_from, threshold = verdict.stands_from, verdict.threshold
    return msgspec.structs.replace(
        row,
        kind=verdict.kind.value,
        reason=verdict.reason,
        stands_from=None if stands_from is None else time_text(stands_from),
        share_of_time_apart=verdict.share_of_time_apart,
        spells=verdict.spells,
        threshold_seconds=None if threshold is None else threshold.seconds,
    )


Chosen = Sequence[tuple[PairJudgement, Sequence[SpellRow]]]


def latest_spells(
    pairs: Sequence[PairJudgement],
    *,
    closed_max: int,
    is_meant: Callable[[SpellRow], bool] | None = None,
) -> list[tuple[PairJudgement, tuple[SpellRow, ...]]]:
    """All spells that last and are news, and the latest closed ones of all pairs together."""
    chosen = []
    for one in pairs:
        rows = one.judged.spells
        meant = rows if is_meant is None else [row for row in rows if is_meant(row)]
        chosen.append((one, spell_notes.latest(meant, closed_max=closed_max)))
    ends = sorted(
        (
            row.stretch.spell.ended_at
            for _, rows in chosen
            for row in rows
            if row.stretch.spell.ended_at is not None
        ),
        reverse=True,
    )
    first = ends[closed_max] + 1 if len(ends) > closed_max else 0
    return [(one, tuple(row for row in rows if _is_within(row, first))) for one, rows in chosen]


def _is_within(row: SpellRow, first: int) -> bool:
    ended = row.stretch.spell.ended_at
    return ended is None or ended >= first


def instants(chosen: Chosen) -> set[int]:
    """The instants whose contributions `spell_rows` will ask for."""
    return {instant_of(act) for _, rows in chosen for act in spell_notes.acts(rows)}


def spell_rows(chosen: Chosen, people: Chronicle, *, now: int) -> tuple[SpellNote, ...]:
    """The chosen spells of all pairs as they are told, newest onset first."""
    told = [
        note for one, rows in chosen for note in spell_notes.tell(one.names, rows, people, now=now)
    ]
    told.sort(key=lambda one: (one.left, one.right, one.role, one.path))
    return tuple(sorted(told, key=lambda one: one.started, reverse=True))


__all__ = [
    "Judge",
    "PairJudgement",
    "counted",
    "instants",
    "latest_spells",
    "spell_rows",
    "with_verdicts",
]
