"""Reading and editing configuration as people do: one line at a time.

The example fleet's files keep their comments, their quotes and their order
when a value changes, because people change one line. This reads only the plain
style that the fleet is written in (block mappings, lists, scalars on one line,
tfvars), and knows nothing of driftline's own readers: what it says is the
truth that those are measured against.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from driftline.model.address import element, escape, join

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_ENTRY = re.compile(r"""(?P<key>"[^"]*"|[A-Za-z0-9_./{}-]+):(?:\s+(?P<value>.*))?""")
_ASSIGNMENT = re.compile(r"(?P<key>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*)")
_COMMENT = re.compile(r"\s+#.*$")


class Leaf(msgspec.Struct, frozen=True):
    """One value in a text: its document, address, JSON text, and where it stands.

    `start` and `end` are columns of the value as spelled, without its comment.
    """

    document: str
    address: str
    value: str
    line: int
    start: int
    end: int


def json_value(spelled: str) -> str:
    """A scalar as spelled, as JSON text.

    >>> json_value("1.27.3"), json_value("8"), json_value("'8'"), json_value("true")
    ('"1.27.3"', '8', '"8"', 'true')
    """
    if spelled[:1] in "\"'" and spelled[:1] == spelled[-1:] and len(spelled) > 1:
        return json.dumps(spelled[1:-1], ensure_ascii=False)
    if spelled in ("true", "false", "null", "{}", "[]") or _NUMBER.fullmatch(spelled):
        return spelled
    return json.dumps(spelled, ensure_ascii=False)


def _span(line: str, start: int) -> tuple[int, int]:
    """The columns of the value that begins at or after a column, its comment cut off."""
    while start < len(line) and line[start] == " ":
        start += 1
    if start < len(line) and line[start] in "\"'":
        return start, line.index(line[start], start + 1) + 1
    return start, len(_COMMENT.sub("", line).rstrip())


class _Level:
    """An open mapping entry or list element: its column, its token, its elements so far."""

    def __init__(self, column: int, token: str, *, is_element: bool) -> None:
        self.column = column
        self.token = token
        self.is_element = is_element
        self.elements = 0


def _close(levels: list[_Level], column: int, *, for_element: bool) -> None:
    """Close what ends where something begins at this column."""
    while levels[-1].column >= column:
        # A list may be written at the column of its own key, which stays open then.
        if for_element and levels[-1].column == column and not levels[-1].is_element:
            return
        levels.pop()


# Positional tokens of a scalar, its line, and the columns it spans.
_Raw = tuple[tuple[str, ...], int, int, int]


def _raw_leaves(lines: list[str], first: int) -> Iterator[_Raw]:
    """Positional tokens, line and columns of every scalar of one document."""
    levels = [_Level(-1, "", is_element=False)]
    for number, line in enumerate(lines, first):
        text = line.lstrip(" ")
        column = len(line) - len(text)
        if not text or text.startswith("#"):
            continue
        while text.startswith("- "):
            _close(levels, column, for_element=True)
            parent = levels[-1]
            levels.append(_Level(column, str(parent.elements), is_element=True))
            parent.elements += 1
            text = text[2:]
            column += 2
        entry = _ENTRY.fullmatch(text)
        start = column
        if entry is not None:
            _close(levels, column, for_element=False)
            levels.append(_Level(column, escape(entry["key"].strip('"')), is_element=False))
            start += len(text) if entry["value"] is None else entry.start("value")
        begin, end = _span(line, start)
        if end > begin:
            yield tuple(level.token for level in levels[1:]), number, begin, end


def _named(leaves: list[_Raw], lines: list[str]) -> Iterator[Leaf]:
    """The leaves with list positions replaced by names, where every element has one."""
    spelled = [(tokens, json_value(lines[at][start:end])) for tokens, at, start, end in leaves]
    names = {
        tokens[:-1]: element("name", json.loads(value))
        for tokens, value in spelled
        if len(tokens) > 1 and tokens[-1] == "name" and tokens[-2].isdigit()
    }
    for (tokens, at, start, end), (_, value) in zip(leaves, spelled, strict=True):
        shown = tuple(names.get(tokens[: n + 1], token) for n, token in enumerate(tokens))
        yield Leaf("", join(shown), value, at, start, end)


def _document_key(leaves: list[Leaf]) -> str:
    """`Kind/name` of a Kubernetes object that has a name, else nothing."""
    values = {leaf.address: json.loads(leaf.value) for leaf in leaves}
    name = values.get("/metadata/name")
    return f"{values['/kind']}/{name}" if name and "/kind" in values else ""


def yaml_leaves(text: str) -> tuple[Leaf, ...]:
    r"""Every scalar of a YAML text, in order.

    >>> text = "a:\n  - name: x\n    b: 1  # why\n"
    >>> [(leaf.address, leaf.value) for leaf in yaml_leaves(text)]
    [('/a/[name=x]/name', '"x"'), ('/a/[name=x]/b', '1')]
    """
    found: list[Leaf] = []
    lines = text.split("\n")
    cuts = [-1, *(n for n, line in enumerate(lines) if line == "---"), len(lines)]
    for before, after in pairwise(cuts):
        raw = list(_raw_leaves(lines[before + 1 : after], before + 1))
        leaves = list(_named(raw, lines))
        key = _document_key(leaves)
        found.extend(msgspec.structs.replace(leaf, document=key) for leaf in leaves)
    return tuple(found)


def assignment_leaves(text: str) -> tuple[Leaf, ...]:
    r"""Every `name = value` of a tfvars text or `NAME=value` of an environment file.

    >>> text = 'size = "small"  # for now\n'
    >>> [(leaf.address, leaf.value) for leaf in assignment_leaves(text)]
    [('/size', '"small"')]
    """
    found = []
    for number, line in enumerate(text.split("\n")):
        entry = _ASSIGNMENT.fullmatch(line)
        if entry is not None:
            start, end = _span(line, entry.start("value"))
            address = "/" + escape(entry["key"])
            found.append(Leaf("", address, json_value(line[start:end]), number, start, end))
    return tuple(found)


def leaves(path: str, text: str) -> tuple[Leaf, ...]:
    """Every value of a file of the fleet, read by what its name says it is."""
    if path.endswith((".yaml", ".yml")):
        return yaml_leaves(text)
    if path.endswith(".tfvars"):
        return assignment_leaves(text)
    if path.endswith(".env"):
        # Everything in an environment file is text.
        return tuple(
            msgspec.structs.replace(leaf, value=json.dumps(leaf.value.strip('"')))
            for leaf in assignment_leaves(text)
        )
    return ()


def with_value(path: str, text: str, address: str, spelled: str, document: str = "") -> str:
    """The text with one value respelled; everything else stays as it was.

    What was in quotes stays in quotes. Raises KeyError when the text has no
    such value: a story that edits what is not there is a defect of the story.
    """
    for leaf in leaves(path, text):
        if leaf.address == address and leaf.document in ("", document):
            lines = text.split("\n")
            line = lines[leaf.line]
            mark = line[leaf.start : leaf.start + 1]
            kept = mark + spelled + mark if mark in ("'", '"') and spelled[0] != mark else spelled
            lines[leaf.line] = line[: leaf.start] + kept + line[leaf.end :]
            return "\n".join(lines)
    raise KeyError(f"{path} has no {document} {address}")


def quoted(path: str, text: str) -> str:
    """The text with every bare string in double quotes, as a formatter leaves it."""
    lines = text.split("\n")
    for leaf in leaves(path, text):
        line = lines[leaf.line]
        spelled = line[leaf.start : leaf.end]
        if leaf.value.startswith('"') and spelled[0] not in "\"'":
            lines[leaf.line] = f'{line[: leaf.start]}"{spelled}"{line[leaf.end :]}'
    return "\n".join(lines)


def sorted_blocks(text: str) -> str:
    r"""The text with its top-level blocks in alphabetical order, comments moving along.

    Blocks are parted by blank lines; a heading that is only comment stays first.

    >>> sorted_blocks("# head\n\nb: 1\n\na: 2\n")
    '# head\n\na: 2\n\nb: 1\n'
    """
    blocks = text.rstrip("\n").split("\n\n")
    headed = all(line.startswith("#") for line in blocks[0].split("\n"))
    first, rest = (blocks[:1], blocks[1:]) if headed else ([], blocks)

    def key(block: str) -> str:
        return next(line for line in block.split("\n") if not line.startswith("#"))

    return "\n\n".join([*first, *sorted(rest, key=key)]) + "\n"
