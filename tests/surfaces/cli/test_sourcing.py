"""Sources from the command line."""

import json
from pathlib import Path

from tests.surfaces.cli.conftest import Run


def test_the_sources_of_a_history(run: Run, fleet: Path, tmp_path: Path) -> None:
    """A repository that was just read is fresh."""
    kept = ("--store", str(tmp_path / "h.db"))
    run("scan", str(fleet), *kept)
    done = run("sources", *kept, "--format", "json")
    (one,) = json.loads(done.stdout)["sources"]

    assert (0, "git", False) == (done.returncode, one["kind"], one["is_stale"])


def test_stale_is_an_exit_code(run: Run, fleet: Path, tmp_path: Path) -> None:
    """Only whoever asks for an exit code gets one."""
    kept = ("--store", str(tmp_path / "h.db"))
    run("scan", str(fleet), *kept)

    assert 0 == run("sources", *kept, "--max-age", "1d", "--exit-code").returncode
    assert 0 == run("sources", *kept, "--max-age", "0s").returncode
    assert 2 == run("sources", *kept, "--max-age", "soon").returncode
