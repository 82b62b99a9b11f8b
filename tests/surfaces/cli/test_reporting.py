from pathlib import Path

import pytest

from tests.render.html.page_reader import PageReader
from tests.surfaces.cli.conftest import Run


def test_the_report_is_one_file(run: Run, fleet: Path, tmp_path: Path) -> None:
    """`report --html FILE PATH` reads the repository and writes one page about it."""
    file = tmp_path / "drift.html"
    done = run("report", "--html", str(file), str(fleet))
    page = PageReader(file.read_text(encoding="utf-8"))

    assert 0 == done.returncode
    assert "" == done.stdout
    assert "drift.html" in done.stderr
    assert "staging" in page.text
    assert ([], []) == (page.wrong, page.unclosed)


def test_a_shared_report_names_no_place(run: Run, fleet: Path, tmp_path: Path) -> None:
    """`--share` leaves out where the repository lies and who changed it."""
    file = tmp_path / "drift.html"
    done = run("report", "--html", str(file), "--share", str(fleet))
    text = PageReader(file.read_text(encoding="utf-8")).text

    assert 0 == done.returncode
    assert "repository 1" in text
    assert str(fleet) not in text


def test_the_report_can_be_markdown(run: Run, fleet: Path) -> None:
    """Without a file the report is printed, in the format asked for."""
    done = run("report", "--format", "markdown", str(fleet))

    assert 0 == done.returncode
    assert done.stdout.startswith("## Drift report")


def test_a_file_that_cannot_be_written_is_told(run: Run, fleet: Path, tmp_path: Path) -> None:
    """A folder that is not there is the caller's to mend."""
    done = run("report", "--html", str(tmp_path / "no" / "drift.html"), str(fleet))

    assert 2 == done.returncode
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_a_page_has_no_other_format(run: Run, fleet: Path, tmp_path: Path, form: str) -> None:
    """`--html` and `--format` contradict each other."""
    done = run("report", "--html", str(tmp_path / "x.html"), "--format", form, str(fleet))

    assert 2 == done.returncode
    assert "leave one out" in done.stderr
