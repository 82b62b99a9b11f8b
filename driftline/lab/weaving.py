"""Landings woven into commits: parents, times and the files each leaves different.

A branch is cut from whatever the main branch was when its first commit was
made, and may land on a later one; its edits are made again there.
"""

from collections.abc import Sequence

import msgspec

from driftline.lab.edits import Tree, applied, changed
from driftline.lab.fleet import WEB_FLOW, Staff
from driftline.lab.landing import Landing, Purpose, Way, Work


class Commit(msgspec.Struct, frozen=True):
    """One commit, with its parents as positions in the sequence of commits.

    `changes` are the files it leaves different from its first parent, None for
    gone; `purpose` is None for a merge commit, which has none of its own.
    `step` is its position on the first-parent chain, None for an inner commit.
    """

    parents: tuple[int, ...]
    step: int | None
    author: Staff
    authored_at: int
    committer: Staff
    committed_at: int
    message: str
    changes: tuple[tuple[str, str | None], ...]
    purpose: Purpose | None


class _Weaver:
    """The commits so far, and the main branch at each of its steps."""

    def __init__(self) -> None:
        self.commits: list[Commit] = []
        self.steps: list[tuple[int, int, Tree]] = []  # instant, commit, tree

    def _add(
        self,
        parents: tuple[int, ...],
        work: Work,
        changes: dict[str, str | None],
        *,
        committer: Staff,
        committed_at: int,
        message: str | None = None,
        step: int | None = None,
    ) -> int:
        self.commits.append(
            Commit(
                parents,
                step,
                work.author,
                work.at,
                committer,
                committed_at,
                work.message if message is None else message,
                tuple(sorted(changes.items())),
                work.purpose,
            )
        )
        return len(self.commits) - 1

    def land(self, landing: Landing) -> None:
        """Add what one landing adds."""
        parents, tree = (), {}  # type: tuple[int, ...], Tree
        if self.steps:
            _, tip, tree = self.steps[-1]
            parents = (tip,)
        edits = tuple(edit for work in landing.work for edit in work.edits)
        changes = changed(tree, edits)
        if not changes:
            raise ValueError(f"nothing changes: {landing.work[0].message}")
        if landing.way is Way.MERGE:
            parents = (*parents, self._branch(landing))
        step = len(self.steps)
        at = landing.at + landing.skew_seconds
        first = landing.work[0]
        first = msgspec.structs.replace(first, at=first.at + landing.skew_seconds)
        if landing.way is Way.DIRECT:
            added = self._add(
                parents, first, changes, committer=landing.lander, committed_at=at, step=step
            )
        elif landing.way is Way.SQUASH:
            added = self._add(
                parents,
                msgspec.structs.replace(first, at=landing.at),
                changes,
                committer=WEB_FLOW,
                committed_at=at,
                message=landing.message,
                step=step,
            )
        else:
            merge = Work(landing.at, landing.lander, landing.message, (), first.purpose)
            added = self._add(
                parents, merge, changes, committer=WEB_FLOW, committed_at=at, step=step
            )
        self.steps.append((landing.at, added, applied(tree, changes)))

    def _branch(self, landing: Landing) -> int:
        """Add the inner commits of a merge; the last of them is given back."""
        cut = landing.work[0].at
        _, parent, tree = next(
            (known for known in reversed(self.steps) if known[0] <= cut), self.steps[0]
        )
        for work in landing.work:
            changes = changed(tree, work.edits)
            tree = applied(tree, changes)
            parent = self._add(
                (parent,), work, changes, committer=work.author, committed_at=work.at
            )
        return parent


def woven(landings: Sequence[Landing]) -> tuple[Commit, ...]:
    """All commits of a story, parents before children.

    Raises KeyError where a landing edits what is not there, and ValueError
    where it changes nothing: both are defects of the story.
    """
    weaver = _Weaver()
    for landing in landings:
        weaver.land(landing)
    return tuple(weaver.commits)
