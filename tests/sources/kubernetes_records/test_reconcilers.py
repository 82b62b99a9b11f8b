"""Argo CD's and Flux's own accounts become one small form."""

from typing import Any

import pytest

from driftline.sources.kubernetes_records.reconcilers import (
    RECORDED_KINDS,
    recorded_kind,
    status_of,
)
from tests.sources.kubernetes_records.building import (
    APPLICATION,
    GIT_REPOSITORY,
    HELM_RELEASE,
    KUSTOMIZATION,
)


def said(live: dict[str, Any]) -> dict[str, Any]:
    """What one object records."""
    kind = recorded_kind(live["apiVersion"], live["kind"])
    assert kind is not None
    return status_of(live, kind)


def test_argo_cd() -> None:
    """An Application tells what was applied last, what is wanted, and what it holds."""
    assert {
        "suspended": False,
        "revision": "aaaa",
        "wanted": "bbbb",
        "sync": "OutOfSync",
        "health": "Healthy",
        "phase": "Succeeded",
        "deployedAt": "2026-05-04T10:00Z",
        "destination": {"namespace": "shop", "server": "https://kubernetes.default.svc"},
        "images": ["side:3", "web:1.2"],
        "holds": {"Deployment.apps/shop/web": "OutOfSync", "Namespace/shop": "Synced"},
    } == said(APPLICATION)


SUSPENDED = [
    ({}, True),
    ({"syncPolicy": {}}, True),
    ({"syncPolicy": {"automated": {}}}, False),
    ({"syncPolicy": {"automated": {"enabled": False}}}, True),
]


@pytest.mark.parametrize(("spec", "expected"), SUSPENDED)
def test_an_application_without_automatic_sync_is_suspended(
    spec: dict[str, Any], *, expected: bool
) -> None:
    """Nothing applies what is wanted where nobody switched that on."""
    assert expected is said({**APPLICATION, "spec": spec})["suspended"]


def test_several_sources_have_several_revisions() -> None:
    """The revisions of an Application with several sources stand side by side."""
    status = {"sync": {"revisions": ["a", "b"]}, "history": [{"revisions": ["a", "c"]}]}
    found = said({**APPLICATION, "status": status})

    assert ("a, b", "a, c") == (found["wanted"], found["revision"])


def test_flux_kustomization() -> None:
    """A Kustomization tells its revisions, that it is suspended, and what it holds."""
    assert {
        "suspended": True,
        "ready": "True",
        "reason": "ReconciliationSucceeded",
        "revision": "main@sha1:aaaa",
        "wanted": "main@sha1:bbbb",
        "holds": {
            "Deployment.apps/shop/web": "v1",
            "ClusterRole.rbac.authorization.k8s.io/system:a": "v1",
        },
    } == said(KUSTOMIZATION)


def test_flux_helm_release() -> None:
    """A HelmRelease tells the chart that was released and the one that was tried."""
    found = said(HELM_RELEASE)

    assert ("0.3.0", "0.4.0", 7, "failed", "False") == (
        found["revision"],
        found["wanted"],
        found["releaseRevision"],
        found["status"],
        found["ready"],
    )


def test_flux_sources() -> None:
    """A source tells where it looks and what it found last."""
    found = said(GIT_REPOSITORY)

    assert ("main@sha1:bbbb", {"branch": "main"}) == (found["revision"], found["ref"])


@pytest.mark.parametrize("kind", RECORDED_KINDS, ids=lambda kind: kind.kind)
def test_hostile_objects(kind: Any) -> None:
    """Whatever stands where something else should, an object is read."""
    wrongs: list[Any] = [None, "x", 3, [], [None], {"automated": []}, {"history": "x"}]
    for wrong in wrongs:
        live = {"metadata": wrong, "spec": wrong, "status": wrong}

        assert isinstance(status_of(live, kind), dict)


def test_other_kinds_record_nothing() -> None:
    """A kustomization file of kustomize itself is none of Flux."""
    assert recorded_kind("kustomize.config.k8s.io/v1beta1", "Kustomization") is None
    assert recorded_kind("apps/v1", "Deployment") is None
