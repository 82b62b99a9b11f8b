"""What a look could not read stays as it was last known, behind a gap with its reason."""

from pathlib import Path

import pytest

from driftline.engine.clusters.look import ClusterAsked
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.sources.kubernetes.kinds import ListedKind
from tests.engine.looking import look, there
from tests.sources.kubernetes.serving import DEPLOYMENTS, EAGER, FLAGS, KINDS, NAMESPACES, shop


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return open_store(tmp_path / "store")


def test_denied_kind(store: Store, tmp_path: Path) -> None:
    """A kind that may no longer be listed is a gap and its objects stay; a later look closes it."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.denied = {("secrets.core", "*"), ("secrets.core", "")}
    cluster.denied |= {("secrets.core", "shop-staging"), ("secrets.core", "shop-production")}
    denied = look(store, cluster, tmp_path)
    objects = there(store, denied.source)
    cluster.denied = set()
    again = look(store, cluster, tmp_path)

    assert [
        "*/secrets.core",
        "shop-production/secrets.core",
        "shop-staging/secrets.core",
    ] == [file for file, _ in denied.gaps]
    assert "not allowed to list secrets.core (403)" == denied.gaps[0][1]
    assert "shop-staging/secrets.core Secret/shop-staging/login" in objects
    assert [(1, 2)] == list({(g.from_position, g.to_position) for g in store.gaps(again.source)})
    assert () == again.gaps


def test_denied_everywhere_but_in_one_namespace(store: Store, tmp_path: Path) -> None:
    """What may be listed in single namespaces only is listed there."""
    cluster = shop()
    cluster.denied = {("configmaps.core", ""), ("configmaps.core", "shop-production")}
    seen = look(store, cluster, tmp_path)

    assert "shop-staging/configmaps.core ConfigMap/shop-staging/settings" in there(
        store, seen.source
    )
    assert ["shop-production/configmaps.core"] == [file for file, _ in seen.gaps]


def test_many_closed_namespaces(store: Store, tmp_path: Path) -> None:
    """Namespaces in which everything is denied are soon left alone; the open one is read."""
    cluster = shop()
    for number in range(50):
        cluster.put(NAMESPACES, f"closed-{number}")
    names = [f"extra{number}s" for number in range(20)]
    extra = [ListedKind("x.example.com", name, "v1", "X", is_namespaced=True) for name in names]
    cluster.kinds += extra
    cluster.objects |= {kind.name: {} for kind in extra}
    closed = {"", "shop-production", *(f"closed-{number}" for number in range(50))}
    cluster.denied = {(kind.name, one) for kind in cluster.kinds for one in closed}
    cluster.denied -= {("namespaces.core", "")}
    seen = look(store, cluster, tmp_path)

    assert len(cluster.requests) < 400
    assert 5 == sum(name.startswith("shop-staging/") for name in there(store, 1)) + 1
    assert "shop-production/configmaps.core" in dict(seen.gaps)
    assert (
        "not allowed to list any of the kinds that were tried in this namespace (403)"
        == dict(seen.gaps)["closed-7/*"]
    )


def test_namespaces_unknown(store: Store, tmp_path: Path) -> None:
    """Where not even namespaces may be listed, the likely ones are tried."""
    cluster = shop()
    cluster.denied = {(kind.name, "") for kind in KINDS}
    asked = ClusterAsked(limits=EAGER, likely_namespaces=("shop-staging",))
    seen = look(store, cluster, tmp_path, asked)

    assert {"shop-staging"} == {name.partition("/")[0] for name in there(store, seen.source)}
    assert ["-/namespaces.core"] == [file for file, _ in seen.gaps]


def test_cut_listing(store: Store, tmp_path: Path) -> None:
    """A listing that breaks off is asked for again, and is a gap if it breaks off each time."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.delete(DEPLOYMENTS, "web", "shop-staging")
    cluster.cut[DEPLOYMENTS.path()] = 2
    mended = look(store, cluster, tmp_path)
    cluster.delete(DEPLOYMENTS, "web", "shop-production")
    cluster.cut[DEPLOYMENTS.path()] = 99
    broken = look(store, cluster, tmp_path)

    assert () == mended.gaps
    assert "shop-production/deployments.apps Deployment/shop-production/web" in there(
        store, broken.source
    )
    assert {
        "*/deployments.apps": "the connection broke off in the middle of an answer, 5 times",
        "shop-production/deployments.apps": "the connection broke off in the middle of an answer, "
        "5 times",
    } == dict(broken.gaps)


def test_emptied_namespace(store: Store, tmp_path: Path) -> None:
    """That all of a kind in a namespace is gone is asked a second time, and then believed."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.delete(FLAGS, "fast", "shop-staging")
    cluster.requests.clear()
    seen = look(store, cluster, tmp_path)

    assert 1 == cluster.paths().count(FLAGS.path("shop-staging"))
    assert 9 == seen.objects


def test_vague_answers(store: Store, tmp_path: Path) -> None:
    """A server that suddenly lists nothing in particular has not deleted everything."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.is_vague = True
    seen = look(store, cluster, tmp_path)

    assert (10, 0) == (seen.objects, seen.moved)
    assert 9 == len(seen.gaps)


def test_definition_gone(store: Store, tmp_path: Path) -> None:
    """A kind that goes while it is listed is a gap; at the next look its objects are gone."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.missing.add(FLAGS.name)
    during = look(store, cluster, tmp_path)
    cluster.missing.clear()
    cluster.remove_kind(FLAGS)
    after = look(store, cluster, tmp_path)

    assert (
        "featureflags.flags.example.com went away while it was listed (404)"
        == dict(during.gaps)["*/featureflags.flags.example.com"]
    )
    assert (10, 8) == (during.objects, after.objects)
    assert () == after.gaps


@pytest.mark.parametrize("is_plain", [False, True])
def test_silent_group(store: Store, tmp_path: Path, *, is_plain: bool) -> None:
    """A group whose own server does not answer is unknown, not gone."""
    cluster = shop()
    cluster.is_plain = is_plain
    look(store, cluster, tmp_path)
    cluster.silent_groups.add(FLAGS.group)
    seen = look(store, cluster, tmp_path)

    assert 10 == seen.objects
    assert "*/*.flags.example.com" in dict(seen.gaps)
    assert "shop-staging/featureflags.flags.example.com" in dict(seen.gaps)
