"""Landings woven into commits."""

import msgspec
import pytest

from driftline.lab.edits import Edit, Put, SetValue
from driftline.lab.fleet import AMARA, PRIYA, TOMAS, WEB_FLOW
from driftline.lab.landing import (
    Force,
    Intent,
    Landing,
    Purpose,
    Work,
    merged,
    pushed,
    squashed,
)
from driftline.lab.weaving import woven

PURPOSE = Purpose(Force.CONFIGURATION, Intent.DELIBERATE)
FILE = "a.yaml"


def _push(at: int, *edits: Edit) -> Landing:
    return pushed(at, AMARA, f"at {at}", edits, PURPOSE)


def _work(at: int, *edits: Edit) -> Work:
    return Work(at, PRIYA, f"inner {at}", edits, PURPOSE)


START = _push(10, Put(FILE, "a: 1\nb: 1\n"))


def test_pushes_are_a_chain() -> None:
    """Each push has the one before it as its only parent."""
    commits = woven([START, _push(20, SetValue(FILE, "/a", "2"))])

    assert [(), (0,)] == [commit.parents for commit in commits]
    assert [0, 1] == [commit.step for commit in commits]
    assert (((FILE, "a: 2\nb: 1\n"),)) == commits[1].changes


def test_a_branch_is_cut_where_it_began() -> None:
    """A branch grows from what the main branch was then, and lands on what it has become."""
    branch = merged(30, TOMAS, "b", (_work(15, SetValue(FILE, "/b", "2")),))
    commits = woven([START, _push(20, SetValue(FILE, "/a", "2")), branch])
    inner, merge = commits[2:]

    assert (0,) == inner.parents
    assert ((FILE, "a: 1\nb: 2\n"),) == inner.changes
    assert (1, 2) == merge.parents
    assert ((FILE, "a: 2\nb: 2\n"),) == merge.changes
    assert (PRIYA, TOMAS, WEB_FLOW) == (inner.author, merge.author, merge.committer)


def test_a_squash_keeps_its_author_and_hides_who_landed_it() -> None:
    """The forge commits what an author wrote."""
    commits = woven([START, squashed(40, TOMAS, (_work(20, SetValue(FILE, "/a", "3")),))])

    assert (PRIYA, WEB_FLOW, 40) == (
        commits[1].author,
        commits[1].committer,
        commits[1].committed_at,
    )


def test_a_wrong_clock_shows_in_the_commit_only() -> None:
    """A clock that is slow does not change the order of things."""
    late = msgspec.structs.replace(_push(20, SetValue(FILE, "/a", "2")), skew_seconds=-15)
    commits = woven([START, late, _push(25, SetValue(FILE, "/a", "3"))])

    assert [10, 5, 25] == [commit.committed_at for commit in commits]
    assert [0, 1, 2] == [commit.step for commit in commits]


def test_a_landing_changes_something() -> None:
    """A landing that leaves everything as it was is a defect of the story."""
    with pytest.raises(ValueError, match="nothing changes"):
        woven([START, _push(20, SetValue(FILE, "/a", "1"))])
