"""Commits are found by any name, and what lies between two of them is listed whole."""

from pathlib import Path

import pytest

from driftline.errors import SourceError, UsageError
from driftline.model.look import Person
from driftline.sources.git import collect
from driftline.sources.git.revisions.collect import (
    FileVersion,
    authors_between,
    branches_holding,
    changed_files,
    commit_note,
    file_text,
    main_branch,
    merge_base,
    newest_ancestor,
    revision,
)
from tests.sources.git.building import START, Building, Link, git


def _opened(built: Building) -> collect.Repository:
    return collect.open_repository(built.folder)


def test_revisions_by_any_name(tmp_path: Path) -> None:
    """A branch, a tag, a hash and its beginning, and an ancestor name commits."""
    built = Building(tmp_path / "r")
    first = built.commit({"a.yaml": "a: 1\n"})
    second = built.commit({"a.yaml": "a: 2\n"})
    git(built.folder, "tag", "v1", first)
    repository = _opened(built)

    assert second == revision(repository, "main") == revision(repository, second[:9])
    assert first == revision(repository, "v1") == revision(repository, "main~1")


@pytest.mark.parametrize("name", ["mian", "--all", "", "HEAD^{tree}", "a\nb"])
def test_a_name_of_nothing_is_told_with_what_there_is(tmp_path: Path, name: str) -> None:
    """What no commit is called is an error of the asker that names the branches."""
    built = Building(tmp_path / "r")
    built.commit({"a.yaml": "a: 1\n"})

    with pytest.raises(UsageError, match=r"no commit is called .*; there are main"):
        revision(_opened(built), name)


def test_an_empty_repository_has_no_head(tmp_path: Path) -> None:
    """HEAD without a commit says so."""
    with pytest.raises(UsageError, match="no commit yet"):
        revision(_opened(Building(tmp_path / "r")), "HEAD")


def test_the_main_branch_is_the_clones_own_word(tmp_path: Path) -> None:
    """A clone knows the branch it was made from; else usual names decide, else nobody does."""
    built = Building(tmp_path / "r")
    built.commit({"a.yaml": "a: 1\n"}, branch="develop")
    nothing = main_branch(_opened(built))
    built.commit({"a.yaml": "a: 1\n"}, branch="master")
    git(built.folder, "symbolic-ref", "HEAD", "refs/heads/develop")
    git(tmp_path, "clone", "--quiet", str(built.folder), "clone")

    assert nothing is None
    assert "master" == main_branch(_opened(built))
    assert "origin/develop" == main_branch(collect.open_repository(tmp_path / "clone"))


def test_the_merge_base_is_where_both_part(tmp_path: Path) -> None:
    """The last commit that both hold; histories that share nothing are the asker's error."""
    built = Building(tmp_path / "r")
    first = built.commit({"a.yaml": "a: 1\n"})
    base = built.commit({"a.yaml": "a: 2\n"})
    head = built.commit({"b.yaml": "b: 1\n"}, branch="feature", parents=(first,))
    alone = built.commit({"b.yaml": "b: 1\n"}, branch="alone", parents=())
    repository = _opened(built)

    assert first == merge_base(repository, base, head)
    with pytest.raises(UsageError, match="no commit in common"):
        merge_base(repository, base, alone)


def test_a_shallow_clone_may_not_reach_the_merge_base(tmp_path: Path) -> None:
    """Then the clone is at fault, and what to fetch is told."""
    built = Building(tmp_path / "r")
    first = built.commit({"a.yaml": "a: 1\n"})
    base = built.commit({"a.yaml": "a: 2\n"})
    head = built.commit({"b.yaml": "b: 1\n"}, branch="feature", parents=(first,))
    url = f"file://{built.folder}"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", url, "clone")

    with pytest.raises(SourceError, match="fetch all of it"):
        merge_base(collect.open_repository(tmp_path / "clone"), base, head)


def test_changed_files_are_listed_as_they_are_after(tmp_path: Path) -> None:
    """Added, changed, removed, linked and oddly named files; renames are both."""
    built = Building(tmp_path / "r")
    before = built.commit({"a.yaml": "a: 1\n", "gone.yaml": "b: 1\n", "same.yaml": "c: 1\n"})
    after = built.commit(
        {
            "a.yaml": "a: 2\n",
            "gone.yaml": None,
            "new.yaml": "b: 1\n",
            "link.yaml": Link("a.yaml"),
            b"caf\xe9.yaml": "d: 1\n",
            "two\nlines.yaml": "e: 1\n",
        }
    )
    repository = _opened(built)
    found = changed_files(repository, before, after)

    assert [
        ("a.yaml", "100644"),
        ("caf\\xe9.yaml", "100644"),
        ("gone.yaml", "000000"),
        ("link.yaml", "120000"),
        ("new.yaml", "100644"),
        ("two\nlines.yaml", "100644"),
    ] == [(one.path, one.mode) for one in sorted(found, key=lambda one: one.path)]
    assert FileVersion("gone.yaml", "000000", None) in found
    assert () == changed_files(repository, after, after)


def test_the_newest_ancestor_of_several(tmp_path: Path) -> None:
    """The last of the commits that a commit holds; none where it holds none."""
    built = Building(tmp_path / "r")
    first = built.commit({"a.yaml": "a: 1\n"})
    second = built.commit({"a.yaml": "a: 2\n"})
    third = built.commit({"a.yaml": "a: 3\n"})
    repository = _opened(built)

    assert second == newest_ancestor(repository, second, [first, second, third])
    assert newest_ancestor(repository, first, [third]) is None


def test_branches_that_hold_a_commit(tmp_path: Path) -> None:
    """The main ones come first."""
    built = Building(tmp_path / "r")
    first = built.commit({"a.yaml": "a: 1\n"})
    built.commit({"b.yaml": "b: 1\n"}, branch="able", parents=(first,))
    second = built.commit({"a.yaml": "a: 2\n"})
    repository = _opened(built)

    assert ("main", "able") == branches_holding(repository, first)
    assert ("main",) == branches_holding(repository, second)


def test_notes_and_authors_of_commits(tmp_path: Path) -> None:
    """A commit in short, and everybody who wrote something between two; mergers did not."""
    built = Building(tmp_path / "r")
    first = built.commit({"a.yaml": "a: 1\n"}, "one: two\n\nthree", author="Ada Lovelace")
    other = built.commit({"b.yaml": "b: 1\n"}, author="Grace Hopper", branch="x", parents=(first,))
    merged = built.merge(other, files={"b.yaml": "b: 1\n"})
    repository = _opened(built)
    note = commit_note(repository, first)

    assert (first, START + 86_400, "one: two") == (note.ref, note.at, note.subject)
    assert Person("Ada Lovelace", "ada@example.com") == note.author
    assert [Person("Grace Hopper", "grace@example.com")] == list(
        authors_between(repository, first, merged)
    )


def test_the_text_of_a_file(tmp_path: Path) -> None:
    """The bytes of a file of a commit, or nothing."""
    built = Building(tmp_path / "r")
    ref = built.commit({"a.yaml": "a: 1\n"})
    repository = _opened(built)

    assert b"a: 1\n" == file_text(repository, ref, "a.yaml")
    assert file_text(repository, ref, "b.yaml") is None
