from pathlib import Path

import pytest

from driftline.engine.beginning import begin
from driftline.errors import UsageError
from driftline.model.progress import Unwatched
from tests.surfaces.cli.small_fleet import write_fleet

NOW = 1_790_000_000


def test_beginning_finds_the_repositories_inside(tmp_path: Path) -> None:
    """In a folder of checkouts, every repository is read, and named relative to the file."""
    write_fleet(tmp_path / "one")
    write_fleet(tmp_path / "two")
    said = begin(tmp_path, (), now=NOW, progress=Unwatched())
    text = (tmp_path / "driftline.toml").read_text(encoding="utf-8")

    assert 'repositories = ["one", "two"]' in text
    assert "one, two" in said[0]


def test_beginning_inside_a_repository_reads_it(tmp_path: Path) -> None:
    """In a repository, the file and the history lie in it, and git does not see the history."""
    fleet = write_fleet(tmp_path / "shop")
    begin(fleet, (), now=NOW, progress=Unwatched())

    assert 'repositories = ["."]' in (fleet / "driftline.toml").read_text(encoding="utf-8")
    assert "*\n" == (fleet / ".driftline" / ".gitignore").read_text(encoding="utf-8")


def test_what_somebody_wrote_is_kept(tmp_path: Path) -> None:
    """A file that exists is never overwritten."""
    (tmp_path / "driftline.toml").write_text("# mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is not overwritten"):
        begin(tmp_path, (), now=NOW, progress=Unwatched())

    assert "# mine" == (tmp_path / "driftline.toml").read_text(encoding="utf-8")
