"""What reading costs beside the floor: parse, flatten and redact every distinct YAML or JSON blob.

The floor loads each blob with PyYAML's C loader and throws the result away.
Our reader gets the same blobs in the order of history, so that it meets each
version after the one before it. Git's own work is in neither.
"""

import gc
import subprocess
from collections import Counter
from pathlib import Path

import msgspec
import yaml

from bench import floor
from bench.pairs import interleaved
from driftline.sources.formats.reader import Reader
from driftline.sources.redaction import Redactor


class File(msgspec.Struct, frozen=True):
    """One version of one file."""

    path: str
    content: bytes


def files(repository: Path) -> list[File]:
    """The distinct configuration blobs that the floor reads, oldest first, with their paths."""
    command = ("git", "-C", str(repository), *floor.LOG, "--reverse")
    log = subprocess.run(command, capture_output=True, check=True).stdout
    paths: dict[str, str] = {}
    for match in floor.ENTRY.finditer(log):
        path = match[2].decode("utf-8", "surrogateescape")
        if floor.CONFIGURATION.search(path) and match[1].strip(b"0"):
            paths.setdefault(match[1].decode(), path)
    contents = floor.contents(repository, list(paths))
    return [File(path, content) for path, content in zip(paths.values(), contents, strict=True)]


def load_all(versions: list[File]) -> None:
    """Load every version with the fastest full parser."""
    for version in versions:
        try:
            for _ in yaml.load_all(version.content, Loader=yaml.CSafeLoader):
                pass
        except (yaml.YAMLError, ValueError):
            continue


def read_all(versions: list[File]) -> Counter[str]:
    """Read every version with one new reader; how many facts, and how many gaps."""
    reader = Reader(Redactor(b"0123456789abcdef", "bench"))
    counts: Counter[str] = Counter()
    # As the engine does: the maps of facts hold no cycles that would need collecting.
    gc.disable()
    try:
        for version in versions:
            reading = reader.read(version.path, version.content)
            counts["gaps"] += reading.gap is not None
            counts["facts"] += sum(
                len(part) for document in reading.documents for part in document.parts
            )
    finally:
        gc.enable()
    return counts


def run(repository: Path) -> None:
    """Print the ratio of reading to loading."""
    versions = files(repository)
    counts = read_all(versions)
    size = sum(len(version.content) for version in versions)
    print(
        f"{len(versions)} versions, {size / 1e6:.1f} MB, "
        f"{counts['facts']:,} facts read, {counts['gaps']} gaps"
    )
    ratio = interleaved(lambda: read_all(versions), lambda: load_all(versions), pairs=5)
    print(ratio.line("parse, flatten and redact"))
