"""Files as they were in a commit, at a tag, or where the HEAD of a bundle stands."""

from pathlib import Path

import pytest

from driftline.errors import UsageError
from tests.engine.beside.test_plain_sides import side, texts
from tests.sources.git.building import Building, Link, git


@pytest.fixture
def built(tmp_path: Path) -> Building:
    """A repository with a folder, a commit called v1 and another one after it."""
    made = Building(tmp_path / "repo")
    made.commit({"deploy/a.yaml": "x: 1\n", "deploy/README.md": "hello", "b.yaml": "y: 1\n"})
    git(made.folder, "tag", "v1")
    made.commit({"deploy/a.yaml": "x: 2\n"})
    git(made.folder, "reset", "--hard", "-q")
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("git:v1:./deploy", {"a.yaml": "x: 1\n"}),
        ("git:v1:./deploy/a.yaml", {"a.yaml": "x: 1\n"}),
        ("git:main:.", {"deploy/a.yaml": "x: 2\n", "b.yaml": "y: 1\n"}),
        ("git:HEAD~1:./b.yaml", {"b.yaml": "y: 1\n"}),
        ("git:v1:", {"a.yaml": "x: 1\n"}),
    ],
)
def test_paths_as_they_were(built: Building, text: str, expected: dict[str, str]) -> None:
    """A path at a tag, a branch or a commit; without a path, that of the other side."""
    found = side(built.folder, text, other="./deploy")

    assert expected == texts(found)
    assert (found.at or "").endswith("Z")
    assert text.endswith("a.yaml") <= found.is_one_file


def test_a_bundle_is_what_its_repository_holds(built: Building) -> None:
    """A bundle is compared by the files where its HEAD stands."""
    git(built.folder, "bundle", "create", "../x.bundle", "main")

    assert {"deploy/a.yaml": "x: 2\n", "b.yaml": "y: 1\n"} == texts(
        side(built.folder.parent, "./x.bundle")
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("git:v9:./deploy", "has no commit called v9; write a branch, a tag or a hash"),
        ("git:v1:./nowhere", "git:v1:./nowhere: there is no nowhere in"),
        ("git:v1:../elsewhere", "lies in no git repository"),
        ("git:--all:./deploy", "it names no commit or branch"),
    ],
)
def test_what_is_not_there(built: Building, text: str, why: str) -> None:
    """A path, a repository or a commit that is not there is told, with what to do."""
    (built.folder.parent / "elsewhere").mkdir()
    with pytest.raises(UsageError) as caught:
        side(built.folder, text)

    assert why in str(caught.value)


def test_two_refs_without_a_path_mean_nothing(built: Building) -> None:
    """`git:REV:` beside another one names no path at all."""
    with pytest.raises(UsageError, match="names no path, and neither does the other side"):
        side(built.folder, "git:v1:", other="git:main:")


def test_links_in_a_commit_are_not_followed(tmp_path: Path) -> None:
    """A symbolic link in a commit is a reason, as it is when a history is read."""
    made = Building(tmp_path / "repo")
    made.commit({"a.yaml": "x: 1\n", "b.yaml": Link("a.yaml")})

    assert {
        "a.yaml": "x: 1\n",
        "b.yaml": "a symbolic link, which is not followed in a commit",
    } == texts(side(made.folder, "git:main:."))
