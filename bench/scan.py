"""A whole `driftline scan` with its report, as a process, against the floor."""

import sys
import tempfile
from pathlib import Path

from bench import floor
from bench.pairs import Action, cost, interleaved, peak_mebibytes, process

DRIFTLINE = str(Path(sys.executable).with_name("driftline"))


def first_scan(repository: Path) -> Action:
    """A scan with an empty home, as the first one is."""

    def run() -> None:
        with tempfile.TemporaryDirectory() as home:
            process((DRIFTLINE, "scan", str(repository)), environ=clean(home))()

    return run


def clean(home: str) -> dict[str, str]:
    """An environment in which nothing is remembered but what lies under this home."""
    return {"HOME": home, "XDG_DATA_HOME": f"{home}/data", "XDG_CACHE_HOME": f"{home}/cache"}


def run(repository: Path) -> None:
    """Print the ratios of a first scan, and the cost of a scan with nothing new."""
    read = floor.parse(repository)
    print(f"floor: {read.blobs} blobs, {read.bytes / 1e3:,.0f} kB, {read.failed} not YAML")
    floor_process = process((sys.executable, "-m", "bench.floor", str(repository)))
    print(interleaved(first_scan(repository), floor_process, pairs=5).line("scan, first"))
    with tempfile.TemporaryDirectory() as home:
        command = (DRIFTLINE, "scan", str(repository))
        peak = peak_mebibytes(command, environ=clean(home))
        again = [cost(process(command, environ=clean(home))) for _ in range(5)]
    walls = sorted(one.wall_seconds for one in again)
    print(f"scan again, nothing new: {walls[2]:.2f} s wall (median of 5)")
    print(f"scan, largest process: {peak:.0f} MiB")
