"""What a check stands on: its commits, and the history that the base's branch has in the store.

A branch that is under review is never written into the history. The base's own
branch is: where the store does not know the commit at which both part, the base
is read as a source of its own, and the next check only reads what is new.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from driftline.engine.knowing.fleet import as_one, load_histories
from driftline.engine.knowing.inferring import layouts_of
from driftline.engine.reading.observe import observe
from driftline.engine.reading.readers import make_reader
from driftline.engine.remembering import remember
from driftline.engine.secret_key import SecretKey
from driftline.engine.settings import Settings
from driftline.errors import SourceError, UsageError
from driftline.history.protocol import Source, Store
from driftline.inventory.layout.infer import branch_environments
from driftline.model.progress import Progress
from driftline.sources.git import collect
from driftline.sources.git.revisions.collect import (
    branches_holding,
    main_branch,
    merge_base,
    newest_ancestor,
    revision,
)

SOURCE_KIND = "git"


class Change(msgspec.Struct, frozen=True):
    """The commits of a check: as they were asked for, as they are, and where they part."""

    repository: collect.Repository
    base: str
    head: str
    base_commit: str
    head_commit: str
    merge_base: str


class Ground(msgspec.Struct, frozen=True):
    """The stored history that a change is measured by.

    `source` is the one on whose chain the change would land, `position` the
    last of its looks that the merge base holds, and `ref` that look's commit.
    `sources` are all that are asked about together with it.
    """

    source: Source
    position: int
    ref: str
    is_tip: bool
    sources: tuple[Source, ...]


def change_of(path: Path, base: str | None, head: str) -> Change:
    """The commits of a check; without a base, the branch that changes are usually made against.

    Raises UsageError for names that stand for nothing and for histories that
    share nothing, SourceError where a shallow clone does not reach back.
    """
    repository = collect.open_repository(path)
    head_commit = revision(repository, head)
    named = base or main_branch(repository)
    if named is None:
        raise UsageError(
            f"{repository.locator}: nothing says which branch changes are made against; "
            "name it with --base"
        )
    base_commit = revision(repository, named)
    return Change(
        repository,
        named,
        head,
        base_commit,
        head_commit,
        merge_base(repository, base_commit, head_commit),
    )


def stored_ground(store: Store, change: Change, active: Sequence[int]) -> Ground | None:
    """The ground that the store has already, if it knows the very commit at which both part."""
    locator = change.repository.locator
    sources = [one for one in store.sources() if one.locator == locator and one.kind == SOURCE_KIND]
    # What the last reading used comes first; of several branches, the base's own.
    base = _local(change.base)
    sources.sort(key=lambda one: (one.id not in active, _local(one.branch) != base, one.id))
    for source in sources:
        found = [one for one in store.looks(source.id) if one.ref == change.merge_base]
        if found:
            return _ground(store, source, found[0].position, found[0].ref, active)
    return None


def read_ground(
    store: Store,
    path: Path,
    change: Change,
    settings: Settings,
    key: SecretKey,
    *,
    now: int,
    progress: Progress,
    active: Sequence[int],
) -> Ground:
    """Read the base's branch into the store, and stand on it.

    Where its files name no environments, branches that are named like some are
    read as well, as a scan would.
    """
    factory = partial(make_reader, key.key, key.key_id)
    branch = _branch(change)
    read = [observe(store, path, factory, known_at=now, branch=branch, progress=progress)]
    names = branch_environments(collect.branches(change.repository))
    if len(names) > 1 and not _has_environments(store, read[0].source, settings):
        others = [name for name in names if name.removeprefix("origin/") != _local(branch)]
        read += [
            observe(store, path, factory, known_at=now, branch=name, progress=progress)
            for name in others
        ]
    (source,) = (one for one in store.sources() if one.id == read[0].source)
    chain = [look.ref for look in store.looks(source.id)]
    ref = newest_ancestor(change.repository, change.merge_base, chain)
    if ref is None:
        raise SourceError(
            f"{change.repository.locator}: the history of {branch} in this clone does not reach"
            f" back to {change.merge_base[:12]}, where {change.head} parts from it; fetch all of"
            " it (git fetch --unshallow, fetch-depth: 0, GIT_DEPTH: 0)"
        )
    (look,) = (one for one in store.looks(source.id) if one.ref == ref)
    together = [one.source for one in read]
    remember(store, _together(source.id), "ids", msgspec.json.encode(together))
    return _ground(store, source, look.position, ref, active)


def _ground(store: Store, source: Source, position: int, ref: str, active: Sequence[int]) -> Ground:
    """Sources that were read together are asked about together."""
    wanted = {source.id}
    kept = store.derived(_together(source.id), "ids")
    if source.id in active:
        wanted.update(active)
    elif kept is not None:
        wanted.update(msgspec.json.decode(kept, type=list[int]))
    sources = tuple(one for one in store.sources() if one.id in wanted and one.kind == source.kind)
    tip = store.tip(source.id)
    is_tip = tip is not None and tip.position == position
    return Ground(source, position, ref, is_tip, as_one(sources))


def _branch(change: Change) -> str:
    """The branch whose history is the base's, for a base that is no branch itself the first."""
    if collect.resolve(change.repository, change.base) == change.base_commit:
        return change.base
    holding = branches_holding(change.repository, change.base_commit)
    if not holding:
        raise UsageError(
            f"{change.repository.locator}: no branch here holds {change.base}; "
            "name a branch with --base, or fetch the one that does"
        )
    return holding[0]


def _together(source: int) -> str:
    return f"check/together/{source}"


def _local(branch: str) -> str:
    return branch.removeprefix("origin/")


def _has_environments(store: Store, source: int, settings: Settings) -> bool:
    sources = as_one(tuple(one for one in store.sources() if one.id == source))
    histories, _, _ = load_histories(store, sources)
    return any(one.environments for one in layouts_of(store, histories, settings).values())
