import json
from pathlib import Path

from tests.surfaces.cli.conftest import Run


def test_asking_before_reading_says_what_to_do(run: Run, tmp_path: Path) -> None:
    """A question about nothing names the command that reads."""
    (tmp_path / ".git").mkdir()
    done = run("-C", str(tmp_path), "status")

    assert 2 == done.returncode
    assert "driftline scan" in done.stderr


def test_status_says_what_is_new(run: Run, fleet: Path, tmp_path: Path) -> None:
    """The second look compares with the first; programs and parts are not looks."""
    store = ("--store", str(tmp_path / "history.db"))
    run("scan", str(fleet), *store)
    program = run("status", *store, "--format", "json")
    part = run("status", *store, "--role", "web")
    first = run("status", *store)
    second = run("status", *store)

    assert json.loads(program.stdout)["since_last_look"]["looked_at"] is None
    assert "for the first time" in part.stdout
    assert "for the first time" in first.stdout
    assert "Since you last looked (" in second.stdout
    assert "nothing new" in second.stdout
