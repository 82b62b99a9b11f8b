"""A recorded shop, replayed to the real client look by look: what drifted is found, and no more.

The truth was written down while the recording was made. Environments are those
that our own inference finds; nothing here knows them.
"""

import contextlib
import json
import re
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from driftline.engine import ask
from driftline.engine.clusters.targets import Target, Wish
from driftline.engine.settings import Settings, load_settings
from driftline.model.answers.parity import Comparison, Divergence
from driftline.model.progress import Unwatched
from driftline.model.ref import parse_time, time_text

pytestmark = [pytest.mark.data, pytest.mark.slow]

LAST = 14
_PATH = re.compile(r'\["([^"]+)"\]|\[(\w+)=([^\]]*)\]|\[(\d+)\]|([^.\[\]]+)')

Truth = dict[str, Any]


class Watched(NamedTuple):
    """The settings to ask with, the second of each look, and kinds of trouble during it."""

    settings: Settings
    looks: list[int]
    vanished: Counter[int]


@contextlib.contextmanager
def replay(data: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server that plays the recording, and a kubeconfig that leads to it."""
    file = folder / "kubeconfig"
    tool = data.parent / "tools" / "replay_kubernetes.py"
    recording = data / "kubernetes" / "shop"
    command = [sys.executable, str(tool), str(recording), "--tick", "0", "--kubeconfig", str(file)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 30
            while not file.exists() or not file.read_text():
                assert time.monotonic() < deadline, "the recording is not served"
                time.sleep(0.05)
            content = json.loads(file.read_text())
            yield content["clusters"][0]["cluster"]["server"], file
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def watched(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """Every look of the recording, seen by the real client beside the bundle of manifests."""
    folder = tmp_path_factory.mktemp("shop")
    bundle = data / "kubernetes" / "shop" / "intent.bundle"
    settings = load_settings(folder, {}, store=folder / "history.db", scanned=(bundle,))
    looks: list[int] = []
    vanished: Counter[int] = Counter()
    with replay(data, folder) as (address, file):
        wish = Wish((Target(kubeconfig=file),))
        for tick in range(LAST + 1):
            urllib.request.urlopen(  # noqa: S310 - our own server on loopback
                urllib.request.Request(f"{address}/replay/tick/{tick}", method="POST")  # noqa: S310
            )
            now = int(time.time())
            seen = ask.observe((bundle,), settings, now=now, progress=Unwatched(), wish=wish)
            (row,) = seen.clusters
            assert row.at is not None
            looks.append(parse_time(row.at))
            before = time_text(looks[-2]) if tick else ""
            if before and row.gaps:
                past = ask.compare(
                    f"production:observed@{before}", "production:observed", settings, now=now
                )
                vanished[tick] = len(
                    [
                        one
                        for one in past.divergences
                        if not one.path and one.right_state == "absent"
                    ]
                )
            # Looks are told apart by whole seconds.
            time.sleep(max(0.0, looks[-1] + 1.1 - time.time()))
    return Watched(settings, looks, vanished)


def compare(watched: Watched, left: str, right: str) -> Comparison:
    """The comparison after the last look."""
    return ask.compare(left, right, watched.settings, now=int(time.time()))


def truth(data: Path, name: str) -> Truth:
    """What was written down."""
    file = data / "kubernetes" / "shop" / "expected" / name
    found: Truth = json.loads(file.read_text(encoding="utf-8"))
    return found


def tokens(dotted: str) -> list[str]:
    """A dotted path of the truth as tokens; elements of lists as `[field=value]` or positions."""
    found = []
    for quoted, field, value, position, plain in _PATH.findall(dotted):
        found.append(quoted or (f"[{field}={value}]" if field else position or plain))
    return found


def is_told_by(expected: Truth, row: Divergence) -> bool:
    """Whether a row is about a line of the truth, or about something in it."""
    if row.role != f"{expected['kind']}/{expected['name']}":
        return False
    wanted = tokens(expected["path"])
    told = [one.replace("~1", "/").replace("~0", "~") for one in row.path.split("/")[1:]]
    return len(wanted) <= len(told) and all(
        mine == theirs or (mine.isdigit() and theirs.startswith("["))
        for mine, theirs in zip(wanted, told, strict=False)
    )


ENVIRONMENTS = (("production", "shop-production"), ("staging", "shop-staging"))


@pytest.mark.parametrize(("environment", "namespace"), ENVIRONMENTS)
def test_intent_and_actual(watched: Watched, data: Path, environment: str, namespace: str) -> None:
    """Every leaf that somebody drifted is told, and nothing that nobody did."""
    answer = compare(watched, f"{environment}:declared", f"{environment}:observed")
    known = truth(data, "intent_vs_actual.json")["divergences"]
    wanted = [one for one in known if one["namespace"] == namespace]
    missed = [one for one in wanted if not any(is_told_by(one, row) for row in answer.divergences)]
    more = [
        (row.role, row.path)
        for row in answer.divergences
        if not any(is_told_by(one, row) for one in wanted)
    ]

    assert len(wanted) > 5
    assert ([], []) == (missed, more)


@pytest.mark.parametrize(("environment", "namespace"), ENVIRONMENTS)
def test_since_within_one_look(
    watched: Watched, data: Path, environment: str, namespace: str
) -> None:
    """A difference is dated at the look that could first see it, or at the commit that made it."""
    answer = compare(watched, f"{environment}:declared", f"{environment}:observed")
    known = truth(data, "intent_vs_actual.json")["divergences"]
    late = []
    for one in known:
        if one["namespace"] != namespace or one["cause_class"] == "intent_change":
            # The recording's commits are older than its replay.
            continue
        # What was moved before a look that was cut off is seen by the next one.
        ticks = {one["since_tick"], one["since_tick"] + 1}
        for row in answer.divergences:
            if is_told_by(one, row) and row.since is not None:
                at = parse_time(row.since)
                tick = watched.looks.index(at) if at in watched.looks else -1
                late += [] if tick in ticks else [(row.role, row.path, tick, one["since_tick"])]

    assert [] == late


def test_siblings_as_they_run(watched: Watched, data: Path) -> None:
    """What differs between staging and production and was not meant to is drift, and only that."""
    answer = compare(watched, "staging:observed", "production:observed")
    told = [row for row in answer.divergences if row.kind not in ("environmental", "unknown")]
    wanted = truth(data, "env_vs_env.json")["divergences"]
    missed = [one for one in wanted if not any(is_told_by(one, row) for row in told)]
    more = [(row.role, row.path) for row in told if not any(is_told_by(one, row) for one in wanted)]

    assert 32 == len(wanted)
    assert ([], []) == (missed, more)


def test_gaps_delete_nothing(watched: Watched) -> None:
    """A look that was denied or cut off makes nothing vanish."""
    assert len(watched.vanished) >= 2
    assert {0} == set(watched.vanished.values())


def test_wars_are_told_once(watched: Watched, data: Path) -> None:
    """A field that two parties write in turn is one row at most."""
    answer = compare(watched, "production:declared", "production:observed")
    places = Counter((row.role, row.path) for row in answer.divergences)
    wars = truth(data, "wars.json")["wars"]

    assert wars
    assert {1} == set(places.values())
