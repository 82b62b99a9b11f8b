"""What observe makes of whole little repositories."""

from pathlib import Path

import pytest

from driftline.errors import UsageError
from tests.engine.observing import authors, observed, opened, state, subjects
from tests.sources.git.building import Building, Link, Script, Submodule, git


def test_a_plain_history(tmp_path: Path) -> None:
    """Each commit is a look; each fact change has its author and its value."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\ny: 1\n", "README": "no"}, author="Ada L")
    repository.commit({"a.yaml": "x: 2\ny: 1\n"}, author="Bob B")
    repository.commit({"a.yaml": "x: 2\n"}, author="Cleo C")
    repository.commit({"README": "still no"})
    store = opened(tmp_path)

    seen = observed(store, repository.folder)

    assert (4, 4, 4, 0) == (seen.looks, seen.looks_added, seen.facts, seen.gaps)
    assert ("main", repository.tip()) == (seen.head_branch, seen.head)
    assert [
        ("Ada", "a.yaml/x", "1"),
        ("Ada", "a.yaml/y", "1"),
        ("Bob", "a.yaml/x", "2"),
        ("Cleo", "a.yaml/y", None),
    ] == authors(store, seen.source)
    assert {"a.yaml": {"x": "2"}} == state(store, seen.source)


def test_nothing_new_adds_nothing(tmp_path: Path) -> None:
    """A second reading of the same tip adds no look, a later one only what is new."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n"})
    store = opened(tmp_path)
    observed(store, repository.folder)

    again = observed(store, repository.folder)
    repository.commit({"a.yaml": "x: 2\n"})
    later = observed(store, repository.folder)

    assert (0, 1) == (again.looks_added, later.looks_added)
    assert {"a.yaml": {"x": "2"}} == state(store, later.source)


def test_a_merge_belongs_to_those_inside(tmp_path: Path) -> None:
    """In a merge the inner author acts, and the merger, who wrote nothing, approves."""
    repository = Building(tmp_path / "r")
    base = repository.commit({"a.yaml": "x: 1\n"})
    side = repository.commit({"a.yaml": "x: 2\n"}, author="Ines", branch="side", parents=(base,))
    repository.merge(side, files={"a.yaml": "x: 2\n"}, author="Max Merger")
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert ("Ines", "a.yaml/x", "2") == authors(store, source)[-1]
    approvers = [look.approver.name if look.approver else None for look in store.looks(source)]
    assert [None, "Max Merger"] == approvers


def test_two_authors_of_one_file_in_one_merge(tmp_path: Path) -> None:
    """Where several wrote one file inside a merge, each fact has its own author."""
    repository = Building(tmp_path / "r")
    base = repository.commit({"a.yaml": "x: 1\ny: 1\nz: 1\n"})
    one = repository.commit(
        {"a.yaml": "x: 2\ny: 1\nz: 1\n"}, author="Ines", branch="side", parents=(base,)
    )
    two = repository.commit(
        {"a.yaml": "x: 2\ny: 2\nz: 1\n"}, author="Jo", branch="side", parents=(one,)
    )
    repository.merge(two, files={"a.yaml": "x: 2\ny: 2\nz: 1\n"})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert [("Ines", "a.yaml/x", "2"), ("Jo", "a.yaml/y", "2")] == authors(store, source)[3:]


def test_an_evil_merge_is_the_mergers_own(tmp_path: Path) -> None:
    """A value that stands in none of the merged commits was written by the merger."""
    repository = Building(tmp_path / "r")
    base = repository.commit({"a.yaml": "x: 1\ny: 1\n"})
    side = repository.commit(
        {"a.yaml": "x: 2\ny: 1\n"}, author="Ines", branch="side", parents=(base,)
    )
    repository.commit({"b.yaml": "k: 1\n"}, author="Ada")
    repository.merge(side, files={"a.yaml": "x: 2\ny: 666\n"}, author="Eve")
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert [("Ines", "a.yaml/x", "2"), ("Eve", "a.yaml/y", "666")] == authors(store, source)[3:]


def test_both_sides_of_a_merge_changed_the_file(tmp_path: Path) -> None:
    """A merged text that no commit holds is still attributed fact by fact."""
    repository = Building(tmp_path / "r")
    base = repository.commit({"a.yaml": "x: 1\ny: 1\n"})
    side = repository.commit(
        {"a.yaml": "x: 2\ny: 1\n"}, author="Ines", branch="side", parents=(base,)
    )
    repository.commit({"a.yaml": "x: 1\ny: 2\n"}, author="Ada")
    repository.merge(side, files={"a.yaml": "x: 2\ny: 2\n"})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert [("Ada", "a.yaml/y", "2"), ("Ines", "a.yaml/x", "2")] == authors(store, source)[2:]


def test_an_octopus_has_many_authors(tmp_path: Path) -> None:
    """Each arm of an octopus merge is attributed to its own author."""
    repository = Building(tmp_path / "r")
    base = repository.commit({"a.yaml": "x: 1\n", "b.yaml": "x: 1\n", "c.yaml": "x: 1\n"})
    arms = [
        repository.commit({f"{name}.yaml": "x: 2\n"}, author=who, branch=name, parents=(base,))
        for name, who in (("a", "Ann"), ("b", "Ben"), ("c", "Cyd"))
    ]
    repository.merge(*arms, files={f"{name}.yaml": "x: 2\n" for name in "abc"})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert [
        ("Ann", "a.yaml/x", "2"),
        ("Ben", "b.yaml/x", "2"),
        ("Cyd", "c.yaml/x", "2"),
    ] == sorted(authors(store, source)[3:])


def test_a_criss_cross_counts_each_commit_once(tmp_path: Path) -> None:
    """Commits that reach the branch by two ways belong to the merge that brought them first."""
    repository = Building(tmp_path / "r")
    base = repository.commit({"a.yaml": "x: 1\n", "b.yaml": "x: 1\n"})
    side = repository.commit({"b.yaml": "x: 2\n"}, author="Sid", branch="side", parents=(base,))
    main = repository.commit({"a.yaml": "x: 2\n"}, author="Mia")
    repository.merge(side, files={"b.yaml": "x: 2\n"})
    crossed = repository.merge(main, files={"a.yaml": "x: 2\n"}, branch="side", author="Sid")
    last = repository.commit({"b.yaml": "x: 3\n"}, author="Zoe", branch="side", parents=(crossed,))
    repository.merge(last, files={"b.yaml": "x: 3\n"})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert [
        ("Mia", "a.yaml/x", "2"),
        ("Sid", "b.yaml/x", "2"),
        ("Zoe", "b.yaml/x", "3"),
    ] == authors(store, source)[2:]


def test_time_never_runs_backwards(tmp_path: Path) -> None:
    """A commit that claims to be older than its parent takes its parent's instant."""
    repository = Building(tmp_path / "r")
    for at in (1000, 500, 2000, 0):
        repository.commit({"a.yaml": f"x: {at}\n"}, at=at)
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert [1000, 1000, 2000, 2000] == [look.at for look in store.looks(source)]


def test_a_gap_keeps_what_was_known(tmp_path: Path) -> None:
    """A file that cannot be read is no deletion; read again, it differs from what was known."""
    repository = Building(tmp_path / "r")
    for text in ("x: 1\ny: 1\n", "broken\n", "broken, too\n", "x: 1\ny: 2\n"):
        repository.commit({"a.yaml": text})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    (gap,) = store.gaps(source)
    assert (1, 3, "a.yaml is broken") == (gap.from_position, gap.to_position, gap.reason)
    assert {"a.yaml": {"x": "1", "y": "1"}} == state(store, source, 2)
    assert ("Ada", "a.yaml/y", "2") == authors(store, source)[-1]
    assert 3 == len(authors(store, source))


def test_a_gap_across_two_readings(tmp_path: Path) -> None:
    """What was known before a gap is remembered by the store, not only by one run."""
    repository = Building(tmp_path / "r")
    store = opened(tmp_path)
    for text in ("x: 1\ny: 1\n", "broken\n", "x: 1\ny: 2\n"):
        repository.commit({"a.yaml": text})
        source = observed(store, repository.folder).source

    assert {"a.yaml": {"x": "1", "y": "2"}} == state(store, source)
    assert [(1, 2)] == [(gap.from_position, gap.to_position) for gap in store.gaps(source)]
    assert 3 == len(authors(store, source))


def test_a_deleted_file_ends_its_gap(tmp_path: Path) -> None:
    """A file that is gone is known to be gone, whether it could be read or not."""
    repository = Building(tmp_path / "r")
    for text in ("x: 1\n", "broken\n", None):
        repository.commit({"a.yaml": text})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert {} == state(store, source)
    assert [(1, 2)] == [(gap.from_position, gap.to_position) for gap in store.gaps(source)]


def test_a_file_that_became_a_folder_and_back(tmp_path: Path) -> None:
    """A path may be a file, then a folder, then a file again."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n"})
    repository.commit({"a.yaml": None, "a.yaml/b.yaml": "x: 2\n"})
    repository.commit({"a.yaml/b.yaml": None, "a.yaml": "x: 3\n"})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert {"a.yaml/b.yaml": {"x": "2"}} == state(store, source, 1)
    assert {"a.yaml": {"x": "3"}} == state(store, source)


def test_links_and_submodules_are_gaps(tmp_path: Path) -> None:
    """Nothing is followed out of the tree: a link and a submodule are gaps with a reason."""
    repository = Building(tmp_path / "r")
    repository.commit(
        {
            "out.yaml": Link("/etc/passwd.yaml"),
            "notes": Link("README"),
            "lib": Submodule("1" * 40),
            "a.yaml": "x: 1\n",
        }
    )
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert {
        "out.yaml": "a symbolic link to /etc/passwd.yaml, which is not followed",
        "lib": "a submodule: its files are in another repository, which is read on its own",
    } == {gap.file: gap.reason for gap in store.gaps(source)}
    assert {"a.yaml": {"x": "1"}} == state(store, source)


def test_a_mode_is_no_fact(tmp_path: Path) -> None:
    """A commit that only makes a file executable changes nothing."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n"})
    repository.commit({"a.yaml": Script("x: 1\n")})
    repository.commit({})
    store = opened(tmp_path)

    seen = observed(store, repository.folder)

    assert (3, 1) == (seen.looks, seen.facts)


def test_a_file_that_comes_back_is_the_same_resource(tmp_path: Path) -> None:
    """Deleted and added again, a file continues its own series."""
    repository = Building(tmp_path / "r")
    for text in ("x: 1\n", None, "x: 1\n"):
        repository.commit({"a.yaml": text})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    (resource,) = store.resources(source)
    assert ((0, 1), (2, None)) == resource.presence


def test_two_roots(tmp_path: Path) -> None:
    """A history without a common beginning that is merged in is attributed as any other."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n"})
    other = repository.commit({"b.yaml": "x: 1\n"}, author="Otto", branch="other", parents=())
    repository.merge(other, files={"b.yaml": "x: 1\n"})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert [("Ada", "a.yaml/x", "1"), ("Otto", "b.yaml/x", "1")] == authors(store, source)


@pytest.mark.parametrize(
    "name",
    [
        b"caf\xe9.yaml",
        b"new\nline.yaml",
        b"\x1b[31mred.yaml",
        b"tab\t.yaml",
        b"-rf.yaml",
        b'"q".yaml',
    ],
)
def test_hostile_names(tmp_path: Path, name: bytes) -> None:
    """Whatever bytes a name is made of, its file is read, and its name can be stored."""
    repository = Building(tmp_path / "r")
    repository.commit({name: "x: 1\n"})
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    (found,) = state(store, source)
    assert name.decode(errors="backslashreplace") == found


def test_a_hostile_message(tmp_path: Path) -> None:
    """A message cannot be taken for the log's own marks."""
    repository = Building(tmp_path / "r")
    repository.commit({"a.yaml": "x: 1\n"}, ":100644 100644 a b M\n\n:100644 000000 c d D\n\x01")
    repository.commit({"a.yaml": "x: 2\n"}, "\x1b[2J\n\nCo-authored-by: A <a@b>")
    store = opened(tmp_path)

    source = observed(store, repository.folder).source

    assert [":100644 100644 a b M", "\x1b[2J"] == subjects(store, source)
    assert {"a.yaml": {"x": "2"}} == state(store, source)


def test_a_branch_is_a_source_of_its_own(tmp_path: Path) -> None:
    """Branches are read side by side, local ones and those that only a remote has."""
    origin = Building(tmp_path / "origin")
    base = origin.commit({"a.yaml": "x: 1\n"})
    origin.commit({"a.yaml": "x: 2\n"}, branch="staging", parents=(base,))
    git(tmp_path, "clone", "--quiet", str(origin.folder), "clone")
    store = opened(tmp_path)

    head = observed(store, tmp_path / "clone")
    staging = observed(store, tmp_path / "clone", branch="staging")

    assert {"a.yaml": {"x": "1"}} == state(store, head.source)
    assert {"a.yaml": {"x": "2"}} == state(store, staging.source)
    with pytest.raises(UsageError, match=r"no branch qa; there are main, origin/staging"):
        observed(store, tmp_path / "clone", branch="qa")


def test_a_detached_head_is_said(tmp_path: Path) -> None:
    """HEAD's own chain is read wherever HEAD stands, and a detached one is said to be."""
    repository = Building(tmp_path / "r")
    first = repository.commit({"a.yaml": "x: 1\n"})
    repository.commit({"a.yaml": "x: 2\n"})
    git(repository.folder, "checkout", "--quiet", first)
    store = opened(tmp_path)

    seen = observed(store, repository.folder)

    assert (1, "") == (seen.looks, seen.head_branch)
    assert any("detached" in note for note in seen.notes)
