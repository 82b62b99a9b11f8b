"""A cluster followed as it changes: one whole look, and then a look for each batch of events.

From time to time, and whenever a definition of kinds changes, there is a whole
look again: a watch alone cannot see what it was never told.
"""

import threading
from collections.abc import Callable, Iterator

import msgspec

from driftline.engine.clusters.followers import Ended, Followers, latest
from driftline.engine.clusters.heads import Heads, keep_heads
from driftline.engine.clusters.look import (
    Cluster,
    ClusterAsked,
    Looked,
    SystemClock,
    asking_of,
    instant,
    look_closely,
    open_gaps,
    writer_of,
)
from driftline.engine.clusters.round import Round, gap_changes
from driftline.history.protocol import Store
from driftline.sources.formats.documents import Masking
from driftline.sources.kubernetes.discovery import DEFINITIONS
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.listing import Heard, Read, Unread, stretch
from driftline.sources.kubernetes.requesting import Asking, Clock, Unreachable
from driftline.sources.kubernetes.watching import DELETED, WATCH_SECONDS, Told

BATCH_SECONDS = 2.0
RELOOK_SECONDS = 1_800.0
RETRY_SECONDS = 30.0
# What is remembered of a large cluster takes a while to write.
_KEEP_SECONDS = 60.0
_SETTLE_SECONDS = 5.0
_WAIT_SECONDS = 0.5
_EXPIRED, _NOT_FOUND = 410, 404
# Kinds by which other kinds come and go.
_DEFINITIONS = frozenset({DEFINITIONS, "apiservices.apiregistration.k8s.io"})


class News(msgspec.Struct, frozen=True):
    """What was stored or noticed while watching.

    `is_whole` is true for a whole look; `events` counts what was told since the
    last news, `moved` and `facts` what of it changed anything.
    """

    at: int
    is_whole: bool
    events: int
    moved: int
    facts: int
    notes: tuple[str, ...] = ()


class Watching(msgspec.Struct, frozen=True):
    """How patiently a cluster is watched."""

    batch_seconds: float = BATCH_SECONDS
    relook_seconds: float = RELOOK_SECONDS
    retry_seconds: float = RETRY_SECONDS
    watch_seconds: int = WATCH_SECONDS


def watch(
    store: Store,
    cluster: Cluster,
    masking: Masking,
    key_id: str,
    stop: threading.Event,
    *,
    now: Callable[[], int],
    tell: Callable[[News], None],
    asked: ClusterAsked = ClusterAsked(),  # noqa: B008 - frozen
    watching: Watching = Watching(),  # noqa: B008 - frozen
    clock: Clock | None = None,
    seed: int = 0,
) -> None:
    """Look once, then store what is told until `stop` is set.

    `now` is our own clock in seconds since 1970. Raises SourceError when the
    first look does, and when the credentials are refused later; a server that
    cannot be reached for a while is waited for.
    """
    one = _Watch(
        store,
        cluster,
        masking,
        key_id,
        stop,
        now,
        tell,
        asked,
        watching,
        clock or SystemClock(),
        seed,
    )
    one.run()


class _Watch:
    """One watch with what it knows."""

    def __init__(
        self,
        store: Store,
        cluster: Cluster,
        masking: Masking,
        key_id: str,
        stop: threading.Event,
        now: Callable[[], int],
        tell: Callable[[News], None],
        asked: ClusterAsked,
        watching: Watching,
        clock: Clock,
        seed: int,
    ) -> None:
        self._store = store
        self._cluster = cluster
        self._masking = masking
        self._key_id = key_id
        self._stop = stop
        self._now = now
        self._tell = tell
        self._asked = asked
        self._watching = watching
        self._clock = clock
        self._seed = seed
        self._followers = Followers(stop, watch_seconds=watching.watch_seconds)
        self._asking = self._fresh()
        self._looked: Looked | None = None
        self._heads = Heads()
        self._skew_seconds = 0
        self._look_at = 0.0
        self._keep_at = 0.0

    def run(self) -> None:
        """Until somebody says stop."""
        self._whole()
        try:
            while not self._stop.is_set():
                if self._clock.now() >= self._look_at:
                    self._whole_again()
                batch, ended = self._batch()
                if batch:
                    self._store_batch(batch)
                for one in ended:
                    self._take_up(one)
                if self._heads.is_changed and self._clock.now() >= self._keep_at:
                    self._keep()
        finally:
            self._keep()

    def _fresh(self) -> Asking:
        """Questions with a time budget of their own."""
        return asking_of(self._cluster, self._asked, self._clock, self._seed)

    def _whole(self) -> None:
        asking, known_at = self._fresh(), self._now()
        looked = look_closely(
            self._store,
            self._cluster,
            self._masking,
            self._key_id,
            asking,
            known_at=known_at,
            asked=self._asked,
        )
        self._looked, self._heads = looked, looked.heads
        seen = looked.observation
        self._skew_seconds = seen.at - known_at
        self._look_at = self._clock.now() + self._watching.relook_seconds
        kinds = {kind.name: kind for kind in looked.discovery.kinds}
        for (name, namespace), version in looked.versions.items():
            self._followers.follow(self._asking, kinds[name], namespace, version)
        self._tell(News(seen.at, True, 0, seen.moved, seen.facts, seen.notes))

    def _whole_again(self) -> None:
        self._keep()
        try:
            self._whole()
        except Unreachable as error:
            self._look_at = self._clock.now() + self._watching.retry_seconds
            self._tell(News(self._now(), True, 0, 0, 0, (str(error),)))

    def _batch(self) -> tuple[list[Told], list[Ended]]:
        """What is told within the time of a batch, which begins with its first event."""
        told: list[Told] = []
        ended: list[Ended] = []
        until = self._clock.now() + _WAIT_SECONDS
        while not self._stop.is_set():
            left = until - self._clock.now()
            event = self._followers.heard(left)
            if event is None:
                break
            if isinstance(event, Ended):
                ended.append(event)
            else:
                if not told:
                    until = self._clock.now() + self._watching.batch_seconds
                told.append(event)
        return told, ended

    def _store_batch(self, batch: list[Told]) -> None:
        if self._looked is None:
            return
        source = self._looked.source
        known_at = self._now()
        at, _ = instant(self._store, source, known_at + self._skew_seconds, known_at)
        writer = writer_of(self._store, source, self._cluster, at=at, known_at=known_at)
        number = self._store.next_position(source.id) + 1
        found = Round(self._heads, self._masking, writer.take, number)
        for event in latest(batch):
            if event.kind.name in _DEFINITIONS:
                # Objects may have other defaults now without a write of theirs.
                self._heads.server = ""
                self._look_at = min(self._look_at, self._clock.now() + _SETTLE_SECONDS)
            if event.how == DELETED:
                found.drop(event.kind, event.metadata)
            elif not found.is_old(event.kind, event.metadata):
                found.one(event.kind, event.raw, event.metadata)
        writer.finish(found.vanished, (), only_if_moved=True)
        if writer.looks:
            self._tell(News(at, False, len(batch), writer.objects, writer.facts))

    def _take_up(self, ended: Ended) -> None:
        """Go on with a kind whose watch ended: list it anew where its version expired."""
        if ended.error is not None:
            raise ended.error
        if ended.status == _EXPIRED:
            try:
                self._relist(ended.kind, ended.namespace)
            except Unreachable:
                self._look_at = self._clock.now()
            return
        if ended.status == _NOT_FOUND:
            self._look_at = min(self._look_at, self._clock.now() + _SETTLE_SECONDS)
        at = self._now() + self._skew_seconds
        note = f"{ended.reason}; it is listed again at the next whole look"
        self._tell(News(at, False, 0, 0, 0, (note,)))

    def _relist(self, kind: ListedKind, expired: str | None) -> None:
        if self._looked is None:
            return
        source = self._looked.source
        asking = self._fresh()
        known_at = self._now()
        at, _ = instant(self._store, source, known_at + self._skew_seconds, known_at)
        writer = writer_of(self._store, source, self._cluster, at=at, known_at=known_at)
        number = self._store.next_position(source.id) + 1
        found = Round(self._heads, self._masking, writer.take, number)
        namespaces = [where for name, where in self._followers.following if name == kind.name]
        stretches = dict.fromkeys([expired, *namespaces])
        found.read(kind, _one_by_one(asking, kind, stretches), asking)
        ours = {
            file: why
            for file, why in open_gaps(self._store, source).items()
            if file.endswith(f"/{kind.name}")
        }
        writer.finish(found.vanished, tuple(gap_changes(found.gaps, ours)), only_if_moved=True)
        for (_, namespace), version in found.versions.items():
            self._followers.follow(self._asking, kind, namespace, version)
        if not found.versions:
            self._look_at = min(self._look_at, self._clock.now() + _KEEP_SECONDS)
        note = f"{kind.name} was listed anew: the server no longer held its version (410)"
        self._tell(News(at, False, 0, writer.objects, writer.facts, (note,)))

    def _keep(self) -> None:
        if self._looked is not None and self._heads.is_changed:
            keep_heads(self._store, self._looked.source.id, self._key_id, self._heads)
        self._keep_at = self._clock.now() + _KEEP_SECONDS


def _one_by_one(
    asking: Asking, kind: ListedKind, namespaces: dict[str | None, None]
) -> Iterator[Heard | Read | Unread]:
    for namespace in namespaces:
        yield from stretch(asking, kind, namespace)
