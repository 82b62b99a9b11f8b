"""The answer of `compare`: two refs, one pair, every divergence."""

from driftline.analysis import parity, ranking
from driftline.engine.answering.judging import Judge, counted, with_verdicts
from driftline.engine.answering.referring import Resolved, resolve
from driftline.engine.answering.reporting import folded, gap_notes
from driftline.engine.deciding.ledger_file import ledger_at, ledger_now
from driftline.engine.knowing.known import Known, chronicle_of, side
from driftline.engine.knowing.owning import Owning
from driftline.engine.settings import Settings
from driftline.history.protocol import Store
from driftline.inventory import siblings
from driftline.inventory.acceptance import announcements
from driftline.model.answers.parity import Comparison
from driftline.model.chronicle import instant_of
from driftline.model.ref import Ref, time_text

SCHEMA = "driftline.compare/1"


def answer(
    store: Store, known: Known, left: Ref, right: Ref, settings: Settings, *, now: int, layer: str
) -> Comparison:
    """Compare two environments, or one with its own past."""
    left_at, right_at = resolve(left, known, now=now), resolve(right, known, now=now)
    found = siblings.find(_side(left_at), _side(right_at), known.words)
    judged = None
    told: list[str] = []
    # An environment and its own past are no pair that changes travel between.
    if left_at.environment != right_at.environment:
        second = max(
            _second(one, at, known, now) for one, at in ((left, left_at), (right, right_at))
        )
        # What was decided later says nothing about what stood then.
        path = settings.ledger_path
        ledger = ledger_now(path) if second >= now else ledger_at(path, second)
        told.extend(announcements(ledger, today=time_text(second)[:10]))
        judged = Judge(known, now=second, ledger=ledger).pair(found)
    wanted = {instant_of(act) for act in parity.acts([found])}
    people = chronicle_of(store, known, settings, wanted)
    pair = parity.pair_of(found)
    divergences = Owning(store, known).told(parity.tell(found, people), found)
    if judged is not None:
        pair, divergences = counted(pair, judged.judged), with_verdicts(divergences, judged)
        looks = [look.at for look in known.looks]
        (divergences,) = ranking.ranked([(found, divergences)], at=looks, now=judged.journeys.now)
    return Comparison(
        schema=SCHEMA,
        left_ref=str(left),
        right_ref=str(right),
        left_at=_time(left_at, known),
        right_at=_time(right_at, known),
        layer=layer,
        pair=pair,
        divergences=divergences,
        gaps=gap_notes(known.histories),
        notes=(*told, *folded(known.units.notes)),
        roles=parity.roles_of(found),
    )


def _second(ref: Ref, one: Resolved, known: Known, now: int) -> int:
    """The second that a side is asked for: what was in flight then is told as in flight."""
    if not known.looks:
        return now
    last = known.looks[-1 if one.until is None else one.until].at
    asked = now if one.until is None else ref.instant(now=now)
    return last if asked is None else max(asked, last)


def _side(one: Resolved) -> siblings.Environment:
    return side(one.environment, one.units, until=one.until)


def _time(one: Resolved, known: Known) -> str | None:
    if not known.looks:
        return None
    return time_text(known.looks[-1 if one.until is None else one.until].at)
