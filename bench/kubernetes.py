"""A look at 100,000 live objects, against parsing and hashing all of them in the same run.

The floor is what a program does that keeps no memory: it decodes the JSON of
every object and hashes its bytes. Pages are made beforehand and fed without a
network; each measured look goes through everything that a look is, the store
included.
"""

import hashlib
import json
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from driftline.engine.clusters.look import Cluster, ClusterAsked, SystemClock, look_at_cluster
from driftline.history.sqlite_store import open_store
from driftline.sources.kubernetes.requesting import Answer, Limits
from driftline.sources.redaction import Redactor

OBJECTS = 100_000
PAGE = 500
NAMESPACES = 50
CHANGED_SHARE = 0.005
KINDS = (
    ("apps", "deployments", "Deployment"),
    ("", "configmaps", "ConfigMap"),
    ("", "pods", "Pod"),
)
GATES = {"stable bytes": 0.8, "new versions": 1.8, "0.5 % changed": 2.0}


def container(number: int) -> dict[str, Any]:
    """A container as they usually are."""
    return {
        "name": "app",
        "image": f"registry.example.com/team/app-{number % 97}:1.{number % 13}.0",
        "env": [{"name": f"SETTING_{one}", "value": f"value-{number}-{one}"} for one in range(8)],
        "ports": [{"containerPort": 8080, "protocol": "TCP"}],
        "resources": {"limits": {"cpu": "500m", "memory": "512Mi"}, "requests": {"cpu": "100m"}},
        "imagePullPolicy": "IfNotPresent",
        "terminationMessagePath": "/dev/termination-log",
    }


def owned(kind: str) -> list[dict[str, Any]]:
    """Who owns which field: a tool that applied it, and a controller."""
    env: dict[str, Any] = {
        f'k:{{"name":"SETTING_{one}"}}': {".": {}, "f:name": {}, "f:value": {}} for one in range(8)
    }
    app = {".": {}, "f:name": {}, "f:image": {}, "f:env": {".": {}, **env}, "f:resources": {}}
    inside = {"f:spec": {"f:containers": {'k:{"name":"app"}': app}}}
    fields: dict[str, Any] = {"f:spec": {"f:replicas": {}, "f:template": inside}}
    if kind == "Pod":
        fields = inside
    if kind == "ConfigMap":
        fields = {"f:data": {".": {}, **{f"f:key-{one}": {} for one in range(20)}}}
    when = "2026-11-22T19:40:00Z"
    tool = {"manager": "argocd-controller", "operation": "Apply", "time": when, "fieldsV1": fields}
    status: dict[str, Any] = {"f:status": {"f:phase": {}, "f:conditions": {".": {}}}}
    other = {"manager": "kube-controller-manager", "operation": "Update", "subresource": "status"}
    return [tool, {**other, "time": when, "fieldsV1": status}]


def made(number: int, kind: str, version: int, change: str = "") -> dict[str, Any]:
    """One object, as an item of a listing."""
    name = f"thing-{number}"
    metadata = {
        "name": name,
        "namespace": f"team-{number * NAMESPACES // OBJECTS}",
        "uid": f"{number:08d}-0000-4000-8000-000000000000",
        "resourceVersion": str(version),
        "creationTimestamp": "2026-11-22T19:40:00Z",
        "labels": {"app": name, "team": f"team-{number % 7}", "changed": change or "no"},
        "managedFields": owned(kind),
    }
    if kind == "ConfigMap":
        return {"metadata": metadata, "data": {f"key-{one}": "x" * 40 for one in range(20)}}
    pod = {
        "containers": [container(number)],
        "restartPolicy": "Always",
        "dnsPolicy": "ClusterFirst",
    }
    status = {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}] * 3}
    if kind == "Pod":
        return {"metadata": metadata, "spec": pod, "status": status}
    template = {"metadata": {"labels": {"app": name}}, "spec": pod}
    return {"metadata": metadata, "spec": {"replicas": 3, "template": template}, "status": status}


class Pages:
    """A server that has every page ready."""

    def __init__(self, *, versions: int, changed: int = 0) -> None:
        self.pages: dict[tuple[str, str], bytes] = {}
        each = OBJECTS // len(KINDS)
        every = OBJECTS // changed if changed else 0
        for index, (group, plural, kind) in enumerate(KINDS):
            path = f"/apis/{group}/v1/{plural}" if group else f"/api/v1/{plural}"
            numbers = range(index * each, (index + 1) * each)
            for start in range(0, each, PAGE):
                items = []
                for number in numbers[start : start + PAGE]:
                    moved = bool(every) and number % every == 0
                    version = versions + number + (OBJECTS if moved else 0)
                    items.append(made(number, kind, version, "yes" if moved else ""))
                following = str(start + PAGE) if start + PAGE < each else ""
                body = {
                    "kind": f"{kind}List",
                    "metadata": {"resourceVersion": "1", "continue": following},
                    "items": items,
                }
                data = json.dumps(body, separators=(",", ":")).encode()
                self.pages[(path, str(start) if start else "")] = data

    def get(self, path: str, parameters: Mapping[str, str], _accept: str) -> Answer:
        """The page that is asked for."""
        if path in {"/api", "/apis"}:
            return Answer(200, discovery(in_core=path == "/api"), at=1_795_377_000)
        if path == "/version":
            return Answer(200, b'{"gitVersion":"v1.36.0"}')
        return Answer(200, self.pages[(path, parameters.get("continue", ""))])

    @contextmanager
    def lines(self, *_: object) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        """Nothing."""
        yield Answer(404, b""), iter(())


def discovery(*, in_core: bool) -> bytes:
    """What the server says it has."""
    resources = [
        {
            "resource": plural,
            "responseKind": {"kind": kind},
            "scope": "Namespaced",
            "verbs": ["list", "watch"],
        }
        for group, plural, kind in KINDS
        if (group == "") == in_core
    ]
    version = {"version": "v1", "resources": resources}
    item = {"metadata": {"name": "" if in_core else "apps"}, "versions": [version]}
    return json.dumps({"kind": "APIGroupDiscoveryList", "items": [item]}).encode()


class _Items(msgspec.Struct):
    items: list[msgspec.Raw]


def floor(pages: Pages) -> float:
    """Processor seconds to decode and hash every object, the least of three runs."""
    taken = []
    for _ in range(3):
        before = time.process_time()
        for body in pages.pages.values():
            for item in msgspec.json.decode(body, type=_Items).items:
                msgspec.json.decode(item)
                hashlib.blake2b(item, digest_size=16).digest()
        taken.append(time.process_time() - before)
    return min(taken)


def look(path: Path, pages: Pages) -> tuple[float, int, int]:
    """Processor seconds of one look, from opening the store; objects moved; objects parsed."""
    before = time.process_time()
    store = open_store(path)
    cluster = Cluster("bench", "", "", pages)
    asked = ClusterAsked(limits=Limits(requests_per_second=1e9, burst=10**9))
    masking = Redactor(b"a key of the benchmark", "bench")
    seen = look_at_cluster(
        store, cluster, masking, "bench", known_at=1_795_377_000, asked=asked, clock=SystemClock()
    )
    store.close()
    return time.process_time() - before, seen.moved, seen.parsed


def peak_megabytes() -> float:
    """The most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run() -> None:
    """Measure and print; raises where a gate is not met."""
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        pages = Pages(versions=1)
        size = sum(map(len, pages.pages.values())) / 2**20
        least = floor(pages)
        print(f"  {OBJECTS:,} objects, {size:,.0f} MiB: parse and hash {least:.2f} s")
        before = peak_megabytes()
        seconds, moved, _ = look(store, pages)
        grown = peak_megabytes() - before
        print(f"  first look: {seconds:.1f} s, {moved:,} objects stored, {grown:,.0f} MB more")
        for name, gate in GATES.items():
            if name == "new versions":
                pages = Pages(versions=1 + 2 * OBJECTS)
            elif name == "0.5 % changed":
                pages = Pages(versions=1 + 2 * OBJECTS, changed=int(OBJECTS * CHANGED_SHARE))
            seconds, moved, parsed = look(store, pages)
            ratio = seconds / least
            told = f"{moved:,} moved, {parsed:,} parsed"
            print(f"  {name}: {seconds:.2f} s = {ratio:.2f} times (gate {gate}), {told}")
            if ratio > gate:
                missed.append(f"{name}: {ratio:.2f}")
    if missed:
        raise AssertionError(f"slower than allowed: {', '.join(missed)}")


if __name__ == "__main__":
    run()
