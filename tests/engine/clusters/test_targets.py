"""Clusters are looked at after the declarations, and one that fails loses nothing."""

from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from driftline.engine import ask
from driftline.engine.clusters.targets import EVERYTHING, Target, Wish, close_off, targets_of
from driftline.engine.settings import KubernetesSettings, Settings
from driftline.errors import SourceError
from driftline.history.sqlite_store import open_store
from driftline.model.answers.observed import Observed
from driftline.model.progress import Unwatched
from tests.engine.two_planes import NOW, Shop, compared_planes, steady
from tests.sources.kubernetes.serving import CONFIG_MAPS, NAMESPACES, ServedCluster, served
from tests.sources.kubernetes.serving import kubeconfig as kubeconfig_for


def cluster() -> ServedCluster:
    """What runs of the shop's production, as it is declared."""
    made = ServedCluster()
    made.put(NAMESPACES, "shop-production")
    made.put(CONFIG_MAPS, "web", "shop-production", data={"level": "info", "workers": "4"})
    made.put(CONFIG_MAPS, "jobs", "shop-production", data={"size": "9"})
    return made


def looked(shop: Shop, file: Path, *, goes_on: bool = False) -> Observed:
    """Observe the repository and the cluster."""
    wish = Wish((Target(kubeconfig=file),), goes_on=goes_on)
    return ask.observe(
        shop.settings.repositories, shop.settings, now=NOW, progress=Unwatched(), wish=wish
    )


def test_a_cluster_beside_a_repository(tmp_path: Path) -> None:
    """One observation reads the declarations and what runs, and both can be compared."""
    shop = Shop(tmp_path)
    with served(cluster()) as address:
        (row,) = looked(shop, kubeconfig_for(tmp_path, address)).clusters

    assert ("test", 3, "") == (row.cluster, row.objects, row.error)
    assert () == compared_planes(shop).divergences


def test_a_cluster_that_does_not_answer(tmp_path: Path) -> None:
    """Without going on, a cluster that cannot be reached is an error, and nothing is lost."""
    shop = Shop(tmp_path)
    file = kubeconfig_for(tmp_path, "http://127.0.0.1:1")
    with pytest.raises(SourceError):
        looked(shop, file)

    assert () != ask.status(shop.settings, now=NOW).environments


def test_going_on_where_a_cluster_does_not_answer(tmp_path: Path) -> None:
    """What was seen last stays, and whatever differs in it is unknown until the next good look."""
    shop = Shop(tmp_path)
    running = cluster()
    running.put(CONFIG_MAPS, "web", "shop-production", data={"level": "debug", "workers": "4"})
    with served(running) as address:
        looked(shop, kubeconfig_for(tmp_path, address))
    (missed,) = looked(shop, kubeconfig_for(tmp_path, "http://127.0.0.1:1"), goes_on=True).clusters
    kinds = {row.kind for row in compared_planes(shop).divergences}
    with served(running) as address:
        looked(shop, kubeconfig_for(tmp_path, address))

    assert missed.error
    assert {"unknown"} == kinds
    assert {"standing"} == {row.kind for row in compared_planes(shop).divergences}


def test_a_gap_is_told_once(tmp_path: Path) -> None:
    """A cluster that stays away for the same reason does not fill the history."""
    shop = steady(tmp_path)
    with closing(open_store(shop.settings.store_path)) as store:
        for _ in range(3):
            close_off(store, "prod-cluster", "no route", now=NOW)
        close_off(store, "another", "no route", now=NOW)
        source = shop.running.source
        gaps = [gap.file for gap in store.gaps(source)]
        looks = len(store.looks(source))

    assert ([EVERYTHING], 2) == (gaps, looks)


def settings_with(*clusters: KubernetesSettings) -> Settings:
    """Settings that name clusters."""
    plain = Settings(store_path=Path("/x"), repositories=())
    return msgspec.structs.replace(plain, kubernetes=clusters)


def test_clusters_of_the_settings() -> None:
    """Several sections about one cluster are one look; one without namespaces is all of it."""
    found = targets_of(
        settings_with(
            KubernetesSettings("prod", namespaces=("a",), environment="production"),
            KubernetesSettings("prod", namespaces=("b",), environment="staging"),
            KubernetesSettings("test", namespaces=("c",)),
            KubernetesSettings("test"),
        )
    )

    assert (Target("prod", None, ("a", "b")), Target("test")) == found


def test_the_command_line_wins() -> None:
    """Clusters that are named take the place of those in the settings."""
    settings = settings_with(KubernetesSettings("prod"))

    assert (Target("other"),) == targets_of(settings, contexts=("other", "other"))
    assert (Target("", Path("/k")),) == targets_of(settings, kubeconfig=Path("/k"))
