"""Who set a field, as the field managers tell: somebody, the deploying tool, or the cluster.

Names of field managers are chosen by whoever writes, so they are evidence and
no proof. They hold the latest owner of each field, and no history.
"""

import enum
import functools
import re
from collections.abc import Mapping
from functools import cached_property

import msgspec

Managers = Mapping[str, tuple[str, ...]]


class Sort(enum.Enum):
    """What sort of writer a field manager is, by its name."""

    HAND = "somebody by hand"
    DEPLOYING = "a tool that deploys"
    CONTROL_PLANE = "the control plane"
    PROGRAM = "a program"


_CONTROL_PLANE = re.compile(
    r"kube-(?:controller-manager|scheduler|apiserver|proxy|aggregator)|kubelet|k3s|rke2|k0s|microk8s"
    r"|(?:.*-)?cloud-controller-manager|.*-cloud-provider|cloud-provider-.*|gke-.*|glbc|addon-manager"
    r"|vpc-resource-controller|openshift-controller-manager|cluster-policy-controller"
    r"|openshift-apiserver|cluster-kube-.*|service-ca(?:-operator)?|csi-.*|.*-provisioner"
    r"|pod-garbage-collector|snapshot-controller|Go-http-client-bootstrap|storage-version-migrator"
)
_DEPLOYING = re.compile(
    r"argocd-(?:application-)?controller|argocd|argo-?cd.*|kustomize-controller|helm-controller|flux.*"
    r"|gotk-.*|helm|Helm|tiller|helmfile|helm-operator|kubectl-client-side-apply|kapp.*|fleet.*"
    r"|kpt.*|live-.*|terraform.*|Terraform.*|HashiCorp|opentofu.*|pulumi.*|ansible.*|before-first-apply"
    r"|skaffold.*|tilt.*|carvel.*|crossplane.*|apiextensions\.crossplane\.io.*|spinnaker.*"
    r"|config-?sync.*|configsync\.gke\.io|kluctl.*|timoni.*|kubecfg|tanka|werf.*|harness.*|kapitan.*"
    r"|addon-operator.*|rancher-fleet.*|sveltos.*|OpenAPI-Generator-ansible"
)
_HAND = re.compile(
    r"kubectl(?:-.*)?|oc(?:-.*)?|k9s|kubie|kubectx|Lens|lens|node-fetch|Mozilla|dashboard.*|headlamp.*"
    r"|octant.*|console.*|argocd-server|curl|python-requests|HTTPie|PostmanRuntime|okteto.*|telepresence.*"
    r"|rancher|OpenLens|k8slens.*|freelens.*|kubenav.*|vscode.*|intellij.*|manual.*|insomnia"
)


@functools.lru_cache(maxsize=4096)
def sort_of(manager: str) -> Sort:
    """The sort of a field manager, given as `name/operation` or `name/operation/subresource`.

    >>> sort_of("kubectl-edit/Update"), sort_of("kubectl-client-side-apply/Update")
    (<Sort.HAND: 'somebody by hand'>, <Sort.DEPLOYING: 'a tool that deploys'>)
    """
    name = manager_name(manager)
    if _CONTROL_PLANE.fullmatch(name):
        return Sort.CONTROL_PLANE
    if _DEPLOYING.fullmatch(name):
        return Sort.DEPLOYING
    return Sort.HAND if _HAND.fullmatch(name) else Sort.PROGRAM


def manager_name(manager: str) -> str:
    """The name alone; it may hold slashes itself.

    >>> manager_name("externalsecrets.external-secrets.io/payments/Update/status")
    'externalsecrets.external-secrets.io/payments'
    """
    head = re.fullmatch(r"(.*?)/(?:Apply|Update)(?:/[^/]+)?", manager, re.DOTALL)
    return manager if head is None else head[1]


class Ownership(msgspec.Struct, frozen=True, dict=True):
    """The field managers of one object, beside what is declared of it and what is there."""

    managers: Managers
    declared: Mapping[str, str]
    observed: Mapping[str, str]

    @property
    def is_known(self) -> bool:
        """Whether there are field managers at all; they may have been stripped or denied."""
        return bool(self.managers)

    def owners(self, address: str) -> tuple[str, ...]:
        """Who owns the field: it, or the nearest container that is owned as a whole."""
        managers = self.managers
        if not managers:
            return ()
        found = managers.get(address)
        while found is None and address:
            address = address[: address.rfind("/")]
            found = managers.get(address)
        return () if found is None else found

    def sorts(self, owners: tuple[str, ...]) -> set[Sort]:
        """The sorts of these owners; whoever deployed the object is a tool that deploys."""
        return {Sort.DEPLOYING if one in self.deploying else sort_of(one) for one in owners}

    @cached_property
    def deploying(self) -> frozenset[str]:
        """Who deployed the object: tools known by name, and whoever owns what is as declared.

        That is who owns most of it, and whoever owns at least half as much.
        """
        counts: dict[str, int] = {}
        names: set[str] = set()
        observed = self.observed
        for address, owners in self.managers.items():
            names.update(owners)
            meant = self.declared.get(address)
            if meant is not None and meant == observed.get(address):
                for one in owners:
                    counts[one] = counts.get(one, 0) + 1
        most = max(counts.values(), default=0)
        found = {one for one, count in counts.items() if 2 * count >= most and "/scale" not in one}
        found |= {one for one in names if sort_of(one) is Sort.DEPLOYING}
        # Somebody who edited half of an object is not the one who deployed it.
        tools = {one for one in found if sort_of(one) is not Sort.HAND}
        return frozenset(tools or found)


def is_applied(owners: tuple[str, ...]) -> bool:
    """Whether somebody said the field in so many words: an apply owns only what it sent."""
    return any("/Apply" in one for one in owners)
