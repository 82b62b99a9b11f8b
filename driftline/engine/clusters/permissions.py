"""Which permissions a look at a cluster needs, as roles that can be applied."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from driftline.engine.clusters.look import (
    Cluster,
    ClusterAsked,
    SystemClock,
    asking_of,
    discovered,
    reach,
)
from driftline.sources.kubernetes.kinds import CUSTOMARY, ListedKind
from driftline.sources.kubernetes.permissions import manifests, roles
from driftline.sources.kubernetes.requesting import Clock

_BINDING = {
    False: (
        "Bind it: kubectl create clusterrolebinding driftline-reader "
        "--clusterrole driftline-reader --serviceaccount NAMESPACE:NAME"
    ),
    True: (
        "Bind each: kubectl create rolebinding driftline-reader --role driftline-reader "
        "--serviceaccount NAMESPACE:NAME --namespace NAMESPACE"
    ),
}
_DISCOVERY = "What a cluster has is asked, too; system:discovery allows that to every account."


def least_roles(
    environ: Mapping[str, str],
    *,
    kubeconfig: Path | None = None,
    context: str = "",
    namespaces: Sequence[str] = (),
    secrets: bool = False,
    as_json: bool = False,
) -> str:
    """The least roles for a look, as YAML or JSON.

    With a kubeconfig or a context that cluster is asked which kinds it has;
    else the customary ones stand in. Raises UsageError or SourceError when the
    named cluster cannot be asked.
    """
    cluster = reach(environ, kubeconfig, context) if kubeconfig or context else None
    kinds, note = kinds_of(cluster, SystemClock())
    several = roles(kinds, namespaces, secrets=secrets)
    if as_json:
        document: object = several[0]
        if len(several) > 1:
            document = {"apiVersion": "v1", "kind": "List", "items": several}
        return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
    whether = "Secrets may be read" if secrets else "Secrets cannot be read; --secrets adds them"
    return manifests(several, (f"{note} {whether}.", _DISCOVERY, _BINDING[bool(namespaces)]))


def kinds_of(cluster: Cluster | None, clock: Clock) -> tuple[tuple[ListedKind, ...], str]:
    """The kinds that a look at a cluster lists, and where that is known from."""
    if cluster is None:
        return CUSTOMARY, ("The kinds that every cluster has; --context asks one for its own.")
    found = discovered(asking_of(cluster, ClusterAsked(), clock, 0), cluster)
    return found.kinds, f"The kinds of {cluster.locator} that are configuration."
