"""The floor of comparing two trees: read them and load manifests with the fastest full YAML parser.

It does nothing with what it parses. Skipping what is equal byte for byte is
what any careful script would do, so both ways are measured.
"""

import os
import sys
from pathlib import Path

import yaml


def parse_all(one: Path, other: Path) -> int:
    """Load every file of both trees; how many there were."""
    files = [file for tree in (one, other) for file in _files(tree).values()]
    for file in files:
        _parse(_content(file))
    return len(files)


def parse_unequal(one: Path, other: Path) -> int:
    """Load the files whose bytes differ from those of the same path in the other tree."""
    theirs = _files(other)
    parsed = 0
    for path, file in _files(one).items():
        left, right = _content(file), _content(theirs[path])
        if left != right:
            _parse(left)
            _parse(right)
            parsed += 2
    return parsed


FLOORS = {"every file parsed": parse_all, "equal bytes skipped": parse_unequal}


def _files(tree: Path) -> dict[str, str]:
    root = str(tree)
    return {
        os.path.join(folder, name)[len(root) :]: os.path.join(folder, name)  # noqa: PTH118 - fast
        for folder, _, names in os.walk(root)
        for name in names
    }


def _content(file: str) -> bytes:
    with open(file, "rb") as opened:  # noqa: PTH123 - a floor is lean
        return opened.read()


def _parse(data: bytes) -> None:
    for _ in yaml.load_all(data, Loader=yaml.CSafeLoader):
        pass


if __name__ == "__main__":
    FLOORS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
