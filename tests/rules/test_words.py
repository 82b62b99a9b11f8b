"""The repository speaks of the product, not of the machine or the day it was written on."""

import re

from tests.rules.complaint import listed
from tools.source_tree import texts

# Written in pieces, so that this page does not find itself.
FORBIDDEN = {
    "a path of one machine": re.compile("/" + r"(work|root)/|/opt/" + "pypi"),
    "an open end: file it, or decide it": re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b|\bX" + "XX:"),
    "a package index": re.compile(
        r"(extra-index-" + r"url|files\.python" + r"hosted|/sim" + "ple/)"
    ),
}
HOST = re.compile(r"https?://|--index|--find-links|@ file:")


def test_no_forbidden_words() -> None:
    """No file names a path of the machine it was made on, an index, or an open end."""
    found = [
        f"{name}:{number}: {what}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]

    assert [] == found, listed(found)


def test_locks_name_no_host() -> None:
    """The locks pin names, versions and hashes, and leave the place to the user's own index."""
    locks = {name: text for name, text in texts() if name.endswith(".lock")}

    assert 3 == len(locks)
    assert [] == [name for name, text in locks.items() if HOST.search(text)]


def test_locks_pin_everything() -> None:
    """Each requirement of a lock has one exact version and at least one hash."""
    for name, text in texts():
        if name.endswith(".lock"):
            pins = re.findall(r"(?m)^[A-Za-z0-9].*(?:\n    --hash.*)*", text)

            assert len(pins) > 1, name
            assert [] == [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]
