"""What tools remember in a cluster is a chain of its own beside what was observed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from driftline.engine.clusters.records import RecordKeeper
from driftline.history.sqlite_store import open_store
from driftline.model.look import Person
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.listing import Heard
from driftline.sources.kubernetes.pages import page_of
from driftline.sources.kubernetes_records import records
from driftline.sources.redaction import Redactor
from tests.sources.kubernetes_records.building import APPLICATION, MANIFEST, release

SECRETS = ListedKind("", "secrets", "v1", "Secret", is_namespaced=True)
APPLICATIONS = ListedKind(
    "argoproj.io", "applications", "v1alpha1", "Application", is_namespaced=True
)
PODS = ListedKind("", "pods", "v1", "Pod", is_namespaced=True)
NONE: Mapping[str, str] = {}


class Cluster:
    """A cluster that is looked at again and again."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(folder / "history.db")
        self.observed = self.store.register("kubernetes", "minikube", "observed")
        self.at = 100

    def look(
        self,
        pages: list[tuple[ListedKind, list[dict[str, Any]]]],
        gaps: Mapping[str, str] = NONE,
    ) -> int:
        """One look; every object's version is a digest of what it is."""
        masking = Redactor(b"k" * 32, "test")
        keeper = RecordKeeper(self.store, self.observed, masking, "test")
        for kind, items in pages:
            body = json.dumps({"items": [_versioned(item) for item in items]}).encode()
            keeper.page(Heard(kind, page_of(body), body))
        self.at += 10
        return keeper.finish(gaps, at=self.at, known_at=self.at, by=Person("me", ""))

    def there(self) -> dict[str, list[str]]:
        """The keys of the documents that are recorded now, by file."""
        found: dict[str, list[str]] = {}
        for one in self.store.resources(self.recorded):
            if one.presence[-1][1] is None:
                found.setdefault(one.file, []).append(one.key)
        return found

    def gaps(self) -> dict[str, str]:
        """The gaps that are open now."""
        return {
            one.file: one.reason
            for one in self.store.gaps(self.recorded)
            if one.to_position is None
        }

    @property
    def recorded(self) -> int:
        """The chain of records."""
        (found,) = [one.id for one in self.store.sources() if one.branch == "recorded"]
        return found


def _versioned(item: dict[str, Any]) -> dict[str, Any]:
    names = item["metadata"]
    version = str(hash(json.dumps(item, sort_keys=True)))
    return {**item, "metadata": {**names, "uid": names["name"], "resourceVersion": version}}


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    """A cluster that nobody has looked at."""
    return Cluster(tmp_path)


def test_records_are_kept(cluster: Cluster) -> None:
    """Releases and reconcilers are documents of the recorded chain, at the look's instant."""
    assert 1 == cluster.look([(SECRETS, [release()]), (APPLICATIONS, [APPLICATION])])
    assert {"shop/secrets.core": 5, "argocd/applications.argoproj.io": 1} == {
        file: len(keys) for file, keys in cluster.there().items()
    }
    assert [110] == [look.at for look in cluster.store.looks(cluster.recorded)]
    assert [] == cluster.store.verify()


def test_a_cluster_in_which_nothing_is_recorded(cluster: Cluster) -> None:
    """Where no tool left a record there is no chain."""
    other = {"metadata": {"name": "plain", "namespace": "shop"}, "type": "Opaque"}
    gaps = {"*/configmaps.core": "denied", "shop/pods.core": "denied"}

    assert 0 == cluster.look([(SECRETS, [other]), (PODS, [other])], gaps)
    assert ["observed"] == [one.branch for one in cluster.store.sources()]


def test_secrets_that_nobody_may_read(cluster: Cluster) -> None:
    """Where releases cannot be seen that is a gap, from the first look on."""
    cluster.look([], {"*/secrets.core": "denied: grant list on secrets"})

    assert {"*/secrets.core": "denied: grant list on secrets"} == cluster.gaps()


def test_a_gap_takes_nothing_away_and_closes(cluster: Cluster) -> None:
    """What was recorded stays behind a gap, also where half of a listing was heard."""
    first, second = release(1, "superseded"), release(2)
    cluster.look([(SECRETS, [first, second])])
    before = cluster.there()
    cluster.look([(SECRETS, [first])], {"shop/secrets.core": "cut short"})

    assert before == cluster.there()
    assert {"shop/secrets.core": "cut short"} == cluster.gaps()
    cluster.look([(SECRETS, [first, second])])
    assert ({}, before) == (cluster.gaps(), cluster.there())


def test_a_release_that_is_gone(cluster: Cluster) -> None:
    """What was listed without a record any more has none."""
    cluster.look([(SECRETS, [release()])])
    cluster.look([(SECRETS, [])])

    assert {} == cluster.there()


def test_an_upgrade_is_a_change(cluster: Cluster) -> None:
    """A new revision moves what it changed, and nothing else."""
    more = MANIFEST.replace("replicas: 2", "replicas: 5")
    cluster.look([(SECRETS, [release()])])
    cluster.look([(SECRETS, [release(1, "superseded"), release(2, manifest=more)])])
    ids = {one.id: one.key for one in cluster.store.resources(cluster.recorded)}
    moved = {
        (ids[step.resource], step.address, step.after)
        for step in cluster.store.steps(ids)
        if step.before is not None
    }

    assert {
        ("Deployment/shop/web", "/spec/replicas", "5"),
        ("helm-release:shop/web", "/revision", "2"),
    } == moved


def test_what_nobody_wrote_is_not_opened_again(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A listing in which nothing was written costs no unpacking, and still is a look."""
    cluster.look([(SECRETS, [release()])])

    def refused(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(records, "opened", refused)
    assert 1 == cluster.look([(SECRETS, [release()])])
    assert 2 == len(cluster.store.looks(cluster.recorded))


def test_a_damaged_release_stays_a_gap(cluster: Cluster) -> None:
    """A record that cannot be unpacked is a gap at every look, until it can be."""
    damaged = release(packed=b"no gzip")
    cluster.look([(SECRETS, [damaged])])
    gaps = cluster.gaps()
    cluster.look([(SECRETS, [damaged])])

    assert "is damaged" in gaps["shop/secrets.core"]
    assert gaps == cluster.gaps()
    cluster.look([(SECRETS, [release()])])
    assert {} == cluster.gaps()


def test_a_server_that_does_not_answer_for_a_group(cluster: Cluster) -> None:
    """What is behind a silent API group stays as it was."""
    cluster.look([(APPLICATIONS, [APPLICATION])])
    cluster.look([], {"*/*.argoproj.io": "the server behind it does not answer"})

    assert {"argocd/applications.argoproj.io": ["Application/argocd/web"]} == cluster.there()
    assert (
        "the server behind it does not answer" == cluster.gaps()["argocd/applications.argoproj.io"]
    )


def test_a_namespace_that_nobody_may_look_into(cluster: Cluster) -> None:
    """Where everything of a namespace is denied its records stay; what lies outside hides none."""
    cluster.look([(SECRETS, [release()]), (APPLICATIONS, [APPLICATION])])
    before = cluster.there()
    gaps = {"shop/*": "denied", "-/*": "not asked for"}
    cluster.look([(APPLICATIONS, [APPLICATION])], gaps)

    assert before == cluster.there()
    assert {"shop/*": "denied", "shop/secrets.core": "denied"} == cluster.gaps()
