"""The client is held to the role that is printed for it."""

import re
from pathlib import Path

import msgspec
import pytest

from driftline.engine.clusters.look import ClusterAsked
from driftline.engine.clusters.permissions import kinds_of, least_roles
from driftline.errors import UsageError
from driftline.history.sqlite_store import open_store
from driftline.sources.kubernetes.kinds import CUSTOMARY
from driftline.sources.kubernetes.permissions import Role, roles
from tests.engine.looking import look
from tests.sources.kubernetes.serving import (
    CONFIG_MAPS,
    EAGER,
    FLAGS,
    ServedCluster,
    SteadyClock,
    kubeconfig,
    reached,
    served,
    shop,
)

LISTING = re.compile(
    r"(?:/api|/apis/(?P<group>[^/]+))/[^/]+(?:/namespaces/[^/]+)?/(?P<plural>[^/]+)"
)
DISCOVERY = re.compile(r"/version|/api(?:/[^/]+)?|/apis(?:/[^/]+){0,2}")


def allows(role: Role, method: str, path: str, query: dict[str, str]) -> bool:
    """Whether a role, with what every account may do, allows a request."""
    if method != "GET":
        return False
    listing = LISTING.fullmatch(path)
    if listing is None or DISCOVERY.fullmatch(path):
        return DISCOVERY.fullmatch(path) is not None
    verb = "watch" if query.get("watch") else "list"
    group, plural = listing["group"] or "", listing["plural"]
    return any(
        group in rule.api_groups and plural in rule.resources and verb in rule.verbs
        for rule in role.rules
    )


def role_for(cluster: ServedCluster, folder: Path, *, secrets: bool) -> Role:
    """The role printed for a cluster."""
    with reached(cluster, folder) as reachable:
        kinds, _ = kinds_of(reachable, SteadyClock())
    (role,) = roles(kinds, secrets=secrets)
    return role


@pytest.mark.parametrize("secrets", [False, True])
def test_the_client_keeps_to_the_role(tmp_path: Path, *, secrets: bool) -> None:
    """Every request of two looks, a confirmation among them, is allowed by the role."""
    cluster = shop()
    role = role_for(cluster, tmp_path, secrets=secrets)
    cluster.requests.clear()
    store = open_store(tmp_path / "store")
    asked = ClusterAsked(limits=EAGER, secrets=secrets)
    look(store, cluster, tmp_path, asked)
    cluster.delete(FLAGS, "fast", "shop-staging")
    look(store, cluster, tmp_path, asked)

    assert len(cluster.requests) > 10
    assert [] == [
        path for method, path, query, _ in cluster.requests if not allows(role, method, path, query)
    ]


def test_the_test_can_fail(tmp_path: Path) -> None:
    """A role without something that is asked for does not allow it."""
    role = role_for(shop(), tmp_path, secrets=False)

    assert not allows(role, "GET", "/api/v1/secrets", {})
    assert not allows(role, "POST", CONFIG_MAPS.path(), {})
    assert not allows(role, "GET", CONFIG_MAPS.path("shop") + "/settings", {})
    assert allows(role, "GET", CONFIG_MAPS.path("shop"), {})


def test_the_role_is_enough(tmp_path: Path) -> None:
    """With no more than the role allows, only Secrets are missing."""
    cluster = shop()
    role = role_for(cluster, tmp_path, secrets=False)
    cluster.denied = {
        (kind.name, where)
        for kind in cluster.kinds
        for where in ("", "*")
        if not allows(role, "GET", kind.path(), {})
    }
    seen = look(open_store(tmp_path / "store"), cluster, tmp_path)

    assert {"secrets.core"} == {file.partition("/")[2] for file, _ in seen.gaps}


def test_printed(tmp_path: Path) -> None:
    """A cluster's own kinds are printed where it is named, else the customary ones."""
    with served(shop()) as address:
        own = least_roles({}, kubeconfig=kubeconfig(tmp_path, address))
    usual = least_roles({})
    as_json = msgspec.json.decode(least_roles({}, namespaces=("a", "b"), as_json=True))

    assert "- featureflags" in own
    assert "# The kinds of test that are configuration. Secrets cannot be read; --secrets" in own
    assert "- deployments" in usual
    assert ["Role", "Role"] == [item["kind"] for item in as_json["items"]]
    assert (CUSTOMARY, "The kinds that every cluster has; --context asks one for its own.") == (
        kinds_of(None, SteadyClock())
    )


def test_a_context_that_does_not_exist(tmp_path: Path) -> None:
    """A context that does not exist is an error."""
    file = kubeconfig(tmp_path, "http://127.0.0.1:1")
    with pytest.raises(UsageError, match="has no context 'nowhere'"):
        least_roles({}, kubeconfig=file, context="nowhere")
