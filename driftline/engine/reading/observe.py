"""A git repository's whole first-parent history into the store, and later what is new in it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from driftline.engine.reading.deepening import deepen
from driftline.engine.reading.git_branch import Branch, day
from driftline.errors import IntegrityError, SourceError, UsageError
from driftline.history.protocol import Store
from driftline.model.look import Look
from driftline.model.progress import Progress, Unwatched
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git import collect


class Observation(msgspec.Struct, frozen=True):
    """What reading one branch of one repository brought.

    `branch` is the name it was asked for by, empty for HEAD; `head_branch` is
    what HEAD stood on, empty when detached. `commits` counts all that the tip
    holds, `looks` those of its first-parent chain. `facts` counts the fact
    changes that were added, `gaps` the gaps that were opened, `epochs` the
    epochs that were opened, `processes` how many read files.
    """

    source: int
    locator: str
    branch: str
    head_branch: str
    head: str
    commits: int
    looks: int
    looks_added: int
    facts: int
    gaps: int
    epochs: int
    processes: int
    is_shallow: bool
    notes: tuple[str, ...]


class Counts(msgspec.Struct, frozen=True):
    """What is remembered about a tip, so that it need not be counted again."""

    commits: int
    looks: int


def observe(
    store: Store,
    repository_path: Path,
    reader_factory: Callable[[], FormatReader],
    *,
    known_at: int,
    branch: str = "",
    progress: Progress | None = None,
    is_configuration: Callable[[str], bool] | None = None,
    processes: int | None = None,
) -> Observation:
    """Read what the store does not hold yet of one branch of a repository.

    `reader_factory` and `is_configuration` are handed to other processes where
    they can be pickled and the work is worth it; `processes` fixes how many.
    Raises UsageError when there is no such repository or branch or it has no
    commit, and SourceError when git cannot read it; what was stored is safe.
    """
    repository = collect.open_repository(repository_path)
    tip = collect.resolve(repository, branch)
    if tip is None:
        raise _nothing_there(repository, branch)
    read = Branch(
        store=store,
        repository=repository,
        source=store.register("git", repository.locator, branch),
        reader_factory=reader_factory,
        is_configuration=is_configuration or _by_name,
        known_at=known_at,
        progress=progress or Unwatched(),
        processes=processes,
    )
    with _no_collection():
        notes = _bring_up(read, tip)
        return _observation(read, tip, branch, notes)


def _bring_up(read: Branch, tip: str) -> list[str]:
    """Extend what is stored into the past and to the tip; what there is to say about it."""
    notes = []
    last = read.last()
    if last is not None:
        notes.extend(_past(read))
        last = read.last()
    if last is not None and last.ref == tip:
        return notes
    if last is None:
        read.append(tip, None)
    elif collect.continues(read.repository, last.ref, tip):
        read.append(tip, last)
    else:
        notes.extend(_elsewhere(read, tip, last))
    return notes


def _past(read: Branch) -> list[str]:
    """Put before the first look what a deepened clone now holds."""
    first = read.store.first(read.source.id)
    repository, where = read.repository, read.repository.locator
    if first is None or not (
        collect.has_parent(repository, first.ref) or (read.has_untold and not repository.is_shallow)
    ):
        return []
    if read.has_untold:
        reason = "the clone was deepened, and now tells who acted where it was cut off"
        read.open_epoch(None, reason)
        return [f"{where}: {reason}; it is read anew, and the looks before stay stored"]
    try:
        added = deepen(read, first)
    except IntegrityError:
        # What was stored was read with other eyes: by older rules, or behind a
        # gap that the past sees into. All of it can be read again.
        reason = "the clone was deepened, and its past does not lead to what was stored"
        read.open_epoch(None, reason)
        return [f"{where}: {reason}; it is read anew, and the looks before stay stored"]
    return [f"{where}: {added:,} commits before {day(first.at)} were added to the past"]


def _elsewhere(read: Branch, tip: str, last: Look) -> list[str]:
    """Follow a branch that no longer continues what is stored: rewritten, moved, or cut off."""
    where = read.repository.locator
    chain = set(collect.first_parents(read.repository, tip))
    kept = [look for look in read.store.looks(read.source.id) if look.ref in chain]
    if not kept and read.repository.is_shallow and read.leap(tip, last):
        reach = f"the clone does not reach back to {last.ref[:12]} of {day(last.at)}"
        return [f"{where}: {reach}; what happened between is known by its outcome only"]
    base = kept[-1] if kept else None
    reason = (
        f"the branch no longer holds what came after {base.ref[:12]} of {day(base.at)}"
        if base
        else "the branch shares no commit with what was stored"
    )
    read.open_epoch(base.position if base else None, reason)
    if base is None or base.ref != tip:
        read.append(tip, base)
    return [f"{where}: {reason}; a new epoch begins there, and the looks before stay stored"]


def _observation(read: Branch, tip: str, branch: str, notes: list[str]) -> Observation:
    repository, store, source = read.repository, read.store, read.source.id
    counts = _counts(read, tip)
    first = store.first(source)
    if repository.is_shallow and first is not None:
        notes.append(
            f"{repository.locator} is a shallow clone: what happened before {day(first.at)} is"
            " not in it; run git fetch --unshallow there and observe again"
        )
    if repository.inside:
        notes.append(
            f"read the whole repository {repository.locator}, not only {repository.inside}"
        )
    if not branch and not repository.branch:
        notes.append(f"{repository.locator}: HEAD is detached at {tip[:12]}")
    return Observation(
        source=source,
        locator=repository.locator,
        branch=branch,
        head_branch=repository.branch,
        head=tip,
        commits=counts.commits,
        looks=counts.looks,
        looks_added=read.taken.looks,
        facts=read.taken.facts,
        gaps=read.taken.gaps,
        epochs=read.epochs_opened,
        processes=read.processes_used,
        is_shallow=repository.is_shallow,
        notes=tuple(notes),
    )


def _counts(read: Branch, tip: str) -> Counts:
    name, stamp = f"counts/{read.source.id}", f"{tip}/{read.repository.is_shallow}"
    kept = read.store.derived(name, stamp) if read.taken.looks == 0 else None
    if kept is not None:
        return msgspec.json.decode(kept, type=Counts)
    counts = Counts(
        commits=collect.count(read.repository, tip), looks=len(read.store.looks(read.source.id))
    )
    read.store.keep_derived(name, stamp, msgspec.json.encode(counts))
    return counts


def _by_name(path: str) -> bool:
    from driftline.sources.formats.catalogue import classify

    return classify(path) is not None


def _nothing_there(repository: collect.Repository, branch: str) -> UsageError | SourceError:
    there = collect.branches(repository)
    listed = ", ".join(there[:8]) + (", …" if len(there) > 8 else "")
    if branch:
        return UsageError(
            f"{repository.locator}: no branch {branch}; "
            + (f"there are {listed}" if there else "there is none at all")
        )
    if there:
        return UsageError(
            f"{repository.locator}: HEAD stands on {repository.branch or 'nothing'},"
            f" which has no commit; check out one of {listed}"
        )
    return UsageError(
        f"{repository.locator}: the repository has no commit yet; commit something and try again"
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: there are many small records, and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
