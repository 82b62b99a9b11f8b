"""Which objects are of the server's own kinds, whose defaults are documented."""

import functools

# Groups that end like the server's own and are custom resources all the same.
_CUSTOM = frozenset(
    "gateway.networking.k8s.io snapshot.storage.k8s.io autoscaling.k8s.io metrics.k8s.io"
    " custom.metrics.k8s.io external.metrics.k8s.io policy.networking.k8s.io node.k8s.io.x"
    " kustomize.toolkit.fluxcd.io groupsnapshot.storage.k8s.io app.k8s.io".split()
)
_OWN = ("", "apps", "batch", "autoscaling", "policy", "extensions")
_CLUSTER_WIDE_SUFFIX = ".x-k8s.io"


@functools.lru_cache(maxsize=4096)
def is_custom(api_version: str) -> bool:
    """Whether a version of an API, as JSON text, is that of a custom resource.

    An object that does not say its version is taken for one of the server's own.

    >>> is_custom('"apps/v1"'), is_custom('"flags.example.com/v1"'), is_custom('"v1"')
    (False, True, False)
    """
    group = group_of(api_version)
    if group in _OWN:
        return False
    if group in _CUSTOM or group.endswith(_CLUSTER_WIDE_SUFFIX):
        return True
    return not group.endswith(".k8s.io")


def group_of(api_version: str) -> str:
    """The group of a version of an API, as JSON text; the first group of all has none.

    >>> group_of('"apps/v1"'), group_of('"v1"')
    ('apps', '')
    """
    return api_version.strip('"').rpartition("/")[0]
