"""The answer of `compare`: two refs, one pair, every divergence."""

from driftline.analysis import parity
from driftline.engine.known import Known, chronicle_of, side
from driftline.engine.referring import Resolved, resolve
from driftline.engine.reporting import gap_notes
from driftline.engine.settings import Settings
from driftline.history.protocol import Store
from driftline.inventory import siblings
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
    wanted = {instant_of(act) for act in parity.acts([found])}
    people = chronicle_of(store, known, settings, wanted)
    return Comparison(
        schema=SCHEMA,
        left_ref=str(left),
        right_ref=str(right),
        left_at=_time(left_at, known),
        right_at=_time(right_at, known),
        layer=layer,
        pair=parity.pair_of(found),
        divergences=parity.tell(found, people),
        gaps=gap_notes(known.histories),
        notes=known.units.notes,
        roles=parity.roles_of(found),
    )


def _side(one: Resolved) -> siblings.Environment:
    return side(one.environment, one.units, until=one.until)


def _time(one: Resolved, known: Known) -> str | None:
    if not known.looks:
        return None
    return time_text(known.looks[-1 if one.until is None else one.until].at)
