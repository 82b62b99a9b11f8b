"""Costs of two things as ratios, robust on a busy machine.

Absolute seconds depend on who else uses the machine. So the candidate and its
floor run in turns, each pair gives one ratio, and the median of the ratios is
what we state. CPU time includes that of every child that has been waited for.
"""

import gc
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

Action = Callable[[], object]


class Cost(msgspec.Struct, frozen=True):
    """What one run took: processor and elapsed seconds, children included."""

    cpu_seconds: float
    wall_seconds: float


class Ratio(msgspec.Struct, frozen=True):
    """Medians of a candidate and its floor over interleaved pairs.

    `cpu` and `wall` are medians of the ratios of each pair, which is steadier
    than the ratio of the medians.
    """

    candidate: Cost
    floor: Cost
    cpu: float
    wall: float
    pairs: int

    def line(self, label: str) -> str:
        """One row for people: ratios first, then the seconds behind them."""
        return (
            f"{label:<34} CPU x{self.cpu:5.2f}  wall x{self.wall:5.2f}   "
            f"(CPU {self.candidate.cpu_seconds:.2f} s against {self.floor.cpu_seconds:.2f} s, "
            f"wall {self.candidate.wall_seconds:.2f} s against {self.floor.wall_seconds:.2f} s, "
            f"{self.pairs} pairs)"
        )


def cost(action: Action) -> Cost:
    """Run it once; what it took."""
    gc.collect()
    before, started = os.times(), time.perf_counter()
    action()
    wall = time.perf_counter() - started
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    return Cost(cpu_seconds=cpu, wall_seconds=wall)


def interleaved(candidate: Action, floor: Action, *, pairs: int = 5) -> Ratio:
    """Run both in turns, each after one unmeasured round that warms the disk's cache.

    The order within a pair alternates, so that neither always runs on a
    processor that the other has heated.
    """
    candidate(), floor()
    measured: list[tuple[Cost, Cost]] = []
    for number in range(pairs):
        if number % 2:
            second = cost(floor)
            measured.append((cost(candidate), second))
        else:
            measured.append((cost(candidate), cost(floor)))
    return ratio(measured)


def ratio(measured: Sequence[tuple[Cost, Cost]]) -> Ratio:
    """The medians of pairs of (candidate, floor)."""
    return Ratio(
        candidate=_median([candidate for candidate, _ in measured]),
        floor=_median([floor for _, floor in measured]),
        cpu=statistics.median(c.cpu_seconds / max(f.cpu_seconds, 1e-9) for c, f in measured),
        wall=statistics.median(c.wall_seconds / max(f.wall_seconds, 1e-9) for c, f in measured),
        pairs=len(measured),
    )


def process(
    command: Sequence[str], *, cwd: Path | None = None, environ: Mapping[str, str] | None = None
) -> Action:
    """An action that runs a program to its end and throws its output away.

    Raises CalledProcessError, with what the program said as a note, when it fails.
    """

    def run() -> None:
        environment = {**os.environ, **(environ or {})}
        result = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )
        try:
            result.check_returncode()
        except subprocess.CalledProcessError as error:
            error.add_note(result.stderr.strip())
            raise

    return run


def peak_mebibytes(
    command: Sequence[str], *, cwd: Path | None = None, environ: Mapping[str, str] | None = None
) -> float:
    """The largest resident size of any one process of a run of a program."""
    environment = {**os.environ, **(environ or {})}
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        _, _, usage = os.wait4(running.pid, 0)
        running.returncode = 0
    return usage.ru_maxrss / 1024


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        cpu_seconds=statistics.median(one.cpu_seconds for one in costs),
        wall_seconds=statistics.median(one.wall_seconds for one in costs),
    )
