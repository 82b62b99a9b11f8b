"""Commits written as a git repository."""

import subprocess
from pathlib import Path

import pytest

from driftline.errors import SourceError, UsageError
from driftline.lab.edits import Put, Remove
from driftline.lab.fleet import AMARA, JAKUB, TOMAS
from driftline.lab.landing import Force, Intent, Purpose, Work, merged, pushed
from driftline.lab.repository import stream, write
from driftline.lab.weaving import Commit, woven

PURPOSE = Purpose(Force.CONFIGURATION, Intent.DELIBERATE)


def _commits() -> tuple[Commit, ...]:
    inner = Work(1_700_000_100, JAKUB, "inner", (Put("b.yaml", "ł: 1\n"),), PURPOSE)
    return woven(
        [
            pushed(1_700_000_000, AMARA, "one", (Put("a.yaml", "a: 1\n"),), PURPOSE),
            merged(1_700_000_200, TOMAS, "branch", (inner,)),
            pushed(1_700_000_300, AMARA, "two\n\nbody", (Remove("a.yaml"),), PURPOSE),
        ]
    )


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_a_repository_is_written(tmp_path: Path) -> None:
    """Commits, merges, authors and files are what was woven, and the files are checked out."""
    folder = write(tmp_path / "new" / "fleet", _commits())

    assert ["two", "Merge pull request #{number} from jakub/branch", "one"] == _git(
        folder, "log", "--first-parent", "--format=%s"
    ).splitlines()
    assert "Jakub Wiśniewski" in _git(folder, "log", "--format=%an")
    assert "ł: 1\n" == (folder / "b.yaml").read_text(encoding="utf-8")
    assert not (folder / "a.yaml").exists()
    assert "" == _git(folder, "status", "--porcelain")
    assert "" == _git(folder, "fsck", "--strict")


def test_the_user_s_git_has_no_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Configuration, identity and variables of the user's git change nothing."""
    config = tmp_path / "config"
    config.write_text("[core]\n autocrlf = true\n[init]\n defaultBranch = trunk\n[broken")
    plain = write(tmp_path / "plain", _commits())
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
    other = write(tmp_path / "other", _commits())
    monkeypatch.undo()

    assert _git(plain, "rev-parse", "HEAD", "main") == _git(other, "rev-parse", "HEAD", "main")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    """Nothing is written over what is there, and the message says what to do."""
    (tmp_path / "mine").write_text("dear")

    with pytest.raises(UsageError, match="holds 'mine'"):
        write(tmp_path, _commits())
    assert ["mine"] == [path.name for path in tmp_path.iterdir()]


def test_no_git_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git the message says to install it."""
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))

    with pytest.raises(SourceError, match="install git"):
        write(tmp_path / "fleet", _commits())


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the way is named."""
    (tmp_path / "file").write_text("")

    with pytest.raises(SourceError, match="file/fleet"):
        write(tmp_path / "file" / "fleet", _commits())


def test_the_stream_is_text_of_known_length() -> None:
    """Every text in the stream stands behind its length in bytes, so nothing in it can escape."""
    whole = b"".join(stream(_commits()))

    assert b"data 6\n\xc5\x82: 1\n" in whole
    assert whole.endswith(b"done\n")
