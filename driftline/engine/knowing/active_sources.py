"""Which sources questions are about, and when each was read: what the last readings left behind."""

from collections.abc import Iterable, Sequence

import msgspec

from driftline.engine.knowing.live_sources import declared_among
from driftline.engine.remembering import remember
from driftline.errors import UsageError
from driftline.history.protocol import Source, Store

READINGS_KEPT = 20
_ACTIVE, _READINGS, _STAMP = "active sources", "readings", "ids"


def active_ids(store: Store) -> tuple[int, ...]:
    """The declared sources that the last reading used."""
    kept = store.derived(_ACTIVE, _STAMP)
    return msgspec.json.decode(kept, type=tuple[int, ...]) if kept is not None else ()


def active(store: Store) -> list[Source]:
    """The declared sources that the last reading used; raises UsageError where nothing was read."""
    kept = store.derived(_ACTIVE, _STAMP)
    sources = store.sources()
    if not sources:
        raise UsageError(
            "nothing was read yet; run `driftline scan PATH` or `driftline observe` first"
        )
    declared = declared_among(sources)
    if kept is None:
        from driftline.engine.knowing.fleet import as_one

        # Nothing but the base of a check was read so far.
        return list(as_one(declared))
    wanted = msgspec.json.decode(kept, type=set[int])
    return [source for source in declared if source.id in wanted]


def keep_active(store: Store, ids: Sequence[int], *, now: int) -> None:
    """Remember that these declared sources are what questions are about, and were read now."""
    remember(store, _ACTIVE, _STAMP, msgspec.json.encode(ids))
    keep_reading(store, ids, now=now)


def keep_reading(store: Store, ids: Iterable[int], *, now: int) -> None:
    """Remember that these sources were read well, at a second."""
    known = readings(store)
    for one in ids:
        known[one] = (*known.get(one, ())[-READINGS_KEPT + 1 :], now)
    remember(store, _READINGS, _STAMP, msgspec.json.encode(known))


def readings(store: Store) -> dict[int, tuple[int, ...]]:
    """The seconds at which each source was read well, oldest first; only the latest are kept."""
    kept = store.derived(_READINGS, _STAMP)
    return {} if kept is None else msgspec.json.decode(kept, type=dict[int, tuple[int, ...]])
