"""A check stands on the base's own history, and says what is wrong with the names it was given."""

from pathlib import Path

import pytest

from driftline.engine import ask
from driftline.engine.checking.ground import change_of
from driftline.errors import SourceError, UsageError
from driftline.history.sqlite_store import open_store
from driftline.model.progress import Unwatched
from tests.engine.pull_requests import check, file_of, now_of, proposed, says, settings, shop
from tests.sources.git.building import Building, git


def cloned(built: Building, folder: Path, *options: str) -> Building:
    """A clone of a repository, as a building to be asked about."""
    url = f"file://{built.folder}"
    git(folder.parent, "clone", "--quiet", *options, url, str(folder))
    clone = Building.__new__(Building)
    clone._folder, clone._importing, clone._tips, clone._marks = folder, None, {}, {}
    return clone


def test_the_base_is_the_main_branch_unless_it_is_named(tmp_path: Path) -> None:
    """A clone checks against the branch that it was made from."""
    built = shop(tmp_path / "shop")
    head = proposed(built, {file_of("qa"): says("qa", "2.0")})
    clone = cloned(built, tmp_path / "clone")
    change = change_of(clone.folder, None, "origin/feature")

    assert ("origin/main", built.tip(), head) == (
        change.base,
        change.base_commit,
        change.head_commit,
    )
    assert built.tip() == change.merge_base


def test_wrong_names_are_told(tmp_path: Path) -> None:
    """An unknown revision, no main branch and no repository are errors with a next step."""
    built = Building(tmp_path / "shop")
    built.commit({"a.yaml": "a: 1\n"}, branch="develop")
    git(built.folder, "symbolic-ref", "HEAD", "refs/heads/develop")

    with pytest.raises(UsageError, match="'origin/main'; there are develop"):
        change_of(built.folder, "origin/main", "HEAD")
    with pytest.raises(UsageError, match="name it with --base"):
        change_of(built.folder, None, "HEAD")
    with pytest.raises(UsageError, match="not a git repository"):
        change_of(tmp_path, None, "HEAD")


def test_a_shallow_clone_that_lacks_the_base_says_how_to_get_it(tmp_path: Path) -> None:
    """A pipeline that fetched too little is told what to fetch."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    built.commit({file_of("staging"): says("staging", "3.0")})
    alone = cloned(built, tmp_path / "alone", "--depth=1", "--branch=feature")
    both = cloned(built, tmp_path / "both", "--depth=1", "--no-single-branch")

    with pytest.raises(UsageError, match="fetch --unshallow origin main:refs/remotes/origin/main"):
        change_of(alone.folder, "origin/main", "HEAD")
    with pytest.raises(SourceError, match="fetch-depth: 0"):
        change_of(both.folder, "origin/main", "origin/feature")


def test_the_base_is_read_once_and_then_only_what_is_new(tmp_path: Path) -> None:
    """The base's branch is a source of its own, and other branches never are."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    check(built, tmp_path)
    tip = built.commit({file_of("qa"): says("qa", "1.9")})
    built.commit({file_of("qa"): says("qa", "2.1")}, "later", branch="later", parents=(tip,))
    answer = check(built, tmp_path, head="later")
    with_store = open_store(tmp_path / "history.db", read_only=True)

    assert tip == answer.merge_base
    assert ["main"] == [one.branch for one in with_store.sources()]
    assert len(with_store.looks(1)) == int(git(built.folder, "rev-list", "--count", "main"))


def test_a_base_that_is_a_commit_is_found_on_its_branch(tmp_path: Path) -> None:
    """A hash or a tag as base is read by the branch that holds it."""
    built = shop(tmp_path / "shop")
    head = proposed(built, {file_of("qa"): says("qa", "2.0")})
    tip = built.tip() or ""
    answer = check(built, tmp_path, base=tip, head=head)

    assert (tip, head) == (answer.base_commit, answer.head_commit)
    assert 2 == len(answer.opened)
    git(built.folder, "checkout", "--quiet", "--detach", "main")
    git(built.folder, "branch", "--quiet", "-D", "main")
    git(built.folder, "branch", "--quiet", "-D", "feature")
    with pytest.raises(UsageError, match="no branch here holds"):
        check(built, tmp_path / "elsewhere", base=tip, head=head)


def test_branches_that_are_environments_are_checked_against_each_other(tmp_path: Path) -> None:
    """A change to the staging branch is compared with what the production branch says."""
    built = Building(tmp_path / "r")
    first = built.commit({"app.yaml": "tag: '1'\nlog: info\n"}, branch="staging")
    built.commit({"app.yaml": "tag: '1'\nlog: info\n"}, branch="production", parents=(first,))
    git(built.folder, "symbolic-ref", "HEAD", "refs/heads/staging")
    built.commit({"app.yaml": "tag: '2'\nlog: info\n"}, branch="feature", parents=(first,))
    answer = check(built, tmp_path, base="staging")
    again = check(built, tmp_path, base="staging")

    assert [("staging", "production", "/tag")] == [
        (row.left, row.right, row.path) for row in answer.opened
    ]
    assert answer == again


def test_a_lone_branch_in_the_store_is_no_environment(tmp_path: Path) -> None:
    """After a first check, other questions are answered about the base as it is."""
    built = shop(tmp_path / "shop")
    proposed(built, {file_of("qa"): says("qa", "2.0")})
    check(built, tmp_path)
    told = ask.status(settings(built, tmp_path), now=now_of(built))

    assert ["qa", "staging", "production"] == [one.name for one in told.environments]
    scan = ask.scan(
        [built.folder], settings(built, tmp_path), now=now_of(built), progress=Unwatched()
    )
    assert ["qa", "staging", "production"] == [one.name for one in scan.environments]
