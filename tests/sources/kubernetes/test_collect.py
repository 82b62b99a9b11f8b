"""The one connection to a cluster: whole answers or none, and messages that help."""

import base64
import socket
from pathlib import Path

import pytest

from driftline.errors import SourceError
from driftline.sources.kubernetes.collect import USER_AGENT, Connection
from driftline.sources.kubernetes.contexts.collect import access
from driftline.sources.kubernetes.requesting import Broken, Unreachable
from tests.sources.kubernetes.contexts.test_collect import config
from tests.sources.kubernetes.serving import (
    AT,
    CERTIFICATE,
    CONFIG_MAPS,
    kubeconfig,
    served,
    shop,
)


def connection(file: Path, read_seconds: float = 5.0) -> Connection:
    """A connection to whatever a kubeconfig leads to."""
    return Connection(access({}, file), read_seconds=read_seconds)


def test_an_answer(tmp_path: Path) -> None:
    """An answer comes with its status, the server's time, and our name in the question."""
    cluster = shop()
    with served(cluster) as address:
        answer = connection(kubeconfig(tmp_path, address)).get(
            "/api/v1/configmaps", {"limit": "1"}, "application/json"
        )
    method, path, query, headers = cluster.requests[0]

    assert (200, AT) == (answer.status, answer.at)
    assert ("GET", "/api/v1/configmaps", {"limit": "1"}) == (method, path, query)
    assert ("Bearer made-up", USER_AGENT) == (headers["Authorization"], headers["User-Agent"])


def test_a_cut_answer(tmp_path: Path) -> None:
    """An answer that breaks off is none."""
    cluster = shop()
    cluster.cut[CONFIG_MAPS.path()] = 1
    with served(cluster) as address, pytest.raises(Broken, match="broke off in the middle"):
        connection(kubeconfig(tmp_path, address)).get(CONFIG_MAPS.path(), {}, "")


def test_a_silent_server(tmp_path: Path) -> None:
    """A server that takes the question and says nothing is given up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(Broken, match="no answer in time"):
            connection(kubeconfig(tmp_path, address), 0.1).get("/api", {}, "")


def test_nobody_there(tmp_path: Path) -> None:
    """A closed port is told with what to look at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(Unreachable, match="are you in its network"):
        connection(kubeconfig(tmp_path, f"http://127.0.0.1:{port}")).get("/api", {}, "")


def test_no_tls(tmp_path: Path) -> None:
    """A port where nobody speaks TLS is told as such."""
    with (
        served(shop()) as address,
        pytest.raises(Unreachable, match="is the port that of the API server"),
    ):
        connection(kubeconfig(tmp_path, address.replace("http:", "https:"))).get("/api", {}, "")


def test_untrusted_certificate(tmp_path: Path) -> None:
    """A certificate that nobody vouches for is told; the right authority makes it good."""
    authority = base64.b64encode(CERTIFICATE.read_bytes()).decode()
    with served(shop(), with_tls=True) as address:
        with pytest.raises(Unreachable, match="TLS certificate is not trusted"):
            connection(kubeconfig(tmp_path, address)).get("/api", {}, "")
        trusted = {"certificate-authority-data": authority}
        answer = connection(kubeconfig(tmp_path, address, **trusted)).get("/api", {}, "")

    assert 200 == answer.status


def test_server_name(tmp_path: Path) -> None:
    """A cluster behind another address is known by the name that the kubeconfig gives."""
    authority = base64.b64encode(CERTIFICATE.read_bytes()).decode()
    answers = []
    with served(shop(), with_tls=True) as address:
        for name in ("localhost", "elsewhere.example.com"):
            told = {"certificate-authority-data": authority, "tls-server-name": name}
            try:
                answer = connection(kubeconfig(tmp_path, address, **told)).get("/api", {}, "")
                answers.append(answer.status)
            except Unreachable:
                answers.append(0)

    assert [200, 0] == answers


def test_proxy(tmp_path: Path) -> None:
    """A proxy that the kubeconfig names is what is spoken to."""
    cluster = shop()
    with served(cluster) as proxy:
        file = kubeconfig(tmp_path, "http://cluster.example.com", **{"proxy-url": proxy})
        connection(file).get("/api", {}, "")

    assert ["http://cluster.example.com/api"] == [
        f"http://{headers['Host']}{path}" for _, path, _, headers in cluster.requests
    ]


@pytest.mark.parametrize(
    ("cluster", "user"),
    [
        ({"server": "https://127.0.0.1:1", "certificate-authority-data": "!"}, None),
        ({"server": "https://127.0.0.1:1", "certificate-authority": "nowhere.crt"}, None),
        ({"server": "nonsense"}, None),
        ({"server": "http://127.0.0.1:1"}, {"client-certificate": "nowhere.crt"}),
        (
            {"server": "http://127.0.0.1:1"},
            {
                "exec": {
                    "apiVersion": "client.authentication.k8s.io/v1beta1",
                    "command": "no-such-login-helper",
                }
            },
        ),
        (
            {"server": "http://127.0.0.1:1"},
            {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "true"}},
        ),
        (
            {"server": "http://127.0.0.1:1"},
            {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "false"}},
        ),
        ({"server": "http://127.0.0.1:1"}, {"auth-provider": {"name": "gcp"}}),
    ],
)
def test_kubeconfigs_that_lead_nowhere(
    tmp_path: Path, cluster: dict[str, str], user: dict[str, object] | None
) -> None:
    """Whatever is wrong with a kubeconfig becomes one error that says where."""
    file = config(tmp_path / "a", "live", cluster=cluster, user=user)
    with pytest.raises(SourceError, match="kubernetes live@live-cluster"):
        connection(file).get("/api", {}, "")


def test_lines(tmp_path: Path) -> None:
    """Lines come whole; one that was cut off is left out."""
    cluster = shop()
    cluster.watch_seconds = 0.0
    with served(cluster) as address:
        client = connection(kubeconfig(tmp_path, address))
        with client.lines(CONFIG_MAPS.path(), {"watch": "1"}, 5.0) as (answer, lines):
            heard = list(lines)
        with client.lines("/api/v1/nothing", {"watch": "1"}, 5.0) as (refused, none):
            nothing = list(none)

    assert (200, 404) == (answer.status, refused.status)
    assert [] == nothing
    assert b'"BOOKMARK"' in heard[-1]
