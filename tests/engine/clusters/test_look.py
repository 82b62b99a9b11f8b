"""One look at a cluster of our own, through the real client."""

import sys
from pathlib import Path

import pytest

from driftline.engine.clusters.look import ClusterAsked, look_at_cluster, reach
from driftline.errors import SourceError, UsageError
from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.sources.redaction import Redactor
from tests.engine.looking import look, there
from tests.sources.kubernetes.serving import (
    AT,
    CONFIG_MAPS,
    DEFINED,
    DEPLOYMENTS,
    EAGER,
    FLAGS,
    NAMESPACES,
    SECRETS,
    kubeconfig,
    owned,
    reached,
    served,
    shop,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return open_store(tmp_path / "store")


def test_first_look(store: Store, tmp_path: Path) -> None:
    """Every object that is configuration is there, by file and key."""
    seen = look(store, shop(), tmp_path)

    expected = {
        "-/namespaces.core Namespace/shop-production",
        "shop-production/configmaps.core ConfigMap/shop-production/settings",
        "shop-production/secrets.core Secret/shop-production/login",
        "shop-production/deployments.apps Deployment/shop-production/web",
        "shop-production/featureflags.flags.example.com FeatureFlag/shop-production/fast",
    }
    staging = {name.replace("production", "staging") for name in expected}
    assert (expected | staging) == there(store, seen.source).keys()
    assert (10, (), ()) == (seen.objects, seen.gaps, seen.notes)
    assert [("events.core", "records of what happened, not of what is configured")] == [
        (one.kind, one.reason) for one in seen.skipped
    ]


def test_the_look_itself(store: Store, tmp_path: Path) -> None:
    """A look speaks of the server's time and of the user of the context."""
    seen = look(store, shop(), tmp_path)
    tip = store.tip(seen.source)

    assert tip is not None
    assert (AT + 60, "reader") == (tip.at, tip.by.name)
    assert [("kubernetes", "test", "observed")] == [
        (one.kind, one.locator, one.branch) for one in store.sources()
    ]


def test_repetition_changes_nothing(store: Store, tmp_path: Path) -> None:
    """A second look at the same cluster parses nothing and stores no change."""
    cluster = shop()
    look(store, cluster, tmp_path)
    seen = look(store, cluster, tmp_path)

    assert (0, 0, 0, 10) == (seen.moved, seen.facts, seen.parsed, seen.unchanged)
    assert 2 == len(store.looks(seen.source))


def test_new_version_of_the_same(store: Store, tmp_path: Path) -> None:
    """A write that changes nothing but the version is not even parsed."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.touch(DEPLOYMENTS, "web", "shop-staging")
    seen = look(store, cluster, tmp_path)

    assert (0, 0, 10) == (seen.moved, seen.parsed, seen.unchanged)


def test_new_defaults_of_the_server(store: Store, tmp_path: Path) -> None:
    """After an upgrade of the server, objects that nobody wrote are looked at all the same."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.default(DEPLOYMENTS, "web", "shop-staging", spec={"replicas": 3, "minReadySeconds": 0})
    trusted = look(store, cluster, tmp_path)
    cluster.release = "v1.37.0"
    seen = look(store, cluster, tmp_path)
    again = look(store, cluster, tmp_path)

    assert (0, 1, 0) == (trusted.moved, seen.moved, again.moved)
    assert (1, 9) == (seen.parsed, seen.unchanged)


def test_new_defaults_of_a_definition(store: Store, tmp_path: Path) -> None:
    """When a definition changes, the objects of its kind are looked at all the same."""
    cluster = shop()
    cluster.kinds.append(DEFINED)
    cluster.objects[DEFINED.name] = {}
    cluster.put(DEFINED, FLAGS.name, spec={"default": 1})
    look(store, cluster, tmp_path)
    cluster.default(FLAGS, "fast", "shop-staging", spec={"percent": 10, "ring": "all"})
    cluster.put(DEFINED, FLAGS.name, spec={"default": 2})
    seen = look(store, cluster, tmp_path)

    assert (2, 2) == (seen.moved, seen.facts)


def test_a_change(store: Store, tmp_path: Path) -> None:
    """A changed field is one step, laid to the manager that owns it and wrote since."""
    cluster = shop()
    look(store, cluster, tmp_path)
    edit = owned("kubectl-edit", {"f:data": {"f:level": {}}}, "2026-11-22T19:51:30Z")
    cluster.put(
        CONFIG_MAPS,
        "settings",
        "shop-production",
        data={"level": "debug"},
        metadata={"managedFields": [edit]},
    )
    seen = look(store, cluster, tmp_path)
    (changed,) = [
        one
        for one in store.resources(seen.source)
        if one.file.endswith("n/configmaps.core") and one.kind == "object"
    ]
    (step,) = [one for one in store.steps([changed.id]) if one.position == 1]
    act = store.contributions(seen.source, [1])[1][step.act]

    assert ("/data/level", '"info"', '"debug"') == (step.address, step.before, step.after)
    assert "kubectl-edit" == act.author.name
    assert "kubectl-edit Update at 2026-11-22T19:51:30Z" == act.subject


def test_gone_and_made_again(store: Store, tmp_path: Path) -> None:
    """An object that is gone vanishes with its companion; one made anew has another uid."""
    cluster = shop()
    cluster.put(
        CONFIG_MAPS,
        "extra",
        "shop-staging",
        data={"a": "1"},
        metadata={"managedFields": [owned("helm", {"f:data": {"f:a": {}}})]},
    )
    look(store, cluster, tmp_path)
    cluster.delete(CONFIG_MAPS, "extra", "shop-staging")
    cluster.delete(FLAGS, "fast", "shop-staging")
    cluster.put(FLAGS, "fast", "shop-staging", spec={"percent": 10})
    seen = look(store, cluster, tmp_path)
    facts = there(store, seen.source)
    companions = [one for one in store.resources(seen.source) if one.kind == "ownership"]

    assert "shop-staging/configmaps.core ConfigMap/shop-staging/extra" not in facts
    assert [1] == [one.presence[-1][1] for one in companions]
    assert (
        f'"uid-{cluster.version}"'
        == facts["shop-staging/featureflags.flags.example.com FeatureFlag/shop-staging/fast"][
            "/metadata/uid"
        ]
    )


def test_without_secrets(store: Store, tmp_path: Path) -> None:
    """Secrets that are left out are never asked for, and that is said."""
    cluster = shop()
    seen = look(store, cluster, tmp_path, ClusterAsked(limits=EAGER, secrets=False))

    assert [("*/secrets.core", "not asked for: the settings leave Secrets out")] == list(seen.gaps)
    assert not any(path.endswith("/secrets") for path in cluster.paths())


def test_some_namespaces(store: Store, tmp_path: Path) -> None:
    """A look at some namespaces asks for nothing else, and says so of what lies outside of all."""
    cluster = shop()
    asked = ClusterAsked(limits=EAGER, namespaces=("shop-staging",))
    seen = look(store, cluster, tmp_path, asked)

    assert {"shop-staging"} == {name.partition("/")[0] for name in there(store, seen.source)}
    assert (("-/*", "not asked for: only some namespaces are"),) == seen.gaps


def test_a_server_in_trouble(store: Store, tmp_path: Path) -> None:
    """A server that answers nothing but errors ends the look, and nothing is stored."""
    cluster = shop()
    cluster.spoilt[503] = 99
    with pytest.raises(SourceError, match="does not say what it has: the server or what stands"):
        look(store, cluster, tmp_path)

    assert () == store.sources()


def test_expired_credentials(store: Store, tmp_path: Path) -> None:
    """Credentials that are refused end the look and say what to do; what is stored stays."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.is_locked = True
    with pytest.raises(SourceError, match="expired or were revoked: log in again"):
        look(store, cluster, tmp_path)

    assert 1 == len(store.looks(1))


def test_untrusted_certificate(store: Store, tmp_path: Path) -> None:
    """A certificate that nobody vouches for ends the look, and the message says where to look."""
    with served(shop(), with_tls=True) as address:
        cluster = reach({}, kubeconfig(tmp_path, address))
        with pytest.raises(SourceError, match="certificate-authority in the kubeconfig"):
            look_at_cluster(store, cluster, Redactor(b"k" * 16, "t"), "t", known_at=0)

    assert () == store.sources()


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where driftline was installed without what speaks to clusters, it says what to install."""
    for name in ("driftline.sources.kubernetes.collect", "lightkube.config.client_adapter"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "lightkube.config.client_adapter", None)

    with pytest.raises(UsageError, match=r"pip install 'driftline\[kubernetes\]'"):
        reach({}, kubeconfig(tmp_path, "http://127.0.0.1:1"))


def test_clock_skew(store: Store, tmp_path: Path) -> None:
    """A clock that differs is said and used; one that goes back does not turn the order round."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.at -= 3_000
    with reached(cluster, tmp_path) as reachable:
        seen = look_at_cluster(
            store,
            reachable,
            Redactor(b"k" * 16, "t"),
            "t",
            known_at=AT,
            asked=ClusterAsked(limits=EAGER),
        )

    assert AT + 60 == seen.at
    assert (
        "the clock of the cluster is 2,940 s behind ours; its own is used",
        "the clock of the cluster went back by 3,000 s; the look keeps its place",
    ) == seen.notes


def test_lost_memory(store: Store, tmp_path: Path) -> None:
    """Without what was remembered, all is read anew, and only what moved is a change."""
    cluster = shop()
    look(store, cluster, tmp_path)
    store.drop_derived()
    cluster.delete(CONFIG_MAPS, "settings", "shop-staging")
    cluster.put(CONFIG_MAPS, "settings", "shop-production", data={"level": "warn"})
    seen = look(store, cluster, tmp_path)

    assert (9, 2, 1) == (seen.objects, seen.moved, seen.facts)


def test_killed_before_remembering(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look that was killed once it was stored is gone on from, even if nobody remembers it."""
    cluster = shop()
    look(store, cluster, tmp_path)
    cluster.put(CONFIG_MAPS, "brief", "shop-staging", data={"a": "1"})
    monkeypatch.setattr("driftline.engine.clusters.look.keep_heads", _killed)
    with pytest.raises(KeyboardInterrupt):
        look(store, cluster, tmp_path)
    monkeypatch.undo()
    during = there(store, 1)
    cluster.delete(CONFIG_MAPS, "brief", "shop-staging")
    seen = look(store, cluster, tmp_path)

    assert "shop-staging/configmaps.core ConfigMap/shop-staging/brief" in during
    assert "shop-staging/configmaps.core ConfigMap/shop-staging/brief" not in there(store, 1)
    assert (10, []) == (seen.objects, store.verify())


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_secrets_are_masked(store: Store, tmp_path: Path) -> None:
    """No secret reaches the store, in whatever spelling it came."""
    seen = look(store, shop(), tmp_path)
    facts = there(store, seen.source)["shop-staging/secrets.core Secret/shop-staging/login"]

    assert facts["/data/password"].startswith('{"secret":"test:')
    assert b"hunter2" not in (tmp_path / "store").read_bytes()
    assert b"aHVudGVyMg" not in (tmp_path / "store").read_bytes()


def test_large_and_hostile(store: Store, tmp_path: Path) -> None:
    """A ConfigMap of 2 MB and names that are no names are taken in like any other."""
    cluster = shop()
    cluster.put(CONFIG_MAPS, "large", "shop-staging", data={"file": "x" * 2_000_000})
    cluster.put(FLAGS, "\x1b[31mred\n", "shop-staging", spec={"\x1b]0;t\x07": "1", "../..": "2"})
    seen = look(store, cluster, tmp_path)

    assert (12, ()) == (seen.objects, seen.gaps)
    assert [] == store.verify()


def test_only_get_is_sent(store: Store, tmp_path: Path) -> None:
    """Nothing but GET is ever sent, and it says who asks."""
    cluster = shop()
    look(store, cluster, tmp_path)

    assert {"GET"} == {method for method, *_ in cluster.requests}
    assert all(headers["User-Agent"].startswith("driftline/") for *_, headers in cluster.requests)


def test_a_storm(store: Store, tmp_path: Path) -> None:
    """A server that asks for patience gets it, and the look is whole all the same."""
    cluster = shop()
    cluster.spoilt = type(cluster.spoilt)({429: 3, 503: 1})
    cluster.retry_after = 7
    seen = look(store, cluster, tmp_path)

    assert (4, ()) == (seen.waits, seen.gaps)


def test_large_look_in_pieces(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look that does not fit into memory is stored in several pieces of one instant."""
    monkeypatch.setattr("driftline.engine.clusters.writing.FACTS_MAX", 100)
    cluster = shop()
    for number in range(1_200):
        cluster.put(CONFIG_MAPS, f"many-{number}", "shop-staging", data={"n": str(number)})
    seen = look(store, cluster, tmp_path)
    again = look(store, cluster, tmp_path)

    assert seen.looks_added > 50
    assert {seen.at} == {one.at for one in store.looks(seen.source)[:-1]}
    assert (1_210, 0, 1) == (again.objects, again.moved, again.looks_added)


def test_definitions_of_namespaces() -> None:
    """The fixture has what the tests speak of."""
    cluster = shop()

    assert 2 == len(cluster.objects[NAMESPACES.name]) == len(cluster.objects[SECRETS.name])
