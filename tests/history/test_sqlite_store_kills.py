"""A kill at any instant loses nothing that was acknowledged, and leaves nothing half."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from driftline.history.sqlite_store import open_store
from tests.history.restless_writer import RESOURCES, made

ROOT = Path(__file__).resolve().parents[2]


def _killed_writer(path: Path, delay_seconds: float) -> list[str]:
    """What a writer said until it was killed, so long after its first batch."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.history.restless_writer", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    said = [writer.stdout.readline(), writer.stdout.readline()]
    time.sleep(delay_seconds)
    writer.kill()
    said += writer.stdout.read().splitlines()
    writer.wait()
    writer.stdout.close()
    return [line.strip() for line in said if line.strip()]


def _survives(path: Path, kills: int, seed: int) -> int:
    """Kill writers of one store at random, check it after each, and count its looks."""
    dice = random.Random(seed)  # noqa: S311 - when to kill is no secret
    number = 0
    for _ in range(kills):
        said = _killed_writer(path, dice.uniform(0, 0.08))
        done = [int(line.split()[1]) for line in said if line.startswith("done")]
        intended = [int(line.split()[1]) for line in said if line.startswith("intend")]
        store = open_store(path)
        tip = store.tip(1)
        assert tip is not None

        assert [] == store.verify()
        assert tip.position in {done[-1], intended[-1]}, "a batch was stored by half, or lost"
        number = tip.position + 1
        assert tuple(made(position).look for position in range(number)) == store.looks(1)
        held = store.state(range(1, RESOURCES + 1), None)
        last = {one % RESOURCES: str(one) for one in range(max(0, number - RESOURCES), number)}
        assert sorted(last.values()) == sorted(facts["/n"] for facts in held.values())
        store.close()
    return number


def test_ten_kills(tmp_path: Path) -> None:
    """Ten writers are killed one after the other; each next one goes on where the last was."""
    assert _survives(tmp_path / "store.db", kills=10, seed=1) > 50


@pytest.mark.slow
def test_a_hundred_kills(tmp_path: Path) -> None:
    """The same for long."""
    for part in range(4):
        assert _survives(tmp_path / f"store{part}.db", kills=25, seed=part + 2) > 100
