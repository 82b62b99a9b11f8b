"""Those who listen to a cluster: one thread for each kind, all into one queue.

A follower never gives up on a broken connection; it goes on from the last
version it heard. It ends when its version has expired or when it is refused,
and says so.
"""

import queue
import threading
from collections.abc import Iterable

import msgspec

from driftline.errors import SourceError
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.requesting import Asking, Broken, Unreachable
from driftline.sources.kubernetes.watching import (
    BOOKMARK,
    WATCH_SECONDS,
    Expired,
    Refused,
    Told,
    told,
)

# A watch that ends at once is not taken up again faster than this.
_REST_SECONDS = 1.0


class Ended(msgspec.Struct, frozen=True):
    """A follower ended: because its version expired, was refused, or for an error.

    `status` is that of a refusal, 410 where the version expired.
    """

    kind: ListedKind
    namespace: str | None
    reason: str
    status: int = 0
    error: SourceError | None = None


class Followers:
    """The followers of one watch; `heard` gives what they tell."""

    def __init__(self, stop: threading.Event, *, watch_seconds: int = WATCH_SECONDS) -> None:
        self._stop = stop
        self._watch_seconds = watch_seconds
        self._queue: queue.SimpleQueue[Told | Ended] = queue.SimpleQueue()
        self._following: set[tuple[str, str | None]] = set()

    @property
    def following(self) -> frozenset[tuple[str, str | None]]:
        """The kinds, each with its namespace or None, that somebody listens to."""
        return frozenset(self._following)

    def follow(self, asking: Asking, kind: ListedKind, namespace: str | None, version: str) -> None:
        """Listen to a kind from a version on, unless somebody already does."""
        key = (kind.name, namespace)
        if key in self._following or not kind.is_watchable or not version:
            return
        self._following.add(key)
        arguments = (asking, kind, namespace, version)
        threading.Thread(target=self._listen, args=arguments, daemon=True).start()

    def heard(self, seconds: float) -> Told | Ended | None:
        """The next thing that is told, or None if nothing is within so long."""
        try:
            event = self._queue.get(timeout=max(0.0, seconds)) if seconds > 0 else self._now()
        except queue.Empty:
            return None
        if isinstance(event, Ended):
            self._following.discard((event.kind.name, event.namespace))
        return event

    def _now(self) -> Told | Ended:
        return self._queue.get_nowait()

    def _listen(
        self, asking: Asking, kind: ListedKind, namespace: str | None, version: str
    ) -> None:
        broken = 0
        while not self._stop.is_set():
            heard_any = False
            try:
                for event in told(asking, kind, namespace, version, seconds=self._watch_seconds):
                    if self._stop.is_set():
                        return
                    version = event.metadata.resource_version or version
                    broken, heard_any = 0, True
                    if event.how != BOOKMARK:
                        self._queue.put(event)
            except Expired as reason:
                self._queue.put(Ended(kind, namespace, str(reason), 410))
                return
            except Refused as reason:
                self._queue.put(Ended(kind, namespace, str(reason), reason.status))
                return
            except (Broken, Unreachable):
                self._stop.wait(asking.backoff_seconds(broken))
                broken = min(broken + 1, 10)
            except SourceError as error:
                self._queue.put(Ended(kind, namespace, str(error), error=error))
                return
            else:
                if not heard_any:
                    self._stop.wait(_REST_SECONDS)


def latest(events: Iterable[Told]) -> list[Told]:
    """Of several events of one object only the last, in the order of their first.

    What became of an object within one batch is its state at the end of it.
    """
    last: dict[tuple[str, str, str], Told] = {}
    for event in events:
        last[(event.kind.name, event.metadata.namespace, event.metadata.name)] = event
    return list(last.values())
