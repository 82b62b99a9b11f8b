"""Those who listen to a cluster."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from driftline.engine.clusters.followers import Ended, Followers, latest
from driftline.engine.clusters.look import ClusterAsked, SystemClock, asking_of
from driftline.sources.kubernetes.pages import Metadata
from driftline.sources.kubernetes.requesting import Asking
from driftline.sources.kubernetes.watching import Told
from tests.sources.kubernetes.serving import CONFIG_MAPS, EAGER, ServedCluster, reached, shop


@contextmanager
def listening(cluster: ServedCluster, folder: Path) -> Iterator[tuple[Followers, Asking]]:
    """Followers of a cluster, ended afterwards."""
    cluster.watch_seconds = 0.05
    stop = threading.Event()
    with reached(cluster, folder) as reachable:
        asking = asking_of(reachable, ClusterAsked(limits=EAGER), SystemClock(), 0)
        try:
            yield Followers(stop, watch_seconds=1), asking
        finally:
            stop.set()


def test_going_on(tmp_path: Path) -> None:
    """A watch that ends or breaks is taken up where it was, and tells each event once."""
    cluster = shop()
    with listening(cluster, tmp_path) as (followers, asking):
        followers.follow(asking, CONFIG_MAPS, None, str(cluster.version))
        followers.follow(asking, CONFIG_MAPS, None, str(cluster.version))
        names = []
        for number in range(3):
            cluster.spoilt[500] = 1 if number == 1 else 0
            cluster.put(CONFIG_MAPS, f"new-{number}", "shop-staging")
            event = followers.heard(10)
            assert isinstance(event, Told)
            names.append(event.metadata.name)
            cluster.watch_seconds = 0.01
        nothing = followers.heard(0)

    assert ["new-0", "new-1", "new-2"] == names
    assert nothing is None


def test_ending(tmp_path: Path) -> None:
    """A follower whose version expired, who is refused, or who may no longer ask, says so."""
    cluster = shop()
    ends = []
    with listening(cluster, tmp_path) as (followers, asking):
        cluster.oldest = 10_000
        for spoil in (0, 403, 401):
            cluster.spoilt[spoil] = 1
            followers.follow(asking, CONFIG_MAPS, None, "1")
            ends.append(followers.heard(10))
            assert frozenset() == followers.following

    assert [410, 403, 0] == [one.status for one in ends if isinstance(one, Ended)]
    assert [False, False, True] == [one.error is not None for one in ends if isinstance(one, Ended)]


def test_latest() -> None:
    """Of several events of one object the last one counts."""
    events = [
        Told(CONFIG_MAPS, how, Metadata(name, "shop", "u", str(number)), b"")
        for number, (how, name) in enumerate(
            [("ADDED", "a"), ("ADDED", "b"), ("MODIFIED", "a"), ("DELETED", "b")]
        )
    ]

    assert [("MODIFIED", "a"), ("DELETED", "b")] == [
        (event.how, event.metadata.name) for event in latest(events)
    ]
