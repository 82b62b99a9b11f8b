"""The last merges of a recorded history, replayed as the pull requests that they were.

Each is checked at its own second against a history that ends with its base.
What the check said is then graded by what the history went on to do.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from driftline.engine import ask
from driftline.engine.checking.answer import Asked
from driftline.engine.settings import Settings
from driftline.model.answers.check import CheckAnswer
from driftline.model.answers.history import SeriesStep
from driftline.model.progress import Unwatched
from driftline.model.ref import time_text
from tests.sources.git.building import git

DAY = 86_400
# What was forgotten is graded within this time, unless the usual lag is known.
GRADED_SECONDS = 7 * DAY


class Claim(msgspec.Struct, frozen=True):
    """One thing that the check said would move, and whether it did in time (None: not over yet)."""

    sort: str
    what: str
    is_right: bool | None


class Replayed(msgspec.Struct, frozen=True):
    """One merge, what the check said of it, and the grades."""

    commit: str
    answer: CheckAnswer
    claims: tuple[Claim, ...]


def replayed(folder: Path, settings: Settings, *, last: int, skip: int = 0) -> Iterator[Replayed]:
    """The last merges of a history that was scanned already, oldest first."""
    listed = git(folder, "log", "--first-parent", "--format=%H %ct", f"-{last + skip}").split("\n")
    end = int(listed[0].split()[1])
    series = _Series(settings)
    for line in reversed(listed[skip:]):
        commit, at = line.split()
        if not git(folder, "rev-list", "--parents", "-1", commit).split()[1:]:
            continue
        answer = ask.check(
            folder,
            settings,
            base=f"{commit}^1",
            head=commit,
            asked=Asked(fail_on=("opened", "forgotten", "gaps")),
            now=int(at),
            progress=Unwatched(),
        )
        yield Replayed(commit, answer, tuple(_claims(answer, int(at), end, series)))


def _claims(answer: CheckAnswer, at: int, end: int, series: "_Series") -> Iterator[Claim]:
    for one in answer.forgotten:
        steps = series.of(one.missing_role, one.missing_path, one.missing_environment)
        right = _moved(steps, at, GRADED_SECONDS, end)
        yield Claim(
            "forgotten", f"{one.missing_environment} {one.missing_role} {one.missing_path}", right
        )
    for other in answer.followers:
        steps = series.of(other.role, other.path, other.to)
        right = _moved(steps, at, other.late_after_seconds or GRADED_SECONDS, end)
        yield Claim("follower", f"{other.to} {other.role} {other.path}", right)


def _moved(steps: Sequence[SeriesStep], at: int, within_seconds: int, end: int) -> bool | None:
    """Whether a fact moved soon after a second; None where the history ends before that is sure."""
    first, last = time_text(at), time_text(at + within_seconds)
    if any(first < one.at <= last for one in steps):
        return True
    return None if at + within_seconds > end else False


class _Series:
    """The whole life of facts, each role asked for once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[tuple[str, str], dict[str, tuple[SeriesStep, ...]]] = {}

    def of(self, role: str, path: str, environment: str) -> tuple[SeriesStep, ...]:
        """The steps of one fact in one environment."""
        if (role, path) not in self._known:
            told = ask.history(role, path, self._settings, now=0)
            self._known[role, path] = {one.environment: one.steps for one in told.series}
        return self._known[role, path].get(environment, ())


class Halved(msgspec.Struct, frozen=True):
    """A merge without one of the files that it changed, and what the check missed of it.

    `missing` are the facts of the left-out file that moved with another one
    in the merge itself; `told` are those of them that the check called forgotten.
    """

    commit: str
    left_out: str
    missing: frozenset[tuple[str, str]]
    told: frozenset[tuple[str, str]]


def halved(folder: Path, settings: Settings, *, last: int) -> Iterator[Halved]:
    """Merges that moved one path in two environments, each without one of them.

    The history itself says that both belonged together, so whatever is told is
    right, and what is not told was missed.
    """
    for one in replayed(folder, settings, last=last):
        steps = _steps_together(one.answer)
        for file in sorted({file for _, _, file in steps}):
            missing = frozenset((role, path) for role, path, other in steps if other == file)
            commit = _without(folder, one.commit, file)
            answer = ask.check(
                folder,
                settings,
                base=f"{one.commit}^1",
                head=commit,
                asked=Asked(fail_on=("forgotten",)),
                now=int(git(folder, "show", "-s", "--format=%ct", one.commit)),
                progress=Unwatched(),
            )
            told = frozenset(
                (row.missing_role, row.missing_path)
                for row in answer.forgotten
                if row.missing_file == file
            )
            yield Halved(one.commit, file, missing, told & missing)


def _steps_together(answer: CheckAnswer) -> set[tuple[str, str, str]]:
    """Role, path and file of facts that the change moved alike in two environments' own files."""
    files: dict[tuple[str, str, str], set[str]] = {}
    for row in (*answer.opened, *answer.changed, *answer.closed):
        if row.moved_by_change in ("left", "right") and row.path and row.file:
            files.setdefault((row.role, row.path, row.effect), set()).add(row.file)
    return {
        (role, path, file)
        for (role, path, _), several in files.items()
        if len(several) > 1
        for file in several
    }


def _without(folder: Path, commit: str, file: str) -> str:
    """The commit with one file as it was before, on top of the same parent."""
    index = {"GIT_INDEX_FILE": str(folder / ".git" / "halved-index")}
    git(folder, "read-tree", commit, **index)
    listed = git(folder, "ls-tree", f"{commit}^1", "--", file)
    if listed:
        mode, _, blob = listed.split("\t")[0].split()
        git(folder, "update-index", "--add", "--cacheinfo", f"{mode},{blob},{file}", **index)
    else:
        git(folder, "update-index", "--force-remove", "--", file, **index)
    tree = git(folder, "write-tree", **index)
    return git(folder, "commit-tree", tree, "-p", f"{commit}^1", "-m", "half of it")
