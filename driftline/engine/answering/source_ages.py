"""The answer of `sources`: where we look, how long ago we last saw, and what we could not see."""

from driftline.analysis.staleness import staleness
from driftline.engine.knowing.active_sources import active_ids, readings
from driftline.engine.knowing.live_sources import CLUSTER, RENDERED, declared_among
from driftline.errors import UsageError
from driftline.history.protocol import Source, Store
from driftline.model.answers.parity import GapNote
from driftline.model.answers.sources import SourceNote, SourcesAnswer
from driftline.model.plane import Plane
from driftline.model.ref import time_text

SCHEMA = "driftline.sources/1"


def answer(store: Store, *, now: int, age_seconds_max: int | None = None) -> SourcesAnswer:
    """Every source that questions are about; raises UsageError where nothing was read."""
    every = store.sources()
    if not every:
        raise UsageError(
            "nothing was read yet; run `driftline scan PATH` or `driftline observe` first"
        )
    wanted = active_ids(store)
    old = {one.id for one in declared_among(every)} - set(wanted) if wanted else set()
    seen = readings(store)
    rows = [
        _note(store, source, seen, now=now, age_seconds_max=age_seconds_max)
        for source in every
        if source.id not in old and source.kind != RENDERED
    ]
    rows.sort(key=lambda row: (-(row.age_seconds or 0), row.kind, row.locator, row.branch))
    notes = []
    if old:
        notes.append(f"sources in this history that the last reading did not use: {len(old)}")
    return SourcesAnswer(SCHEMA, time_text(now), tuple(rows), tuple(notes))


def _note(
    store: Store,
    source: Source,
    seen: dict[int, tuple[int, ...]],
    *,
    now: int,
    age_seconds_max: int | None,
) -> SourceNote:
    read = seen.get(source.id, ())
    looks = store.looks(source.id)
    if not read and source.kind == CLUSTER:
        # A look at a cluster is as old as it says; what a tool records is read with it.
        read = tuple(look.at for look in looks if not look.ref.startswith("missed"))
    age = staleness(read, now=now, age_seconds_max=age_seconds_max)
    refs = {look.position: look.ref for look in looks}
    return SourceNote(
        kind=source.kind,
        plane=source.branch if source.kind == CLUSTER else Plane.DECLARED.value,
        locator=source.locator,
        branch="" if source.kind == CLUSTER else source.branch,
        looks=len(looks),
        last_look=time_text(looks[-1].at) if looks else None,
        last_read=time_text(read[-1]) if read else None,
        age_seconds=age.age_seconds,
        usual_seconds=age.usual_seconds,
        limit_seconds=age.limit_seconds,
        is_stale=age.is_stale,
        gaps=tuple(
            GapNote(gap.file, refs.get(gap.from_position, ""), gap.reason, source.locator)
            for gap in store.gaps(source.id)
            if gap.to_position is None
        ),
    )
