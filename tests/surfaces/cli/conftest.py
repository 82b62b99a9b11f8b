import contextlib
import io
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from driftline.surfaces.cli import entry
from tests.surfaces.cli.small_fleet import write_fleet


class Done(NamedTuple):
    """How a run ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository of two environments; nobody writes into it."""
    return write_fleet(tmp_path_factory.mktemp("fleet") / "shop")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that all runs share, so that the fleet is read once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(home: Path) -> Run:
    """The command line from arguments to exit code, with an environment of its own.

    It runs in this process, because starting one takes longer than most
    questions; tests/campaigns/ starts real ones.
    """

    def _run(*arguments: str, **environ: str) -> Done:
        out, error = io.StringIO(), io.StringIO()
        ours = {"PATH": os.environ["PATH"], "HOME": str(home), **environ}
        handler = signal.getsignal(signal.SIGTERM)
        try:
            with (
                mock.patch.dict(os.environ, ours, clear=True),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(error),
            ):
                code = entry.run(arguments)
        finally:
            signal.signal(signal.SIGTERM, handler)
        return Done(code, out.getvalue(), error.getvalue())

    return _run
