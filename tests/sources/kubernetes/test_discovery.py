"""What a server says it has."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from driftline.engine.clusters.look import ClusterAsked, asking_of
from driftline.sources.kubernetes.discovery import Discovery, discover
from driftline.sources.kubernetes.kinds import CUSTOMARY
from driftline.sources.kubernetes.requesting import Answer, Asking
from tests.sources.kubernetes.serving import (
    EAGER,
    KINDS,
    ServedCluster,
    SteadyClock,
    reached,
    shop,
)

RECORDED = Path(__file__).parents[4] / "shared" / "data" / "kubernetes" / "discovery"


def discovered(cluster: ServedCluster, folder: Path) -> Discovery:
    """What the real client finds."""
    with reached(cluster, folder) as reachable:
        return discover(asking_of(reachable, ClusterAsked(limits=EAGER), SteadyClock(), 0))


@pytest.mark.parametrize("is_plain", [False, True])
def test_both_forms_tell_the_same(tmp_path: Path, *, is_plain: bool) -> None:
    """Servers that tell everything at once and servers that are asked group by group agree."""
    cluster = shop()
    cluster.is_plain = is_plain
    found = discovered(cluster, tmp_path)

    assert {kind for kind in KINDS if kind.plural != "events"} == set(found.kinds)
    assert "namespaces.core" == found.kinds[0].name
    assert ["events.core"] == [kind.name for kind, _ in found.skipped]
    assert found.is_told
    assert (2 if not is_plain else 5) == len(cluster.requests)


class _Files:
    """Answers from documents."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self.documents = documents

    def get(self, path: str, _parameters: Mapping[str, str], _accept: str) -> Answer:
        """The document of a path."""
        document = self.documents.get(path)
        if document is None:
            return Answer(404, b"{}")
        return Answer(
            200, document if isinstance(document, bytes) else json.dumps(document).encode()
        )

    @contextmanager
    def lines(self, *_: object) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        """Nothing."""
        yield Answer(404, b""), iter(())


def from_documents(documents: Mapping[str, Any]) -> Discovery:
    """What is found in documents."""
    return discover(Asking(_Files(documents), SteadyClock(), where="x", limits=EAGER))


def test_preferred_versions() -> None:
    """A kind that a group has in several versions is read once, in the version preferred."""
    resource = {"name": "jobs", "kind": "Job", "namespaced": True, "verbs": ["list"]}
    old = {"name": "oldies", "kind": "Oldie", "namespaced": True, "verbs": ["list"]}
    told = [{"version": "v1beta1"}, {"version": "v1"}]
    found = from_documents(
        {
            "/api": {"kind": "APIVersions", "versions": []},
            "/apis": {
                "kind": "APIGroupList",
                "groups": [
                    {"name": "batch", "versions": told, "preferredVersion": {"version": "v1"}}
                ],
            },
            "/apis/batch/v1": {"resources": [resource]},
            "/apis/batch/v1beta1": {"resources": [resource, old]},
        }
    )

    assert [("jobs", "v1", False), ("oldies", "v1beta1", False)] == [
        (kind.plural, kind.version, kind.is_watchable) for kind in found.kinds
    ]


def test_what_is_left_out() -> None:
    """Subresources, and kinds that cannot be listed, are no kinds of ours."""
    resources = [
        {"name": "pods", "kind": "Pod", "namespaced": True, "verbs": ["list", "watch"]},
        {"name": "pods/status", "kind": "Pod", "namespaced": True, "verbs": ["list"]},
        {"name": "reviews", "kind": "Review", "namespaced": False, "verbs": ["create"]},
        {"name": 3, "kind": None, "verbs": "list"},
    ]
    found = from_documents(
        {
            "/api": {"kind": "APIVersions", "versions": ["v1"]},
            "/api/v1": {"resources": resources},
            "/apis": {"kind": "APIGroupList", "groups": []},
        }
    )

    assert ["pods.core"] == [kind.name for kind in found.kinds]


def test_a_server_that_does_not_say() -> None:
    """A server that will not say what it has is asked for the customary kinds."""
    found = from_documents({})

    assert set(CUSTOMARY) == set(found.kinds)
    assert not found.is_told


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"kind":5,"groups":3,"items":7}'])
def test_nonsense(body: bytes) -> None:
    """Nonsense is no kind."""
    assert () == from_documents({"/api": body, "/apis": body}).kinds


@pytest.mark.data
def test_recorded_forms_agree() -> None:
    """Both forms of a recorded server tell the same kinds."""
    if not RECORDED.exists():
        pytest.skip("the recorded data set is not beside the checkout")
    whole = {
        path: (RECORDED / f"{name}-aggregated.json").read_bytes()
        for path, name in (("/api", "api"), ("/apis", "apis"))
    }
    plain = {
        f"/{file.stem.replace('apis-', 'apis/', 1).replace('api-', 'api/', 1)}": file.read_bytes()
        for file in RECORDED.glob("api*.json")
        if "aggregated" not in file.name
    }
    plain = {_path(name): body for name, body in plain.items()}

    told, asked = from_documents(whole), from_documents(plain)

    assert len(told.kinds) > 40
    assert told.kinds == asked.kinds


def _path(name: str) -> str:
    """`/apis/batch-v1` → `/apis/batch/v1`."""
    head, _, version = name.rpartition("-")
    return f"{head}/{version}" if head.startswith("/apis/") else name
