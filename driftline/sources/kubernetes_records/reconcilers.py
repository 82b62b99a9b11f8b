"""What Argo CD and Flux remember in the status of their objects, as one small form for all of them.

Only what says which revision was applied where, and whether anything still
applies it: health and counters move by themselves and are no record of a deed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

ARGO = "argoproj.io"
FLUX = ".toolkit.fluxcd.io"


class RecordedKind(msgspec.Struct, frozen=True):
    """One kind whose status is a record: the listing it stands in, and how it is read."""

    group: str
    kind: str
    plural: str
    read: Callable[[Mapping[str, Any]], dict[str, Any]]

    @property
    def listing(self) -> str:
        """`applications.argoproj.io`."""
        return f"{self.plural}.{self.group}"


def _application(live: Mapping[str, Any]) -> dict[str, Any]:
    spec, status = _at(live, "spec"), _at(live, "status")
    sync, operation = _at(status, "sync"), _at(status, "operationState")
    automated = _at(spec, "syncPolicy").get("automated")
    is_automated = isinstance(automated, dict) and automated.get("enabled") is not False
    last = _list(status, "history")[-1:] or [{}]
    applied = last[0] if isinstance(last[0], dict) else {}
    return {
        "suspended": not is_automated,
        "revision": applied.get("revision") or _joined(applied.get("revisions")),
        "wanted": sync.get("revision") or _joined(sync.get("revisions")),
        "sync": sync.get("status"),
        "health": _at(status, "health").get("status"),
        "phase": operation.get("phase"),
        "deployedAt": applied.get("deployedAt"),
        "destination": _at(spec, "destination"),
        "images": sorted(map(str, _list(_at(status, "summary"), "images"))),
        "holds": {
            _object_name(one): one.get("status", "")
            for one in _list(status, "resources")
            if isinstance(one, dict)
        },
    }


def _kustomization(live: Mapping[str, Any]) -> dict[str, Any]:
    status = _at(live, "status")
    entries = _list(_at(status, "inventory"), "entries")
    return {
        **_reconciled(live),
        "revision": status.get("lastAppliedRevision"),
        "wanted": status.get("lastAttemptedRevision"),
        "holds": {
            _inventory_name(str(one.get("id", ""))): one.get("v", "")
            for one in entries
            if isinstance(one, dict)
        },
    }


def _helm_release(live: Mapping[str, Any]) -> dict[str, Any]:
    spec, status = _at(live, "spec"), _at(live, "status")
    history = [one for one in _list(status, "history") if isinstance(one, dict)]
    newest = history[0] if history else {}
    metadata = _at(live, "metadata")
    return {
        **_reconciled(live),
        "revision": newest.get("chartVersion") or status.get("lastAppliedRevision"),
        "wanted": status.get("lastAttemptedRevision"),
        "appVersion": newest.get("appVersion"),
        "release": newest.get("name")
        or status.get("lastReleaseName")
        or spec.get("releaseName")
        or metadata.get("name"),
        "releaseNamespace": newest.get("namespace")
        or spec.get("targetNamespace")
        or metadata.get("namespace"),
        "releaseRevision": newest.get("version") or status.get("lastReleaseRevision"),
        "status": newest.get("status"),
        "configDigest": newest.get("configDigest"),
    }


def _source(live: Mapping[str, Any]) -> dict[str, Any]:
    spec, artifact = _at(live, "spec"), _at(_at(live, "status"), "artifact")
    return {
        **_reconciled(live),
        "revision": artifact.get("revision"),
        "digest": artifact.get("digest") or artifact.get("checksum"),
        "url": spec.get("url"),
        "ref": spec.get("ref"),
    }


def _reconciled(live: Mapping[str, Any]) -> dict[str, Any]:
    """What all objects of Flux have: whether they are suspended, and whether they are ready."""
    conditions = _list(_at(live, "status"), "conditions")
    ready = next(
        (one for one in conditions if isinstance(one, dict) and one.get("type") == "Ready"), {}
    )
    return {
        "suspended": _at(live, "spec").get("suspend") is True,
        "ready": ready.get("status"),
        "reason": ready.get("reason"),
    }


RECORDED_KINDS: tuple[RecordedKind, ...] = (
    RecordedKind(ARGO, "Application", "applications", _application),
    RecordedKind(f"kustomize{FLUX}", "Kustomization", "kustomizations", _kustomization),
    RecordedKind(f"helm{FLUX}", "HelmRelease", "helmreleases", _helm_release),
    RecordedKind(f"source{FLUX}", "GitRepository", "gitrepositories", _source),
    RecordedKind(f"source{FLUX}", "OCIRepository", "ocirepositories", _source),
    RecordedKind(f"source{FLUX}", "HelmRepository", "helmrepositories", _source),
    RecordedKind(f"source{FLUX}", "HelmChart", "helmcharts", _source),
    RecordedKind(f"source{FLUX}", "Bucket", "buckets", _source),
)
_BY_NAME = {(one.group, one.kind): one for one in RECORDED_KINDS}


def recorded_kind(api_version: str, kind: str) -> RecordedKind | None:
    """The kind of an object whose status is a record, or None.

    >>> recorded_kind("argoproj.io/v1alpha1", "Application").listing
    'applications.argoproj.io'
    """
    return _BY_NAME.get((api_version.partition("/")[0], kind))


def status_of(live: Mapping[str, Any], kind: RecordedKind) -> dict[str, Any]:
    """What an object's status records; what it does not say is left out."""
    said = kind.read(live)
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def _object_name(resource: Mapping[str, Any]) -> str:
    """`Deployment.apps/shop/web`, as in all records; without what is not there."""
    kind, group = str(resource.get("kind", "")), str(resource.get("group") or "")
    parts = (f"{kind}.{group}" if group else kind, resource.get("namespace"), resource.get("name"))
    return "/".join(str(one) for one in parts if one)


def _inventory_name(identity: str) -> str:
    """Flux's `shop_web_apps_Deployment` in the same form.

    >>> _inventory_name("shop_web_apps_Deployment"), _inventory_name("_shop__Namespace")
    ('Deployment.apps/shop/web', 'Namespace/shop')
    """
    namespace, _, rest = identity.partition("_")
    # Flux writes a colon in a name (as RBAC has) as two underscores.
    rest, _, kind = rest.rpartition("_")
    name, _, group = rest.rpartition("_")
    names = {"kind": kind, "group": group, "namespace": namespace}
    return _object_name({**names, "name": name.replace("__", ":")})


def _at(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _list(value: Mapping[str, Any], key: str) -> Sequence[Any]:
    found = value.get(key)
    return found if isinstance(found, list) else ()


def _joined(revisions: object) -> str:
    return ", ".join(map(str, revisions)) if isinstance(revisions, list) else ""
