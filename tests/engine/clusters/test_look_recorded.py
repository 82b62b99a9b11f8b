"""A recorded cluster, observed as often as it was recorded, by the real client."""

import importlib.util
import json
import re
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from driftline.engine.clusters.look import (
    ClusterAsked,
    ClusterObservation,
    look_at_cluster,
    reach,
)
from driftline.engine.clusters.permissions import kinds_of
from driftline.history.protocol import Step, Store
from driftline.history.sqlite_store import open_store
from driftline.model.address import element, escape
from driftline.sources.kubernetes.permissions import Role, roles
from driftline.sources.redaction import Redactor
from tests.engine.clusters.test_permissions import allows
from tests.sources.kubernetes.serving import EAGER, SteadyClock, kubeconfig

SHARED = Path(__file__).parents[4] / "shared"
SHOP = SHARED / "data" / "kubernetes" / "shop"
TICKS = 15
DENIED, CUT = 5, 9

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(
        not SHOP.exists(), reason="the recorded data set is not beside the checkout"
    ),
]


class Observed:
    """The store after all observations, and what each look brought."""

    def __init__(
        self, store: Store, looks: list[ClusterObservation], role: Role, requests: list[str]
    ) -> None:
        self.store = store
        self.role = role
        self.requests = requests
        self.looks = looks
        self.source = looks[0].source
        self.resources = {one.key: one for one in store.resources(self.source)}
        self.contributions = store.contributions(self.source, range(TICKS))

    def steps(self, key: str, prefix: str) -> list[Step]:
        """The steps of an object's facts at or below an address."""
        found = self.store.steps([self.resources[key].id])
        return [one for one in found if (one.address + "/").startswith(prefix + "/")]


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Observed]:
    """The recording, looked at tick by tick."""
    spec = importlib.util.spec_from_file_location(
        "replay_kubernetes", SHARED / "tools" / "replay_kubernetes.py"
    )
    assert spec is not None
    assert spec.loader is not None
    replay: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(replay)
    # Answers are written in one piece: in small ones each waits for the network.
    requests: list[str] = []

    def noted(self: Any) -> None:
        requests.append(f"{self.command} {self.path}")
        replay.Replay.do_GET(self)

    also = {"wbufsize": 1 << 16, "do_GET": noted}
    handler: Any = type("Handler", (replay.Replay,), also)
    handler.recording, handler.discovery = SHOP, SHOP.parent / "discovery"
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = tmp_path_factory.mktemp("recorded")
    store = open_store(folder / "store")
    cluster = reach({}, kubeconfig(folder, f"http://127.0.0.1:{server.server_address[1]}"))
    (role,) = roles(kinds_of(cluster, SteadyClock())[0], secrets=True)
    looks = []
    for tick in range(TICKS):
        handler.answers = replay.pages(SHOP, tick)
        looks.append(
            look_at_cluster(
                store,
                cluster,
                Redactor(b"a key of the tests", "test"),
                "test",
                known_at=0,
                asked=ClusterAsked(limits=EAGER),
                clock=SteadyClock(),
            )
        )
    yield Observed(store, looks, role, requests)
    store.close()
    server.shutdown()
    server.server_close()


def test_what_could_not_be_read_is_never_gone(observed: Observed) -> None:
    """At the denied and at the cut observation nothing is deleted, and gaps say why."""
    ended = [one.presence[-1][1] for one in observed.resources.values()]
    gaps = [dict(look.gaps) for look in observed.looks]

    assert [] == [position for position in ended if position in (DENIED, CUT)]
    assert "not allowed to list secrets.core (403)" == gaps[DENIED]["*/secrets.core"]
    assert "broke off in the middle" in gaps[CUT]["*/replicasets.apps"]
    assert [] == [tick for tick in range(TICKS) if gaps[tick] and tick not in (DENIED, CUT)]
    assert [] == [gap for gap in observed.store.gaps(observed.source) if gap.to_position is None]
    assert [] == observed.store.verify()


def test_the_printed_role_allows_it_all(observed: Observed) -> None:
    """Each request of all looks is one that the role printed for this cluster allows."""
    asked = [request.partition(" ") for request in observed.requests]
    refused = [
        path
        for method, _, path in asked
        if not allows(
            observed.role, method, urlsplit(path).path, dict(parse_qsl(urlsplit(path).query))
        )
    ]

    assert len(asked) > 500
    assert [] == refused


def test_every_object_is_there(observed: Observed) -> None:
    """At the end exactly the recorded objects are there, but for kinds that are not read."""
    there = {
        one.key
        for one in observed.resources.values()
        if one.kind == "object" and one.presence[-1][1] is None
    }
    tick = json.loads((SHOP / "observations.jsonl").read_text().splitlines()[-1])
    skipped = ("endpoints", "endpointslices", "events")
    listed = sum(one["items"] for one in tick["lists"] if one["resource"] not in skipped)

    assert listed == len(there)


def _address(path: str) -> str:
    """A path of the recording as an address of ours; positions in lists may differ."""
    address = ""
    for quoted, key, name, value, index in re.findall(
        r'\["([^"]+)"\]|([^.\[\]]+)|\[(\w+)=([^\]]*)\]|\[(\d+)\]', path
    ):
        if quoted or key:
            address += "/" + escape(quoted or key)
        elif name:
            address += "/" + element(name, value)
        else:
            address += "/" + index
    return address


def _key(row: dict[str, Any]) -> str:
    return "/".join(filter(None, (row["kind"], row.get("namespace"), row["name"])))


def test_since_within_one_observation(observed: Observed) -> None:
    """Every divergence of the truth began, for us, within one observation of when it did."""
    expected = json.loads((SHOP / "expected" / "intent_vs_actual.json").read_text())
    checked = 0
    for row in expected["divergences"]:
        resource = observed.resources[_key(row)]
        steps = observed.steps(_key(row), _address(row["path"])) if row["path"] else []
        if row["cause_class"] == "intent_change" or (row["path"] and not steps):
            continue  # The intent moved, or an element has another name with us.
        checked += 1
        at = steps[-1].position if steps else resource.presence[-1][1]
        if at is None:
            at = resource.presence[-1][0]

        assert row["since_tick"] <= at <= row["since_tick"] + 1, row

    assert checked >= len(expected["divergences"]) - 5


def test_nobody_is_wrongly_named(observed: Observed) -> None:
    """Whoever a change is laid to wrote that field in that time; most are laid to somebody."""
    truth = [json.loads(line) for line in (SHOP / "truth.jsonl").read_text().splitlines()]
    wrote: dict[tuple[str, str, int], set[str]] = {}
    for line in truth:
        if line["effect"] == "change" and line["tick"] and line["path"] and line["field_manager"]:
            place = (_key(line), _address(line["path"]), line["tick"])
            wrote.setdefault(place, set()).add(line["field_manager"])
    named = unnamed = 0
    for (key, address, tick), managers in wrote.items():
        for step in observed.steps(key, address) if key in observed.resources else ():
            if step.position == tick:
                author = observed.contributions[tick][step.act].author.name
                named += bool(author)
                unnamed += not author

                assert author in {*managers, ""}, (key, address, tick)

    assert named > 40
    assert named > 3 * unnamed
