"""What is asked of git, on real little repositories."""

from pathlib import Path

import pytest

from driftline.sources.git import collect
from driftline.sources.git.log import commits
from tests.sources.git.building import Building, git


@pytest.fixture
def building(tmp_path: Path) -> Building:
    """Three commits on main, one on staging."""
    made = Building(tmp_path / "r")
    for number in range(3):
        made.commit({"a.yaml": f"x: {number}\n", "d/b.yaml": "y: 1\n"})
    made.commit({"a.yaml": "x: s\n"}, branch="staging", parents=(made.tip() or "",))
    return made


def _history(building: Building, *, after: str | None = None) -> list[str]:
    repository = collect.open_repository(building.folder)
    chunks = collect.log(repository, building.tip() or "", after=after)
    return [commit.ref for commit in commits(chunks, lambda _path, _mode: True)]


def test_the_log_is_newest_first_and_may_begin_later(building: Building) -> None:
    """The log holds all that the tip holds, without what an earlier commit holds."""
    everything = _history(building)

    assert (3, building.tip()) == (len(everything), everything[0])
    assert everything[:1] == _history(building, after=everything[1])


def test_refs(building: Building) -> None:
    """HEAD and branches lead to commits; tags of the same name do not stand in for branches."""
    git(building.folder, "tag", "qa", "main")
    repository = collect.open_repository(building.folder)

    assert building.tip() == collect.resolve(repository)
    assert building.tip("staging") == collect.resolve(repository, "staging")
    assert collect.resolve(repository, "qa") is None
    assert collect.resolve(repository, "--all") is None
    assert ("main", "staging") == collect.branches(repository)


def test_chains(building: Building) -> None:
    """Where a chain goes on, and where it does not."""
    repository = collect.open_repository(building.folder)
    tip, staging = building.tip() or "", building.tip("staging") or ""
    chain = collect.first_parents(repository, tip)

    assert 3 == len(chain)
    assert 3 == collect.count(repository, tip)
    assert collect.continues(repository, tip, staging)
    assert not collect.continues(repository, staging, tip)
    assert not collect.continues(repository, "1" * 40, tip)
    assert [True, True, False] == [collect.has_parent(repository, ref) for ref in chain]
    assert collect.committed_at(repository, chain[0]) > collect.committed_at(repository, chain[1])


def test_files(building: Building) -> None:
    """The files of a commit come with mode and blob."""
    repository = collect.open_repository(building.folder / ".git")
    found = {path: mode for path, mode, _ in collect.files(repository, building.tip() or "")}

    assert {"a.yaml": "100644", "d/b.yaml": "100644"} == found


def test_the_environment_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that redirect git are dropped; those that name the user's own settings stay."""
    for name in ("GIT_DIR", "GIT_TRACE", "GIT_EXTERNAL_DIFF", "GIT_CONFIG_GLOBAL"):
        monkeypatch.setenv(name, "somewhere")

    environment = collect.environment()

    assert not {"GIT_DIR", "GIT_TRACE", "GIT_EXTERNAL_DIFF"} & environment.keys()
    assert ("somewhere", "0") == (
        environment["GIT_CONFIG_GLOBAL"],
        environment["GIT_TERMINAL_PROMPT"],
    )
