"""Where one Kubernetes object names another, so that a renamed object stays found.

kustomize renames objects by prefix and suffix and then mends every reference to
them inside one build. The table has the references of the built-in kinds; a
custom resource that names others is left as it is, as kustomize leaves it.
"""

import re
from collections.abc import Mapping

from driftline.inventory.kustomizations.transformers import text_value
from driftline.inventory.layers.material import text_of
from driftline.inventory.object_kinds import kind_of
from driftline.model import address as addresses

_POD = r"/spec(?:/jobTemplate/spec)?(?:/template)?(?:/spec)?"
_CONTAINER = _POD + r"/(?:containers|initContainers)/[^/]+"
_EACH = "/[^/]+/"

# The kind that is named, the kinds that name it (empty: any), and where.
_PLACES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ConfigMap", (), _POD + f"/volumes{_EACH}configMap/name"),
    ("ConfigMap", (), _POD + f"/volumes{_EACH}projected/sources{_EACH}configMap/name"),
    ("ConfigMap", (), _CONTAINER + f"/env{_EACH}valueFrom/configMapKeyRef/name"),
    ("ConfigMap", (), _CONTAINER + f"/envFrom{_EACH}configMapRef/name"),
    ("Secret", (), _POD + f"/volumes{_EACH}secret/secretName"),
    ("Secret", (), _POD + f"/volumes{_EACH}projected/sources{_EACH}secret/name"),
    ("Secret", (), _CONTAINER + f"/env{_EACH}valueFrom/secretKeyRef/name"),
    ("Secret", (), _CONTAINER + f"/envFrom{_EACH}secretRef/name"),
    ("Secret", (), _POD + f"/imagePullSecrets{_EACH}name"),
    ("Secret", ("Ingress",), f"/spec/tls{_EACH}secretName"),
    ("Secret", ("ServiceAccount",), f"/(?:secrets|imagePullSecrets){_EACH}name"),
    ("ServiceAccount", (), _POD + "/serviceAccountName"),
    ("PersistentVolumeClaim", (), _POD + f"/volumes{_EACH}persistentVolumeClaim/claimName"),
    ("Service", ("StatefulSet",), "/spec/serviceName"),
    ("Service", ("Ingress",), f"/spec/rules{_EACH}http/paths{_EACH}backend/service/name"),
    ("Service", ("Ingress",), "/spec/defaultBackend/service/name"),
    ("PriorityClass", (), _POD + "/priorityClassName"),
    ("StorageClass", ("PersistentVolume", "PersistentVolumeClaim"), "/spec/storageClassName"),
    ("StorageClass", ("StatefulSet",), f"/spec/volumeClaimTemplates{_EACH}spec/storageClassName"),
)
# References that say the kind themselves, beside the name.
_WITH_KIND: tuple[tuple[tuple[str, ...], str], ...] = (
    (("HorizontalPodAutoscaler",), "/spec/scaleTargetRef/name"),
    (("RoleBinding", "ClusterRoleBinding"), "/roleRef/name"),
    (("RoleBinding", "ClusterRoleBinding"), f"/subjects{_EACH}name"),
)
_COMPILED = [(kind, holders, re.compile(pattern)) for kind, holders, pattern in _PLACES]
_COMPILED_WITH_KIND = [(holders, re.compile(pattern)) for holders, pattern in _WITH_KIND]


def mended(names: Mapping[tuple[str, str], str], facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of an object after others were renamed: (kind, old name) to new name."""
    result = dict(facts)
    holder = kind_of(facts)
    for address, value in facts.items():
        kind = _kind_named(address, holder, facts)
        new = names.get((kind, text_of(value))) if kind else None
        if new is not None:
            _rename(address, text_value(new), new, result)
    return result


def _kind_named(address: str, holder: str, facts: Mapping[str, str]) -> str:
    """The kind of object that the value at an address names; empty for none."""
    if not address.endswith(("ame", "Name")):
        return ""
    for kind, holders, pattern in _COMPILED:
        if (not holders or holder in holders) and pattern.fullmatch(address):
            return kind
    for holders, pattern in _COMPILED_WITH_KIND:
        if holder in holders and pattern.fullmatch(address):
            return text_of(facts.get(address.removesuffix("name") + "kind"))
    return ""


def _rename(address: str, value: str, name: str, result: dict[str, str]) -> None:
    """Set a reference; an element that bears its name in its address moves along."""
    place, _, field = address.rpartition("/")
    named = addresses.element_name(place.rpartition("/")[2])
    result[address] = value
    if named is None or named[0] != addresses.unescape(field):
        return
    moved = f"{place.rpartition('/')[0]}/{addresses.element(named[0], name)}"
    for one in [one for one in result if one.startswith(place + "/")]:
        result[moved + one[len(place) :]] = result.pop(one)
