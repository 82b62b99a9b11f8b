"""What tests of planes share: a running system of a few objects, looked at when a test says so."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from driftline.history.protocol import Store
from driftline.inventory.canonical import difference
from driftline.model.document import Document, Reading
from driftline.model.look import Contribution, GapChange, Look, LookChanges, Person
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.translate import translate
from driftline.sources.redaction import Redactor

CLUSTER = "prod-cluster"
NOBODY = Person("", "")
KINDS = {
    one.kind: one
    for one in (
        ListedKind("", "configmaps", "v1", "ConfigMap", is_namespaced=True),
        ListedKind("", "namespaces", "v1", "Namespace", is_namespaced=False),
        ListedKind("", "secrets", "v1", "Secret", is_namespaced=True),
        ListedKind("", "services", "v1", "Service", is_namespaced=True),
        ListedKind("apps", "deployments", "v1", "Deployment", is_namespaced=True),
        ListedKind("apps", "replicasets", "v1", "ReplicaSet", is_namespaced=True),
    )
}

Objects = Sequence[Mapping[str, Any]]


def config_map(namespace: str, name: str, *, managers: Any = (), **data: str) -> dict[str, Any]:
    """A ConfigMap as the API server would list it."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": name,
            "namespace": namespace,
            "uid": f"uid-{namespace}-{name}",
            "creationTimestamp": "2026-01-01T00:00:00Z",
            "managedFields": list(managers),
        },
        "data": data,
    }


def manager(name: str, time: str, *keys: str, operation: str = "Update") -> dict[str, Any]:
    """A managedFields entry that owns these keys of a ConfigMap's data."""
    return {
        "manager": name,
        "operation": operation,
        "apiVersion": "v1",
        "time": time,
        "fieldsType": "FieldsV1",
        "fieldsV1": {"f:data": {f"f:{key}": {} for key in keys}},
    }


class Running:
    """A cluster whose looks go straight into a store, as the source itself would write them."""

    def __init__(self, store: Store, cluster: str = CLUSTER, *, branch: str = "observed") -> None:
        self.store = store
        self.source = store.register("kubernetes", cluster, branch).id
        self.masking = Redactor(b"k" * 32, "test")
        self.files: dict[str, Reading] = {}
        self.gaps: dict[str, str] = {}

    def look(
        self, at: int, objects: Objects, *, gaps: Mapping[str, str] | None = None, by: str = ""
    ) -> None:
        """Look at these objects; what lies behind a gap stays as it was known.

        `by` is the field manager that moved whatever moved.
        """
        unseen = dict(gaps or {})
        now = self._read(objects)
        kept = {file: reading for file, reading in self.files.items() if _is_unseen(file, unseen)}
        now = {**{file: one for file, one in now.items() if file not in kept}, **kept}
        resources = [
            change
            for file in sorted({*self.files, *now})
            if now.get(file) is not self.files.get(file)
            for change in difference(self.files.get(file), now.get(file, Reading(())), file)
        ]
        position = self.store.next_position(self.source)
        changes = [GapChange(file, reason) for file, reason in unseen.items()]
        changes += [GapChange(file, None) for file in self.gaps if file not in unseen]
        act = Contribution("", Person(by, ""), f"{by} Update" if by else "")
        look = Look(position, at, f"look {position}", NOBODY, None, "")
        made = LookChanges(look, (act,), tuple(resources), tuple(changes))
        self.store.append(self.source, [made], known_at=at)
        self.files, self.gaps = now, unseen

    def _read(self, objects: Objects) -> dict[str, Reading]:
        documents: dict[str, list[Document]] = {}
        for one in objects:
            live = translate(json.dumps(one).encode(), KINDS[one["kind"]], self.masking)
            documents.setdefault(live.file, []).extend(live.documents)
        return {file: Reading(tuple(several)) for file, several in documents.items()}


def _is_unseen(file: str, gaps: Mapping[str, str]) -> bool:
    return file in gaps or f"*/{file.partition('/')[2]}" in gaps
