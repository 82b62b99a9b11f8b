"""Labels and annotations in which tools keep records of their own, by their domains."""

import functools

from driftline.inventory.noise.places import Place, metadata_path
from driftline.inventory.noise.rule import Noise, noise

# Whole domains: nobody declares anything in them.
_DOMAINS: dict[str, str] = {
    "deployment.kubernetes.io": "the deployment controller",
    "meta.helm.sh": "Helm",
    "helm.toolkit.fluxcd.io": "Flux",
    "kustomize.toolkit.fluxcd.io": "Flux",
    "reconcile.fluxcd.io": "Flux",
    "autoscaling.alpha.kubernetes.io": "the API server",
    "pv.kubernetes.io": "the volume controller",
    "volume.kubernetes.io": "the volume controller",
    "volume.beta.kubernetes.io": "the volume controller",
    "control-plane.alpha.kubernetes.io": "whoever was elected leader",
    "endpoints.kubernetes.io": "the endpoints controller",
    "batch.kubernetes.io": "the job controller",
    "internal.config.kubernetes.io": "kustomize",
    "config.kubernetes.io": "kustomize",
    "objectset.rio.cattle.io": "Rancher",
    "lifecycle.cattle.io": "Rancher",
    "field.cattle.io": "Rancher",
    "management.cattle.io": "Rancher",
    "authz.management.cattle.io": "Rancher",
    "workload.cattle.io": "Rancher",
    "cni.projectcalico.org": "the network plugin",
    "kapp.k14s.io": "kapp",
    "olm.operatorframework.io": "the lifecycle manager of operators",
    "operators.coreos.com": "the lifecycle manager of operators",
    "operatorframework.io": "the lifecycle manager of operators",
    "applyset.kubernetes.io": "kubectl",
    "skaffold.dev": "skaffold",
    "app.tilt.dev": "Tilt",
    "velero.io": "the backup tool",
    "etcd.io": "the store of the cluster",
    "node.alpha.kubernetes.io": "the node controller",
    "addonmanager.kubernetes.io": "the addon manager",
}  # fmt: skip
# Single names in domains that people use, too.
_NAMES: dict[str, str] = {
    "kubectl.kubernetes.io/last-applied-configuration": "kubectl",
    "argocd.argoproj.io/tracking-id": "Argo CD",
    "argocd.argoproj.io/installation-id": "Argo CD",
    "argocd.argoproj.io/instance": "Argo CD",
    "argocd.argoproj.io/refresh": "Argo CD",
    "argocd.argoproj.io/hydrate": "Argo CD",
    "app.kubernetes.io/managed-by": "the tool that deployed it",
    "kubernetes.io/metadata.name": "the API server",
    "kubernetes.io/change-cause": "kubectl",
    "kubernetes.io/psp": "an admission check",
    "kubernetes.io/limit-ranger": "an admission check",
    "kubernetes.io/created-by": "a controller",
    "rbac.authorization.kubernetes.io/autoupdate": "the API server",
    "fluxcd.io/sync-checksum": "Flux",
    "fluxcd.io/sync-gc-mark": "Flux",
    "sidecar.istio.io/status": "Istio",
    "linkerd.io/created-by": "Linkerd",
    "linkerd.io/proxy-version": "Linkerd",
    "linkerd.io/trust-root-sha256": "Linkerd",
    "vault.hashicorp.com/agent-inject-status": "Vault",
    "k8s.v1.cni.cncf.io/network-status": "the network plugin",
    "k8s.v1.cni.cncf.io/networks-status": "the network plugin",
    "k8s.ovn.org/pod-networks": "the network plugin",
    "openshift.io/scc": "an admission check",
    "openshift.io/sa.scc.mcs": "OpenShift",
    "openshift.io/sa.scc.supplemental-groups": "OpenShift",
    "openshift.io/sa.scc.uid-range": "OpenShift",
    "openshift.io/internal-registry-pull-secret-ref": "OpenShift",
    "openshift.io/host.generated": "OpenShift",
    "cloud.google.com/neg-status": "the cloud's load balancer",
    "ingress.kubernetes.io/backends": "the cloud's load balancer",
    "ingress.kubernetes.io/forwarding-rule": "the cloud's load balancer",
    "ingress.kubernetes.io/target-proxy": "the cloud's load balancer",
    "ingress.kubernetes.io/url-map": "the cloud's load balancer",
    "ingress.kubernetes.io/ssl-cert": "the cloud's load balancer",
    "ingress.kubernetes.io/https-forwarding-rule": "the cloud's load balancer",
    "ingress.kubernetes.io/https-target-proxy": "the cloud's load balancer",
    "olm.owner": "the lifecycle manager of operators",
    "olm.owner.kind": "the lifecycle manager of operators",
    "olm.owner.namespace": "the lifecycle manager of operators",
    "olm.managed": "the lifecycle manager of operators",
    "k8slens-edit-resource-version": "Lens",
    "eks.amazonaws.com/fargate-profile": "the cloud",
    "external-secrets.io/last-refresh": "the secret store's operator",
    "reconcile.external-secrets.io/data-hash": "the secret store's operator",
    "cert-manager.io/private-key-secret-name": "cert-manager",
}
# Written to make pods start again, and telling nothing else.
_RESTARTS = frozenset(
    "kubectl.kubernetes.io/restartedAt cattle.io/timestamp workload.user.cattle.io/restartedAt"
    " reloader.stakater.com/last-reloaded-from keel.sh/update-time"
    " kubectl.kubernetes.io/startedAt".split()
)
_RESTART = noise("restart")


@functools.lru_cache(maxsize=32768)
def bookkeeping(at: Place) -> Noise | None:
    """The noise of a label or annotation in which a tool keeps records, or None.

    >>> from driftline.inventory.noise.places import place
    >>> bookkeeping(place("/metadata/annotations/meta.helm.sh~1release-name")).reason
    'Helm keeps its own records here'
    """
    path = metadata_path(at.shape)
    if path is None or not at.is_open:
        return None
    if at.key in _RESTARTS:
        return _RESTART
    tool = _NAMES.get(at.key)
    if tool is None:
        domain = at.key.partition("/")[0]
        tool = _DOMAINS.get(domain) if "/" in at.key else None
    if tool is None and at.key.endswith(("/last-applied-configuration", "/last-applied")):
        tool = "a tool that applies configuration"
    return None if tool is None else Noise("bookkeeping", f"{tool} keeps its own records here")
