"""Commits as looks: whose turn it is, when it was, and who introduced what.

Time and order come from the first-parent chain, because that is the order in
which the branch itself changed. Who did it does not: in most merges the merger
wrote nothing. The author is found among the commits that the merge brought in.
"""

from collections.abc import Iterator, Mapping

import msgspec

from driftline.model.look import Contribution, Look, Person
from driftline.sources.git.log import Commit, Edit

# The author of what happened in commits that a shallow clone does not hold.
NOBODY = Person("", "")
CUT_SUBJECT = "commits that a shallow clone does not hold"


class InnerEdit(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One act on a file inside a merge: its number, the blob before it and after it."""

    act: int
    before: str | None
    after: str | None


class FileStep(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One file's next version: its blob (None is gone) and mode, and whose act it is.

    `act` indexes the look's acts and holds for everything in the file unless
    `inner` is given: then several people may have written parts of it, and the
    versions between, oldest first, tell which of them. `one_author` says that
    all of `inner` is one person's, so that only the merger could have written
    another part; `before` is then the version before the look.
    """

    path: str
    blob: str | None
    mode: str
    act: int
    inner: tuple[InnerEdit, ...] = ()
    one_author: bool = False
    before: str | None = None


class Step(msgspec.Struct, frozen=True, gc=False):
    """A look, the acts that it may hold, and the files that it changed."""

    look: Look
    acts: tuple[Contribution, ...]
    files: tuple[FileStep, ...]


def first_parent_chain(
    commits: Mapping[str, Commit], tip: str, *, after: str | None = None
) -> list[str]:
    """Names of the commits from just after `after`, or from the first one here, to the tip."""
    chain = []
    name: str | None = tip
    while name is not None and name != after and name in commits:
        chain.append(name)
        parents = commits[name].parents
        name = parents[0] if parents else None
    chain.reverse()
    return chain


def steps(
    commits: Mapping[str, Commit],
    chain: list[str],
    *,
    position: int,
    not_before: int | None,
    cut: frozenset[str] = frozenset(),
) -> Iterator[Step]:
    """A step for each commit of the chain, oldest first, numbered from `position`.

    `commits` holds the chain and all that its merges brought in, newest first.
    `not_before` is the instant of the look before, None for the first one.
    `cut` are the commits of a shallow clone whose parents are not there: they
    list all that there was, and nobody knows what of it is theirs.
    """
    order = {name: number for number, name in enumerate(commits)}
    seen = set(chain)
    at = not_before
    for number, name in enumerate(chain):
        commit = commits[name]
        at = commit.at if at is None else max(at, commit.at)
        inner = _brought_in(commits, commit, seen)
        # The log is newest first, so that the highest number is the oldest.
        inner.sort(key=lambda other: -order[other.ref])
        yield _step(commit, inner, position + number, at, cut)


def _brought_in(commits: Mapping[str, Commit], merge: Commit, seen: set[str]) -> list[Commit]:
    found = []
    waiting = list(merge.parents[1:])
    while waiting:
        name = waiting.pop()
        if name not in seen and name in commits:
            seen.add(name)
            found.append(commits[name])
            waiting.extend(commits[name].parents)
    return found


def _step(commit: Commit, inner: list[Commit], position: int, at: int, cut: frozenset[str]) -> Step:
    is_cut = commit.ref in cut or any(other.ref in cut for other in inner)
    look = Look(
        position=position,
        at=at,
        ref=commit.ref,
        by=commit.author,
        approver=None if is_cut and inner else approver(commit, inner),
        subject=commit.subject,
    )
    acts: dict[str, int] = {}
    touched: dict[str, list[tuple[Commit, Edit]]] = {}
    if inner and commit.edits:
        paths = {edit.path for edit in commit.edits}
        for other in inner:
            for edit in other.edits:
                if edit.path in paths and other.ref not in cut:
                    touched.setdefault(edit.path, []).append((other, edit))
    by_default = CUT_SUBJECT if is_cut else commit.ref
    files = tuple(
        _file_step(by_default, edit, touched.get(edit.path, []), acts) for edit in commit.edits
    )
    told = {other.ref: _contribution(other) for other in (*inner, commit)}
    told[CUT_SUBJECT] = Contribution(commit.ref, NOBODY, CUT_SUBJECT)
    return Step(look, tuple(told[ref] for ref in acts), files)


def is_told(step: Step) -> bool:
    """Whether every act of a step has somebody behind it, because nothing was cut off."""
    return all(act.author != NOBODY or act.subject != CUT_SUBJECT for act in step.acts)


def _file_step(
    by_default: str, edit: Edit, inner: list[tuple[Commit, Edit]], acts: dict[str, int]
) -> FileStep:
    """A file's step; `by_default` is the ref that acts where no inner commit does."""

    def act(ref: str) -> int:
        return acts.setdefault(ref, len(acts))

    # A merge inside the merge mostly repeats what its own side wrote; it counts
    # only where nobody else wrote the file.
    plain = [(commit, own) for commit, own in inner if len(commit.parents) < 2] or inner
    exact = [commit for commit, own in plain if own.after == edit.after]
    one_author = len({_author_key(commit.author) for commit, _ in plain}) == 1
    if exact and one_author:
        return FileStep(edit.path, edit.after, edit.mode, act(exact[-1].ref))
    if not plain:
        return FileStep(edit.path, edit.after, edit.mode, act(by_default))
    default = act(exact[-1].ref if exact else by_default)
    return FileStep(
        edit.path,
        edit.after,
        edit.mode,
        default,
        tuple(InnerEdit(act(commit.ref), own.before, own.after) for commit, own in plain),
        one_author,
        edit.before,
    )


def _author_key(person: Person) -> tuple[str, str]:
    # Bots share addresses, so an address alone does not make one author.
    return person.name.casefold(), person.email.casefold()


def _contribution(commit: Commit) -> Contribution:
    return Contribution(commit.ref, commit.author, commit.subject, commit.trailers.authors)


def approver(commit: Commit, inner: list[Commit]) -> Person | None:
    """Whoever let a commit in, where that is somebody else than its authors, and known.

    For a merge it is the merger, unless the merger wrote part of it. Otherwise
    the text may say so, or a committer who is not the author: except the name
    that a hosting site commits under, which says nothing.
    """
    authors = {_author_key(other.author) for other in inner} or {_author_key(commit.author)}
    wrote = authors | {_author_key(other) for other in commit.trailers.authors}
    if inner and _author_key(commit.author) not in authors:
        return commit.author
    for named in (
        *commit.trailers.approvers,
        *(who for c in inner for who in c.trailers.approvers),
    ):
        if _author_key(named) not in wrote:
            return named
    committer = commit.committer
    if not is_platform(committer) and _differs(committer, commit.author) and not inner:
        return committer
    return None


def is_platform(person: Person) -> bool:
    """Whether a hosting site committed under its own name.

    >>> is_platform(Person("GitHub", "noreply@github.com"))
    True
    """
    name = person.name.casefold()
    email = person.email.casefold()
    return name in {"github", "gitlab", "gitea", "forgejo", "bitbucket", "azure devops"} or (
        email.startswith(("noreply@", "no-reply@", "web-flow@"))
    )


def _differs(one: Person, other: Person) -> bool:
    return (
        one.name.casefold() != other.name.casefold()
        and one.email.casefold() != other.email.casefold()
    )
