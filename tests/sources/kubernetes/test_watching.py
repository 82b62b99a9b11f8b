"""What a server tells of one kind as it happens."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from driftline.engine.clusters.look import ClusterAsked, asking_of
from driftline.sources.kubernetes.requesting import Answer, Asking, Broken
from driftline.sources.kubernetes.watching import Expired, Refused, Told, told
from tests.sources.kubernetes.serving import (
    CONFIG_MAPS,
    EAGER,
    ServedCluster,
    SteadyClock,
    reached,
    shop,
)


def heard(cluster: ServedCluster, folder: Path, version: str) -> list[Told]:
    """What is told of ConfigMaps after a version."""
    cluster.watch_seconds = 0.05
    with reached(cluster, folder) as reachable:
        asking = asking_of(reachable, ClusterAsked(limits=EAGER), SteadyClock(), 0)
        return list(told(asking, CONFIG_MAPS, None, version, seconds=1))


def test_events(tmp_path: Path) -> None:
    """What happened since a version is told, and a bookmark says how far."""
    cluster = shop()
    since = str(cluster.version)
    cluster.put(CONFIG_MAPS, "new", "shop-staging")
    cluster.delete(CONFIG_MAPS, "settings", "shop-staging")
    events = heard(cluster, tmp_path, since)

    assert [("ADDED", "new"), ("DELETED", "settings"), ("BOOKMARK", "")] == [
        (event.how, event.metadata.name) for event in events
    ]
    assert str(cluster.version) == events[-1].metadata.resource_version
    query = cluster.requests[-1][2]
    assert ("1", "true", "1") == (
        query["watch"],
        query["allowWatchBookmarks"],
        query["timeoutSeconds"],
    )


def test_expired(tmp_path: Path) -> None:
    """A version that the server no longer holds is told, inside a watch or before it."""
    cluster = shop()
    cluster.oldest = 10_000
    with pytest.raises(Expired):
        heard(cluster, tmp_path, "1")
    cluster.spoilt[410] = 1
    with pytest.raises(Expired):
        heard(cluster, tmp_path, "1")


def test_refused(tmp_path: Path) -> None:
    """A kind that may not be watched is told with the status."""
    cluster = shop()
    cluster.denied = {("configmaps.core", "")}
    with pytest.raises(Refused, match=r"watching configmaps.core was refused \(403\)") as refused:
        heard(cluster, tmp_path, "1")

    assert 403 == refused.value.status


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'{"type":"?","object":{"metadata":{}}}',
        b'{"type":"ADDED","object":3}',
        b'{"type":"ERROR","object":{"code":500}}',
        b'{"type":"ERROR","object":"?"}',
    ],
)
def test_nonsense(line: bytes) -> None:
    """What is no event breaks the watch, which can be taken up again."""
    asking = Asking(_OneLine(line), SteadyClock(), where="x")
    with pytest.raises(Broken):
        list(told(asking, CONFIG_MAPS, None, "1"))


class _OneLine:
    """A server that says one line."""

    def __init__(self, line: bytes) -> None:
        self.line = line

    def get(self, *_: object) -> Answer:
        """Nothing."""
        return Answer(404, b"")

    def lines(self, *_: object) -> nullcontext[tuple[Answer, Iterator[bytes]]]:
        """The line."""
        return nullcontext((Answer(200, b""), iter([self.line])))
