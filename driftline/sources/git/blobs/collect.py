"""Blobs by name, streamed; a large, missing or damaged one is told and passed over."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import msgspec

from driftline.sources.git.collect import CHUNK_BYTES, Repository, check, popen, run

BLOB_BYTES_MAX = 5 << 20


class Blob(msgspec.Struct, frozen=True, gc=False):
    """One blob, or why its text is not here."""

    name: str
    data: bytes | None
    reason: str = ""


def blobs(
    repository: Repository, names: Iterable[str], *, bytes_max: int = BLOB_BYTES_MAX
) -> Iterator[Blob]:
    """The blobs with these names, in the order asked; a large one is passed over in pieces.

    A blob that is missing or damaged is one without data and with a reason;
    the others are read all the same.
    """
    wanted = list(names)
    if not repository.is_partial:
        yield from _read(repository, wanted, bytes_max)
        return
    here = _present(repository)
    present = _read(repository, [name for name in wanted if name in here], bytes_max)
    for name in wanted:
        if name in here:
            yield next(present)
        else:
            yield Blob(name, None, "not in this partial clone; fetch it to have it read")


def sizes(repository: Repository, names: Sequence[str]) -> dict[str, int]:
    """The sizes in bytes of those of these blobs that are here."""
    here = _present(repository) if repository.is_partial else None
    wanted = [name for name in names if here is None or name in here]
    if not wanted:
        return {}
    asked = run(
        ["cat-file", "--batch-check=%(objectname) %(objectsize)", "--buffer"],
        git_dir=repository.git_dir,
        text="".join(name + "\n" for name in wanted).encode("ascii"),
    )
    found = (line.split() for line in asked.stdout.decode("ascii", "replace").splitlines())
    return {name: int(size) for name, size in found if size.isdigit()}


def _read(repository: Repository, waiting: Sequence[str], bytes_max: int) -> Iterator[Blob]:
    start = 0
    while start < len(waiting):
        asked = "".join(name + "\n" for name in waiting[start:]).encode("ascii")
        with popen(["cat-file", "--batch", "--buffer"], repository.git_dir, text=asked) as process:
            try:
                for blob in _parse_batch(process.stdout, bytes_max):
                    start += 1
                    yield blob
            finally:
                process.terminate()
        if start < len(waiting):
            # Git stops at a damaged object. The others are still good.
            yield Blob(waiting[start], None, "damaged in the repository; run git fsck there")
            start += 1


def _parse_batch(output: IO[bytes] | None, bytes_max: int) -> Iterator[Blob]:
    while output is not None and (header := output.readline()):
        fields = header.split()
        name = fields[0].decode("ascii", "replace")
        if len(fields) < 3:
            yield Blob(name, None, "missing from the repository; run git fsck there")
            continue
        size = int(fields[2])
        if size > bytes_max:
            left = size + 1
            while left > 0 and (piece := output.read(min(left, CHUNK_BYTES))):
                left -= len(piece)
            if left > 0:
                return
            size_mib = size / (1 << 20)
            limit_mib = bytes_max / (1 << 20)
            yield Blob(
                name, None, f"too large to be read: {size_mib:,.1f} MiB, over {limit_mib:g} MiB"
            )
            continue
        data = output.read(size + 1)
        if len(data) <= size:
            return
        yield Blob(name, data[:-1])


def _present(repository: Repository) -> frozenset[str]:
    asked = run(
        [
            "cat-file",
            "--batch-all-objects",
            "--unordered",
            "--batch-check=%(objectname)",
        ],
        git_dir=repository.git_dir,
    )
    check(repository, asked)
    return frozenset(asked.stdout.decode("ascii").split())
