"""A progress bar on the terminal, for work that takes more than a second."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from driftline.model.progress import Progress, Unwatched
from driftline.render.harmless import harmless

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_PATIENCE_SECONDS = 1.0
_REFRESH_SECONDS = 0.1


@contextmanager
def watching() -> Iterator[Progress]:
    """Somebody to report progress to; nobody unless stderr is a terminal."""
    if not sys.stderr.isatty():
        yield Unwatched()
        return
    bar = ProgressBar()
    try:
        yield bar
    finally:
        bar.close()


class ProgressBar:
    """Shows nothing for a second, then one bar, and wipes it away at the end."""

    def __init__(self) -> None:
        self._due = time.monotonic() + _PATIENCE_SECONDS
        self._bars: Bars | None = None
        self._task: TaskID | None = None
        self._label = ""

    def step(self, label: str, done: int, total: int) -> None:
        """Remember where the work is, and show it if it is time to."""
        now = time.monotonic()
        if now < self._due and not (total and done >= total and self._bars):
            return
        self._due = now + _REFRESH_SECONDS
        if self._bars is None:
            self._bars = _bars()
        if self._task is None or label != self._label:
            if self._task is not None:
                self._bars.remove_task(self._task)
            self._task = self._bars.add_task(harmless(label), total=total or None, count="")
            self._label = label
        # Where the end is not known, the bar only moves.
        counted = f"{done:,} of {total:,}" if total else ""
        self._bars.update(self._task, completed=done, total=total or None, count=counted)
        self._bars.refresh()

    def close(self) -> None:
        """Wipe the bar away."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None


def _bars() -> "Bars":
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[count]}", markup=False),
        console=Console(file=sys.stderr),
        transient=True,
        auto_refresh=False,
    )
    bars.start()
    return bars
