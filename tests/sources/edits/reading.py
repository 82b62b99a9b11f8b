"""Cases of edits as text: a sentence, a file, the fact that changes, and the file afterwards.

    === A sentence that says why.
    file: values.yaml
    set: /image/tag "1.3"
    image:
      tag: "1.2"  # pinned
    ---->
    image:
      tag: "1.3"  # pinned

`take: /path` takes a fact away, `in: Service/web` names the document, and
`refused: …` after the arrow is the reason why the file stays as it is. In a
file, `␍` stands for a carriage return and `␄` at its end for a missing line end.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.editing import edited
from driftline.sources.formats.reader import Reader

FOLDER = Path(__file__).parent / "cases"


class Case(msgspec.Struct, frozen=True):
    """One file, the edit, and what is expected of it."""

    why: str
    path: str
    edits: tuple[Edit, ...]
    text: str
    expected: str


class Unmasked:
    """Leaves every fact as it is."""

    def redact(self, facts: dict[str, str], secret_below: tuple[str, ...] = ()) -> None:
        """Do nothing."""


def facts_of(text: str, path: str = "values.yaml", key: str = "") -> dict[str, str] | None:
    """The facts of one document of a text, None where it cannot be read."""
    read = Reader(Unmasked()).read(path, text.encode())
    if read.gap is not None:
        return None
    return next((one.leaves() for one in read.documents if one.key == key), None)


def cases(name: str) -> list[Case]:
    """The cases of one file of cases; there are some."""
    found = list(_parsed((FOLDER / f"{name}.cases").read_text(encoding="utf-8")))
    assert len(found) >= 3, f"no cases found in {name}"
    return found


def _parsed(text: str) -> Iterator[Case]:
    for block in text.split("\n=== ")[1:]:
        head, _, tail = block.strip("\n").partition("\n---->\n")
        why, path, *lines = head.split("\n")
        key, edits = "", []
        while lines and lines[0].startswith(("in: ", "set: ", "take: ")):
            word, _, rest = lines.pop(0).partition(": ")
            if word == "in":
                key = rest
            else:
                address, _, value = rest.partition(" ")
                edits.append(Edit(key, address, value if word == "set" else None))
        content = _content("\n".join(lines))
        expected = tail if tail.startswith("refused: ") else _content(tail)
        yield Case(why, path.removeprefix("file: "), tuple(edits), content, expected)


def _content(text: str) -> str:
    text = (text + "\n").replace("␍", "\r")
    return text.removesuffix("\n").removesuffix("␄") if text.endswith("␄\n") else text


def check(name: str) -> None:
    """Every case of a file of cases is edited as it says, and then read as it was meant."""
    for case in cases(name):
        actual = _edited(case)

        assert case.expected == actual, f"{name}: {case.why}"
        if actual.startswith("refused: "):
            continue
        for edit in case.edits:
            facts = facts_of(actual, case.path, edit.key) or {}

            assert edit.value == facts.get(edit.address), f"{name}: {case.why}"


def _edited(case: Case) -> str:
    try:
        return edited(case.path, case.text.encode(), case.edits).decode()
    except Inexact as why:
        return f"refused: {why}"
