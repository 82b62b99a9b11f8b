"""How a server describes its groups of kinds, in both forms."""

from typing import Any

from driftline.sources.kubernetes.kinds import ListedKind

VERBS = ["create", "delete", "get", "list", "patch", "update", "watch"]


def aggregated(
    name: str, versions: dict[str, list[ListedKind]], *, is_silent: bool
) -> dict[str, Any]:
    """A group in the answer that tells everything at once."""
    freshness = "Stale" if is_silent else "Current"
    return {
        "metadata": {"name": name},
        "versions": [
            {
                "version": version,
                "freshness": freshness,
                "resources": []
                if freshness == "Stale"
                else [
                    {
                        "resource": kind.plural,
                        "responseKind": {"group": "", "version": "", "kind": kind.kind},
                        "scope": "Namespaced" if kind.is_namespaced else "Cluster",
                        "verbs": VERBS,
                        "subresources": [{"subresource": "status", "verbs": ["get"]}],
                    }
                    for kind in kinds
                ],
            }
            for version, kinds in versions.items()
        ],
    }


def plain(name: str, versions: dict[str, list[ListedKind]]) -> dict[str, Any]:
    """A group in the answer that names versions only."""
    told = [{"groupVersion": f"{name}/{version}", "version": version} for version in versions]
    return {"name": name, "versions": told, "preferredVersion": told[0]}
