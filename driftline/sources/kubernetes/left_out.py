"""What of a live object is no fact about its configuration, as tables with reasons."""

from typing import Any

# Fields of `metadata` that the server keeps for itself.
BOOKKEEPING: dict[str, str] = {
    "managedFields": "kept apart, as who owns which field",
    "resourceVersion": "changes with every write, whatever it wrote",
    "generation": "counts writes",
    "selfLink": "the path of the object",
}

# Annotations that are left out, each with its reason. A copy of the whole
# object may hold what the object itself no longer does, secrets included.
ANNOTATIONS: dict[str, str] = {
    "kubectl.kubernetes.io/last-applied-configuration": "a copy of the object as it was applied",
    "kapp.k14s.io/original": "a copy of the object as it was applied",
    "objectset.rio.cattle.io/applied": "a copy of the object as it was applied",
    "banzaicloud.com/last-applied": "a copy of the object as it was applied",
    "operator.prometheus.io/last-applied": "a copy of the object as it was applied",
    "control-plane.alpha.kubernetes.io/leader": "a heartbeat",
    "endpoints.kubernetes.io/last-change-trigger-time": "a time stamp of a controller",
}

# What of `status` says what really runs: kind → lists, their fields, and plain fields.
_CONTAINER = ("name", "image", "imageID")
RUNNING_LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "Pod": {"containerStatuses": _CONTAINER, "initContainerStatuses": _CONTAINER},
}
RUNNING_FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    # The start of the pod, which restarts of its containers do not move.
    "Pod": {"": ("startTime",)},
    "Node": {
        "nodeInfo": (
            "architecture",
            "containerRuntimeVersion",
            "kernelVersion",
            "kubeProxyVersion",
            "kubeletVersion",
            "operatingSystem",
            "osImage",
        )
    },
}
# Whose kinds these are: the core group's, for a custom kind may be called Node, too.
_RUNNING_VERSION = "v1"


def leave_out(made: dict[str, Any]) -> None:
    """Take out of an object, as decoded, what is no configuration, in place."""
    metadata = made.get("metadata")
    if isinstance(metadata, dict):
        for field in BOOKKEEPING:
            metadata.pop(field, None)
        annotations = metadata.get("annotations")
        if isinstance(annotations, dict):
            for name in ANNOTATIONS:
                annotations.pop(name, None)
            if not annotations:
                del metadata["annotations"]
    status = made.pop("status", None)
    if isinstance(status, dict) and made.get("apiVersion") == _RUNNING_VERSION:
        running = _running(status, str(made.get("kind")))
        if running:
            made["status"] = running


def _running(status: dict[str, Any], kind: str) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for holder, fields in RUNNING_FIELDS.get(kind, {}).items():
        inside = status.get(holder) if holder else status
        if not isinstance(inside, dict):
            continue
        found = {key: inside[key] for key in fields if key in inside}
        if found and holder:
            kept[holder] = found
        else:
            kept.update(found)
    for name, fields in RUNNING_LISTS.get(kind, {}).items():
        elements = status.get(name)
        if isinstance(elements, list) and elements:
            kept[name] = [
                {key: one[key] for key in fields if key in one}
                for one in elements
                if isinstance(one, dict)
            ]
    return kept
