"""A process that reads its share of versions and writes what they changed to its output.

Started by `driftline.engine.reading.crew` as `python -m driftline.engine.reading.worker`. The
assignment arrives on standard input; frames leave on standard output, each a
length and a list of changes, the last one empty.
"""

import gc
import pickle
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO

import msgspec

from driftline.engine.reading.file_histories import (
    FileChanges,
    Histories,
    Known,
    Version,
    blob_names,
)
from driftline.engine.reading.shares import Share
from driftline.sources.formats.contract import FormatReader
from driftline.sources.git.blobs.collect import Blob, blobs
from driftline.sources.git.collect import Repository

LENGTH = struct.Struct("<Q")
FRAME_CHANGES = 256


class Assignment(msgspec.Struct, frozen=True):
    """What a process is to read, and what is known of the files before."""

    repository: Repository
    share: Share
    already: Mapping[str, Known]


def changes(
    assignment: Assignment,
    reader_factory: Callable[[], FormatReader],
    is_configuration: Callable[[str], bool],
) -> Iterator[FileChanges]:
    """What each version of a share changed, in order of position."""
    repository, share = assignment.repository, assignment.share
    histories = Histories(reader_factory(), is_configuration, assignment.already)

    def fetch(version: Version) -> Iterator[Blob]:
        return blobs(repository, blob_names(version.step))

    for path, versions in share.earlier.items():
        histories.recall(path, versions, fetch)
    names = [name for version in share.versions for name in blob_names(version.step)]
    yield from histories.changes(share.versions, blobs(repository, names))


def frames(coming: Iterable[FileChanges]) -> Iterator[bytes]:
    """Changes as frames, ended by an empty one."""
    encode = msgspec.msgpack.Encoder().encode
    batch: list[FileChanges] = []
    for change in coming:
        batch.append(change)
        if len(batch) >= FRAME_CHANGES:
            body = encode(batch)
            yield LENGTH.pack(len(body)) + body
            batch = []
    if batch:
        body = encode(batch)
        yield LENGTH.pack(len(body)) + body
    yield LENGTH.pack(0)


def main(standard_input: IO[bytes], standard_output: IO[bytes]) -> None:
    """Read the assignment, do it, and write what came of it."""
    gc.disable()
    # The one who started us wrote this, through a pipe that nobody else has.
    reader_factory, is_configuration = pickle.load(standard_input)  # noqa: S301 - as said above
    assignment = msgspec.msgpack.decode(standard_input.read(), type=Assignment)
    for frame in frames(changes(assignment, reader_factory, is_configuration)):
        standard_output.write(frame)
        standard_output.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
