"""Clusters followed as they change, each with a store of its own, until somebody stops it."""

import os
import threading
from collections.abc import Callable, Sequence
from contextlib import closing

from driftline.engine.clusters.look import Cluster, ClusterAsked, reach
from driftline.engine.clusters.targets import Target
from driftline.engine.clusters.watch import News, watch
from driftline.engine.secret_key import secret_key
from driftline.engine.settings import Settings
from driftline.errors import DriftlineError
from driftline.history.sqlite_store import open_store
from driftline.sources.redaction import Redactor

_PATIENCE_SECONDS = 0.2

Tell = Callable[[str, News], None]


def follow(
    targets: Sequence[Target],
    settings: Settings,
    stop: threading.Event,
    *,
    now: Callable[[], int],
    tell: Tell,
) -> None:
    """Follow these clusters until `stop` is set; every look is told with its cluster's name.

    Raises the first error of any of them, when all have stopped.
    """
    clusters = [
        (reach(os.environ, target.kubeconfig, target.context), target) for target in targets
    ]
    if len(clusters) == 1:
        _follow(*clusters[0], settings, stop, now, tell)
        return
    failed: list[DriftlineError] = []

    def run(cluster: Cluster, target: Target) -> None:
        try:
            _follow(cluster, target, settings, stop, now, tell)
        except DriftlineError as error:
            failed.append(error)
            stop.set()

    threads = [threading.Thread(target=run, args=one, daemon=True) for one in clusters]
    for thread in threads:
        thread.start()
    try:
        # Waiting in short steps lets signals through.
        while any(thread.is_alive() for thread in threads):
            for thread in threads:
                thread.join(_PATIENCE_SECONDS)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]


def _follow(
    cluster: Cluster,
    target: Target,
    settings: Settings,
    stop: threading.Event,
    now: Callable[[], int],
    tell: Tell,
) -> None:
    key = secret_key(settings.store_path, os.environ, key_file=settings.key_file)
    with closing(open_store(settings.store_path)) as store:
        watch(
            store,
            cluster,
            Redactor(key.key, key.key_id),
            key.key_id,
            stop,
            now=now,
            tell=lambda news: tell(cluster.locator, news),
            asked=ClusterAsked(namespaces=target.namespaces, secrets=target.reads_secrets),
            seed=now(),
        )
