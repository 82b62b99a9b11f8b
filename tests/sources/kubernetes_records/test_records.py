"""Live objects that record something become documents of the recorded plane."""

import gzip
from typing import Any

import msgspec

from driftline.model.document import Document, DocumentKind
from driftline.sources.kubernetes_records.records import Records, recorded
from driftline.sources.redaction import Redactor
from tests.sources.kubernetes_records.building import (
    APPLICATION,
    GIT_REPOSITORY,
    KUSTOMIZATION,
    MANIFEST,
    release,
)

MASKING = Redactor(b"k" * 32, "test")


def documents(*objects: dict[str, Any]) -> dict[str, Document]:
    """All documents that these objects record, by key; nothing may be a gap."""
    readings = recorded(objects, MASKING)
    assert all(one.gap is None for one in readings.values()), readings
    return {one.key: one for reading in readings.values() for one in reading.documents}


def test_a_release_is_its_objects_and_its_summary() -> None:
    """The objects of a manifest stand in the release's namespace, unless they say otherwise."""
    found = documents(release())

    assert [
        "helm-release:shop/web",
        "Deployment/shop/web",
        "Secret/shop/web-key",
        "ClusterRole/web-reader",
        "ConfigMap/other/elsewhere",
    ] == list(found)
    assert '"shop"' == found["Deployment/shop/web"].leaves()["/metadata/namespace"]
    assert "/metadata/namespace" not in found["ClusterRole/web-reader"].leaves()
    assert DocumentKind.PLAIN is found["helm-release:shop/web"].kind
    assert DocumentKind.OBJECT is found["Deployment/shop/web"].kind


def test_a_release_stands_under_the_listing_it_was_found_in() -> None:
    """What was read from Secrets is behind a gap when Secrets are."""
    readings = recorded([release(), release(name="cm", kind="ConfigMap")], MASKING)

    assert ["shop/configmaps.core", "shop/secrets.core"] == list(readings)


def test_the_summary_of_a_release() -> None:
    """The summary names chart, versions, status and values, numbers as they were spelled."""
    facts = documents(release(4))["helm-release:shop/web"].leaves()

    assert ("4", '"deployed"', '"0.3.0"', '"1.2"') == (
        facts["/revision"],
        facts["/status"],
        facts["/chartVersion"],
        facts["/appVersion"],
    )
    assert ("2", "1.5") == (facts["/values/replicas"], facts["/values/weight"])


def test_no_secret_gets_out() -> None:
    """Neither the manifest's nor the values' nor a URL's secret is in any fact."""
    everything = msgspec.json.encode(
        [list(one.leaves().items()) for one in documents(release(), GIT_REPOSITORY).values()]
    ).decode()

    assert "hunter2" not in everything
    assert "ghp_abcdef" not in everything
    assert everything.count('{\\"secret\\":') >= 2


def test_the_newest_applied_revision_counts() -> None:
    """After a failed upgrade the objects are those of the revision that is still deployed."""
    old = release(1, "superseded", manifest=MANIFEST.replace("replicas: 2", "replicas: 1"))
    current = release(2, "deployed")
    failed = release(3, "failed", manifest=MANIFEST.replace("replicas: 2", "replicas: 9"))
    for order in ([old, current, failed], [failed, current, old]):
        found = documents(*order)

        assert "2" == found["Deployment/shop/web"].leaves()["/spec/replicas"]
        assert '"failed"' == found["helm-release:shop/web"].leaves()["/status"]


def test_an_uninstalled_release_has_no_objects() -> None:
    """A history that was kept installs nothing."""
    found = documents(release(1, "superseded"), release(2, "uninstalled"))

    assert ["helm-release:shop/web"] == list(found)


def test_a_damaged_release_is_a_gap_and_the_others_are_read() -> None:
    """One record that cannot be read hides no other of its listing."""
    damaged = release(packed=gzip.compress(b"no json"), name="broken")
    reading = recorded([damaged, release()], MASKING)["shop/secrets.core"]

    assert "Helm's record of broken, revision 1, is damaged" == reading.gap
    assert "Deployment/shop/web" in {one.key for one in reading.documents}


def test_reconcilers_are_records() -> None:
    """What Argo CD and Flux say of themselves stands in the files of their listings."""
    readings = recorded([APPLICATION, KUSTOMIZATION], MASKING)

    assert {
        "argocd/applications.argoproj.io": ["Application/argocd/web"],
        "flux-system/kustomizations.kustomize.toolkit.fluxcd.io": [
            "Kustomization/flux-system/apps"
        ],
    } == {file: [one.key for one in reading.documents] for file, reading in readings.items()}


def test_items_of_a_listing_may_leave_out_what_it_says() -> None:
    """An item without apiVersion and kind has those of its listing."""
    item = {key: value for key, value in release().items() if key not in ("apiVersion", "kind")}
    records = Records(MASKING)

    assert records.add(item, api_version="v1", kind="Secret")
    assert not records.add({"metadata": {"name": "x"}}, api_version="v1", kind="Secret")
    assert ["shop/secrets.core"] == list(records.readings())


def test_what_comes_twice_counts_once() -> None:
    """A listing that had to begin anew records nothing twice, and can be asked again in part."""
    records = Records(MASKING)
    for one in (APPLICATION, release(), APPLICATION, release()):
        records.add(one)
    first, again = records.readings(), records.readings({"argocd/applications.argoproj.io"})

    assert 4 + 1 == len(first["shop/secrets.core"].documents)
    assert ["argocd/applications.argoproj.io"] == list(again)
    assert 1 == len(again["argocd/applications.argoproj.io"].documents)
