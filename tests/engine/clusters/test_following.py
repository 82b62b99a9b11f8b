"""Clusters are followed into one history, and an error of one ends all."""

import threading
from pathlib import Path

import pytest

from driftline.engine.clusters.following import follow
from driftline.engine.clusters.targets import Target
from driftline.engine.clusters.watch import News
from driftline.errors import SourceError
from tests.engine.asking import NOW, settings_for
from tests.sources.kubernetes.serving import ServedCluster, kubeconfig, served


def heard(folder: Path, targets: tuple[Target, ...], looks: int) -> list[str]:
    """The clusters that told of a look, until there were so many."""
    stop, names = threading.Event(), []
    guard = threading.Timer(20, stop.set)
    guard.start()

    def tell(name: str, _news: News) -> None:
        names.append(name)
        if len(names) == looks:
            stop.set()

    follow(targets, settings_for(folder), stop, now=lambda: NOW, tell=tell)
    guard.cancel()
    return names


def test_one_cluster(tmp_path: Path) -> None:
    """One cluster is looked at and then followed until somebody stops it."""
    with served(ServedCluster()) as address:
        target = Target(kubeconfig=kubeconfig(tmp_path, address))

        assert ["test"] == heard(tmp_path, (target,), 1)


def test_several_clusters(tmp_path: Path) -> None:
    """Several are followed at once, each with a store of its own opening."""
    other = tmp_path / "other"
    other.mkdir()
    with served(ServedCluster()) as one, served(ServedCluster()) as two:
        second = kubeconfig(other, two)
        second.write_text(second.read_text().replace('"test"', '"second"'))
        targets = (Target(kubeconfig=kubeconfig(tmp_path, one)), Target(kubeconfig=second))

        assert {"test", "second"} == set(heard(tmp_path, targets, 2))


def test_one_that_does_not_answer(tmp_path: Path) -> None:
    """A cluster that cannot be looked at ends following, with its error."""
    other = tmp_path / "other"
    other.mkdir()
    with served(ServedCluster()) as address:
        here = Target(kubeconfig=kubeconfig(tmp_path, address))
        gone = Target(kubeconfig=kubeconfig(other, "http://127.0.0.1:1"))
        with pytest.raises(SourceError):
            heard(tmp_path, (here, gone), 99)
