"""Commits become looks: order, instants, authors and approvers."""

from driftline.model.look import Person
from driftline.sources.git.chain import (
    NOBODY,
    Step,
    first_parent_chain,
    is_platform,
    is_told,
    steps,
)
from driftline.sources.git.log import Commit, Edit
from driftline.sources.git.trailers import Trailers

ADA, BOB, MAX = Person("Ada", "a@x"), Person("Bob", "b@x"), Person("Max", "m@x")
GITHUB = Person("GitHub", "noreply@github.com")


def _commit(
    ref: str,
    parents: str = "",
    *,
    author: Person = ADA,
    committer: Person | None = None,
    at: int = 0,
    edits: str = "",
    authors: tuple[Person, ...] = (),
    approvers: tuple[Person, ...] = (),
) -> Commit:
    """A commit; `edits` are words such as `file:before>after`."""
    made = []
    for word in edits.split():
        path, _, blobs = word.partition(":")
        before, _, after = blobs.partition(">")
        made.append(Edit(path, before or None, after or None, "100644" if after else ""))
    return Commit(
        ref,
        tuple(parents.split()),
        at,
        author,
        committer or author,
        ref,
        Trailers(authors, approvers),
        tuple(made),
    )


def _steps(*newest_first: Commit, after: str | None = None) -> list[Step]:
    commits = {commit.ref: commit for commit in newest_first}
    chain = first_parent_chain(commits, newest_first[0].ref, after=after)
    return list(steps(commits, chain, position=0, not_before=None))


def test_the_chain_follows_first_parents() -> None:
    """The chain runs from the oldest commit to the tip, or from just after a given one."""
    commits = {
        commit.ref: commit
        for commit in (_commit("d", "c s"), _commit("s", "b"), _commit("c", "b"), _commit("b", "a"))
    }

    assert ["b", "c", "d"] == first_parent_chain(commits, "d")
    assert ["c", "d"] == first_parent_chain(commits, "d", after="b")


def test_instants_never_run_backwards() -> None:
    """An instant is at least that of the look before."""
    found = _steps(_commit("c", "b", at=5), _commit("b", "a", at=3), _commit("a", at=4))

    assert [4, 4, 5] == [step.look.at for step in found]


def test_the_commit_that_introduced_the_blob_acts() -> None:
    """Of the merged commits, the one whose blob the merge holds is the act."""
    merge = _steps(
        _commit("m", "a s2", author=MAX, edits="f:1>3"),
        _commit("s2", "s1", author=BOB, edits="f:2>3"),
        _commit("s1", "a", author=BOB, edits="f:1>2"),
        _commit("a", edits="f:>1"),
    )[-1]

    (file,) = merge.files
    assert ("s2", ()) == (merge.acts[file.act].ref, file.inner)
    assert MAX == merge.look.approver


def test_several_authors_are_told_by_the_versions_between() -> None:
    """Where two people wrote a file in one merge, the versions between are listed."""
    merge = _steps(
        _commit("m", "a s2", author=MAX, edits="f:1>3"),
        _commit("s2", "s1", author=BOB, edits="f:2>3"),
        _commit("s1", "a", author=ADA, edits="f:1>2"),
        _commit("a", edits="f:>1"),
    )[-1]

    (file,) = merge.files
    assert [("s1", "1", "2"), ("s2", "2", "3")] == [
        (merge.acts[inner.act].ref, inner.before, inner.after) for inner in file.inner
    ]


def test_a_merge_that_nobody_inside_wrote() -> None:
    """A file that only the merge changes is the merge's own act."""
    merge = _steps(
        _commit("m", "a s", author=MAX, edits="g:1>2"),
        _commit("s", "a", author=BOB, edits="f:1>2"),
        _commit("a", edits="f:>1 g:>1"),
    )[-1]

    assert ["m"] == [merge.acts[file.act].ref for file in merge.files]


def test_a_commit_seen_before_is_not_inside_again() -> None:
    """A commit that an earlier merge brought is no part of a later one."""
    found = _steps(
        _commit("n", "m t", author=MAX, edits="f:2>3"),
        _commit("t", "s", author=BOB, edits="f:2>3"),
        _commit("m", "a s", author=MAX, edits="f:1>2"),
        _commit("s", "a", author=ADA, edits="f:1>2"),
        _commit("a", edits="f:>1"),
    )

    assert [["a"], ["s"], ["t"]] == [[act.ref for act in step.acts] for step in found]


def test_approvers() -> None:
    """Whoever let a commit in is named only where somebody else and known."""
    cases = {
        "an own commit": (_commit("a"), None),
        "a hosting site": (_commit("a", committer=GITHUB), None),
        "a committer": (_commit("a", committer=BOB), BOB),
        "another address of the author": (_commit("a", committer=Person("Ada", "a@home")), None),
        "a reviewer": (_commit("a", committer=GITHUB, approvers=(BOB,)), BOB),
        "the author as reviewer": (_commit("a", approvers=(ADA,)), None),
        "a co-author as reviewer": (_commit("a", authors=(BOB,), approvers=(BOB,)), None),
    }
    for why, (commit, expected) in cases.items():
        (step,) = _steps(commit)

        assert expected == step.look.approver, why


def test_a_merger_who_wrote_inside_approves_nothing() -> None:
    """Whoever merges their own commit is not their own approver."""
    merge = _steps(
        _commit("m", "a s", author=BOB, committer=GITHUB, edits="f:1>2"),
        _commit("s", "a", author=BOB, edits="f:1>2"),
        _commit("a", edits="f:>1"),
    )[-1]

    assert merge.look.approver is None


def test_a_commit_that_was_cut_off_claims_nothing() -> None:
    """Where a shallow clone ends inside a merge, nobody is named for what that commit lists."""
    commits = {
        commit.ref: commit
        for commit in (
            _commit("m", "a s2", author=MAX, edits="f:1>2 g:1>2"),
            _commit("s2", "s1", author=BOB, edits="g:1>2"),
            _commit("s1", author=ADA, edits="f:>2 g:>1 h:>1"),
            _commit("a", edits="f:>1 g:>1 h:>1"),
        )
    }
    cut = frozenset({"s1", "a"})

    first, merge = steps(commits, ["a", "m"], position=0, not_before=None, cut=cut)

    assert {"f": NOBODY, "g": BOB} == {f.path: merge.acts[f.act].author for f in merge.files}
    assert [NOBODY] == [act.author for act in first.acts]
    assert (None, False, False) == (merge.look.approver, is_told(first), is_told(merge))


def test_co_authors_are_kept_with_the_act() -> None:
    """The people a commit's text names stay with its contribution."""
    (step,) = _steps(_commit("a", authors=(BOB,), edits="f:>1"))

    assert (BOB,) == step.acts[0].trailers


def test_platforms() -> None:
    """A hosting site's own name is no person's."""
    assert is_platform(GITHUB)
    assert is_platform(Person("GitLab", ""))
    assert not is_platform(BOB)
