"""Any bytes in, a reading out."""

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.model.document import Reading
from driftline.sources.formats.reader import Reader, classify
from driftline.sources.redaction import Redactor
from tests.sources.formats.reading_cases import check, new_reader

if TYPE_CHECKING:
    from driftline.sources.formats.contract import FormatReader

PATHS = (
    "a.yaml", "chart/templates/a.yaml", "kustomization.yaml", "Chart.yaml", "compose.yaml",
    "a.json", "a.tfvars.json", "a.toml", ".env", "a.properties", "a.ini", "a.conf", "main.tf",
    "a.tfvars", "production", "a.tpl", "README.md",
)  # fmt: skip
PIECES = st.sampled_from(
    (
        "a", "=", ": ", "\n", "\n  ", '"', "'", "{", "}", "[", "]", "(", ")", ",", "#", "//", "/*",
        "*", "&a ", "- ", "<<EOT\n", "EOT", "${", "%{", "\\", "\\u00", "1", ".", "-", "true", "\t",
        "é", "\u2028", "password", "://u:p@h", "-----BEGIN PRIVATE KEY-----", "eyJ", "|\n",
        "---\n", "!x ",
    )
)  # fmt: skip
# Text of a few characters that costs a careless parser minutes.
HOSTILE = {
    "brackets": "[" * 200_000,
    "closed brackets": "[" * 200_000 + "]" * 200_000,
    "braces": '{"a":' * 200_000,
    "wide list": "a: [" + "1," * 1_000_000 + "]",
    "wide json": "[" + "1," * 1_000_000 + "1]",
    "many keys": "".join(f"k{n}: 1\n" for n in range(30_000)),
    "many anchors": "".join(f"a{n}: &a{n} 1\n" for n in range(20_000)),
    "many documents": "a: 1\n---\n" * 15_000,
    "quotes": '"' * 200_000,
    "spaces": "a" + " " * 500_000 + "b",
    "section of spaces": "[s]\na" + " " * 300_000 + "b",
    "dotted key": ".".join("a" * 40_000) + " = 1",
    "words": "a: " + "password" * 100_000,
    "assignments": "a: '" + "password=x&" * 60_000 + "'",
    "addresses": 'a: "' + "://a:" * 200_000 + '"',
    "keys": 'a: "' + "-----BEGIN PRIVATE KEY-----" * 20_000 + '"',
    "tokens": 'a: "' + "eyJaaaaaa." * 60_000 + '"',
    "dashes": 'a: "' + "eyJ-" * 150_000 + '"',
    "trailing spaces": 'a: "token: x\\n' + " " * 300_000 + 'y"',
    "parentheses": "a = " + "(" * 100_000,
    "templates": 'a = "' + "${" * 20_000,
    "blocks": "a {\n" * 50_000,
    "blanks": "a" + " " * 100_000 + "b",
    "lines": "a" + "\n" * 100_000 + "b",
    "comments": "/* " * 200_000,
    "merges": "a: &a {" + ",".join(f"k{n}: 1" for n in range(5_000)) + "}\n"
    + "".join(f"b{n}: {{<<: *a}}\n" for n in range(5_000)),
    "chain of aliases": "a0: &a0 [x]\n"
    + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 2_000)),
    "bombs": ("x: &x [" + "1," * 1_000 + "]\ny: [" + "*x," * 110 + "]\n---\n") * 2,
}  # fmt: skip


def test_cases() -> None:
    """What cannot be read is a gap with its own reason; what is no configuration is nothing."""
    check("gaps")


def test_keeps_its_contract() -> None:
    """The reader is what the sources expect of one."""
    reader: FormatReader = new_reader()

    assert Reading(()) == reader.read("a.txt", b"a: 1")


@settings(max_examples=150)
@given(st.sampled_from(PATHS), st.binary() | st.lists(PIECES, max_size=40).map("".join))
def test_any_bytes(path: str, data: bytes | str) -> None:
    """Any content under any name is a reading, never an error."""
    content = data if isinstance(data, bytes) else data.encode()
    reading = new_reader().read(path, content)

    assert isinstance(reading, Reading)
    assert classify(path) is not None or reading == Reading(())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(name: str) -> None:
    """No text takes minutes, whatever is in it and whatever it is called."""
    data = HOSTILE[name].encode()
    for path in PATHS:
        started = time.process_time()
        new_reader().read(path, data)
        took_seconds = time.process_time() - started

        # Ten times what it takes: a machine may be slow, but the square of a length is slower.
        assert took_seconds < 15, f"{name} as {path}"


def test_large_files_are_never_parsed() -> None:
    """A file over the limit is a gap at once; the limit is the caller's to set."""
    reader = Reader(Redactor(b"key", "k1"), file_bytes_max=1024 * 1024)
    reading = reader.read("a.yaml", b"a: " + b"x" * 1024 * 1024)

    assert Reading((), "larger than 1 MiB (1.0 MiB)") == reading
    assert reader.read("unknown", b"x" * 2 * 1024 * 1024) == Reading(())


def test_nothing_is_shared_between_kinds_of_files() -> None:
    """The same text under another name is read as what that name says."""
    reader = new_reader()
    text = b"apiVersion: v1\ndata: {a: b}\n---\nresources: []\n"

    kinds = [
        [document.kind for document in reader.read(path, text).documents]
        for path in ("values.yaml", "kustomization.yaml", "Chart.yaml")
    ]

    assert [["plain", "plain"], ["kustomization", "kustomization"], ["chart", "chart"]] == kinds
