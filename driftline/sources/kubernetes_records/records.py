"""Live objects in which tools remember what they did, as documents of the recorded plane.

The manifest that Helm remembers becomes the objects it stands for, each a
document as if it had been declared. What a release or a reconciler says of itself
is a document without an object's form, for it is nothing that runs.
"""

from collections.abc import Collection, Container, Iterable, Mapping
from typing import Any

from driftline.model.document import Document, DocumentKind, Reading
from driftline.sources.formats.documents import Masking, Named, with_unique_keys
from driftline.sources.formats.json_trees import tree_of_value
from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.scalars import text_value
from driftline.sources.formats.tree import flatten
from driftline.sources.formats.yaml_documents import YamlDocuments
from driftline.sources.kubernetes_records.helm_releases import (
    Release,
    Revision,
    opened,
    revision_of,
)
from driftline.sources.kubernetes_records.reconcilers import (
    RECORDED_KINDS,
    recorded_kind,
    status_of,
)

RELEASE = "helm-release:"
# How the names begin in which Helm keeps its releases, and the listings they stand in.
RELEASE_NAMES = "sh.helm.release."
RELEASE_LISTINGS = ("secrets.core", "configmaps.core")
# Every listing in which something is recorded.
LISTINGS = frozenset((*RELEASE_LISTINGS, *(one.listing for one in RECORDED_KINDS)))
# Kinds that live outside of namespaces, where nobody asked the cluster itself.
CLUSTER_KINDS = frozenset(
    "APIService ClusterIssuer ClusterRole ClusterRoleBinding CSIDriver CustomResourceDefinition"
    " FlowSchema GatewayClass IngressClass MutatingWebhookConfiguration Namespace Node"
    " PersistentVolume PriorityClass PriorityLevelConfiguration RuntimeClass StorageClass"
    " ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration"
    " VolumeSnapshotClass".split()
)


def recorded(
    objects: Iterable[Mapping[str, Any]],
    masking: Masking,
    *,
    cluster_kinds: Collection[str] = CLUSTER_KINDS,
) -> dict[str, Reading]:
    """What these live objects record, by the file of the listing they stand in.

    `objects` are parsed JSON as the server gave it, status and Secret data
    included; those that record nothing are passed over. A record that cannot be
    read is a gap of its file, and what else the file records is read all the same.
    """
    records = Records(masking, cluster_kinds=cluster_kinds)
    for one in objects:
        records.add(one)
    return records.readings()


class Records:
    """Takes in live objects one by one and keeps only what will be read.

    Of the revisions of a release it keeps the newest, and the newest that was
    applied, so that memory follows releases and not their past.
    """

    def __init__(self, masking: Masking, *, cluster_kinds: Collection[str] = CLUSTER_KINDS) -> None:
        self._masking = masking
        self._cluster_kinds = cluster_kinds
        self._yaml = YamlDocuments(masking)
        self._newest: dict[tuple[str, str, str], Revision] = {}
        self._applied: dict[tuple[str, str, str], Revision] = {}
        self._said: dict[str, dict[str, Mapping[str, Any]]] = {}

    def add(self, live: Mapping[str, Any], *, api_version: str = "", kind: str = "") -> bool:
        """Take in one object, and say whether it records anything.

        `api_version` and `kind` are those of its listing, for items that leave them out.
        """
        api_version = str(live.get("apiVersion") or api_version)
        kind = str(live.get("kind") or kind)
        if kind in ("Secret", "ConfigMap") and api_version == "v1":
            return self._add_revision(live, kind)
        record = recorded_kind(api_version, kind)
        if record is None:
            return False
        metadata = live.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        namespace, name = str(metadata.get("namespace", "")), str(metadata.get("name", ""))
        file = f"{namespace or '-'}/{record.listing}"
        said = {"kind": kind, "name": name, "namespace": namespace, **status_of(live, record)}
        key = "/".join(filter(None, (kind, namespace, name)))
        # The same object may come twice, when a listing had to begin anew.
        self._said.setdefault(file, {})[key] = said
        return True

    def readings(self, files: Container[str] | None = None) -> dict[str, Reading]:
        """What was recorded, by file; None is every file."""
        found: dict[str, _File] = {}
        for at, newest in sorted(self._newest.items(), key=lambda item: item[0]):
            name = f"{newest.namespace or '-'}/{at[0]}.core"
            if files is None or name in files:
                file = found.setdefault(name, _File())
                self._read_release(file, newest, self._applied.get(at))
        for name, objects in sorted(self._said.items()):
            if files is None or name in files:
                file = found.setdefault(name, _File())
                for key, said in sorted(objects.items()):
                    self._note(file, key, said)
        return {name: file.reading() for name, file in sorted(found.items())}

    def _add_revision(self, live: Mapping[str, Any], kind: str) -> bool:
        revision = revision_of(live)
        if revision is None:
            return False
        at = f"{kind.lower()}s", revision.namespace, revision.release
        newest = self._newest.get(at)
        if newest is None or newest.number < revision.number:
            self._newest[at] = revision
        applied = self._applied.get(at)
        if revision.is_applied and (applied is None or _later(revision, applied)):
            self._applied[at] = revision
        return True

    def _read_release(self, file: "_File", newest: Revision, applied: Revision | None) -> None:
        release = self._opened(file, newest)
        if release is not None:
            self._note(file, f"{RELEASE}{release.namespace}/{release.name}", _summary(release))
        if applied is None or newest.is_removed:
            return
        manifest = release if applied is newest else self._opened(file, applied)
        if manifest is None:
            return
        documents, gap = self._yaml.read(manifest.manifest, DocumentKind.PLAIN)
        if gap is not None:
            where = f"the manifest of Helm's release {manifest.name}"
            file.reasons.append(f"{where}: {gap}")
        file.named.extend(
            self._placed(one, manifest.namespace)
            for one in documents
            if one.kind is DocumentKind.OBJECT
        )

    def _opened(self, file: "_File", revision: Revision) -> Release | None:
        try:
            return opened(revision)
        except Unreadable as reason:
            file.reasons.append(str(reason))
            return None

    def _placed(self, document: Document, namespace: str) -> Named:
        """An object of a manifest in the namespace that it was installed into."""
        kind, _, rest = document.key.partition("/")
        if "/" in rest or kind in self._cluster_kinds or not namespace:
            return Named(document.key, document.kind, document.parts)
        place = {"/metadata/namespace": text_value(namespace)}
        key = f"{kind}/{namespace}/{rest}"
        return Named(key, document.kind, (*document.parts, place))

    def _note(self, file: "_File", key: str, said: Mapping[str, Any]) -> None:
        try:
            facts = flatten(tree_of_value(dict(said)))
        except Unreadable as reason:
            file.reasons.append(f"{key}: {reason}")
            return
        self._masking.redact(facts)
        file.named.append(Named(key, DocumentKind.PLAIN, (facts,)))


class _File:
    """What one listing records, while it is gathered."""

    def __init__(self) -> None:
        self.named: list[Named] = []
        self.reasons: list[str] = []

    def reading(self) -> Reading:
        """All of it."""
        return Reading(with_unique_keys(self.named), "; ".join(self.reasons) or None)


def _later(one: Revision, other: Revision) -> bool:
    """Whether a revision tells better than another what was applied last."""
    rank = one.status == "deployed", one.number
    return rank > (other.status == "deployed", other.number)


def _summary(release: Release) -> dict[str, Any]:
    return {
        "kind": "helm release",
        "name": release.name,
        "namespace": release.namespace,
        "revision": release.revision,
        "status": release.status,
        "chart": release.chart,
        "chartVersion": release.chart_version,
        "appVersion": release.app_version,
        "deployedAt": release.deployed_at,
        "values": dict(release.values),
    }
