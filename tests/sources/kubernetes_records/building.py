"""Records as Helm, Argo CD and Flux leave them in a cluster, made for tests."""

import base64
import gzip
import json
from typing import Any

MANIFEST = """---
# Source: web/templates/all.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  template: {spec: {containers: [{name: app, image: "web:1.2"}]}}
---
apiVersion: v1
kind: Secret
metadata: {name: web-key}
stringData: {password: hunter2-of-the-release}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: web-reader}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: elsewhere, namespace: other}
"""


def body(
    *, name: str = "web", namespace: str = "shop", manifest: str = MANIFEST, **info: Any
) -> dict[str, Any]:
    """What Helm packs."""
    return {
        "name": name,
        "namespace": namespace,
        "info": {"status": "deployed", "last_deployed": "2026-05-04T10:00:00Z"} | info,
        "chart": {"metadata": {"name": "web", "version": "0.3.0", "appVersion": "1.2"}},
        "config": {"replicas": 2, "weight": 1.50, "password": "hunter2-of-the-values"},
        "manifest": manifest,
    }


def release(
    number: int = 1,
    status: str = "deployed",
    *,
    kind: str = "Secret",
    packed: bytes | None = None,
    **said: Any,
) -> dict[str, Any]:
    """A Secret or ConfigMap that holds a revision."""
    name, namespace = said.get("name", "web"), said.get("namespace", "shop")
    if packed is None:
        packed = gzip.compress(json.dumps(body(status=status, **said)).encode(), mtime=0)
    text = base64.b64encode(packed)
    if kind == "Secret":
        text = base64.b64encode(text)
    owner = {"owner": "helm", "name": name, "status": status, "version": str(number)}
    return {
        "apiVersion": "v1",
        "kind": kind,
        "metadata": {
            "name": f"sh.helm.release.v1.{name}.v{number}",
            "namespace": namespace,
            "labels": owner,
        },
        "data": {"release": text.decode()},
    } | ({"type": "helm.sh/release.v1"} if kind == "Secret" else {})


APPLICATION: dict[str, Any] = {
    "apiVersion": "argoproj.io/v1alpha1",
    "kind": "Application",
    "metadata": {"name": "web", "namespace": "argocd"},
    "spec": {
        "destination": {"namespace": "shop", "server": "https://kubernetes.default.svc"},
        "syncPolicy": {"automated": {"selfHeal": True}},
    },
    "status": {
        "sync": {"status": "OutOfSync", "revision": "bbbb"},
        "health": {"status": "Healthy"},
        "operationState": {"phase": "Succeeded"},
        "history": [{"revision": "0000"}, {"revision": "aaaa", "deployedAt": "2026-05-04T10:00Z"}],
        "resources": [
            {"group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web",
             "status": "OutOfSync"},
            {"kind": "Namespace", "name": "shop", "status": "Synced"},
        ],
        "summary": {"images": ["web:1.2", "side:3"]},
    },
}  # fmt: skip

KUSTOMIZATION: dict[str, Any] = {
    "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
    "kind": "Kustomization",
    "metadata": {"name": "apps", "namespace": "flux-system"},
    "spec": {"suspend": True, "path": "./apps"},
    "status": {
        "conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded"}],
        "lastAppliedRevision": "main@sha1:aaaa",
        "lastAttemptedRevision": "main@sha1:bbbb",
        "inventory": {
            "entries": [
                {"id": "shop_web_apps_Deployment", "v": "v1"},
                {"id": "_system__a_rbac.authorization.k8s.io_ClusterRole", "v": "v1"},
            ]
        },
    },
}

HELM_RELEASE: dict[str, Any] = {
    "apiVersion": "helm.toolkit.fluxcd.io/v2",
    "kind": "HelmRelease",
    "metadata": {"name": "web", "namespace": "shop"},
    "spec": {"chart": {"spec": {"chart": "web"}}},
    "status": {
        "conditions": [{"type": "Ready", "status": "False", "reason": "UpgradeFailed"}],
        "history": [
            {"name": "web", "namespace": "shop", "version": 7, "chartVersion": "0.3.0",
             "appVersion": "1.2", "status": "failed", "configDigest": "sha256:aa"},
        ],
        "lastAttemptedRevision": "0.4.0",
    },
}  # fmt: skip

GIT_REPOSITORY: dict[str, Any] = {
    "apiVersion": "source.toolkit.fluxcd.io/v1",
    "kind": "GitRepository",
    "metadata": {"name": "apps", "namespace": "flux-system"},
    "spec": {"url": "https://robot:ghp_abcdefghijklmnopqrstuvwxyz0123456789@git.example/a.git",
             "ref": {"branch": "main"}},
    "status": {"artifact": {"revision": "main@sha1:bbbb"}},
}  # fmt: skip
