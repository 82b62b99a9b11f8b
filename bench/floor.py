"""The floor of a scan: git, the blobs, and the fastest full YAML parser, in one process.

It does nothing with what it parses. A program that parses every distinct
configuration blob of a history cannot be expected to do less, unless it avoids
parsing; so ratios below one mean that work was avoided.
"""

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import yaml

LOG = (
    "log --first-parent --diff-merges=first-parent --no-renames --no-abbrev --raw -z --format=%H"
).split()
CONFIGURATION = re.compile(r"\.(ya?ml|json|toml|env|tfvars|properties|ini)$")
ENTRY = re.compile(rb":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [ADMT]\x00([^\x00]+)")


class Parsed(msgspec.Struct, frozen=True):
    """How much the floor read: distinct blobs, their bytes, and those YAML rejects."""

    blobs: int
    bytes: int
    failed: int


def blobs(repository: Path) -> list[str]:
    """Names of the distinct configuration blobs of the first-parent history, newest first."""
    command = ("git", "-C", str(repository), *LOG)
    log = subprocess.run(command, capture_output=True, check=True).stdout
    names: dict[str, None] = {}
    for match in ENTRY.finditer(log):
        path = match[2].decode("utf-8", "surrogateescape")
        if CONFIGURATION.search(path) and match[1].strip(b"0"):
            names[match[1].decode()] = None
    return list(names)


def contents(repository: Path, names: list[str]) -> list[bytes]:
    """The blobs' bytes, through one `git cat-file --batch`."""
    command = ("git", "-C", str(repository), "cat-file", "--batch", "--buffer")
    asked = "".join(f"{name}\n" for name in names).encode()
    out = subprocess.run(command, input=asked, capture_output=True, check=True).stdout
    found = []
    position = 0
    for _ in names:
        end = out.index(b"\n", position)
        size = int(out[position:end].rsplit(b" ", 1)[1])
        found.append(out[end + 1 : end + 1 + size])
        position = end + size + 2
    return found


def parse(repository: Path) -> Parsed:
    """Read and parse every distinct configuration blob once."""
    texts = contents(repository, blobs(repository))
    failed = 0
    for text in texts:
        try:
            for _ in yaml.load_all(text, Loader=yaml.CSafeLoader):
                pass
        except (yaml.YAMLError, ValueError):
            failed += 1
    return Parsed(blobs=len(texts), bytes=sum(map(len, texts)), failed=failed)


if __name__ == "__main__":
    print(parse(Path(sys.argv[1])))
