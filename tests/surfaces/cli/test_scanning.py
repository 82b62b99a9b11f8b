import re
from pathlib import Path

from tests.surfaces.cli.conftest import Run
from tests.surfaces.cli.small_fleet import write_fleet


def test_the_report_says_what_differs(run: Run, fleet: Path) -> None:
    """Both values, the side that moved, and who moved it."""
    done = run("scan", str(fleet), "--width", "140")

    assert re.search(r"/image/tag +1\.[12] +[◂▸] 1\.[12] .*human Ana Lopes", done.stdout)
    assert f"cd {fleet}" in done.stdout or "cd ../" in done.stdout


def test_a_scanned_repository_is_not_written_to(run: Run, fleet: Path) -> None:
    """A scan leaves no file behind."""
    before = sorted(path.name for path in fleet.iterdir())
    run("scan", str(fleet))

    assert before == sorted(path.name for path in fleet.iterdir())


def test_several_repositories_are_compared_together(run: Run, fleet: Path, tmp_path: Path) -> None:
    """What is read together is one question, and init is what keeps it."""
    other = write_fleet(tmp_path / "other")
    done = run("scan", str(fleet), str(other), "--width", "200")

    assert re.search(r"(?m)^Next +driftline init \S+/shop \S+/other", done.stdout)
