"""What is known of Kubernetes' own kinds, as opposed to custom resources."""

from collections.abc import Mapping

from driftline.inventory.layers.material import text_of

# API groups of Kubernetes' own kinds, whose lists a patch may merge by name.
_BUILT_IN_GROUPS = frozenset(
    "apps batch autoscaling policy extensions events.k8s.io coordination.k8s.io"
    " networking.k8s.io rbac.authorization.k8s.io storage.k8s.io scheduling.k8s.io"
    " admissionregistration.k8s.io apiextensions.k8s.io apiregistration.k8s.io".split()
)

# Kinds that live outside of namespaces.
CLUSTER_KINDS = frozenset(
    "APIService CertificateSigningRequest ClusterRole ClusterRoleBinding"
    " CustomResourceDefinition CSIDriver CSINode FlowSchema IngressClass"
    " MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass"
    " PriorityLevelConfiguration RuntimeClass StorageClass"
    " ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding"
    " ValidatingWebhookConfiguration VolumeAttachment".split()
)


def kind_of(facts: Mapping[str, str]) -> str:
    """The kind of an object."""
    return text_of(facts.get("/kind"))


def group_and_version(facts: Mapping[str, str]) -> tuple[str, str]:
    """The API group of an object, empty for the core group, and the version in it."""
    group, slash, version = text_of(facts.get("/apiVersion")).rpartition("/")
    return (group, version) if slash else ("", version)


def is_custom(facts: Mapping[str, str]) -> bool:
    """Whether an object is a custom resource, whose lists a patch replaces as a whole."""
    group, _ = group_and_version(facts)
    return bool(group) and group not in _BUILT_IN_GROUPS
