"""What injectors add to the pods they watch: containers, volumes, mounts and variables."""

import functools
import re
from collections.abc import Mapping

from driftline.inventory.noise.rule import Noise
from driftline.model import address as addresses

_CLOUD = "the cloud's identities"
# Who injects, and the names of what it adds: containers, volumes and variables.
_CONTAINERS: dict[str, str] = {
    r"istio-(?:proxy|init|validation)|enable-core-dump": "Istio",
    r"linkerd-(?:proxy|init|debug|network-validator)": "Linkerd",
    r"vault-agent(?:-init)?": "Vault",
    r"consul-(?:dataplane|connect-.*|sidecar)|envoy-sidecar": "Consul",
    r"daprd": "Dapr",
    r"kuma-(?:sidecar|init|validation)": "Kuma",
    r"osm-init|osm-healthcheck": "Open Service Mesh",
    r"gke-gcsfuse-(?:sidecar|metadata-prefetch)|gke-metadata-.*": "the cloud",
    r"azwi-proxy(?:-init)?": _CLOUD,
    r"opentelemetry-auto-instrumentation.*|otc-container": "OpenTelemetry",
    r"datadog-(?:lib|agent|init)-.*": "Datadog",
    r"queue-proxy": "Knative",
    r"cloudsql-proxy-injected|csql-.*": "the cloud's database proxy",
    r"jaeger-agent": "Jaeger",
    r"snyk-monitor-.*|falcon-.*|twistlock-.*": "a security agent",
}
_VOLUMES: dict[str, str] = {
    r"kube-api-access-[a-z0-9]{5}": "the cluster",
    r".+-token-[bcdfghjklmnpqrstvwxz2456789]{5}": "the cluster",
    r"aws-iam-token|eks-pod-identity-token": _CLOUD,
    r"azure-identity-token": _CLOUD,
    r"gcp-ksa|gke-gcsfuse-.*": _CLOUD,
    r"istio(?:-.*|d-ca-cert)|workload-(?:socket|certs)|credential-socket": "Istio",
    r"linkerd-(?:.*)": "Linkerd",
    r"vault-secrets|home-(?:init|sidecar)": "Vault",
    r"consul-connect-inject-data": "Consul",
    r"opentelemetry-auto-instrumentation.*": "OpenTelemetry",
    r"datadog(?:-.*)?": "Datadog",
}
_VARIABLES: dict[str, str] = {
    r"AWS_(?:ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|STS_REGIONAL_ENDPOINTS|DEFAULT_REGION|REGION"
    r"|CONTAINER_CREDENTIALS_FULL_URI|CONTAINER_AUTHORIZATION_TOKEN_FILE)": _CLOUD,
    r"AZURE_(?:CLIENT_ID|TENANT_ID|FEDERATED_TOKEN_FILE|AUTHORITY_HOST)": _CLOUD,
    r"STAKATER_.*": "Reloader",
    r"DD_(?:ENTITY_ID|AGENT_HOST|EXTERNAL_ENV|INTERNAL_POD_UID)": "Datadog",
    r"KUBERNETES_(?:SERVICE_HOST|PORT.*|SERVICE_PORT.*)": "the cluster",
}
_TOKEN_MOUNTS = re.compile(
    r"/var/run/secrets/(?:kubernetes\.io/serviceaccount|eks\.amazonaws\.com/.*"
    r"|azure/tokens.*|pods\.eks\.amazonaws\.com/.*|tokens.*)"
)
_LISTS = {
    "containers": _CONTAINERS,
    "initContainers": _CONTAINERS,
    "volumes": _VOLUMES,
    "env": _VARIABLES,
}
# Variables that somebody may well set by hand: an injector brings them with a role.
_COMPANIONS = frozenset({"AWS_REGION", "AWS_DEFAULT_REGION"})


def injected(element: str, facts: Mapping[str, str]) -> Noise | None:
    """The noise of an element of a list that an injector added, or None.

    `element` is the address of the element, `facts` those of the object.
    """
    head, _, token = element.rpartition("/")
    parent = head.rpartition("/")[2]
    named = addresses.element_name(token)
    if parent == "volumeMounts":
        return _mount(element, named, facts)
    if named is None or named[0] != "name" or parent not in _LISTS:
        return None
    if named[1] in _COMPANIONS and f"{head}/[name=AWS_ROLE_ARN]/name" not in facts:
        return None
    who = _who(parent, named[1])
    return None if who is None else _by(who)


def _mount(element: str, named: tuple[str, str] | None, facts: Mapping[str, str]) -> Noise | None:
    if named is not None and named[0] == "mountPath" and _TOKEN_MOUNTS.fullmatch(named[1]):
        return Noise("injected", "the cluster mounts its token into whatever runs here")
    volume = facts.get(element + "/name", "")
    who = _who("volumes", volume[1:-1]) if volume[:1] == '"' else None
    return None if who is None else _by(who)


@functools.lru_cache(maxsize=4096)
def _who(parent: str, name: str) -> str | None:
    for pattern, who in _LISTS[parent].items():
        if re.fullmatch(pattern, name):
            return who
    return None


def _by(who: str) -> Noise:
    return Noise("injected", f"{who} adds this to whatever runs here")
