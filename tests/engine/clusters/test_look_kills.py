"""A look that is killed at any moment loses nothing, and the next one goes on from there."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from driftline.history.sqlite_store import open_store
from tests.engine.looking import look, there
from tests.sources.kubernetes.serving import CONFIG_MAPS, ServedCluster, kubeconfig, served, shop

OBSERVER = """
import sys
from pathlib import Path
from driftline.engine.clusters import writing as cluster_writing
from driftline.engine.clusters.look import ClusterAsked, look_at_cluster, reach
from driftline.history.sqlite_store import open_store
from driftline.sources.kubernetes.requesting import Limits
from driftline.sources.redaction import Redactor
cluster_writing.FACTS_MAX = 500
store = open_store(Path(sys.argv[1]))
cluster = reach({}, Path(sys.argv[2]))
asked = ClusterAsked(limits=Limits(requests_per_second=1e6, burst=10**6))
print("ready", flush=True)
look_at_cluster(
    store, cluster, Redactor(b"a key of the tests", "test"), "test", known_at=0, asked=asked
)
"""
OBJECTS = 1_500


def write(cluster: ServedCluster, dice: random.Random) -> None:
    """Change, add and remove some."""
    for number in range(OBJECTS):
        name = f"many-{number}"
        chance = dice.random()
        if chance < 0.2 and ("shop-staging", name) in cluster.objects[CONFIG_MAPS.name]:
            cluster.delete(CONFIG_MAPS, name, "shop-staging")
        elif chance < 0.7:
            cluster.put(CONFIG_MAPS, name, "shop-staging", data={"a": str(chance)})


def killed_looks(folder: Path, kills: int) -> None:
    """Kill that many looks half-way, then look once in peace and compare."""
    dice = random.Random(kills)  # noqa: S311 - the same moments every time
    cluster = shop()
    path = folder / "store"
    for _ in range(kills):
        write(cluster, dice)
        with served(cluster) as address:
            file = kubeconfig(folder, address)
            child = subprocess.Popen(
                [sys.executable, "-c", OBSERVER, str(path), str(file)], stdout=subprocess.PIPE
            )
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(dice.random() * 0.4)
            child.send_signal(signal.SIGKILL)
            child.wait()
            child.stdout.close()
    store = open_store(path)
    look(store, cluster, folder)
    held = {
        f"shop-staging/configmaps.core ConfigMap/shop-staging/{name}": one["data"]
        for (namespace, name), one in cluster.objects[CONFIG_MAPS.name].items()
        if namespace == "shop-staging" and "a" in one["data"]
    }
    facts = there(store, 1)

    assert [] == store.verify()
    assert held.keys() == {name for name in facts if "/many-" in name}
    assert all(f'"{data["a"]}"' == facts[name]["/data/a"] for name, data in held.items())


def test_two_kills(tmp_path: Path) -> None:
    """After two killed looks, a whole one finds exactly what is there."""
    killed_looks(tmp_path, 2)


@pytest.mark.slow
def test_twenty_kills(tmp_path: Path) -> None:
    """After twenty killed looks, a whole one finds exactly what is there."""
    killed_looks(tmp_path, 20)
