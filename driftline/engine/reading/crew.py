"""One or several processes that read versions of files, heard as one stream in order.

A process that cannot do its share, for whatever reason, is replaced by doing
the share here: the answer does not depend on how many took part.
"""

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO

import msgspec

from driftline.engine.reading.file_histories import FileChanges, Known, Version
from driftline.engine.reading.shares import Share, by_file, shared_out, weights
from driftline.engine.reading.worker import LENGTH, Assignment, changes
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git.blobs.collect import BLOB_BYTES_MAX, sizes
from driftline.sources.git.collect import Repository

# Starting a process costs as much as reading about this much text.
SHARE_BYTES_MIN = 3 << 20
PROCESSES_MAX = 4

# What storing costs this process, beside what reading all versions costs.
STORING_LOAD = 0.35


class Crew:
    """Those who read: this process, and as many others as the work is worth.

    `processes` is how many were asked to read, `replaced` how many of them
    failed, so that their share was read here.
    """

    def __init__(
        self,
        repository: Repository,
        reader_factory: Callable[[], FormatReader],
        is_configuration: Callable[[str], bool],
    ) -> None:
        self._repository = repository
        self._reader_factory = reader_factory
        self._is_configuration = is_configuration
        self.processes = 1
        self.replaced = 0

    def changes(
        self,
        versions: Sequence[Version],
        already: Mapping[str, Known],
        *,
        processes: int | None = None,
    ) -> Iterator[FileChanges]:
        """What each version changed, in order of position; None chooses how many take part."""
        files = by_file(versions)
        weight = weights(files, self._sizes(files) if processes != 1 else {})
        total = sum(weight[path] * len(several) for path, several in files.items())
        if processes is None:
            processes = max(1, min(_processors(), PROCESSES_MAX, total // SHARE_BYTES_MIN))
        self.processes = processes
        if processes == 1:
            yield from self.here(Share(tuple(versions), {}), already)
            return
        shares = shared_out(files, weight, parts(processes))
        others = [_Other(self, share, already) for share in shares[1:]]
        try:
            yield from together(self.here(shares[0], already), others)
        finally:
            for other in others:
                other.stop()

    def here(self, share: Share, already: Mapping[str, Known]) -> Iterator[FileChanges]:
        """A share, read by this process."""
        assignment = Assignment(self._repository, share, _of(share, already))
        return changes(assignment, self._reader_factory, self._is_configuration)

    def assignment(self, share: Share, already: Mapping[str, Known]) -> bytes:
        """A share as another process is told of it; raises what pickle raises."""
        with_whom = pickle.dumps((self._reader_factory, self._is_configuration))
        what = Assignment(self._repository, share, _of(share, already))
        return with_whom + msgspec.msgpack.encode(what)

    def _sizes(self, files: Mapping[str, Sequence[Version]]) -> dict[str, int]:
        """The size of the latest blob of each file."""
        latest = {
            path: next((v.step.blob for v in reversed(several) if v.step.blob is not None), None)
            for path, several in files.items()
        }
        known = {path: name for path, name in latest.items() if name is not None}
        found = sizes(self._repository, list(known.values()))
        return {path: min(found.get(name, 0), BLOB_BYTES_MAX) for path, name in known.items()}


def parts(processes: int) -> tuple[float, ...]:
    """How much each process is to read, so that all are busy equally long; the first one stores.

    >>> parts(1), [round(part, 3) for part in parts(2)]
    ((1.0,), [0.325, 0.675])
    """
    each = (1 + STORING_LOAD) / processes
    first = max(0.0, each - STORING_LOAD)
    if processes == 1:
        return (1.0,)
    return (first, *[(1 - first) / (processes - 1)] * (processes - 1))


class _Other:
    """Another process and what has arrived from it; when it fails, its share is done here."""

    def __init__(self, crew: Crew, share: Share, already: Mapping[str, Known]) -> None:
        self._crew = crew
        self._share = share
        self._already = already
        self._frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._arrived: deque[FileChanges] = deque()
        self._delivered = 0
        self._instead: Iterator[FileChanges] | None = None
        self._decoder = msgspec.msgpack.Decoder(list[FileChanges])
        self.is_done = False
        self._process = self._started()

    @property
    def head(self) -> FileChanges | None:
        """The next change, if it has arrived."""
        return self._arrived[0] if self._arrived else None

    def pop(self) -> FileChanges:
        """Take the next change."""
        self._delivered += 1
        return self._arrived.popleft()

    def listen(self, *, wait: bool) -> None:
        """Take in what has come; with `wait`, until something has come or all is done."""
        if self._instead is not None:
            change = next(self._instead, None)
            if change is None:
                self.is_done = True
            else:
                self._arrived.append(change)
            return
        try:
            frame = self._frames.get(block=wait)
        except queue.Empty:
            return
        if frame is None:
            self._crew.replaced += 1
            everything = self._crew.here(self._share, self._already)
            self._instead = islice(everything, self._delivered, None)
        elif frame:
            self._arrived.extend(self._decoder.decode(frame))
        else:
            self.is_done = True

    def stop(self) -> None:
        """End the process, if it is still there."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _started(self) -> subprocess.Popen[bytes] | None:
        try:
            assignment = self._crew.assignment(self._share, self._already)
            # Started apart from the folder we stand in, where a module could
            # lie in wait under a familiar name.
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "driftline.engine.reading.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, pickle.PicklingError, AttributeError, TypeError):
            self._frames.put(None)
            return None
        threading.Thread(target=self._converse, args=(process, assignment), daemon=True).start()
        return process

    def _converse(self, process: subprocess.Popen[bytes], assignment: bytes) -> None:
        """Hand the assignment over and take frames as they come, so that nobody waits."""
        if process.stdin is None or process.stdout is None:
            return
        try:
            with process.stdin as to_process:
                to_process.write(assignment)
            with process.stdout as from_process:
                while True:
                    frame = _frame(from_process)
                    self._frames.put(frame)
                    if not frame:
                        return
        except (OSError, ValueError):
            self._frames.put(None)


def _frame(stream: IO[bytes]) -> bytes | None:
    """The next frame, empty at the end; None when the stream broke off."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def together(own: Iterator[FileChanges], others: Sequence[_Other]) -> Iterator[FileChanges]:
    """Everybody's changes in order of position; this process reads ahead while others are late."""
    ahead: deque[FileChanges] = deque()
    own_is_done = False
    while True:
        late = None
        for other in others:
            if other.head is None and not other.is_done:
                other.listen(wait=False)
                if other.head is None and not other.is_done:
                    late = other
        if not own_is_done and (late is not None or not ahead):
            change = next(own, None)
            if change is None:
                own_is_done = True
            else:
                ahead.append(change)
            continue
        if late is not None:
            late.listen(wait=True)
            continue
        first = min(
            (other for other in others if other.head is not None),
            key=lambda other: other.head.position if other.head else 0,
            default=None,
        )
        if ahead and (
            first is None or first.head is None or ahead[0].position <= first.head.position
        ):
            yield ahead.popleft()
        elif first is not None:
            yield first.pop()
        else:
            return


def _of(share: Share, already: Mapping[str, Known]) -> dict[str, Known]:
    """What is known of the files of a share."""
    paths = {version.step.path for version in share.versions} | share.earlier.keys()
    return {path: already[path] for path in paths if path in already}


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
