"""Runs that are stopped, killed, or meet each other: the next one finds everything in order."""

import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from driftline.lab.example import write_example
from tests.campaigns.driving import Machine, Outcome, assert_civil, ended, lasting

# Shares of the time that an undisturbed scan takes.
INSTANTS = (0.4, 0.65, 0.85)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example fleet: long enough to be interrupted."""
    return write_example(tmp_path_factory.mktemp("fleet") / "shipyard")


def _undisturbed(machine: Machine, fleet: Path, store: Path) -> tuple[Any, float]:
    started = time.monotonic()
    answer = machine.scan(fleet, "--store", store)
    return lasting(answer), time.monotonic() - started


def _survives(machine: Machine, fleet: Path, folder: Path, instants: Sequence[float]) -> None:
    expected, took = _undisturbed(machine, fleet, folder / "calm.db")
    killed = 0
    for number, share in enumerate(instants):
        store = folder / f"stormy{number}.db"
        process = machine.start("scan", fleet, "--store", store)
        time.sleep(took * share)
        killed += process.poll() is None
        process.kill()
        process.communicate()
        after = machine.run("scan", fleet, "--store", store, "--format", "json")

        assert_civil(after)
        assert expected == lasting(after.answer), f"killed at {share}"
    assert killed > 0, "no scan was killed"


def test_killed_at_any_instant(machine: Machine, fleet: Path, tmp_path: Path) -> None:
    """After kill -9, whenever it came, the next scan gives the answer of an undisturbed one."""
    _survives(machine, fleet, tmp_path, INSTANTS)


@pytest.mark.slow
def test_killed_at_many_instants(machine: Machine, fleet: Path, tmp_path: Path) -> None:
    """The same at sixty instants from the first to the last."""
    _survives(machine, fleet, tmp_path, [0.05 + 0.016 * number for number in range(60)])


def test_killed_again_and_again(machine: Machine, fleet: Path, tmp_path: Path) -> None:
    """The same store survives several kills in a row."""
    expected, took = _undisturbed(machine, fleet, tmp_path / "calm.db")
    store = tmp_path / "history.db"
    for share in (0.4, 0.6, 0.8):
        process = machine.start("scan", fleet, "--store", store)
        time.sleep(took * share)
        process.kill()
        process.communicate()

    assert expected == lasting(machine.scan(fleet, "--store", store))


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_by_a_signal(
    machine: Machine, fleet: Path, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    """Stopped politely, the program says so with the code that shells expect, and no traceback."""
    _, took = _undisturbed(machine, fleet, tmp_path / "calm.db")
    stopped: Outcome | None = None
    for share in (0.55, 0.45, 0.65, 0.35, 0.75):
        process = machine.start("scan", fleet, "--store", tmp_path / f"{share}.db")
        time.sleep(took * share)
        process.send_signal(sent)
        outcome = ended(process)
        if outcome.code != 0:
            stopped = outcome
            break
    assert stopped is not None, "every scan was over before the signal came"

    assert_civil(stopped, (code,))


def test_two_at_once(machine: Machine, fleet: Path, tmp_path: Path) -> None:
    """Two scans of one repository into one store: each ends well or says that another is at it."""
    expected, _ = _undisturbed(machine, fleet, tmp_path / "calm.db")
    store = tmp_path / "history.db"
    running = [machine.start("scan", fleet, "--store", store, "--format", "json") for _ in range(3)]
    outcomes = [ended(process) for process in running]

    for outcome in outcomes:
        assert_civil(outcome, (0, 2))
        if outcome.code == 0:
            assert expected == lasting(outcome.answer)
        else:
            assert "another" in outcome.err or "locked" in outcome.err
    assert any(outcome.code == 0 for outcome in outcomes)
    assert expected == lasting(machine.scan(fleet, "--store", store))


def test_reading_while_writing(machine: Machine, fleet: Path, tmp_path: Path) -> None:
    """A status asked during a scan answers from what is stored, or says that nothing is yet."""
    store = tmp_path / "history.db"
    machine.scan(fleet, "--store", store)
    writer = machine.start("scan", fleet, "--store", store)
    reader = machine.run("status", "--store", store, cwd=fleet)

    assert_civil(ended(writer))
    assert_civil(reader)
