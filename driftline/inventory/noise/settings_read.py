"""Which ConfigMaps and Secrets a pod reads, and whether at its start or as files."""

import re
from collections.abc import Mapping

import msgspec

from driftline.inventory.typed import decode

_READS: tuple[tuple[re.Pattern[str], str, bool], ...] = tuple(
    (re.compile(pattern), kind, as_variables)
    for pattern, kind, as_variables in (
        (r"/spec/volumes/[^/]+/configMap/name", "ConfigMap", False),
        (r"/spec/volumes/[^/]+/secret/secretName", "Secret", False),
        (r"/spec/volumes/[^/]+/projected/sources/[^/]+/configMap/name", "ConfigMap", False),
        (r"/spec/volumes/[^/]+/projected/sources/[^/]+/secret/name", "Secret", False),
        (r"/spec/\w*[cC]ontainers/[^/]+/envFrom/[^/]+/configMapRef/name", "ConfigMap", True),
        (r"/spec/\w*[cC]ontainers/[^/]+/envFrom/[^/]+/secretRef/name", "Secret", True),
        (
            r"/spec/\w*[cC]ontainers/[^/]+/env/[^/]+/valueFrom/configMapKeyRef/name",
            "ConfigMap",
            True,
        ),
        (r"/spec/\w*[cC]ontainers/[^/]+/env/[^/]+/valueFrom/secretKeyRef/name", "Secret", True),
    )
)
# What the cluster renews by itself, and every program knows how to read again.
_RENEWED = re.compile(r"kube-root-ca\.crt|openshift-service-ca\.crt|.*-token-[a-z0-9]{5}")


class SettingsRead(msgspec.Struct, frozen=True, gc=False, order=True):
    """A ConfigMap or Secret, by its key, and whether it is read as variables or as files."""

    key: str
    as_variables: bool


def settings_read(key: str, facts: Mapping[str, str]) -> tuple[SettingsRead, ...]:
    """What a pod reads, each once; what is read in both ways counts as variables.

    `key` is that of the pod, `Pod/namespace/name`.
    """
    namespace = "/".join(key.split("/")[1:-1])
    found: dict[str, bool] = {}
    for address, value in facts.items():
        if not address.endswith(("/name", "/secretName")) or value[:1] != '"':
            continue
        for pattern, kind, as_variables in _READS:
            if pattern.fullmatch(address):
                name = decode(value)
                if not _RENEWED.fullmatch(name):
                    source = "/".join(filter(None, (kind, namespace, name)))
                    found[source] = found.get(source, False) or as_variables
    return tuple(sorted(SettingsRead(source, how) for source, how in found.items()))
