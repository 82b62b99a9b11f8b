"""Revisions as people name them, their common ancestor, and the files between two commits."""

from collections.abc import Collection, Sequence

import msgspec

from driftline.errors import SourceError, UsageError
from driftline.model.look import Person
from driftline.sources.git.collect import Repository, branches, check, run
from driftline.sources.git.log import file_name

_NEAREST_MAX = 6
# Where a clone's own idea of its main branch stands, then the usual names.
_MAIN_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master", "trunk")
_FIELDS = "%H%x00%ct%x00%an%x00%ae%x00%s"


class FileVersion(msgspec.Struct, frozen=True):
    """A file that differs between two commits: its mode and blob in the later one (None: gone)."""

    path: str
    mode: str
    blob: str | None


class CommitNote(msgspec.Struct, frozen=True):
    """A commit in short; `at` is its committer's second."""

    ref: str
    at: int
    author: Person
    subject: str


def revision(repository: Repository, name: str) -> str:
    """The commit that a name stands for: a branch, a tag, a hash, or `HEAD~2`.

    Raises UsageError that says what there is, where nothing has this name.
    """
    asked = run(
        ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"],
        git_dir=repository.git_dir,
    )
    if asked.returncode == 0:
        return asked.stdout.decode("ascii").strip()
    there = branches(repository)
    if name == "HEAD":
        raise UsageError(
            f"{repository.locator}: HEAD has no commit yet; commit something and try again"
        )
    listed = ", ".join(there[:_NEAREST_MAX]) + (", …" if len(there) > _NEAREST_MAX else "")
    hint = f"there are {listed}" if there else "there is no branch at all"
    remote, _, branch = name.partition("/")
    if branch and remote in _remotes(repository):
        deep = "--unshallow " if repository.is_shallow else ""
        hint += f"; fetch it (git fetch {deep}{remote} {branch}:refs/remotes/{name})"
    elif repository.is_shallow:
        hint += "; the clone is shallow, so more may be fetched (git fetch --unshallow)"
    raise UsageError(f"{repository.locator}: no commit is called {name!r}; {hint}")


def main_branch(repository: Repository) -> str | None:
    """The branch that changes are usually made against, by the clone's own word or by name."""
    for name in _MAIN_BRANCHES:
        asked = run(
            ["rev-parse", "--verify", "--quiet", "--abbrev-ref", "--end-of-options", name],
            git_dir=repository.git_dir,
        )
        found = file_name(asked.stdout.strip())
        if asked.returncode == 0 and found:
            return found
    return None


def merge_base(repository: Repository, base: str, head: str) -> str:
    """The newest commit that both hold; of several best ones the first that git names.

    Raises SourceError where a shallow clone does not reach it, and UsageError
    where two histories have nothing in common.
    """
    asked = run(["merge-base", base, head], git_dir=repository.git_dir)
    if asked.returncode == 0 and asked.stdout.strip():
        return asked.stdout.decode("ascii").split()[0]
    if repository.is_shallow:
        raise SourceError(
            f"{repository.locator}: the shallow clone does not reach back to where {base[:12]} and"
            f" {head[:12]} part; fetch all of it (git fetch --unshallow, or fetch-depth: 0 or"
            " GIT_DEPTH: 0 in a pipeline)"
        )
    raise UsageError(
        f"{repository.locator}: {base[:12]} and {head[:12]} have no commit in common; "
        "name two commits of one history"
    )


def changed_files(repository: Repository, before: str, after: str) -> tuple[FileVersion, ...]:
    """Every file that differs between two commits, as it is in the later one, by path."""
    asked = run(
        ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff",
         "--ignore-submodules=none", before, after, "--"],
        git_dir=repository.git_dir,
    )  # fmt: skip
    check(repository, asked)
    fields = asked.stdout.split(b"\0")
    found = []
    for about, path in zip(fields[0::2], fields[1::2], strict=False):
        _, mode, _, blob, status = about.decode("ascii").lstrip(":").split(" ")
        gone = status.startswith("D")
        found.append(FileVersion(file_name(path), mode, None if gone else blob))
    return tuple(found)


def newest_ancestor(repository: Repository, ref: str, among: Sequence[str]) -> str | None:
    """The last of these commits that a commit holds, itself included."""
    asked = run(["rev-list", ref, "--"], git_dir=repository.git_dir)
    check(repository, asked)
    held = frozenset(asked.stdout.decode("ascii").split())
    return next((one for one in reversed(among) if one in held), None)


def branches_holding(repository: Repository, ref: str) -> tuple[str, ...]:
    """The branches that hold a commit: main ones first, remote ones as `origin/name`."""
    asked = run(
        ["for-each-ref", f"--contains={ref}", "--format=%(refname)", "refs/heads", "refs/remotes"],
        git_dir=repository.git_dir,
    )
    check(repository, asked)
    names = [
        file_name(line).removeprefix("refs/heads/").removeprefix("refs/remotes/")
        for line in asked.stdout.splitlines()
    ]
    names = [name for name in names if not name.endswith("/HEAD")]
    return tuple(sorted(names, key=lambda name: (_rank(name), name)))


def commit_note(repository: Repository, ref: str) -> CommitNote:
    """One commit in short."""
    return _notes(repository, ["--no-walk", ref])[0]


def authors_between(
    repository: Repository, before: str, after: str, *, most: int = 200
) -> Collection[Person]:
    """Everybody who wrote what the later commit holds and the earlier one does not."""
    asked = [f"--max-count={most}", "--no-merges", after, "^" + before]
    return {one.author: None for one in _notes(repository, asked)}.keys()


def file_text(repository: Repository, ref: str, path: str) -> bytes | None:
    """The bytes of a file of a commit, or None where there is none."""
    asked = run(["cat-file", "blob", f"{ref}:{path}"], git_dir=repository.git_dir)
    return asked.stdout if asked.returncode == 0 else None


def _remotes(repository: Repository) -> list[str]:
    asked = run(["remote"], git_dir=repository.git_dir)
    return [file_name(line) for line in asked.stdout.splitlines()]


def _rank(name: str) -> int:
    return _MAIN_BRANCHES.index(name) if name in _MAIN_BRANCHES else len(_MAIN_BRANCHES)


def _notes(repository: Repository, arguments: Sequence[str]) -> list[CommitNote]:
    asked = run(["log", "-z", f"--format={_FIELDS}", *arguments, "--"], git_dir=repository.git_dir)
    check(repository, asked)
    found = []
    fields = [file_name(field) for field in asked.stdout.split(b"\0")]
    for start in range(0, len(fields) - 4, 5):
        ref, at, name, email, subject = fields[start : start + 5]
        found.append(CommitNote(ref, int(at), Person(name, email), subject))
    return found
