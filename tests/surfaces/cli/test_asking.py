from pathlib import Path

from tests.surfaces.cli.conftest import Run


def test_asking_before_reading_says_what_to_do(run: Run, tmp_path: Path) -> None:
    """A question about nothing names the command that reads."""
    (tmp_path / ".git").mkdir()
    done = run("-C", str(tmp_path), "status")

    assert 2 == done.returncode
    assert "driftline scan" in done.stderr
