"""Small made-up objects for laws that hold of any object."""

from hypothesis import strategies as st

VALUES = st.sampled_from(
    ["1", "2", '"a"', '"b"', "true", "false", "null", '""', "{}", "[]", '"25%"', '"1Gi"']
)
ADDRESSES = st.sampled_from(
    [
        "/apiVersion",
        "/metadata/uid",
        "/metadata/namespace",
        "/metadata/labels/app",
        "/metadata/annotations/meta.helm.sh~1release-name",
        "/metadata/annotations/a.example.com~1x",
        "/metadata/finalizers/0",
        "/metadata/finalizers/1",
        "/spec/replicas",
        "/spec/revisionHistoryLimit",
        "/spec/strategy/rollingUpdate/maxSurge",
        "/spec/template/spec/tolerations/0/key",
        "/spec/template/spec/tolerations/1/key",
        "/spec/template/spec/containers/[name=a]/image",
        "/spec/template/spec/containers/[name=a]/imagePullPolicy",
        "/spec/template/spec/containers/[name=a]/resources/limits/memory",
        "/spec/template/spec/containers/[name=b]/image",
        "/spec/template/spec/containers/[name=istio-proxy]/image",
        "/data/x",
    ]
)
OWNERS = st.sampled_from(
    [
        ("argocd-controller/Apply",),
        ("helm/Update",),
        ("kubectl-edit/Update",),
        ("kube-controller-manager/Update/scale",),
        ("some-operator/Update",),
    ]
)
MANAGERS = st.dictionaries(ADDRESSES, OWNERS, max_size=6)


def objects() -> st.SearchStrategy[dict[str, str]]:
    """Facts of objects that share many addresses."""
    return st.dictionaries(ADDRESSES, VALUES, max_size=10)
