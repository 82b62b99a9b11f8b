"""One look at a Kubernetes cluster, into the store: what moved, what is gone, what was not read.

The cluster is one source. Its objects lie in files `namespace/plural.group`,
each beside a companion that says who owns which of its fields. A look that is
broken off at any point loses nothing that was stored, and the next one goes on
from there.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from driftline.engine.clusters.heads import Heads, keep_heads, load_heads
from driftline.engine.clusters.records import RecordKeeper
from driftline.engine.clusters.round import NOWHERE, Round, gap_changes, known_namespaces, place_of
from driftline.engine.clusters.writing import ClusterWriter
from driftline.errors import UsageError
from driftline.history.protocol import Source, Store
from driftline.model.look import Person
from driftline.model.progress import Progress, Unwatched
from driftline.sources.formats.documents import Masking
from driftline.sources.kubernetes.discovery import Discovery, discover, server_version
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.listing import Heard, Read, Unread, everywhere, stretch
from driftline.sources.kubernetes.requesting import (
    Asking,
    Broken,
    Clock,
    Limits,
    Transport,
    Unreachable,
)

SOURCE_KIND = "kubernetes"
OBSERVED = "observed"
SECRETS = "secrets.core"
# Clocks that differ by less are as good as equal.
SKEW_SECONDS_MAX = 60
_OUTSIDE = "not asked for: only some namespaces are"


class ClusterAsked(msgspec.Struct, frozen=True):
    """What of a cluster is to be read.

    `namespaces` restricts the look to some; then what lies outside of
    namespaces is not read. `kinds` are globs such as `deployments.apps`, none
    for all; `not_kinds` are left out. Without `secrets` no Secret is asked for.
    `likely_namespaces` are tried where the server lists nothing across all.
    """

    namespaces: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    secrets: bool = True
    likely_namespaces: tuple[str, ...] = ()
    limits: Limits = Limits()


class Cluster(msgspec.Struct, frozen=True):
    """A cluster that can be asked: its name in the store, who asks, and how."""

    locator: str
    user: str
    namespace: str
    transport: Transport


class KindCount(msgspec.Struct, frozen=True):
    """One kind of one look: how many objects were seen, or why it was not read."""

    kind: str
    objects: int
    reason: str = ""


class ClusterObservation(msgspec.Struct, frozen=True):
    """What one look brought.

    `objects` are all that are known, `moved` those that changed, appeared or
    are gone; `unchanged` were not even parsed. `gaps` holds file and reason.
    `kinds` counts what was read, `skipped` says what is never read, and why.
    """

    source: int
    locator: str
    at: int
    looks_added: int
    objects: int
    moved: int
    facts: int
    parsed: int
    unchanged: int
    questions: int
    waits: int
    gaps: tuple[tuple[str, str], ...]
    kinds: tuple[KindCount, ...]
    skipped: tuple[KindCount, ...]
    notes: tuple[str, ...]


class Looked(msgspec.Struct, frozen=True):
    """A look, and from where a watch can go on.

    `versions` is (kind, namespace or None for everywhere) → the version at
    which that listing ended; what was not read to its end is not among them.
    """

    observation: ClusterObservation
    source: Source
    discovery: Discovery
    heads: Heads
    versions: Mapping[tuple[str, str | None], str]


class SystemClock:
    """The clock of this machine."""

    def now(self) -> float:
        """Seconds on a clock that never goes backwards."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def reach(environ: Mapping[str, str], kubeconfig: Path | None = None, context: str = "") -> Cluster:
    """The cluster of a context of a kubeconfig, or the one that we run in.

    Nothing is asked yet. Raises UsageError when there is no such thing, or when
    driftline was installed without what speaks to clusters.
    """
    try:
        from driftline.sources.kubernetes.collect import Connection
        from driftline.sources.kubernetes.contexts.collect import access
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("driftline"):
            raise
        raise UsageError(
            "kubernetes: driftline was installed without what speaks to clusters "
            f"({error.name}); install it with `pip install 'driftline[kubernetes]'`"
        ) from error
    found = access(environ, kubeconfig, context)
    return Cluster(found.locator, found.user, found.namespace, Connection(found))


def look_at_cluster(
    store: Store,
    cluster: Cluster,
    masking: Masking,
    key_id: str,
    *,
    known_at: int,
    asked: ClusterAsked = ClusterAsked(),  # noqa: B008 - frozen
    clock: Clock | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> ClusterObservation:
    """Read everything once and store what moved.

    `key_id` names the key of `masking`. Raises SourceError when the cluster
    cannot be reached or refuses the credentials; then nothing new is stored but
    what was read before.
    """
    asking = asking_of(cluster, asked, clock or SystemClock(), seed)
    looked = look_closely(
        store, cluster, masking, key_id, asking, known_at=known_at, asked=asked, progress=progress
    )
    return looked.observation


def look_closely(
    store: Store,
    cluster: Cluster,
    masking: Masking,
    key_id: str,
    asking: Asking,
    *,
    known_at: int,
    asked: ClusterAsked,
    progress: Progress | None = None,
) -> Looked:
    """The same, with all that a watch needs to go on from there."""
    watched = progress or Unwatched()
    watched.step("asking what the cluster has", 0, 0)
    discovery = discovered(asking, cluster)
    source = store.register(SOURCE_KIND, cluster.locator, OBSERVED)
    heads = load_heads(store, source.id, key_id)
    at, notes = instant(store, source, asking.at, known_at)
    writer = writer_of(store, source, cluster, at=at, known_at=known_at)
    outside = frozenset(kind.kind for kind in discovery.kinds if not kind.is_namespaced)
    keeper = RecordKeeper(store, source, masking, key_id, cluster_kinds=outside)
    number = store.next_position(source.id) + 1
    server = server_version(asking)
    found = Round(
        heads,
        masking,
        writer.take,
        number,
        hear=keeper.page,
        trusts_versions=heads.server == server,
    )
    heads.server = server
    _read_all(found, discovery, asking, asked, cluster, heads, watched)
    writer.finish(found.vanished, tuple(gap_changes(found.gaps, open_gaps(store, source))))
    keep_heads(store, source.id, key_id, heads)
    keeper.finish(found.gaps, at=at, known_at=known_at, by=Person(cluster.user, ""))
    observation = _told(found, discovery, asking, writer, heads, source, notes, at)
    return Looked(observation, source, discovery, heads, found.versions)


def discovered(asking: Asking, cluster: Cluster) -> Discovery:
    """What the cluster has; raises Unreachable when it does not answer the first question."""
    try:
        return discover(asking)
    except Broken as reason:
        raise Unreachable(
            f"kubernetes {cluster.locator}: the server does not say what it has: {reason}; "
            "nothing was read, and what was stored is safe: try again when it has recovered"
        ) from reason


def open_gaps(store: Store, source: Source) -> dict[str, str]:
    """What cannot be read now, by file."""
    return {gap.file: gap.reason for gap in store.gaps(source.id) if gap.to_position is None}


def asking_of(cluster: Cluster, asked: ClusterAsked, clock: Clock, seed: int) -> Asking:
    """Questions to the cluster."""
    where = f"kubernetes {cluster.locator}"
    return Asking(cluster.transport, clock, where=where, limits=asked.limits, seed=seed)


def writer_of(
    store: Store, source: Source, cluster: Cluster, *, at: int, known_at: int
) -> ClusterWriter:
    """A writer for one look."""
    last = store.tip(source.id)
    by = Person(cluster.user, "")
    since = last.at if last else None
    return ClusterWriter(store, source.id, by=by, at=at, known_at=known_at, since=since)


def instant(
    store: Store, source: Source, server: int | None, known_at: int
) -> tuple[int, list[str]]:
    """The instant of a look by the server's clock, never before the last one; and what is odd."""
    notes = []
    at = known_at if server is None else server
    skew = at - known_at
    if abs(skew) > SKEW_SECONDS_MAX:
        side = "ahead of" if skew > 0 else "behind"
        notes.append(f"the clock of the cluster is {abs(skew):,} s {side} ours; its own is used")
    last = store.tip(source.id)
    if last is not None and at < last.at:
        notes.append(
            f"the clock of the cluster went back by {last.at - at:,} s; the look keeps its place"
        )
        at = last.at
    return at, notes


def wanted(kind: ListedKind, asked: ClusterAsked) -> str:
    """Why a kind is not asked for, or nothing."""
    if kind.name == SECRETS and not asked.secrets:
        return "not asked for: the settings leave Secrets out"
    named = [pattern for pattern in asked.kinds if fnmatchcase(kind.name, pattern)]
    if (asked.kinds and not named) or any(
        fnmatchcase(kind.name, pattern) for pattern in asked.not_kinds
    ):
        return "not asked for: the settings leave this kind out"
    return ""


def _read_all(
    found: Round,
    discovery: Discovery,
    asking: Asking,
    asked: ClusterAsked,
    cluster: Cluster,
    heads: Heads,
    progress: Progress,
) -> None:
    likely = (*asked.likely_namespaces, cluster.namespace)
    total = len(discovery.kinds)
    for done, kind in enumerate(discovery.kinds):
        progress.step("reading the cluster", done, total)
        reason = wanted(kind, asked)
        if reason:
            found.leave(kind.name, reason, place=place_of(kind))
            continue
        if asked.namespaces and not kind.is_namespaced:
            found.leave(kind.name, _OUTSIDE)
            found.gaps[f"{NOWHERE}/*"] = _OUTSIDE
            continue
        if asked.namespaces:
            events = _in(asking, kind, asked.namespaces)
        else:
            events = everywhere(
                asking,
                kind,
                lambda: found.worth_asking(found.namespaces or known_namespaces(heads, likely)),
            )
        found.read(kind, events, asking)
    progress.step("reading the cluster", total, total)
    _not_listed(found, discovery, heads)


def _in(
    asking: Asking, kind: ListedKind, namespaces: Sequence[str]
) -> Iterator[Heard | Read | Unread]:
    for namespace in namespaces:
        yield from stretch(asking, kind, namespace)


def _not_listed(found: Round, discovery: Discovery, heads: Heads) -> None:
    """Kinds that the server did not name: gone with their definition, or merely silent."""
    named = {kind.name for kind in discovery.kinds}
    silent = {group or "core": reason for group, reason in discovery.silent_groups}
    for name in sorted(heads.kinds - named):
        group = name.partition(".")[2]
        if group in silent:
            found.leave(name, silent[group])
        elif discovery.is_told:
            found.forget(name)
        else:
            found.leave(name, "the server would not say whether it still has this kind")
    for group, reason in silent.items():
        found.gaps[f"*/*.{group}"] = reason


def _told(
    found: Round,
    discovery: Discovery,
    asking: Asking,
    writer: ClusterWriter,
    heads: Heads,
    source: Source,
    notes: list[str],
    at: int,
) -> ClusterObservation:
    kinds = [
        KindCount(
            kind.name,
            found.seen.get(kind.name, 0),
            found.gaps.get(f"{place_of(kind)}/{kind.name}", ""),
        )
        for kind in discovery.kinds
    ]
    return ClusterObservation(
        source=source.id,
        locator=source.locator,
        at=at,
        looks_added=writer.looks,
        objects=heads.count,
        moved=writer.objects,
        facts=writer.facts,
        parsed=found.parsed,
        unchanged=found.unchanged,
        questions=asking.questions,
        waits=asking.waits,
        gaps=tuple(sorted(found.gaps.items())),
        kinds=tuple(kinds),
        skipped=tuple(KindCount(kind.name, 0, reason) for kind, reason in discovery.skipped),
        notes=tuple(notes),
    )
