"""Every question that surfaces may ask, each one function; the engine's front.

A question opens the store, reads what it must, lets pure code answer, and
closes the store. An answer that was given before is given again from the
store, as long as no look, rule or setting has changed. Each question imports
what it needs when it is asked: the import of everything takes longer than most
answers do.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from driftline import __version__
from driftline.engine import store_place
from driftline.engine.knowing.active_sources import active, active_ids, keep_active
from driftline.engine.knowing.live_sources import live_among
from driftline.engine.remembering import remember
from driftline.engine.secret_key import secret_key
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.history.protocol import Source, Store
from driftline.history.sqlite_store import open_store
from driftline.inventory.metric.weights import METRIC_EPOCH
from driftline.inventory.rules import RULES_VERSION
from driftline.model.answers.observed import Observed
from driftline.model.answers.scan import Scan
from driftline.model.progress import Progress
from driftline.model.ref import parse_ref, time_text
from driftline.model.verdict import Kind

if TYPE_CHECKING:
    from driftline.engine.aligning import answer as aligning
    from driftline.engine.checking import answer as checking
    from driftline.engine.clusters import targets as observing_clusters
    from driftline.engine.deciding import decisions as deciding
    from driftline.engine.deciding import ledger_file
    from driftline.inventory.siblings import Found
    from driftline.model.answers.align import AlignAnswer
    from driftline.model.answers.check import CheckAnswer
    from driftline.model.answers.decisions import DecisionsAnswer
    from driftline.model.answers.history import History
    from driftline.model.answers.layout import LayoutAnswer
    from driftline.model.answers.parity import Comparison
    from driftline.model.answers.promotions import PromotionsAnswer
    from driftline.model.answers.sources import SourcesAnswer
    from driftline.model.answers.spells import SpellsAnswer
    from driftline.model.answers.trend import TrendAnswer

LAYERS = ("effective", "own")
_DAY = 86400


class _Kept(msgspec.Struct, frozen=True):
    """An answer with the seconds between which it is given again."""

    judged_at: int
    until: int
    answer: Scan


@contextmanager
def _store(settings: Settings, *, write: bool) -> Iterator[Store]:
    if write:
        store_place.prepare(settings.store_path)
    store = open_store(settings.store_path, read_only=not write)
    try:
        yield store
    finally:
        store.close()


def observe(
    paths: Sequence[Path],
    settings: Settings,
    *,
    now: int,
    progress: Progress,
    wish: "observing_clusters.Wish | None" = None,
) -> Observed:
    """Read what is new in these repositories into the store; then look at clusters, if wished."""
    from driftline.engine.knowing.known import know
    from driftline.engine.knowing.people import people_of

    with _store(settings, write=True) as store:
        observed, wanted = _observe(store, paths, settings, now=now, progress=progress)
        progress.step("inferring the layout", 0, 0)
        sources = [source for source in store.sources() if source.id in wanted]
        # Inferred now and kept, so that the next question only reads.
        people_of(store, know(store, sources, settings, layer="effective").histories, settings)
        if wish is None:
            return observed
        from driftline.engine.clusters import targets as observing_clusters

        asked = (store, wish, sources, settings)
        clusters, notes = observing_clusters.look(*asked, now=now, progress=progress)
        return msgspec.structs.replace(observed, clusters=clusters, notes=notes)


def _observe(
    store: Store, paths: Sequence[Path], settings: Settings, *, now: int, progress: Progress
) -> tuple[Observed, tuple[int, ...]]:
    # What reads repositories is imported only by questions that read.
    from driftline.engine.reading.reading import read_repository

    key = secret_key(settings.store_path, os.environ, key_file=settings.key_file)
    read = [
        read_repository(store, path, settings, key, now=now, progress=progress) for path in paths
    ]
    observed = Observed(
        schema="driftline.observe/1",
        asked_at=time_text(now),
        repositories=tuple(row for one in read for row in one.rows),
    )
    wanted = tuple(dict.fromkeys(source for one in read for source in one.sources))
    if not paths:
        # Whoever looks at a cluster alone means what was declared before.
        return observed, active_ids(store)
    keep_active(store, wanted, now=now)
    return observed, wanted


def scan(
    paths: Sequence[Path],
    settings: Settings,
    *,
    now: int,
    progress: Progress,
    layer: str = "effective",
) -> Scan:
    """Read these repositories and say how their environments compare."""
    with _store(settings, write=True) as store:
        observed, wanted = _observe(store, paths, settings, now=now, progress=progress)
        progress.step("comparing", 0, 0)
        sources = [source for source in store.sources() if source.id in wanted]
        answer = _told(store, sources, settings, now=now, layer=layer)
        notes = tuple(note for row in observed.repositories for note in row.notes)
        return msgspec.structs.replace(answer, notes=(*notes, *answer.notes))


def status(settings: Settings, *, now: int, layer: str = "effective") -> Scan:
    """How the environments compared at the last look, without reading again."""
    with _store(settings, write=False) as store:
        return _told(store, active(store), settings, now=now, layer=layer)


def _told(
    store: Store, sources: Sequence[Source], settings: Settings, *, now: int, layer: str
) -> Scan:
    answer = _report(store, sources, settings, now=now, layer=layer)
    if not live_among(store.sources()):
        return answer
    from driftline.engine.answering.burning import with_losses

    return with_losses(store, sources, settings, answer, now=now)


def _report(
    store: Store, sources: Sequence[Source], settings: Settings, *, now: int, layer: str
) -> Scan:
    from driftline.engine.deciding import ledger_file

    tips = [
        (source.id, tip.ref if tip else "", first.ref if first else "")
        for source in sources
        for tip, first in [(store.tip(source.id), store.first(source.id))]
    ]
    ledger = ledger_file.ledger_now(settings.ledger_path)
    said = msgspec.json.encode((settings.layout, settings.actors, settings.pairs, ledger)).decode()
    stamp = f"{__version__} {RULES_VERSION}.{METRIC_EPOCH} {tips} {said}"
    kept = store.derived(f"answer/scan/{layer}", stamp)
    if kept is not None:
        before = msgspec.json.decode(kept, type=_Kept)
        if before.judged_at <= now < before.until:
            return msgspec.structs.replace(before.answer, asked_at=time_text(now))
    from driftline.engine.answering import reporting

    compared = reporting.compared(store, sources, settings, now=now, layer=layer)
    answer = reporting.told(store, compared, settings, now=now)
    # What is in flight becomes late by itself, and decisions end with a day.
    until = min(now - now % _DAY + _DAY, now + _DAY if compared.due is None else compared.due)
    remember(store, f"answer/scan/{layer}", stamp, msgspec.json.encode(_Kept(now, until, answer)))
    return answer


def spells(
    settings: Settings,
    *,
    now: int,
    role: str | None = None,
    path: str | None = None,
    pair: tuple[str, str] | None = None,
    layer: str = "effective",
) -> "SpellsAnswer":
    """Every stretch of difference, newest first; of a role, a path or a pair if asked."""
    from driftline.engine.answering import travelling

    with _store(settings, write=False) as store:
        return travelling.spells(
            store, active(store), settings, now=now, role=role, path=path, pair=pair, layer=layer
        )


def promotions(
    settings: Settings,
    *,
    now: int,
    role: str | None = None,
    path: str | None = None,
    pair: tuple[str, str] | None = None,
    layer: str = "effective",
) -> "PromotionsAnswer":
    """How changes travel between environments; of a role, a path or a pair if asked."""
    from driftline.engine.answering import travelling

    with _store(settings, write=False) as store:
        return travelling.promotions(
            store, active(store), settings, now=now, role=role, path=path, pair=pair, layer=layer
        )


def compare(
    left_ref: str,
    right_ref: str,
    settings: Settings,
    *,
    now: int,
    layer: str = "effective",
    shows_noise: bool = False,
    folder: Path = Path(),
) -> "Comparison":
    """Compare environments, one and its past, two of its planes, or files meant from the folder."""
    from driftline.engine.answering import comparing_refs

    refs = parse_ref(left_ref), parse_ref(right_ref)
    with _store(settings, write=False) as store:
        return comparing_refs.answer(
            store,
            active(store),
            refs,
            settings,
            now=now,
            layer=layer,
            shows_noise=shows_noise,
            folder=folder,
        )


def history(
    role: str,
    path: str | None,
    settings: Settings,
    *,
    now: int,
    environment: str | None = None,
    layer: str = "effective",
) -> "History":
    """The life of one path of a role in each environment."""
    from driftline.engine.answering import tracing
    from driftline.engine.knowing.known import know

    del now  # The history of a fact does not depend on when it is asked for.
    with _store(settings, write=False) as store:
        known = know(store, active(store), settings, layer=layer)
        return tracing.answer(store, known, role, path, settings, environment=environment)


def trend(
    settings: Settings,
    *,
    now: int,
    pair: tuple[str, str] | None = None,
    role: str | None = None,
    since: str | None = None,
    layer: str = "effective",
) -> "TrendAnswer":
    """How far one pair, or every pair, drifted over time, and who moved them."""
    from driftline.engine.answering import trending
    from driftline.engine.knowing.known import know

    with _store(settings, write=False) as store:
        known = know(store, active(store), settings, layer=layer)
        return trending.answer(store, known, settings, now=now, pair=pair, role=role, since=since)


def check(
    path: Path,
    settings: Settings,
    *,
    base: str | None,
    head: str,
    asked: "checking.Asked",
    now: int,
    progress: Progress,
) -> "CheckAnswer":
    """What the change between two commits does to parity; only the base is ever stored."""
    from driftline.engine.checking import answer as checking
    from driftline.engine.checking import ground as check_ground

    change = check_ground.change_of(path, base, head)
    if settings.store_path.exists():
        with _store(settings, write=False) as store:
            ground = check_ground.stored_ground(store, change, active_ids(store))
            if ground is not None:
                key = secret_key(settings.store_path, os.environ, key_file=settings.key_file)
                return checking.answer(store, change, ground, settings, key, asked, now=now)
    with _store(settings, write=True) as store:
        key = secret_key(settings.store_path, os.environ, key_file=settings.key_file)
        ground = check_ground.read_ground(
            store,
            path,
            change,
            settings,
            key,
            now=now,
            progress=progress,
            active=active_ids(store),
        )
        return checking.answer(store, change, ground, settings, key, asked, now=now)


def align(asked: "aligning.Asked", settings: Settings, *, now: int) -> "AlignAnswer":
    """A patch that brings values of one environment to another's; it changes nothing."""
    from driftline.engine.aligning import answer as aligning
    from driftline.engine.knowing.known import know
    from driftline.engine.reading.readers import make_reader

    key = secret_key(settings.store_path, os.environ, key_file=settings.key_file)
    with _store(settings, write=False) as store:
        known = know(store, active(store), settings, layer="effective")
        reader = make_reader(key.key, key.key_id)
        return aligning.answer(store, known, asked, settings, reader, now=now)


def decide(
    asked: "deciding.Asked", settings: Settings, *, now: int, is_kept: bool
) -> "ledger_file.Written":
    """Write what was decided into the ledger, or only say what would be written."""
    from driftline.engine.deciding import decisions as deciding
    from driftline.engine.deciding import ledger_file
    from driftline.engine.knowing.known import know

    if settings.ledger_path is None:
        raise UsageError("there is no place for decisions; name one with path in [ledger]")
    with _store(settings, write=False) as store:
        known = know(store, active(store), settings, layer="effective")
        told = _report(store, active(store), settings, now=now, layer="effective")
        by_design = {Kind.ENVIRONMENTAL.value, Kind.UNKNOWN.value}
        counting = frozenset(
            (row.role, row.path) for row in told.divergences if row.kind not in by_design
        )
        entries = deciding.decide(
            asked, known, settings, today=time_text(now)[:10], counting=counting
        )
    return ledger_file.extend(settings.ledger_path, entries, is_kept=is_kept)


def decisions(settings: Settings, *, now: int) -> "DecisionsAnswer":
    """Every decision of the ledger, what it covers now, and what of it has ended or ends soon."""
    from driftline.engine.deciding import decisions as deciding

    def pairs() -> "list[Found]":
        with _store(settings, write=False) as store:
            return deciding.differing(store, active(store), settings, now=now)

    return deciding.answer(settings, today=time_text(now)[:10], pairs=pairs)


def sources(settings: Settings, *, now: int, age_seconds_max: int | None = None) -> "SourcesAnswer":
    """Every source with its last good look, how old that is, and what could not be read."""
    from driftline.engine.answering import source_ages

    with _store(settings, write=False) as store:
        return source_ages.answer(store, now=now, age_seconds_max=age_seconds_max)


def layout(settings: Settings, *, now: int) -> "LayoutAnswer":
    """What was taken for which environment, role and layer."""
    from driftline.engine.answering import laying_out
    from driftline.engine.knowing.known import know

    del now
    with _store(settings, write=False) as store:
        live = live_among(store.sources())
        if live:
            from driftline.engine.planes.sides import know_planes

            planes = know_planes(store, active(store), live, settings)
            return laying_out.answer(planes.known, planes.layout)
        known = know(store, active(store), settings, layer="effective")
        return laying_out.answer(known)
