"""A git repository's whole first-parent history into the store, and later what is new in it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from driftline.engine.crew import Crew
from driftline.engine.file_histories import Known, Version
from driftline.engine.intake import Taken, looks, take_in
from driftline.errors import SourceError, UsageError
from driftline.history.protocol import Source, Store
from driftline.model.document import Document, DocumentKind, Reading
from driftline.model.look import Look
from driftline.model.progress import Progress, Unwatched
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git import collect
from driftline.sources.git.chain import Step, first_parent_chain, steps
from driftline.sources.git.log import SUBMODULE_MODE, SYMLINK_MODE, commits


class Observation(msgspec.Struct, frozen=True):
    """What reading one branch of one repository brought.

    `branch` is the name it was asked for by, empty for HEAD; `head_branch` is
    what HEAD stood on, empty when detached. `commits` counts all that the tip
    holds, `looks` those of its first-parent chain. `facts` counts the fact
    changes that were added, `gaps` the gaps that were opened, `epochs` the
    epochs that were opened.
    """

    source: int
    locator: str
    branch: str
    head_branch: str
    head: str
    looks: int
    looks_added: int
    facts: int
    gaps: int
    epochs: int
    is_shallow: bool
    notes: tuple[str, ...]


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
    reading = _Reading(
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
        reading.read(tip)
    return reading.observation(tip, branch)


class _Reading:
    """One run of `observe`, from where the store stands to the tip."""

    def __init__(
        self,
        *,
        store: Store,
        repository: collect.Repository,
        source: Source,
        reader_factory: Callable[[], FormatReader],
        is_configuration: Callable[[str], bool],
        known_at: int,
        progress: Progress,
        processes: int | None,
    ) -> None:
        self._store = store
        self._repository = repository
        self._source = source
        self._reader_factory = reader_factory
        self._is_configuration = is_configuration
        self._known_at = known_at
        self._progress = progress
        self._processes = processes
        self._taken = Taken(0, 0, 0)
        self._epochs = 0
        self._notes: list[str] = []

    def read(self, tip: str) -> None:
        """Bring the store to the tip."""
        last = self._store.tip(self._source.id)
        if last is not None and last.ref != tip and not self._continues(last.ref, tip):
            last = self._rewind(tip)
        if last is None or last.ref != tip:
            self._append(tip, last)

    def observation(self, tip: str, branch: str) -> Observation:
        """What this run did."""
        repository = self._repository
        first = self._store.first(self._source.id)
        if repository.is_shallow and first is not None:
            self._notes.append(
                f"{repository.locator} is a shallow clone: what happened before"
                f" {_day(first.at)} is not in it; run git fetch --unshallow there and observe again"
            )
        if repository.inside:
            self._notes.append(
                f"read the whole repository {repository.locator}, not only {repository.inside}"
            )
        if not branch and not repository.branch:
            self._notes.append(f"{repository.locator}: HEAD is detached at {tip[:12]}")
        return Observation(
            source=self._source.id,
            locator=repository.locator,
            branch=branch,
            head_branch=repository.branch,
            head=tip,
            looks=len(self._store.looks(self._source.id)),
            looks_added=self._taken.looks,
            facts=self._taken.facts,
            gaps=self._taken.gaps,
            epochs=self._epochs,
            is_shallow=repository.is_shallow,
            notes=tuple(self._notes),
        )

    def _continues(self, last: str, tip: str) -> bool:
        """Whether the tip was reached from the last look by going forward only."""
        return last in collect.first_parents(self._repository, tip)

    def _rewind(self, tip: str) -> Look | None:
        """Open an epoch at the last look that the branch still holds; that look."""
        chain = set(collect.first_parents(self._repository, tip))
        kept = [look for look in self._store.looks(self._source.id) if look.ref in chain]
        base = kept[-1] if kept else None
        reason = (
            f"the branch was rewritten after {base.ref[:12]} of {_day(base.at)}"
            if base
            else "the branch was replaced by one that shares no commit with it"
        )
        self._store.open_epoch(
            self._source.id, base.position if base else None, reason, known_at=self._known_at
        )
        self._epochs += 1
        self._notes.append(f"{self._repository.locator}: {reason}; the looks before stay stored")
        return base

    def _append(self, tip: str, last: Look | None) -> None:
        after = last.ref if last else None
        progress = self._progress
        progress.step("reading the log", 0, 0)
        log = collect.log(self._repository, tip, after=after)
        by_ref = {commit.ref: commit for commit in commits(log, self._is_wanted)}
        chain = first_parent_chain(by_ref, tip, after=after)
        epochs = self._store.epochs(self._source.id)
        position = epochs[-1].from_position if epochs else 0
        if last is not None:
            position = max(position, last.position + 1)
        found = list(steps(by_ref, chain, position=position, not_before=last.at if last else None))
        del by_ref
        self._taken = self._take_in(found)

    def _take_in(self, found: list[Step]) -> Taken:
        versions = [Version(step.look.position, file) for step in found for file in step.files]
        already = self._already({version.step.path for version in versions})
        crew = Crew(self._repository, self._reader_factory, self._is_configuration)
        changes = crew.changes(versions, already, processes=self._processes)
        source = self._source.id
        return take_in(
            lambda batch: self._store.append(source, batch, known_at=self._known_at),
            looks(found, changes),
            total=len(found),
            progress=self._progress,
        )

    def _already(self, paths: set[str]) -> dict[str, Known]:
        """What the store knows now of the files with these paths."""
        source = self._source.id
        resources = [
            resource
            for resource in self._store.resources(source)
            if resource.file in paths and resource.presence and resource.presence[-1][1] is None
        ]
        gaps = {gap.file: gap.reason for gap in self._store.gaps(source) if gap.to_position is None}
        facts = self._store.state([resource.id for resource in resources], None)
        documents: dict[str, list[Document]] = {}
        for resource in resources:
            documents.setdefault(resource.file, []).append(
                Document(resource.key, DocumentKind(resource.kind), (facts.get(resource.id, {}),))
            )
        return {
            path: Known(Reading(tuple(documents.get(path, ()))), gaps.get(path))
            for path in paths & (documents.keys() | gaps.keys())
        }

    def _is_wanted(self, path: str, mode: str) -> bool:
        return mode in {SYMLINK_MODE, SUBMODULE_MODE} or self._is_configuration(path)


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


def _day(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%d")


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
