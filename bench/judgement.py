"""The judgement of a repository's whole history: all its pairs, and the one that people look at.

What is judged is already in memory; reading and comparing have benchmarks of
their own. After a commit only the pairs of the environments that it touched
have to be judged again, so one pair is what a new commit costs.
"""

import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from driftline.engine import ask
from driftline.engine.answering.judging import Judge
from driftline.engine.knowing.known import Known, know, side
from driftline.engine.settings import load_settings
from driftline.history.sqlite_store import open_store
from driftline.inventory import siblings
from driftline.inventory.layout.aliases import canonical
from driftline.inventory.pairing import pairs
from driftline.model.progress import Unwatched

REPEATS = 5
PAIRS_MAX = 66


def run(repository: Path) -> None:
    """Print what judging everything costs, and what the dearest single pair does."""
    now = int(time.time())
    known = read(repository, now)
    sides = {one.name: side(one.name, known.units.units.get(one.name, {})) for one in
             known.environments}  # fmt: skip
    living = [one for one in known.environments if sides[one.name].views]
    roles = {name: frozenset(one.views) for name, one in sides.items()}
    found = [
        siblings.find(sides[left], sides[right], known.words)
        for left, right in pairs(living, roles, canonical, limit=PAIRS_MAX)
    ]
    judge = Judge(known, now=now)
    # Once unmeasured: what values mean is remembered for as long as a program runs.
    judged = [judge.pair(one) for one in found]
    single = [seconds(judge, [one]) for one in found]
    paths = sum(len(one.journeys.journeys) for one in judged)
    spells = sum(len(one.judged.spells) for one in judged)
    print(f"{len(known.looks)} looks, {len(found)} pairs, {paths} paths, {spells} spells")
    print(f"all pairs judged anew: {seconds(judge, found) * 1000:.0f} ms of processor")
    if single:
        print(
            f"one pair: {statistics.median(single) * 1000:.0f} ms, "
            f"the dearest {max(single) * 1000:.0f} ms"
        )


def seconds(judge: Judge, found: Sequence[siblings.Found]) -> float:
    """The median of what judging these pairs takes, in seconds of processor."""
    taken = []
    for _ in range(REPEATS):
        started = time.process_time()
        for one in found:
            judge.pair(one)
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def read(repository: Path, now: int) -> Known:
    """Everything that is known of a repository, from a store of its own."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        settings = load_settings(folder, {}, store=folder / "bench.db", scanned=[repository])
        ask.observe([repository], settings, now=now, progress=Unwatched())
        store = open_store(settings.store_path, read_only=True)
        try:
            return know(store, store.sources(), settings, layer="effective")
        finally:
            store.close()
