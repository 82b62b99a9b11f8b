"""Bundles as repositories: kept in the cache, brought up to date, and refused with a reason."""

from pathlib import Path

import pytest

from driftline.engine.reading.bundles import is_bundle, unbundled
from driftline.errors import SourceError, UsageError
from driftline.sources.git import collect
from tests.sources.git.building import Building, git


@pytest.fixture
def built(tmp_path: Path) -> Building:
    """A repository of two commits."""
    made = Building(tmp_path / "shop")
    for number in range(2):
        made.commit({"a.yaml": f"x: {number}\n"})
    return made


def bundle(built: Building, *what: str, name: str = "shop.bundle") -> Path:
    """A bundle of these refs, beside the repository."""
    file = built.folder.parent / name
    git(built.folder, "bundle", "create", str(file), *what)
    return file


def opened(file: Path) -> collect.Repository:
    """The repository in a bundle, with a cache beside it."""
    return collect.open_repository(unbundled(file, {"XDG_CACHE_HOME": str(file.parent / "cache")}))


def test_bundles_are_told_from_other_files(tmp_path: Path, built: Building) -> None:
    """What begins as a bundle is one; folders, other files and nothing are none."""
    (tmp_path / "x.bundle").write_text("# v2 git cake\n", encoding="utf-8")
    here = [bundle(built, "--all"), tmp_path / "x.bundle", tmp_path, tmp_path / "nothing"]

    assert [True, False, False, False] == [is_bundle(path) for path in here]


@pytest.mark.parametrize(
    ("what", "branch"), [("--all", "main"), ("main", "main"), ("HEAD", ""), ("qa", "qa")]
)
def test_the_repository_in_it(built: Building, what: str, branch: str) -> None:
    """All of its branches are there, and HEAD stands where the bundle says, else on a branch."""
    built.commit({"a.yaml": "x: qa\n"}, branch="qa", parents=())
    git(built.folder, "symbolic-ref", "HEAD", "refs/heads/main")
    found = opened(bundle(built, what))

    assert branch == found.branch
    assert built.tip("qa" if what == "qa" else "main") == collect.resolve(found)


def test_a_newer_bundle_continues_the_older_one(built: Building) -> None:
    """A bundle that changes is read again into the same place, even if it holds only the news."""
    first = opened(bundle(built, "main"))
    before = built.tip() or ""
    built.commit({"a.yaml": "x: 2\n"})
    second = opened(bundle(built, "main", f"^{before}"))

    assert first.locator == second.locator
    assert built.tip() == collect.resolve(second)
    assert opened(bundle(built, "main", f"^{before}")).locator == first.locator


def test_a_rewritten_branch_is_followed(built: Building) -> None:
    """What the bundle no longer holds is no longer there."""
    built.commit({"b.yaml": "y: 1\n"}, branch="old", parents=())
    opened(bundle(built, "--all"))
    git(built.folder, "branch", "-D", "old")
    built.commit({"a.yaml": "x: 9\n"}, parents=())
    found = opened(bundle(built, "--all"))

    assert built.tip() == collect.resolve(found)
    assert ("main",) == collect.branches(found)


def test_refusals(built: Building, tmp_path: Path) -> None:
    """A bundle that cannot be read says why, and what to do; a good one is then read."""
    older = built.tip() or ""
    built.commit({"a.yaml": "x: 2\n"})
    file = bundle(built, "main", f"^{older}")
    with pytest.raises(UsageError, match=r"holds only what is newer than [0-9a-f]{12}.*--all"):
        opened(file)
    whole = bundle(built, "--all", name="whole.bundle")
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) // 2])
    with pytest.raises(SourceError, match=r"git could not read this bundle \(.*verify"):
        opened(whole)
    whole.write_bytes(data[:30])
    with pytest.raises(SourceError, match="cut off in its first lines"):
        opened(whole)
    whole.write_bytes(b"# v2 git bundle\n\nPACK")
    with pytest.raises(UsageError, match="holds no branch"):
        opened(whole)
    with pytest.raises(UsageError, match="neither HOME nor XDG_CACHE_HOME"):
        unbundled(bundle(built, "--all"), {})
    (tmp_path / "full").write_text("no folder", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be kept here"):
        unbundled(bundle(built, "--all"), {"XDG_CACHE_HOME": str(tmp_path / "full")})
    whole.write_bytes(data)
    assert built.tip() == collect.resolve(opened(whole))
