"""One branch of a repository on its way into the store: from commits to looks."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from driftline.engine.reading.crew import Crew
from driftline.engine.reading.file_histories import Known, Version
from driftline.engine.reading.intake import Taken, looks, take_in
from driftline.engine.reading.last_known import last_known
from driftline.history.protocol import Source, Store
from driftline.model.look import Contribution, Look, LookChanges
from driftline.model.progress import Progress
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git import collect
from driftline.sources.git.chain import (
    CUT_SUBJECT,
    NOBODY,
    FileStep,
    Step,
    first_parent_chain,
    is_told,
    steps,
)
from driftline.sources.git.log import SUBMODULE_MODE, SYMLINK_MODE, commits


class Branch:
    """Reads commits of one branch and appends them; counts what it did."""

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
        self.store = store
        self.repository = repository
        self.source = source
        self.known_at = known_at
        self.progress = progress
        self.taken = Taken(0, 0, 0)
        self.epochs_opened = 0
        self.processes_used = 1
        self._reader_factory = reader_factory
        self._is_configuration = is_configuration
        self._processes = processes
        self._boundary = collect.boundary(repository)

    def last(self) -> Look | None:
        """The last look of the chain."""
        return self.store.tip(self.source.id)

    def open_epoch(self, base_position: int | None, reason: str) -> None:
        """Rewind the chain; what is appended next continues from there."""
        self.store.open_epoch(self.source.id, base_position, reason, known_at=self.known_at)
        self.epochs_opened += 1
        if base_position is None:
            self.store.keep_derived(self._untold, "no", b"")

    def append(self, tip: str, last: Look | None) -> None:
        """Append what the tip holds beyond the last look, or all of it."""
        found = self.steps(tip, last, after=last.ref if last else None)
        self._append(found, self.already({file.path for step in found for file in step.files}))

    def leap(self, tip: str, last: Look) -> bool:
        """Append a chain whose beginning is cut off, as what became of the last look.

        What the first commit here lists is compared with all that is known, and
        nobody is named for the difference. False when the chain is older than
        the last look, so that it cannot be its continuation.
        """
        found = self.steps(tip, last, after=None)
        first = found[0]
        if collect.committed_at(self.repository, first.look.ref) < last.at:
            return False
        already = self.already(None)
        act = Contribution(first.look.ref, NOBODY, CUT_SUBJECT)
        listed = [FileStep(file.path, file.blob, file.mode, 0) for file in first.files]
        here = {file.path for file in listed}
        gone = [FileStep(path, None, "", 0) for path in sorted(already.keys() - here)]
        found[0] = Step(first.look, (act,), (*listed, *gone))
        self._append(found, already)
        return True

    def steps(
        self, tip: str, last: Look | None, *, after: str | None, position: int | None = None
    ) -> list[Step]:
        """The steps of the chain that leads to the tip; `position` numbers the first of them."""
        self.progress.step("reading the log", 0, 0)
        log = collect.log(self.repository, tip, after=after)
        by_ref = {commit.ref: commit for commit in commits(log, self._is_wanted)}
        chain = first_parent_chain(by_ref, tip, after=after)
        if position is None:
            position = self.store.next_position(self.source.id)
        not_before = last.at if last else None
        cut = self._boundary
        return list(steps(by_ref, chain, position=position, not_before=not_before, cut=cut))

    def looks(self, found: Sequence[Step], already: dict[str, Known]) -> Iterator[LookChanges]:
        """The steps with what their files changed."""
        versions = [Version(step.look.position, file) for step in found for file in step.files]
        crew = Crew(self.repository, self._reader_factory, self._is_configuration)
        changes = crew.changes(versions, already, processes=self._processes)
        yield from looks(found, changes)
        self.processes_used = crew.processes

    def already(self, paths: set[str] | None) -> dict[str, Known]:
        """What the store knows now of the files with these paths, None for all files."""
        return last_known(self.store, self.source.id, paths)

    @property
    def has_untold(self) -> bool:
        """Whether looks after the first were stored without knowing who acted in them."""
        return self.store.derived(self._untold, "yes") is not None

    def remember_untold(self, found: Sequence[Step]) -> None:
        """Note whether these steps hold some of which nobody knows who acted in them."""
        if not all(is_told(step) for step in found):
            self.store.keep_derived(self._untold, "yes", b"")

    @property
    def _untold(self) -> str:
        return f"untold/{self.source.id}"

    def _append(self, found: Sequence[Step], already: dict[str, Known]) -> None:
        source = self.source.id
        # What the first look lists is replaced when the past arrives; any other
        # look keeps what it was stored with.
        self.remember_untold(found[0 if self.last() else 1 :])
        taken = take_in(
            lambda batch: self.store.append(source, batch, known_at=self.known_at),
            self.looks(found, already),
            total=len(found),
            progress=self.progress,
        )
        self.count(taken)

    def count(self, taken: Taken) -> None:
        """Add to what was taken in."""
        self.taken = Taken(
            self.taken.looks + taken.looks,
            self.taken.facts + taken.facts,
            self.taken.gaps + taken.gaps,
        )

    def _is_wanted(self, path: str, mode: str) -> bool:
        return mode in {SYMLINK_MODE, SUBMODULE_MODE} or self._is_configuration(path)


def day(instant: int) -> str:
    """The day of an instant, in UTC."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%d")
