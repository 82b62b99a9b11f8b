"""A cluster followed as it changes."""

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from driftline.engine.clusters.look import ClusterAsked
from driftline.engine.clusters.watch import News, Watching, watch
from driftline.errors import SourceError
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.sources.redaction import Redactor
from tests.engine.looking import there
from tests.sources.kubernetes.serving import (
    CONFIG_MAPS,
    DEPLOYMENTS,
    EAGER,
    FLAGS,
    ServedCluster,
    reached,
    shop,
)

PATIENCE = Watching(batch_seconds=0.05, watch_seconds=1)
IMPATIENT = msgspec.structs.replace(EAGER, attempts_max=2)
MASKING = Redactor(b"a key of the tests", "test")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return open_store(tmp_path / "store")


def watched(
    store: Store,
    cluster: ServedCluster,
    folder: Path,
    steps: list[Callable[[], object]],
    patience: Watching = PATIENCE,
) -> list[News]:
    """Watch; whenever there is news the next step is taken, and after the last it ends."""
    stop = threading.Event()
    heard: list[News] = []
    waiting = list(steps)

    def tell(news: News) -> None:
        heard.append(news)
        if waiting:
            waiting.pop(0)()
        else:
            stop.set()

    guard = threading.Timer(20, stop.set)
    guard.start()
    with reached(cluster, folder) as reachable:
        watch(
            store,
            reachable,
            MASKING,
            "test",
            stop,
            now=lambda: cluster.at,
            tell=tell,
            asked=ClusterAsked(limits=IMPATIENT),
            watching=patience,
        )
    guard.cancel()
    assert [] == waiting, "the watch ended early"
    return heard


def test_events_become_looks(store: Store, tmp_path: Path) -> None:
    """What changes, appears or goes after the first look is stored as it happens."""
    cluster = shop()
    heard = watched(
        store,
        cluster,
        tmp_path,
        [
            lambda: cluster.put(CONFIG_MAPS, "settings", "shop-staging", data={"level": "warn"}),
            lambda: cluster.put(FLAGS, "slow", "shop-staging", spec={"percent": 5}),
            lambda: cluster.delete(DEPLOYMENTS, "web", "shop-staging"),
        ],
    )
    facts = there(store, 1)

    assert [True, False, False, False] == [news.is_whole for news in heard]
    assert [(1, 1), (1, 7), (1, 0)] == [(news.moved, news.facts) for news in heard[1:]]
    assert (
        '"warn"'
        == facts["shop-staging/configmaps.core ConfigMap/shop-staging/settings"]["/data/level"]
    )
    assert "shop-staging/deployments.apps Deployment/shop-staging/web" not in facts
    assert 4 == len(store.looks(1))
    assert [] == store.verify()


def test_a_batch_is_one_look(store: Store, tmp_path: Path) -> None:
    """Events that come close together are one look, with what they amount to."""
    cluster = shop()

    def storm() -> None:
        for number in range(20):
            cluster.put(CONFIG_MAPS, "settings", "shop-staging", data={"level": str(number)})
            cluster.put(CONFIG_MAPS, f"brief-{number}", "shop-staging")
            cluster.delete(CONFIG_MAPS, f"brief-{number}", "shop-staging")

    heard = watched(store, cluster, tmp_path, [storm], Watching(batch_seconds=1.0, watch_seconds=1))

    assert [(60, 1)] == [(news.events, news.moved) for news in heard[1:]]
    assert 2 == len(store.looks(1))


def test_what_changes_nothing_is_no_look(store: Store, tmp_path: Path) -> None:
    """A write that changes nothing but the version leaves no look behind."""
    cluster = shop()

    def touch_and_put() -> None:
        cluster.touch(DEPLOYMENTS, "web", "shop-staging")
        threading.Timer(0.4, lambda: cluster.put(CONFIG_MAPS, "new", "shop-staging")).start()

    heard = watched(store, cluster, tmp_path, [touch_and_put])

    assert 2 == len(heard)
    assert 2 == len(store.looks(1))


def test_expired_versions(store: Store, tmp_path: Path) -> None:
    """When the server forgot a version, that kind is listed anew and nothing is missed."""
    cluster = shop()

    def compacted() -> None:
        with cluster.lock:
            cluster.put(CONFIG_MAPS, "settings", "shop-staging", data={"level": "warn"})
            cluster.compact()

    # Each of the five kinds is listed anew, in whatever order.
    heard = watched(store, cluster, tmp_path, [compacted, *[lambda: None] * 4])
    notes = [note for news in heard for note in news.notes]

    assert any("configmaps.core was listed anew" in note for note in notes)
    assert (
        '"warn"'
        == there(store, 1)["shop-staging/configmaps.core ConfigMap/shop-staging/settings"][
            "/data/level"
        ]
    )


def test_duplicates(store: Store, tmp_path: Path) -> None:
    """Events that are told again, as after a restart, change nothing."""
    cluster = shop()

    def again() -> None:
        cluster.put(CONFIG_MAPS, "settings", "shop-staging", data={"level": "warn"})

    def replay() -> None:
        old = [event for event in cluster.events if event[3]["metadata"]["name"] == "settings"]
        cluster.version += 1
        cluster.events += [(cluster.version, *event[1:]) for event in old]
        cluster.put(CONFIG_MAPS, "last", "shop-staging")

    watched(store, cluster, tmp_path, [again, replay])
    settings = store.numbers(
        1, [("shop-staging/configmaps.core", "ConfigMap/shop-staging/settings")]
    )
    steps = [step for step in store.steps(settings.values()) if step.address == "/data/level"]

    assert ['"info"', '"warn"'] == [step.after for step in steps]


def test_refused_watches(store: Store, tmp_path: Path) -> None:
    """A kind that may be listed but not watched is told once."""
    cluster = shop()
    cluster.no_watch.add(FLAGS.name)
    heard = watched(store, cluster, tmp_path, [lambda: None])

    (note,) = heard[1].notes
    assert note.startswith("watching featureflags.flags.example.com was refused (403)")


def test_whole_looks_in_between(store: Store, tmp_path: Path) -> None:
    """From time to time there is a whole look again."""
    patience = Watching(batch_seconds=0.05, relook_seconds=0.1, watch_seconds=1)
    heard = watched(store, shop(), tmp_path, [lambda: None], patience)

    assert [True, True] == [news.is_whole for news in heard]
    assert (0, 0) == (heard[1].moved, heard[1].facts)


def test_a_server_that_goes_away(store: Store, tmp_path: Path) -> None:
    """A server in trouble at a whole look is told of, waited for, and looked at again."""
    cluster = shop()
    patience = Watching(batch_seconds=0.05, relook_seconds=0.1, watch_seconds=1, retry_seconds=0.1)

    def trouble() -> None:
        cluster.is_down = True

    def over() -> None:
        cluster.is_down = False

    heard = watched(store, cluster, tmp_path, [trouble, over, lambda: None], patience)

    assert "the server does not say what it has" in heard[1].notes[0]
    assert ([], True) == (store.verify(), heard[-1].is_whole)
    assert () == heard[-1].notes


def test_refused_credentials(store: Store, tmp_path: Path) -> None:
    """Credentials that are refused end the watch with an error."""
    cluster = shop()

    def lock() -> None:
        cluster.is_locked = True

    with pytest.raises(SourceError, match="log in again"):
        watched(store, cluster, tmp_path, [lock, lambda: None])


def test_going_on_after_a_watch(store: Store, tmp_path: Path) -> None:
    """A look after a watch finds nothing new."""
    from tests.engine.looking import look

    cluster = shop()
    watched(
        store, cluster, tmp_path, [lambda: cluster.delete(CONFIG_MAPS, "settings", "shop-staging")]
    )
    seen = look(store, cluster, tmp_path)

    assert (9, 0, 0) == (seen.objects, seen.moved, seen.parsed)
