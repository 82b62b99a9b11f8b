from pathlib import Path

from tests.surfaces.cli.conftest import Run


def test_init_writes_settings_once(run: Run, tmp_path: Path, fleet: Path) -> None:
    """The file says what was found, the history lies beside it, and nothing is overwritten."""
    done = run("-C", str(tmp_path), "init", str(fleet))
    text = (tmp_path / "driftline.toml").read_text(encoding="utf-8")
    again = run("-C", str(tmp_path), "init", str(fleet))
    status = run("-C", str(tmp_path), "status")

    assert (0, "") == (done.returncode, done.stderr)
    assert "found 2 environments" in done.stdout
    assert '"production"' in text
    assert (tmp_path / ".driftline" / "history.db").exists()
    assert 2 == again.returncode
    assert "is not overwritten" in again.stderr
    assert "Standing (" in status.stdout


def test_init_of_nothing_writes_nothing(run: Run, tmp_path: Path) -> None:
    """Where there is nothing to read, no file is left behind."""
    done = run("-C", str(tmp_path), "init")

    assert 2 == done.returncode
    assert "is no git repository and holds none" in done.stderr
    assert [] == list(tmp_path.iterdir())
