import io
import sys
import time

import pytest

from driftline.model.progress import Unwatched
from driftline.surfaces.cli import progress_bar
from driftline.surfaces.cli.progress_bar import ProgressBar, watching


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """It does."""
        return True


def test_nobody_watches_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal nothing is shown and nothing is loaded."""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with watching() as progress:
        assert isinstance(progress, Unwatched)


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the first second the terminal stays quiet."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with watching() as progress:
        for done in range(1_000):
            progress.step("reading", done, 1_000)

    assert "" == terminal.getvalue()


def test_long_work_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while the bar appears, with harmless labels."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress_bar, "_PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(progress_bar, "_REFRESH_SECONDS", 0.0)
    with watching() as progress:
        progress.step("reading a\x1b]0;b", 1, 10)
        progress.step("comparing", 0, 0)

    assert "reading a\\x1b]0;b" in terminal.getvalue()
    assert "comparing" in terminal.getvalue()


def test_a_step_costs_nothing() -> None:
    """Work may report as often as it likes."""
    bar = ProgressBar()
    started = time.perf_counter()
    for done in range(100_000):
        bar.step("reading", done, 100_000)

    assert time.perf_counter() - started < 1
