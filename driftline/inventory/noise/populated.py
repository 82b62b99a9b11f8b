"""What the cluster itself puts into an object, by kind and place, whatever is declared.

Identities, owners and status are never anybody's intent. Addresses, node ports
and volumes that were bound are filled in only where nothing was declared.
"""

import functools

from driftline.inventory.noise.places import metadata_path, pod_path
from driftline.inventory.noise.rule import Noise, noise

_IDENTITY = frozenset(
    "uid creationTimestamp resourceVersion generation selfLink managedFields deletionTimestamp"
    " deletionGracePeriodSeconds generateName".split()
)
_EVERYWHERE = {"finalizers": "a program has to clean up before the object may go"}

# Kind to the shapes of what is assigned; a trailing slash means everything below.
_KINDS: dict[str, tuple[str, ...]] = {
    "Service": (
        "/spec/clusterIP",
        "/spec/clusterIPs/",
        "/spec/ipFamilies/",
        "/spec/ports/*/nodePort",
        "/spec/healthCheckNodePort",
    ),
    "PersistentVolumeClaim": ("/spec/volumeName", "/spec/storageClassName", "/spec/dataSourceRef/"),
    "PersistentVolume": ("/spec/claimRef/", "/spec/nodeAffinity/"),
    "ServiceAccount": ("/secrets/", "/imagePullSecrets/"),
    "Job": ("/spec/selector/matchLabels/controller-uid", "/spec/selector/matchLabels/batch."),
    "Namespace": ("/spec/finalizers/",),
    "Node": ("/spec/podCIDR", "/spec/podCIDRs/", "/spec/providerID", "/spec/taints/"),
    "Ingress": ("/spec/ingressClassName",),
    "Route": ("/spec/host",),
    "DaemonSet": ("/spec/templateGeneration",),
    "DeploymentConfig": ("/spec/triggers/*/imageChangeParams/lastTriggeredImage",),
    "APIService": ("/spec/groupPriorityMinimum", "/spec/versionPriority"),
}
_POD = ("nodeName", "tolerations/", "imagePullSecrets/", "hostname", "subdomain", "priority")
_LABELS = frozenset(
    "labels/controller-uid labels/job-name labels/pod-template-hash"
    " labels/controller-revision-hash labels/pod-template-generation".split()
)
_LABEL_STARTS = (
    "labels/batch.kubernetes.io~1",
    "labels/apps.kubernetes.io~1pod-index",
    "labels/statefulset.kubernetes.io~1",
    "labels/topology.kubernetes.io~1",
)

_ASSIGNED = noise("populated")
_IDENTIFIES = noise("identity")
_OWNED = Noise("identity", "its owner is noted on every child")
_GENERATED = Noise("populated", "a controller puts a label on what it made")
_STATUS = noise("status")


@functools.lru_cache(maxsize=32768)
def assigned(kind: str, shape: str) -> Noise | None:
    """Why the cluster has the say over the value at a shape, on either side; None: it has not."""
    if shape.startswith("/status") or "/status/" in shape or shape.endswith("/status"):
        return _STATUS if _is_status(kind, shape) else None
    metadata = metadata_path(shape)
    return None if metadata is None else _metadata(kind, metadata)


@functools.lru_cache(maxsize=32768)
def filled(kind: str, shape: str) -> Noise | None:
    """Why the cluster may have put a value where the other side has none."""
    found = assigned(kind, shape)
    if found is not None:
        return found
    if any(_is_at(shape, start) for start in _KINDS.get(kind, ())):
        return _ASSIGNED
    metadata = metadata_path(shape)
    if metadata is not None:
        for start, reason in _EVERYWHERE.items():
            if metadata.startswith(start):
                return Noise("populated", reason)
        return None
    inside = pod_path(kind, shape) if kind == "Pod" else None
    if inside is not None and any(_is_at(inside, one) for one in _POD):
        return _ASSIGNED
    return None


def _metadata(kind: str, path: str) -> Noise | None:
    first = path.partition("/")[0]
    if first in _IDENTITY:
        return _IDENTIFIES
    if first == "ownerReferences":
        return _OWNED
    if path in _LABELS and kind not in ("Deployment", "StatefulSet", "DaemonSet"):
        return _GENERATED
    return _GENERATED if path.startswith(_LABEL_STARTS) else None


def _is_status(kind: str, shape: str) -> bool:
    """Whether a path runs through the status of an object or of a claim in its template."""
    if shape == "/status" or shape.startswith("/status/"):
        return kind not in ("ConfigMap", "Secret")
    return shape.startswith("/spec/volumeClaimTemplates/*/status")


def _is_at(shape: str, start: str) -> bool:
    if start.endswith(("/", ".")):
        return shape.startswith(start) or shape + "/" == start
    return shape == start
