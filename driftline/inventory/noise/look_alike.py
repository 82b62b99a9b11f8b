"""Undeclared objects that nobody would declare, and declared ones that nobody will observe."""

import re
from collections.abc import Mapping

from driftline.inventory.noise.rule import Noise, noise
from driftline.inventory.typed import decode

Facts = Mapping[str, str]

# Kinds whose objects programs keep for themselves.
_KINDS: dict[str, str] = {
    "Event": "the cluster reports what happened",
    "Lease": "somebody leads, or a node is alive",
    "EndpointSlice": "the addresses behind a service",
    "EndpointSliceMirror": "the addresses behind a service",
    "ControllerRevision": "the former versions of a workload",
    "ReplicaSet": "a version of a deployment",
    "Node": "a machine that joined the cluster",
    "CSINode": "a machine that joined the cluster",
    "CSIStorageCapacity": "the storage that is left",
    "VolumeAttachment": "a volume on a machine",
    "PersistentVolume": "a volume that was made for a claim",
    "CertificateSigningRequest": "a certificate that was asked for",
    "CertificateRequest": "a certificate that was asked for",
    "Order": "a certificate that was asked for",
    "Challenge": "a certificate that was asked for",
    "ComponentStatus": "how the cluster is",
    "PodMetrics": "a measurement",
    "NodeMetrics": "a measurement",
    "IPAddress": "an address that a service has",
    "ServiceCIDR": "the addresses that services get",
    "ResourceSlice": "the devices of a machine",
    "StorageVersion": "how the server stores a kind",
    "StorageVersionMigration": "how the server stores a kind",
    "PodSchedulingContext": "a pod on its way to a machine",
    "CiliumEndpoint": "an address of a pod",
    "CiliumIdentity": "an address of a pod",
    "CiliumNode": "a machine that joined the cluster",
    "IPAMBlock": "the addresses of a machine",
    "IPAMHandle": "the addresses of a machine",
    "BlockAffinity": "the addresses of a machine",
    "PolicyReport": "what a check found",
    "ClusterPolicyReport": "what a check found",
    "VulnerabilityReport": "what a scan found",
    "ConfigAuditReport": "what a scan found",
    "ExposedSecretReport": "what a scan found",
    "RbacAssessmentReport": "what a scan found",
    "EphemeralReport": "what a check found",
    "CiliumNodeConfig": "a machine that joined the cluster",
}
# What the cluster makes in each namespace, by kind and name.
_EVERYWHERE = re.compile(
    r"ConfigMap/(?:kube-root-ca\.crt|openshift-service-ca\.crt|istio-ca-root-cert|linkerd-identity-trust-roots"
    r"|trusted-ca-bundle|istio-ca-crl)"
    r"|ServiceAccount/(?:default|builder|deployer|pipeline)"
    r"|Service/kubernetes|Endpoints/kubernetes"
    r"|RoleBinding/system:(?:image-puller|image-builder|deployer)s?"
    r"|LimitRange/limits-default|NetworkPolicy/.*-generated-by-platform"
)
# What makes up the cluster itself, by kind and name.
_PLATFORM = re.compile(
    r"(?:Cluster)?Role(?:Binding)?/(?:system|kubeadm|eks|gce|aks|k3s|kubernetes-dashboard)[:-].*"
    r"|ClusterRole/(?:admin|edit|view|cluster-admin)|ClusterRoleBinding/cluster-admin"
    r"|PriorityClass/system-.*|PriorityLevelConfiguration/(?:system|exempt|catch-all|global-default"
    r"|leader-election|node-high|workload-.*).*"
    r"|FlowSchema/(?:system-.*|kube-.*|exempt|probes|catch-all|global-default|service-accounts"
    r"|workload-leader-election|endpoint-controller)"
    r"|Namespace/(?:kube-.*|default|openshift.*)"
)
# Kinds that serve the whole cluster, so that no environment need declare them.
_CLUSTER_WIDE = frozenset(
    "Namespace CustomResourceDefinition APIService StorageClass CSIDriver RuntimeClass"
    " IngressClass VolumeSnapshotClass DeviceClass".split()
)
_RELEASE_SECRET = re.compile(r"sh\.helm\.release\.v1\..+\.v\d+")
_TOKEN_TYPES = frozenset(
    "kubernetes.io/service-account-token bootstrap.kubernetes.io/token"
    " kubernetes.io/dockercfg".split()
)
_CLAIM = re.compile(r".+-.+-\d+")
# Labels by which programs mark what they look after, and annotations likewise.
_MARKS: dict[str, str] = {
    "/metadata/labels/kubernetes.io~1bootstrapping": "the API server",
    "/metadata/labels/kube-aggregator.kubernetes.io~1automanaged": "the API server",
    "/metadata/annotations/apf.kubernetes.io~1autoupdate-spec": "the API server",
    "/metadata/labels/addonmanager.kubernetes.io~1mode": "the addon manager",
    "/metadata/labels/kubernetes.io~1cluster-service": "the addon manager",
    "/metadata/labels/olm.owner": "the lifecycle manager of operators",
    "/metadata/labels/olm.managed": "the lifecycle manager of operators",
    "/metadata/labels/objectset.rio.cattle.io~1hash": "Rancher",
    "/metadata/labels/authz.cluster.cattle.io~1rtb-owner": "Rancher",
    "/metadata/labels/hnc.x-k8s.io~1inherited-from": "the hierarchy of namespaces",
    "/metadata/labels/generate.kyverno.io~1policy-name": "Kyverno",
    "/metadata/labels/velero.io~1backup-name": "the backup tool",
    "/metadata/annotations/reflector.v1.k8s.emberstack.com~1reflects": "Reflector",
    "/metadata/annotations/replicator.v1.mittwald.de~1replicated-from-version": "Replicator",
    "/metadata/labels/controller.cert-manager.io~1fao": "cert-manager",
    "/metadata/annotations/cert-manager.io~1certificate-name": "cert-manager",
    "/metadata/labels/sealedsecrets.bitnami.com~1sealed-secrets-key": "Sealed Secrets",
    "/metadata/labels/endpointslice.kubernetes.io~1managed-by": "the endpoints controller",
    "/metadata/labels/endpoints.kubernetes.io~1managed-by": "the endpoints controller",
    "/metadata/annotations/endpoints.kubernetes.io~1last-change-trigger-time": "its controller",
    "/metadata/annotations/control-plane.alpha.kubernetes.io~1leader": "whoever was elected leader",
    "/metadata/annotations/openshift.io~1internal-registry-auth-token.service-account": "OpenShift",
}
_MANAGED_BY = ("/metadata/labels/app.kubernetes.io~1managed-by", "/metadata/labels/managed-by")
# Tools that deploy what somebody declares: what they made and nobody declares is worth telling.
_DEPLOYING = re.compile(
    r"helm|tiller|argo-?cd|argocd-.*|flux.*|kustomize.*|kubectl|kapp|terraform|pulumi|ansible|skaffold"
    r"|tilt|manual.*|human.*|hand|me|devops|sre|[^@\s]+@[^@\s]+",
    re.IGNORECASE,
)
_LOCAL = "/metadata/annotations/config.kubernetes.io~1local-config"
_HOOKS = (
    "/metadata/annotations/helm.sh~1hook",
    "/metadata/annotations/argocd.argoproj.io~1hook",
)


def look_alike(kind: str, namespace: str, name: str, facts: Facts) -> Noise | None:
    """Why an undeclared object is none that anybody would declare, or None.

    `namespace` is empty for objects outside of namespaces.
    """
    owner = _owner(facts)
    if owner:
        return Noise("child", f"{owner} owns it, made it and will remove it")
    if kind in _KINDS:
        return Noise("kind", f"{_KINDS[kind]}: programs keep objects of this kind")
    key = f"{kind}/{name}"
    if _EVERYWHERE.fullmatch(key):
        return noise("everywhere")
    if kind in ("Secret", "ConfigMap"):
        return _stored(kind, name, facts) or _looked_after(facts)
    if kind == "PersistentVolumeClaim" and _CLAIM.fullmatch(name):
        return noise("claim")
    if kind == "Endpoints" and not any(one.startswith("/metadata/labels/app") for one in facts):
        return Noise("everywhere", "the addresses behind the service of the same name")
    if kind == "Pod" and "/metadata/annotations/kubernetes.io~1config.mirror" in facts:
        return Noise("platform", "a machine runs it by itself")
    if _PLATFORM.fullmatch(key) or (namespace.startswith("kube-") and kind != "Namespace"):
        return noise("platform")
    if kind in _CLUSTER_WIDE:
        return Noise("platform", "it serves the whole cluster, so no environment declares it")
    return _looked_after(facts)


def never_applied(kind: str, facts: Facts) -> Noise | None:
    """Why a declared object is no ghost when nobody observes it, or None."""
    if _text(facts, _LOCAL) == "true":
        return noise("local")
    if any(one in facts for one in _HOOKS):
        return noise("hook")
    if kind == "Job" and "/spec/ttlSecondsAfterFinished" in facts:
        return Noise("hook", "a job that is removed after it is done")
    if not _text(facts, "/metadata/name") and "/metadata/generateName" in facts:
        return Noise("hook", "every run of it gets a name of its own")
    return None


def _owner(facts: Facts) -> str:
    """The object that owns this one, as `Kind/name`; empty where none does."""
    for address, value in facts.items():
        if address.startswith("/metadata/ownerReferences/") and address.endswith("/kind"):
            name = _text(facts, address[: -len("kind")] + "name")
            return f"{decode(value)}/{name}" if value[:1] == '"' else name
    return ""


def _stored(kind: str, name: str, facts: Facts) -> Noise | None:
    """The noise of a Secret or ConfigMap that a tool or the cluster wrote."""
    type_ = _text(facts, "/type")
    if _RELEASE_SECRET.fullmatch(name) or type_ == "helm.sh/release.v1":
        return Noise("release-record", "Helm remembers here what it deployed")
    if kind == "ConfigMap" and _text(facts, "/metadata/labels/OWNER") == "TILLER":
        return Noise("release-record", "Helm remembers here what it deployed")
    if type_ in _TOKEN_TYPES:
        return noise("token")
    return None


def _looked_after(facts: Facts) -> Noise | None:
    """The noise of an object whose labels say that a program looks after it."""
    for mark, who in _MARKS.items():
        if mark in facts:
            return Noise("managed", f"{who} looks after it, as its labels say")
    for label in _MANAGED_BY:
        who = _text(facts, label)
        if who and not _DEPLOYING.fullmatch(who):
            return Noise("managed", f"{who!a} looks after it, as its label says")
    return None


def _text(facts: Facts, address: str) -> str:
    value = facts.get(address, "")
    return decode(value) if value[:1] == '"' else value
