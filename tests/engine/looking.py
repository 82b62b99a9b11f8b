"""Looks at a cluster of our own, and what is there after them."""

from pathlib import Path

from driftline.engine.clusters.look import (
    Cluster,
    ClusterAsked,
    ClusterObservation,
    look_at_cluster,
)
from driftline.history.protocol import Store
from driftline.sources.redaction import Redactor
from tests.sources.kubernetes.serving import EAGER, ServedCluster, SteadyClock, reached


def look(
    store: Store, cluster: ServedCluster, folder: Path, asked: ClusterAsked | None = None
) -> ClusterObservation:
    """One look, a minute after the last; waiting takes no time."""
    with reached(cluster, folder) as reachable:
        return look_through(store, cluster, reachable, asked)


def look_through(
    store: Store, cluster: ServedCluster, reachable: Cluster, asked: ClusterAsked | None = None
) -> ClusterObservation:
    """The same through a connection that is there already."""
    cluster.at += 60
    return look_at_cluster(
        store,
        reachable,
        Redactor(b"a key of the tests", "test"),
        "test",
        known_at=cluster.at,
        asked=asked or ClusterAsked(limits=EAGER),
        clock=SteadyClock(),
    )


def there(store: Store, source: int) -> dict[str, dict[str, str]]:
    """`file key` → facts, of all objects that are there now."""
    found = {
        one.id: f"{one.file} {one.key}"
        for one in store.resources(source)
        if one.presence[-1][1] is None and one.kind == "object"
    }
    return {found[number]: facts for number, facts in store.state(found, None).items()}
