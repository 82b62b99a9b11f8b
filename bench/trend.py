"""The drift of every pair over the whole history, from a store that has been read."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.pairs import cost

if TYPE_CHECKING:
    from driftline.model.answers.trend import TrendAnswer


def run(repository: Path) -> None:
    """Print the CPU time of all pairs at once, what is loaded before not counted."""
    from driftline.engine import ask
    from driftline.engine.answering import trending
    from driftline.engine.knowing.known import know
    from driftline.engine.settings import load_settings
    from driftline.history.sqlite_store import open_store
    from driftline.model.progress import Unwatched

    now = int(time.time())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "history.db"
        settings = load_settings(Path(folder), {}, store=file, scanned=[repository])
        ask.observe([repository], settings, now=now, progress=Unwatched())
        store = open_store(file, read_only=True)
        known = know(store, store.sources(), settings, layer="effective")
        answers: list[TrendAnswer] = []

        def answer() -> None:
            answers.append(trending.answer(store, known, settings, now=now, since="1971-01-01"))

        taken = sorted(cost(answer).cpu_seconds for _ in range(5))
        store.close()
    last = answers[-1]
    pairs = {(one.left, one.right) for one in last.trend}
    changes = sum(one.changes for one in last.parts)
    print(
        f"trend of {len(pairs)} pairs, {changes:,} changes, {len(last.trend):,} weekly points: "
        f"CPU {taken[2]:.3f} s (median of 5)"
    )
