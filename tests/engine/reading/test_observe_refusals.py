"""What observe says where there is nothing to read, or no way to read it."""

import os
import shutil
from pathlib import Path

import pytest

from driftline.errors import DriftlineError, SourceError, UsageError
from tests.engine.observing import observed, opened, state
from tests.sources.git.building import Building, git


def test_not_a_repository(tmp_path: Path) -> None:
    """A folder that is no repository is named, with what to do."""
    (tmp_path / "plain").mkdir()

    with pytest.raises(UsageError, match="plain: not a git repository; name a folder"):
        observed(opened(tmp_path), tmp_path / "plain")


def test_no_such_folder(tmp_path: Path) -> None:
    """A folder that does not exist is said not to exist."""
    with pytest.raises(UsageError, match="nowhere: no such file or folder"):
        observed(opened(tmp_path), tmp_path / "nowhere")


def test_an_empty_repository(tmp_path: Path) -> None:
    """A repository without a commit is told apart from a broken one."""
    Building(tmp_path / "r")

    with pytest.raises(UsageError, match="has no commit yet"):
        observed(opened(tmp_path), tmp_path / "r")


def test_a_head_on_nothing(tmp_path: Path) -> None:
    """Where HEAD names a branch that does not exist, those that do are listed."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n"}, branch="trunk")

    with pytest.raises(UsageError, match=r"HEAD stands on main, which has no commit.*trunk"):
        observed(opened(tmp_path), repository.folder)


def test_git_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git is told to install it."""
    repository = Building(tmp_path / "r")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UsageError, match="git is not installed"):
        observed(opened(tmp_path), repository.folder)


def test_a_broken_repository(tmp_path: Path) -> None:
    """A history with a commit missing is a source error that says to run fsck."""
    repository = Building(tmp_path / "r")
    first = repository.commit({"a.yaml": "x: 1\n"})
    repository.commit({"a.yaml": "x: 2\n"})
    _loose(repository, first).unlink()
    store = opened(tmp_path)

    with pytest.raises(SourceError, match="git fsck"):
        observed(store, repository.folder)

    assert () == store.looks(1)


def test_a_damaged_file_is_a_gap(tmp_path: Path) -> None:
    """One damaged or missing blob costs that version only."""
    repository = Building(tmp_path / "r")
    for number in range(4):
        text = "".join(f"{key}: {key * number}\n" for key in range(900))
        repository.commit({"a.yaml": text + f"x: {number}\n", "b.yaml": f"y: {number}\n"})
    blobs = [git(repository.folder, "rev-parse", f"main~{back}:a.yaml") for back in (2, 1)]
    _loose(repository, blobs[0]).unlink()
    damaged = _loose(repository, blobs[1])
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:-900])
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert ["missing from the repository", "damaged in the repository"] == [
        gap.reason.split(";")[0] for gap in store.gaps(source)
    ]
    assert ["3", "3"] == [facts.get("x", facts.get("y")) for facts in state(store, source).values()]


def _loose(repository: Building, name: str) -> Path:
    return repository.folder / ".git" / "objects" / name[:2] / name[2:]


def test_every_way_into_a_repository_names_one_source(tmp_path: Path) -> None:
    """The work tree, what is in it, and `.git` are one source; a further work tree is another."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n", "sub/b.yaml": "y: 1\n"})
    git(repository.folder, "checkout", "--quiet", "main", "--", ".")
    git(repository.folder, "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    store = opened(tmp_path)

    ways = [repository.folder / way for way in (".", "sub", "sub/b.yaml", ".git", ".git/objects")]
    seen = [observed(store, way) for way in ways]
    other = observed(store, tmp_path / "tree")

    assert {(1, str(repository.folder))} == {(one.source, one.locator) for one in seen}
    assert (2, str(tmp_path / "tree")) == (other.source, other.locator)
    assert ["not only sub" in " ".join(one.notes) for one in seen[:3]] == [False, True, True]


def test_a_bare_repository(tmp_path: Path) -> None:
    """A bare repository is read as any other."""
    repository = Building(tmp_path / "r.git", bare=True)
    repository.commit({"a.yaml": "x: 1\n"})

    seen = observed(opened(tmp_path), repository.folder)

    assert (1, str(repository.folder)) == (seen.looks, seen.locator)


def test_a_large_file_is_a_gap(tmp_path: Path) -> None:
    """A file over the limit is told with its size, and the one after it is read."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": b"x" * (6 << 20), "b.yaml": "y: 1\n"})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    (gap,) = store.gaps(source)
    assert "too large to be read: 6.0 MiB, over 5 MiB" == gap.reason
    assert {"b.yaml": {"y": "1"}} == state(store, source)


def test_a_partial_clone_fetches_nothing(tmp_path: Path) -> None:
    """Blobs that a partial clone left out are gaps; looking at it does not fetch them."""
    repository = Building(tmp_path / "r")
    git(repository.folder, "config", "uploadpack.allowFilter", "true")
    for number in range(3):
        repository.commit({"a.yaml": f"x: {number}\n"})
    git(
        tmp_path,
        "clone",
        "--quiet",
        "--bare",
        "--filter=blob:none",
        f"file://{repository.folder}",
        "part",
    )
    before = _content(tmp_path / "part")
    store = opened(tmp_path)

    source = observed(store, tmp_path / "part").source

    assert ["not in this partial clone; fetch it to have it read"] == [
        gap.reason for gap in store.gaps(source)
    ]
    assert before == _content(tmp_path / "part")


def test_nothing_is_written_and_nothing_is_run(tmp_path: Path) -> None:
    """A repository whose configuration would run programs is read without running any."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n", ".gitattributes": "*.yaml diff=evil filter=evil\n"})
    repository.commit({"a.yaml": "x: 2\n"})
    trap = f"touch {tmp_path}/sprung; cat"
    for name in (
        "core.pager",
        "core.fsmonitor",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.smudge",
        "filter.evil.clean",
        "gpg.program",
    ):
        git(repository.folder, "config", name, trap)
    for name, value in (
        ("log.showSignature", "true"),
        ("diff.orderFile", "no-such-file"),
        ("diff.relative", "true"),
        ("diff.renames", "copies"),
        ("color.ui", "always"),
        ("log.showRoot", "false"),
        ("core.abbrev", "4"),
        ("format.pretty", "oneline"),
        ("core.quotePath", "true"),
    ):
        git(repository.folder, "config", name, value)
    before = _content(repository.folder)
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert {"a.yaml": {"x": "2"}} == state(store, source)
    assert 2 == len(store.looks(source))
    assert not (tmp_path / "sprung").exists()
    assert before == _content(repository.folder)


def test_variables_of_a_hook_do_not_redirect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run inside a hook of another repository, the one that was named is read."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n"})
    other = Building(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))

    seen = observed(opened(tmp_path), repository.folder)

    assert str(repository.folder) == seen.locator


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a repository away")
def test_somebody_elses_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository that git distrusts is refused with the command that trusts it."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n"})
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    for path in (repository.folder, repository.folder / ".git"):
        shutil.chown(path, 65534, 65534)

    with pytest.raises(DriftlineError, match=r"git config --global --add safe\.directory"):
        observed(opened(tmp_path), repository.folder)


def _content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
