"""Reading a repository into the store: git, parsing, differences and storing, against the floor."""

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.pairs import cost, interleaved, peak_mebibytes, process

KEY = bytes(32)


def reader(key: bytes) -> object:
    """A reader of every format, as the engine makes one."""
    from driftline.sources.formats.reader import Reader
    from driftline.sources.redaction import Redactor

    return Reader(Redactor(key, "bench"))


def observe(repository: Path, store_file: Path, processes: int | None) -> str:
    """Observe once; counts of what was read."""
    from driftline.engine.reading.observe import observe as observed
    from driftline.history.sqlite_store import open_store

    store = open_store(store_file)
    try:
        seen = observed(
            store,
            repository,
            partial(reader, KEY),  # type: ignore[arg-type]  # typed loosely, to import late
            known_at=0,
            processes=processes,
        )
    finally:
        store.close()
    return (
        f"{seen.commits} commits, {seen.looks_added} looks, {seen.facts} fact changes,"
        f" {seen.gaps} gaps, {seen.processes} processes"
    )


def main(repository: str, store_file: str, processes: str) -> None:
    """One run in a process of its own."""
    print(observe(Path(repository), Path(store_file), int(processes) or None))


def run(repository: Path) -> None:
    """Print the ratios of a first reading, its memory, and the cost of reading nothing new."""
    floor_process = process((sys.executable, "-m", "bench.floor", str(repository)))
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(10_000))

        def command(processes: int) -> tuple[str, ...]:
            store_file = f"{folder}/{next(numbers)}.db"
            return (
                sys.executable,
                "-m",
                "bench.observe",
                str(repository),
                store_file,
                str(processes),
            )

        for processes, label in ((1, "observe, one process"), (0, "observe, as it chooses")):
            ratio = interleaved(lambda many=processes: process(command(many))(), floor_process)  # type: ignore[misc]
            print(ratio.line(label))
        once = command(1)
        said = subprocess.run(once, capture_output=True, text=True, check=True).stdout.strip()
        print(said)
        again = sorted(cost(process(once)).wall_seconds for _ in range(5))[2]
        print(f"again, nothing new: {again:.3f} s wall with the start of Python (median of 5)")
        print(f"peak memory, one process: {peak_mebibytes(command(1)):.0f} MiB")
        size = Path(once[4]).stat().st_size
        print(f"store: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
