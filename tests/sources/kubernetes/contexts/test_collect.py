"""Which cluster is meant."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from driftline.errors import UsageError
from driftline.sources.kubernetes.contexts.collect import IN_CLUSTER, access, contexts


def config(
    file: Path,
    *names: str,
    current: str | None = "",
    user: dict[str, Any] | None = None,
    cluster: dict[str, Any] | None = None,
    **more: Any,
) -> Path:
    """A kubeconfig with contexts of these names, each with a cluster and a user of its own."""
    document = {
        "current-context": names[0] if current == "" and names else current,
        "clusters": [
            {"name": f"{name}-cluster", "cluster": cluster or {"server": f"https://{name}:6443/x"}}
            for name in names
        ],
        "users": [{"name": f"{name}-user", "user": user or {"token": "t"}} for name in names],
        "contexts": [
            {"name": name, "context": {"cluster": f"{name}-cluster", "user": f"{name}-user"}}
            for name in names
        ],
        **more,
    }
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_current_and_named(tmp_path: Path) -> None:
    """The current context is taken, or the one that is named."""
    file = config(tmp_path / "a", "live", "test")

    assert "live@live-cluster" == access({}, file).locator
    found = access({}, file, "test")
    assert ("test@test-cluster", "test-user", "test:6443") == (
        found.locator,
        found.user,
        found.server,
    )
    assert ("live", "test") == contexts({}, file)


def test_several_files(tmp_path: Path) -> None:
    """KUBECONFIG may name several files; the first that holds a name decides, gaps are forgiven."""
    first = config(tmp_path / "a", "live", current=None)
    second = config(tmp_path / "b", "test", "live", current="test")
    environ = {"KUBECONFIG": os.pathsep.join((str(first), "/nowhere", str(second)))}

    assert "test@test-cluster" == access(environ).locator
    assert ("live", "test") == contexts(environ)


def test_default_file(tmp_path: Path) -> None:
    """Without a word, the file in the home folder is taken."""
    (tmp_path / ".kube").mkdir()
    config(tmp_path / ".kube" / "config", "home")

    assert "home@home-cluster" == access({"HOME": str(tmp_path)}).locator


def test_inside_a_pod(tmp_path: Path) -> None:
    """In a pod without kubeconfig, the account of the pod is taken."""
    (tmp_path / "token").write_text("t")
    (tmp_path / "namespace").write_text("shop\n")
    environ = {
        "HOME": str(tmp_path),
        "KUBERNETES_SERVICE_HOST": "fd00::1",
        "KUBERNETES_SERVICE_PORT": "443",
    }
    found = access(environ, service_account=tmp_path)

    assert (IN_CLUSTER, "shop", "fd00::1:443") == (found.locator, found.namespace, found.server)


def test_nothing_to_reach(tmp_path: Path) -> None:
    """Where there is nothing, it is said what to give."""
    with pytest.raises(UsageError, match="name a file with --kubeconfig"):
        access({"HOME": str(tmp_path)}, service_account=tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "this is no kubeconfig"),
        ("[]", "this is no kubeconfig"),
        ("clusters: 3\ncontexts: []\n", "this is no kubeconfig"),
    ],
)
def test_no_kubeconfig(tmp_path: Path, content: str, message: str) -> None:
    """A file of another form is named."""
    file = tmp_path / "config"
    file.write_text(content)
    with pytest.raises(UsageError, match=message):
        access({}, file)
    with pytest.raises(UsageError, match="no such kubeconfig"):
        access({}, tmp_path / "nowhere")


def test_wrong_names(tmp_path: Path) -> None:
    """A context that does not exist is answered with the nearest; dangling names are told."""
    file = config(tmp_path / "a", "production", current=None)
    with pytest.raises(UsageError, match="did you mean 'production'"):
        access({}, file, "prodution")
    with pytest.raises(UsageError, match="no current context; name one with --context: production"):
        access({}, file)
    with pytest.raises(UsageError, match="names cluster 'production-cluster'"):
        access({}, config(tmp_path / "b", "production", clusters=[]))
    with pytest.raises(UsageError, match="names user 'production-user'"):
        access({}, config(tmp_path / "c", "production", users=[]))


def test_login_helpers(tmp_path: Path) -> None:
    """Login helpers of the present version are spoken to, and told which version is meant."""
    helper = {"apiVersion": "client.authentication.k8s.io/v1", "command": "./login"}
    user = access({}, config(tmp_path / "a", "live", user={"exec": helper})).config.user

    assert user is not None
    assert user.exec is not None
    assert str(tmp_path / "login") == user.exec.command
    assert '"client.authentication.k8s.io/v1"' in (user.exec.env or [])[0].value


def test_credentials_never_name_a_source(tmp_path: Path) -> None:
    """Users and passwords in a server's address reach neither locator nor message."""
    cluster = {"server": "https://admin:hunter2@live:6443"}
    found = access({}, config(tmp_path / "a", "live", cluster=cluster))

    assert ("live@live-cluster", "live:6443") == (found.locator, found.server)


def test_relative_files(tmp_path: Path) -> None:
    """Certificates are looked for beside the kubeconfig that names them."""
    cluster = {"server": "https://live", "certificate-authority": "ca.crt"}
    found = access({}, config(tmp_path / "a", "live", cluster=cluster))

    assert str(tmp_path / "ca.crt") == found.config.cluster.certificate_auth
