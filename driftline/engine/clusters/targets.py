"""Looking at the clusters that a person named, after the declarations were read."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from driftline.engine.answering.burning import losses
from driftline.engine.knowing.active_sources import keep_reading
from driftline.engine.knowing.known import Known, know
from driftline.engine.knowing.live_sources import CLUSTER, GIVEN
from driftline.engine.knowing.people import people_of
from driftline.engine.remembering import remember
from driftline.engine.secret_key import SecretKey, secret_key
from driftline.engine.settings import Settings
from driftline.errors import DriftlineError, SourceError
from driftline.history.protocol import Source, Store
from driftline.inventory.live.identity import unit_identity
from driftline.model.answers.observed import ObservedCluster
from driftline.model.answers.parity import GapNote
from driftline.model.look import GapChange, Look, LookChanges, Person
from driftline.model.progress import Progress
from driftline.model.ref import time_text

EVERYTHING = "*/*"  # the gap of a cluster that could not be reached at all


class Target(msgspec.Struct, frozen=True):
    """A cluster to look at: a context of a kubeconfig (empty: the present one) and namespaces."""

    context: str = ""
    kubeconfig: Path | None = None
    namespaces: tuple[str, ...] = ()
    reads_secrets: bool = True


class Wish(msgspec.Struct, frozen=True):
    """What is asked for besides reading declarations.

    `rendered` is a folder with what somebody rendered. With `goes_on` a cluster
    that cannot be reached is told in its row, and becomes a gap in its history;
    else it is an error.
    """

    targets: tuple[Target, ...] = ()
    rendered: Path | None = None
    goes_on: bool = False


def targets_of(
    settings: Settings,
    *,
    contexts: Sequence[str] = (),
    kubeconfig: Path | None = None,
    namespaces: Sequence[str] = (),
    reads_secrets: bool = True,
) -> tuple[Target, ...]:
    """The clusters that the command line names, else those of the settings.

    Several sections of the settings about one cluster are one look at it.
    """
    if contexts or kubeconfig is not None:
        return tuple(
            Target(context, kubeconfig, tuple(namespaces), reads_secrets)
            for context in dict.fromkeys(contexts or ("",))
        )
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in settings.kubernetes:
        place = (one.context, one.kubeconfig)
        before = found.get(place)
        # One section without namespaces is about the whole cluster.
        is_whole = not one.namespaces or before == ()
        found[place] = () if is_whole else (*(before or ()), *one.namespaces)
    return tuple(
        Target(
            context,
            Path(file) if file else None,
            tuple(namespaces) or tuple(dict.fromkeys(several)),
            reads_secrets,
        )
        for (context, file), several in found.items()
    )


def look(
    store: Store,
    wish: Wish,
    declared: Sequence[Source],
    settings: Settings,
    *,
    now: int,
    progress: Progress,
) -> tuple[tuple[ObservedCluster, ...], tuple[str, ...]]:
    """Look at each cluster once; a row for each, and notes on what could not be rendered.

    Raises SourceError or UsageError for a cluster that cannot be looked at,
    unless the wish is to go on.
    """
    key = secret_key(settings.store_path, os.environ, key_file=settings.key_file)
    notes = _rendered(store, wish, declared, settings, key, now=now, progress=progress)
    known = know(store, declared, settings, layer="effective")
    likely = _namespaces(known)
    rows = tuple(
        _looked_at(store, target, key, likely, wish, now=now, progress=progress)
        for target in wish.targets
    )
    progress.step("inferring the layout", 0, 0)
    live = [source for source in store.sources() if source.kind == CLUSTER]
    both = know(store, declared, settings, layer="effective", live=live)
    people_of(store, (*both.histories, *both.live), settings)
    # Kept, so that the next status need not compare what runs again.
    losses(store, declared, settings, now=now)
    return rows, notes


def _rendered(
    store: Store,
    wish: Wish,
    declared: Sequence[Source],
    settings: Settings,
    key: SecretKey,
    *,
    now: int,
    progress: Progress,
) -> tuple[str, ...]:
    if wish.rendered is not None:
        from driftline.engine.rendering.given import read_given

        given = read_given(store, wish.rendered, declared, settings, key, now=now)
        remember(store, GIVEN, "ids", msgspec.json.encode((given.source,)))
        return given.notes
    from driftline.engine.rendering.render import render

    remember(store, GIVEN, "ids", b"[]")
    return render(store, declared, settings, key, now=now, progress=progress)


def _namespaces(known: Known) -> tuple[str, ...]:
    """The namespaces that declared objects name, which may be listed where no other may."""
    identities = (
        unit_identity(unit)
        for units in known.units.units.values()
        for unit in units.values()
        if unit.gone is None
    )
    return tuple(sorted({one.namespace for one in identities if one and one.namespace}))


def _looked_at(
    store: Store,
    target: Target,
    key: SecretKey,
    likely: tuple[str, ...],
    wish: Wish,
    *,
    now: int,
    progress: Progress,
) -> ObservedCluster:
    # What speaks to clusters is imported only where one is to be looked at.
    from driftline.engine.clusters.look import ClusterAsked, look_at_cluster, reach
    from driftline.sources.redaction import Redactor

    name = target.context or "the present context"
    try:
        cluster = reach(os.environ, target.kubeconfig, target.context)
        name = cluster.locator
        seen = look_at_cluster(
            store,
            cluster,
            Redactor(key.key, key.key_id),
            key.key_id,
            known_at=now,
            asked=ClusterAsked(
                namespaces=target.namespaces,
                secrets=target.reads_secrets,
                likely_namespaces=likely,
            ),
            seed=now,
            progress=progress,
        )
    except DriftlineError as error:
        if not wish.goes_on:
            raise
        if isinstance(error, SourceError):
            close_off(store, name, str(error), now=now)
        return ObservedCluster(name, None, error=str(error))
    keep_reading(store, [seen.source], now=now)
    return ObservedCluster(
        cluster=seen.locator,
        at=time_text(seen.at),
        objects=seen.objects,
        moved=seen.moved,
        facts_added=seen.facts,
        not_listed=len(seen.skipped),
        gaps=_gap_notes(seen.gaps, seen.locator),
        notes=seen.notes,
    )


def _gap_notes(gaps: Iterable[tuple[str, str]], cluster: str) -> tuple[GapNote, ...]:
    return tuple(GapNote(file, "", reason, cluster) for file, reason in gaps)


def close_off(store: Store, cluster: str, reason: str, *, now: int) -> None:
    """Note that a known cluster cannot be seen from now on; what was seen last stays.

    The next good look opens it again. A cluster that was never seen has nothing
    that could be unknown.
    """
    for source in store.sources():
        if (source.kind, source.locator, source.branch) != (CLUSTER, cluster, "observed"):
            continue
        last = store.tip(source.id)
        told = {gap.file: gap.reason for gap in store.gaps(source.id) if gap.to_position is None}
        if last is None or told.get(EVERYTHING) == reason:
            return
        position = store.next_position(source.id)
        nobody = Person("", "")
        missed = Look(position, max(now, last.at), f"missed {position}", nobody, None, "")
        gap = GapChange(EVERYTHING, reason)
        store.append(source.id, [LookChanges(missed, (), (), (gap,))], known_at=now)
