"""Which kinds of objects are read, and which are never configuration, each with its reason."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec


class ListedKind(msgspec.Struct, frozen=True, order=True):
    """One kind of object that the server lists, in the version it prefers."""

    group: str
    plural: str
    version: str
    kind: str
    is_namespaced: bool
    is_watchable: bool = True

    @property
    def name(self) -> str:
        """`deployments.apps`; the group that has no name is called core."""
        return f"{self.plural}.{self.group or 'core'}"

    @property
    def api_version(self) -> str:
        """The `apiVersion` of its objects."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def root(self) -> str:
        """The path of its group and version."""
        return f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"

    def path(self, namespace: str = "") -> str:
        """The path of its listing, in one namespace or everywhere."""
        inside = f"/namespaces/{namespace}" if namespace else ""
        return f"{self.root}{inside}/{self.plural}"

    def file(self, namespace: str) -> str:
        """Under which file its objects of a namespace are kept; `-` is no namespace.

        >>> ListedKind("apps", "deployments", "v1", "Deployment", True).file("shop")
        'shop/deployments.apps'
        """
        return f"{namespace or '-'}/{self.name}"


class Skipped(msgspec.Struct, frozen=True):
    """A kind that is not read: globs of its group and plural, and why."""

    group: str
    plural: str
    reason: str


_RECORDS = "records of what happened, not of what is configured"
_ADDRESSES = "addresses of pods, written by the cluster itself at every start and stop"
_HEARTBEATS = "heartbeats"
_MEASURED = "measurements"
_SAME = "the same objects under an older or a second name"
_RUNS = "runs of a job, not its configuration"
_REPORTS = "findings of a scanner about other objects"
_STORAGE = "what a storage driver notes for itself"
_COPIES = "copies that a controller keeps of what it was given before"
_NETWORK = "what a network plugin notes for itself"
_QUESTIONS = "questions to the server, which it does not keep"

# The first row that fits decides. Group "" is the core group.
SKIPPED: tuple[Skipped, ...] = (
    Skipped("", "events", _RECORDS),
    Skipped("events.k8s.io", "events", _RECORDS),
    Skipped("", "endpoints", _ADDRESSES),
    Skipped("discovery.k8s.io", "endpointslices", _ADDRESSES),
    Skipped("networking.k8s.io", "ipaddresses", _ADDRESSES),
    Skipped("coordination.k8s.io", "lease*", _HEARTBEATS),
    Skipped("", "componentstatuses", "a health check that Kubernetes has given up"),
    Skipped("", "bindings", _QUESTIONS),
    Skipped("authentication.k8s.io", "*", _QUESTIONS),
    Skipped("authorization.k8s.io", "*", _QUESTIONS),
    Skipped("metrics.k8s.io", "*", _MEASURED),
    Skipped("*.metrics.k8s.io", "*", _MEASURED),
    Skipped("extensions", "*", _SAME),
    Skipped("authorization.openshift.io", "*", _SAME),
    Skipped("project.openshift.io", "projects", _SAME),
    Skipped("apps", "controllerrevisions", _COPIES),
    Skipped("internal.apiserver.k8s.io", "*", "what servers of one cluster tell each other"),
    Skipped("storagemigration.k8s.io", "*", _RUNS),
    Skipped("certificates.k8s.io", "certificatesigningrequests", _RECORDS),
    Skipped("storage.k8s.io", "volumeattachments", _STORAGE),
    Skipped("storage.k8s.io", "csistoragecapacities", _STORAGE),
    Skipped("storage.k8s.io", "csinodes", _STORAGE),
    Skipped("resource.k8s.io", "resourceslices", _STORAGE),
    Skipped("snapshot.storage.k8s.io", "volumesnapshot*contents", _STORAGE),
    Skipped("cert-manager.io", "certificaterequests", _RECORDS),
    Skipped("acme.cert-manager.io", "*", _RECORDS),
    Skipped("tekton.dev", "*runs", _RUNS),
    Skipped("argoproj.io", "workflows", _RUNS),
    Skipped("argoproj.io", "analysisruns", _RUNS),
    Skipped("argoproj.io", "experiments", _RUNS),
    Skipped("velero.io", "*backups", _RUNS),
    Skipped("velero.io", "*restores", _RUNS),
    Skipped("velero.io", "*requests", _RUNS),
    Skipped("velero.io", "backuprepositories", _RUNS),
    Skipped("wgpolicyk8s.io", "*", _REPORTS),
    Skipped("openreports.io", "*", _REPORTS),
    Skipped("reports.kyverno.io", "*", _REPORTS),
    Skipped("kyverno.io", "*reports", _REPORTS),
    Skipped("kyverno.io", "updaterequests", _RUNS),
    Skipped("aquasecurity.github.io", "*reports", _REPORTS),
    Skipped("spdx.softwarecomposition.kubescape.io", "*", _REPORTS),
    Skipped("status.gatekeeper.sh", "*", _REPORTS),
    Skipped("autoscaling.k8s.io", "verticalpodautoscalercheckpoints", _MEASURED),
    Skipped("packages.operators.coreos.com", "*", "a catalogue of what could be installed"),
    Skipped("image.openshift.io", "image*images", _COPIES),
    Skipped("image.openshift.io", "images", "the contents of a registry"),
    Skipped("image.openshift.io", "imagestreamtags", _COPIES),
    Skipped("image.openshift.io", "imagetags", _COPIES),
    Skipped("oauth.openshift.io", "*tokens", "sessions of people"),
    Skipped("ext.cattle.io", "*", _QUESTIONS),
    Skipped("cilium.io", "ciliumendpoint*", _NETWORK),
    Skipped("cilium.io", "ciliumidentities", _NETWORK),
    Skipped("cilium.io", "ciliumnodes", _NETWORK),
    Skipped("crd.projectcalico.org", "ipam*", _NETWORK),
    Skipped("crd.projectcalico.org", "blockaffinities", _NETWORK),
    Skipped("projectcalico.org", "*", _SAME),
    Skipped("k8s.ovn.org", "*status*", _NETWORK),
)


def why_skipped(group: str, plural: str) -> str:
    """Why a kind is not read, or nothing for one that is.

    >>> why_skipped("metrics.k8s.io", "pods"), why_skipped("apps", "deployments")
    ('measurements', '')
    """
    for row in SKIPPED:
        if fnmatchcase(group, row.group) and fnmatchcase(plural, row.plural):
            return row.reason
    return ""


# What is asked for when the server will not say what it has: group, version, and
# plural with kind, of those inside namespaces and of those outside.
_INSIDE: tuple[tuple[str, str, str], ...] = (
    ("", "v1", "configmaps ConfigMap limitranges LimitRange pods Pod services Service"),
    ("", "v1", "persistentvolumeclaims PersistentVolumeClaim resourcequotas ResourceQuota"),
    ("", "v1", "secrets Secret serviceaccounts ServiceAccount"),
    ("apps", "v1", "daemonsets DaemonSet deployments Deployment"),
    ("apps", "v1", "replicasets ReplicaSet statefulsets StatefulSet"),
    ("autoscaling", "v2", "horizontalpodautoscalers HorizontalPodAutoscaler"),
    ("batch", "v1", "cronjobs CronJob jobs Job"),
    ("networking.k8s.io", "v1", "ingresses Ingress networkpolicies NetworkPolicy"),
    ("policy", "v1", "poddisruptionbudgets PodDisruptionBudget"),
    ("rbac.authorization.k8s.io", "v1", "rolebindings RoleBinding roles Role"),
)
_OUTSIDE: tuple[tuple[str, str, str], ...] = (
    ("", "v1", "namespaces Namespace nodes Node persistentvolumes PersistentVolume"),
    ("rbac.authorization.k8s.io", "v1", "clusterrolebindings ClusterRoleBinding"),
    ("rbac.authorization.k8s.io", "v1", "clusterroles ClusterRole"),
)


def _customary() -> Iterator[ListedKind]:
    for rows, is_namespaced in ((_OUTSIDE, False), (_INSIDE, True)):
        for group, version, names in rows:
            words = names.split()
            for plural, kind in zip(words[::2], words[1::2], strict=True):
                yield ListedKind(group, plural, version, kind, is_namespaced)


CUSTOMARY: tuple[ListedKind, ...] = tuple(_customary())
