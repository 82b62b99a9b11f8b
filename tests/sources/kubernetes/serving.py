"""A small API server on loopback, so that the real client is tested against real answers.

It holds objects that the tests make, serves discovery, pages and watches as an
API server does, and misbehaves on demand.
"""

import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from driftline.engine.clusters.look import Cluster, reach
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.requesting import Limits
from tests.sources.kubernetes.describing import VERBS, aggregated, plain

CERTIFICATE = Path(__file__).with_name("localhost.pem")
AT = 1_795_377_000  # 2026-11-22T19:50:00Z
EAGER = Limits(requests_per_second=10_000, burst=10_000)

NAMESPACES = ListedKind("", "namespaces", "v1", "Namespace", is_namespaced=False)
CONFIG_MAPS = ListedKind("", "configmaps", "v1", "ConfigMap", is_namespaced=True)
SECRETS = ListedKind("", "secrets", "v1", "Secret", is_namespaced=True)
EVENTS = ListedKind("", "events", "v1", "Event", is_namespaced=True)
DEPLOYMENTS = ListedKind("apps", "deployments", "v1", "Deployment", is_namespaced=True)
DEFINED = ListedKind(
    "apiextensions.k8s.io",
    "customresourcedefinitions",
    "v1",
    "CustomResourceDefinition",
    is_namespaced=False,
)
FLAGS = ListedKind("flags.example.com", "featureflags", "v1", "FeatureFlag", is_namespaced=True)
KINDS = (NAMESPACES, CONFIG_MAPS, SECRETS, EVENTS, DEPLOYMENTS, FLAGS)

Object = dict[str, Any]


def owned(manager: str, fields: Object, when: str = "2026-11-22T19:49:00Z", **more: str) -> Object:
    """An entry of managedFields."""
    return {
        "manager": manager,
        "operation": "Update",
        "apiVersion": "v1",
        "time": when,
        "fieldsType": "FieldsV1",
        "fieldsV1": fields,
        **more,
    }


class ServedCluster:
    """What the server holds, how it behaves, and what it was asked."""

    def __init__(self, kinds: Sequence[ListedKind] = KINDS) -> None:
        self.kinds = list(kinds)
        self.objects: dict[str, dict[tuple[str, str], Object]] = {kind.name: {} for kind in kinds}
        self.version = 100
        self.oldest = 0
        self.events: list[tuple[int, str, str, Object]] = []
        self.at = AT
        self.release = "v1.36.0"
        self.requests: list[tuple[str, str, dict[str, str], dict[str, str]]] = []
        # How it misbehaves. Paths are counted down: so many answers are spoilt.
        self.is_plain = False
        self.denied: set[tuple[str, str]] = set()  # kind name and namespace; "" is everywhere
        self.no_watch: set[str] = set()  # kinds that may be listed and not watched
        self.missing: set[str] = set()  # kinds that discovery names and nobody serves
        self.silent_groups: set[str] = set()
        self.cut: Counter[str] = Counter()
        self.spoilt: Counter[int] = Counter()  # status → how many answers are that
        self.retry_after: int | None = None
        self.is_locked = False  # 401
        self.is_down = False  # 503
        self.expire_tokens = 0
        self.is_vague = False  # lists of nothing in particular
        self.watch_seconds = 0.2
        self.watches = 0
        self.lock = threading.RLock()

    def put(self, kind: ListedKind, name: str, namespace: str = "", **fields: Any) -> Object:
        """Create or replace an object; its uid stays while it exists."""
        with self.lock:
            held = self.objects[kind.name]
            known = held.get((namespace, name))
            self.version += 1
            metadata: Object = {"name": name}
            if namespace:
                metadata["namespace"] = namespace
            metadata |= {
                "uid": known["metadata"]["uid"] if known else f"uid-{self.version}",
                "resourceVersion": str(self.version),
                "generation": self.version,
                "creationTimestamp": "2026-11-22T19:45:00Z",
                **fields.pop("metadata", {}),
            }
            made: Object = {"metadata": metadata, **fields}
            if kind.group == FLAGS.group:
                made = {"apiVersion": kind.api_version, "kind": kind.kind, **made}
            held[(namespace, name)] = made
            self.events.append((self.version, kind.name, "MODIFIED" if known else "ADDED", made))
            return made

    def touch(self, kind: ListedKind, name: str, namespace: str = "") -> None:
        """A write that changes nothing but the version."""
        with self.lock:
            self.version += 1
            made = self.objects[kind.name][(namespace, name)]
            made = {**made, "metadata": {**made["metadata"], "resourceVersion": str(self.version)}}
            self.objects[kind.name][(namespace, name)] = made
            self.events.append((self.version, kind.name, "MODIFIED", made))

    def default(self, kind: ListedKind, name: str, namespace: str, **fields: Any) -> None:
        """Another default is filled in, without a write."""
        self.objects[kind.name][(namespace, name)] |= fields

    def delete(self, kind: ListedKind, name: str, namespace: str = "") -> None:
        """An object goes."""
        with self.lock:
            self.version += 1
            gone = self.objects[kind.name].pop((namespace, name))
            gone = {**gone, "metadata": {**gone["metadata"], "resourceVersion": str(self.version)}}
            self.events.append((self.version, kind.name, "DELETED", gone))

    def compact(self) -> None:
        """Forget what was, and end every watch."""
        with self.lock:
            self.events.clear()
            self.oldest = self.version
            self.watches += 1

    def remove_kind(self, kind: ListedKind) -> None:
        """A definition goes, and all its objects with it."""
        self.kinds.remove(kind)
        self.objects[kind.name].clear()

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for _, path, _, _ in self.requests]


def shop() -> ServedCluster:
    """A cluster with two namespaces and a few things in them."""
    cluster = ServedCluster()
    for namespace in ("shop-production", "shop-staging"):
        cluster.put(NAMESPACES, namespace)
        cluster.put(CONFIG_MAPS, "settings", namespace, data={"level": "info"})
        cluster.put(SECRETS, "login", namespace, type="Opaque", data={"password": "aHVudGVyMg=="})
        cluster.put(
            DEPLOYMENTS,
            "web",
            namespace,
            spec={"replicas": 3, "template": {"spec": {"containers": [{"name": "web"}]}}},
            status={"replicas": 3, "observedGeneration": 4},
        )
        cluster.put(FLAGS, "fast", namespace, spec={"percent": 10})
    return cluster


@contextmanager
def served(cluster: ServedCluster, *, with_tls: bool = False) -> Iterator[str]:
    """The address of a server that holds the cluster."""
    handler = type("Handler", (_Handler,), {"cluster": cluster})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if with_tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{'https' if with_tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def kubeconfig(folder: Path, address: str, **cluster: Any) -> Path:
    """A kubeconfig that leads to an address."""
    file = folder / "kubeconfig"
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "test",
        "clusters": [{"name": "test", "cluster": {"server": address, **cluster}}],
        "users": [{"name": "reader", "user": {"token": "made-up"}}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "reader"}}],
    }
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


@contextmanager
def reached(cluster: ServedCluster, folder: Path) -> Iterator[Cluster]:
    """The cluster, as the real client reaches it."""
    with served(cluster) as address:
        yield reach({}, kubeconfig(folder, address))


class SteadyClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Seconds since the beginning."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds
        self.slept.append(seconds)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    cluster: ServedCluster

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(self.cluster.at if timestamp is None else timestamp)

    def do_GET(self) -> None:
        cluster = self.cluster
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query))
        with cluster.lock:
            cluster.requests.append((self.command, url.path, query, dict(self.headers)))
            for status, count in cluster.spoilt.items():
                if count > 0:
                    cluster.spoilt[status] -= 1
                    self._status(status, "spoilt")
                    return
        if cluster.is_down:
            self._status(503, "ServiceUnavailable")
        elif cluster.is_locked:
            self._status(401, "Unauthorized")
        elif url.path == "/version":
            self._send(json.dumps({"gitVersion": cluster.release}).encode())
        elif url.path in ("/api", "/apis"):
            self._discovery(url.path)
        elif found := self._versions(url.path):
            self._resources(found)
        else:
            self._objects(url.path, query)

    # Whatever else is sent is noted like a GET, so that a test can see that nothing is.
    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the names are the library's.

    def _send(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 429 and self.cluster.retry_after is not None:
            self.send_header("Retry-After", str(self.cluster.retry_after))
        self.end_headers()
        self.wfile.write(body)

    def _status(self, code: int, reason: str) -> None:
        body = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason}
        self._send(json.dumps({**body, "code": code}).encode(), code)

    def _discovery(self, path: str) -> None:
        in_core = path == "/api"
        groups: dict[str, dict[str, list[ListedKind]]] = {}
        for kind in self.cluster.kinds:
            if (kind.group == "") == in_core:
                groups.setdefault(kind.group, {}).setdefault(kind.version, []).append(kind)
        if not self.cluster.is_plain and "apidiscovery" in self.headers.get("Accept", ""):
            items = [
                aggregated(name, of, is_silent=name in self.cluster.silent_groups)
                for name, of in groups.items()
            ]
            body = {"kind": "APIGroupDiscoveryList", "items": items}
        elif in_core:
            body = {"kind": "APIVersions", "versions": ["v1"]}
        else:
            body = {"kind": "APIGroupList", "groups": [plain(*one) for one in groups.items()]}
        self._send(json.dumps(body).encode())

    def _versions(self, path: str) -> str:
        return path if path in {kind.root for kind in self.cluster.kinds} else ""

    def _resources(self, root: str) -> None:
        kinds = [kind for kind in self.cluster.kinds if kind.root == root]
        if kinds[0].group in self.cluster.silent_groups:
            self._status(503, "ServiceUnavailable")
            return
        resources = [
            {"name": one.plural, "kind": one.kind, "namespaced": one.is_namespaced, "verbs": VERBS}
            for one in kinds
        ]
        resources += [{**resources[0], "name": f"{kinds[0].plural}/status"}]
        self._send(json.dumps({"kind": "APIResourceList", "resources": resources}).encode())

    def _objects(self, path: str, query: dict[str, str]) -> None:
        cluster = self.cluster
        for kind in cluster.kinds:
            namespace = path.removeprefix(f"{kind.root}/namespaces/").split("/")[0]
            if path == kind.path():
                namespace = ""
            elif path != kind.path(namespace):
                continue
            if kind.name in cluster.missing:
                break
            names = {(kind.name, namespace), (kind.name, "*")}
            is_watched = bool(query.get("watch"))
            if names & cluster.denied or (is_watched and kind.name in cluster.no_watch):
                self._status(403, "Forbidden")
            elif is_watched:
                self._watch(kind, namespace, query)
            else:
                self._list(kind, namespace, query)
            return
        self._status(404, "NotFound")

    def _list(self, kind: ListedKind, namespace: str, query: dict[str, str]) -> None:
        cluster = self.cluster
        with cluster.lock:
            held = sorted(cluster.objects[kind.name].items())
            items = [one for (where, _), one in held if namespace in ("", where)]
            start = int(query.get("continue", "0"))
            if start and cluster.expire_tokens:
                cluster.expire_tokens -= 1
                self._status(410, "Expired")
                return
            end = start + int(query.get("limit", "500"))
            metadata = {"resourceVersion": str(cluster.version)}
            if end < len(items):
                metadata["continue"] = str(end)
            body: Object = {"kind": f"{kind.kind}List", "apiVersion": kind.api_version}
            body |= {"metadata": metadata, "items": items[start:end]}
        if cluster.is_vague:
            body = {"kind": "List", "apiVersion": "v1", "metadata": metadata, "items": []}
        data = json.dumps(body, separators=(",", ":")).encode()
        if cluster.cut[self.path.partition("?")[0]] > 0:
            cluster.cut[self.path.partition("?")[0]] -= 1
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
        else:
            self._send(data)

    def _watch(self, kind: ListedKind, namespace: str, query: dict[str, str]) -> None:
        cluster = self.cluster
        since = int(query.get("resourceVersion") or 0)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if since < cluster.oldest:
            self._event("ERROR", {"kind": "Status", "code": 410, "reason": "Expired"})
            return
        until = time.monotonic() + cluster.watch_seconds
        watches = cluster.watches
        while time.monotonic() < until:
            with cluster.lock:
                if watches != cluster.watches:
                    return
                coming = [one for one in cluster.events if one[0] > since and one[1] == kind.name]
                since = cluster.version
            for _, _, how, made in coming:
                if namespace in ("", made["metadata"].get("namespace", "")):
                    whole = {"apiVersion": kind.api_version, "kind": kind.kind, **made}
                    self._event(how, whole)
            time.sleep(0.005)
        self._event("BOOKMARK", {"metadata": {"resourceVersion": str(since)}})

    def _event(self, how: str, made: Object) -> None:
        self.wfile.write(json.dumps({"type": how, "object": made}).encode() + b"\n")
        self.wfile.flush()
