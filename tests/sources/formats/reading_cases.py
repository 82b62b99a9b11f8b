"""Cases of reading as text: a sentence, a file, and what is read of it.

    === A sentence that says why.
    file: values.yaml
    replicas: 3
    ---->
    /replicas 3

Facts follow the arrow, one a line. `[Service/web] object` begins a document
that has a key or is not plain, and `gap: …` is the reason for one. In a file,
`␀` stands for a NUL and `⇥` for a tab.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from driftline.model.document import Reading
from driftline.sources.formats.reader import Reader
from driftline.sources.redaction import Redactor

FOLDER = Path(__file__).parent / "cases"


class Case(msgspec.Struct, frozen=True):
    """One file and what is expected of it, line by line."""

    why: str
    path: str
    text: str
    expected: tuple[str, ...]


def cases(name: str) -> list[Case]:
    """The cases of one file of cases; there are some."""
    found = list(_parsed((FOLDER / f"{name}.cases").read_text(encoding="utf-8")))
    assert len(found) >= 3, f"no cases found in {name}"
    return found


def _parsed(text: str) -> Iterator[Case]:
    for block in text.split("\n=== ")[1:]:
        head, _, tail = block.partition("\n---->\n")
        why, path, *lines = head.split("\n")
        content = "".join(line + "\n" for line in lines).replace("␀", "\0").replace("⇥", "\t")
        expected = tuple(line for line in tail.split("\n") if line)
        yield Case(why, path.removeprefix("file: "), content, expected)


def new_reader() -> Reader:
    """A reader with a fixed key, so that digests are the same in every run."""
    return Reader(Redactor(b"0123456789abcdef", "k1"))


def lines(reading: Reading) -> tuple[str, ...]:
    """A reading as the lines of a case."""
    found: list[str] = []
    for document in reading.documents:
        if document.key or document.kind != "plain":
            found.append(f"[{document.key}] {document.kind}")
        found.extend(f"{address} {value}" for address, value in document.leaves().items())
    if reading.gap is not None:
        found.append(f"gap: {reading.gap}")
    return tuple(found)


def check(name: str) -> None:
    """Every case of a file of cases is read as it says."""
    for case in cases(name):
        actual = lines(new_reader().read(case.path, case.text.encode()))

        assert case.expected == actual, f"{name}: {case.why}"
