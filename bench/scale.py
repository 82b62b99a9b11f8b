"""Long histories, made here: how cost and memory grow with the number of commits.

The 5,000 commits run with the other benchmarks; `python -m bench.scale 100000`
makes a longer one.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.pairs import cost, peak_mebibytes, process

COMMITS = 5_000
SERVICES = 40
ENVIRONMENTS = ("staging", "production-eu", "production-us")
START = 1_500_000_000


def values(service: int, environment: str, tag: int, replicas: int) -> str:
    """One file of values, about 50 lines, of which a commit changes one or two."""
    settings = "".join(f"  option{n}: value-{service}-{n}\n" for n in range(30))
    return (
        f"# values of service {service}\nimage:\n  repository: registry.example.com/s{service}\n"
        f"  tag: 1.{service}.{tag}\nreplicas: {replicas}\nresources:\n  limits:\n    cpu: 500m\n"
        f"    memory: {128 * (1 + replicas % 8)}Mi\nhost: s{service}.{environment}.example.com\n"
        f"env:\n- name: LOG_LEVEL\n  value: info\n- name: REGION\n  value: {environment}\n"
        f"settings:\n{settings}"
    )


def commands(commits: int, seed: int = 7) -> Iterator[str]:
    """A history for `git fast-import`: two thirds plain commits, one third merges of one."""
    dice = random.Random(seed)  # noqa: S311 - a repeatable history, not a secret
    paths = [(service, place) for service in range(SERVICES) for place in ENVIRONMENTS]
    tags = dict.fromkeys(paths, 0)
    replicas = dict.fromkeys(paths, 2)
    chosen, main, mark = paths, 0, 0
    while mark < commits:
        is_merge = main > 0 and dice.random() < 0.25
        parent = f"from :{main}\n" if main else ""
        for service, place in chosen:
            if dice.random() < 0.9:
                tags[service, place] += 1
            else:
                replicas[service, place] = dice.randrange(1, 20)
        changes = "".join(_file(*one, tags[one], replicas[one]) for one in chosen)
        mark += 1
        yield _head("side" if is_merge else "main", mark, dice.randrange(12)) + parent + changes
        if is_merge:
            mark += 1
            merged = f"from :{main}\nmerge :{mark - 1}\n{changes}"
            yield _head("main", mark, dice.randrange(12)) + merged
        main = mark
        chosen = [dice.choice(paths)]


def _file(service: int, place: str, tag: int, replicas: int) -> str:
    text = values(service, place, tag, replicas)
    return f"M 100644 inline services/s{service}/{place}.yaml\ndata {len(text)}\n{text}\n"


def _head(branch: str, mark: int, person: int) -> str:
    who = f"Person {person} <p{person}@example.com> {START + mark * 600} +0000"
    words = f"change {mark}"
    return (
        f"commit refs/heads/{branch}\nmark :{mark}\nauthor {who}\ncommitter {who}\n"
        f"data {len(words)}\n{words}\n"
    )


def make(folder: Path, commits: int) -> Path:
    """Write a repository with so many commits."""
    subprocess.run(["git", "init", "--quiet", "-b", "main", str(folder)], check=True)
    importing = ["git", "-C", str(folder), "fast-import", "--quiet", "--force"]
    with subprocess.Popen(importing, stdin=subprocess.PIPE, text=True) as process_:
        assert process_.stdin is not None  # noqa: S101 - a pipe was asked for
        for text in commands(commits):
            process_.stdin.write(text)
    return folder


def measure(commits: int) -> None:
    """Print what reading so many commits takes, and what it takes again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        repository = make(folder / "repository", commits)
        print(f"{commits:,} commits made in {time.perf_counter() - started:.0f} s")
        store = folder / "history.db"

        def command(file: Path, processes: int) -> tuple[str, ...]:
            return (
                *(sys.executable, "-m", "bench.observe"),
                *(str(repository), str(file), str(processes)),
            )

        once = command(store, 1)
        said: list[str] = []
        taken = cost(lambda: said.append(_said(once)))
        peak = peak_mebibytes(command(folder / "memory.db", 1))
        several = cost(process(command(folder / "several.db", 0)))
        again = cost(process(once))
        print(said[0])
        print(f"one process: CPU {taken.cpu_seconds:.1f} s, wall {taken.wall_seconds:.1f} s")
        print(f"as it chooses: CPU {several.cpu_seconds:.1f} s, wall {several.wall_seconds:.1f} s")
        print(f"again: CPU {again.cpu_seconds:.2f} s, wall {again.wall_seconds:.2f} s")
        print(f"peak {peak:.0f} MiB, store {store.stat().st_size / 1e6:.1f} MB")


def _said(command: tuple[str, ...]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def run() -> None:
    """The history that runs with the other benchmarks."""
    measure(COMMITS)


if __name__ == "__main__":
    measure(int(sys.argv[1]))
