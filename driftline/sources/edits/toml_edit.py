"""One fact of a TOML text changed: a value in place, or a line in its table.

A text is read line by line: headers name tables, every other line is a key and
its value. Values of several lines, and what stands inside an inline table, are
refused; the reader has the last word on whether the result says what is meant.
"""

import json
import re
from collections.abc import Sequence

import msgspec

from driftline.model import address as addresses
from driftline.model.address import element_name, is_position, unescape
from driftline.sources.edits.block_edit import line_end, with_lines, without_lines
from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.spelling import text_of
from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.toml_trees import toml_tree

_PART = r"(?:[A-Za-z0-9_-]+|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*')"
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*(\]\]?)[ \t]*(?:#[^\n]*)?")
_LINE = re.compile(rf"([ \t]*)({_KEY})([ \t]*=[ \t]*)(.*)")
_SCALAR = re.compile(
    r"(?:\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[^\s#\"'\[\]{},][^#,\]}]*?)(?=\s*(?:#.*)?$)"
)
_PARTS = re.compile(_PART)


class Place(msgspec.Struct, frozen=True):
    """One key with its table: the tokens of its address, and where key and value stand.

    `end` is behind the value; None for a value that is no scalar on one line.
    """

    tokens: tuple[str, ...]
    key_start: int
    start: int
    end: int | None


class Table(msgspec.Struct):
    """A table: its tokens, and where its last line with content ends."""

    tokens: tuple[str, ...]
    end: int
    indent: str = ""
    gap: str = " = "


def toml_edited(text: str, edit: Edit) -> str:
    """The text with one fact as it should be; raises Inexact."""
    try:
        toml_tree(text.replace("\r\n", "\n"))
    except Unreadable:
        raise Inexact("its file is not valid TOML as a whole") from None
    tables, places = _read(text)
    tokens = addresses.tokens(edit.address)
    found = next((one for one in places if one.tokens == tokens), None)
    if found is not None:
        return _changed(text, found, edit.value)
    above = next((one for one in places if tokens[: len(one.tokens)] == one.tokens), None)
    if above is not None:
        raise Inexact("it stands inside a value that is no scalar")
    if edit.value is None:
        raise Inexact("it is not set in this document")
    return _added(text, tables, tokens, edit.value)


def toml_value(value: str) -> str:
    """A value as TOML has it; there is no null.

    >>> toml_value('"a"'), toml_value("3"), toml_value("true")
    ('"a"', '3', 'true')
    """
    if value == "null":
        raise Inexact("TOML has no null")
    text = text_of(value)
    if text is None:
        return value
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _read(text: str) -> tuple[list[Table], list[Place]]:
    """The tables and the keys of a text, in order."""
    tables = [Table((), 0)]
    places: list[Place] = []
    counts: dict[tuple[str, ...], int] = {}
    at = 0
    while at < len(text):
        end = line_end(text, at)
        line = text[at:end].rstrip("\r\n")
        header, pair = _HEADER.fullmatch(line), _LINE.fullmatch(line)
        if header is not None:
            tokens = _tokens(header[2])
            if len(header[1]) == 2:
                number = counts[tokens] = counts.get(tokens, -1) + 1
                tokens = (*tokens, str(number))
            tables.append(Table(tokens, at + len(line)))
        elif pair is not None:
            start = at + pair.start(4)
            place, end = _place(text, tables[-1], pair, at, start, end)
            places.append(place)
            tables[-1].end = len(text[:end].rstrip())
            tables[-1].indent, tables[-1].gap = pair[1], pair[3]
        at = end
    return tables, places


def _place(
    text: str, table: Table, pair: re.Match[str], at: int, start: int, end: int
) -> tuple[Place, int]:
    """The place of one key, and where the line after its value begins."""
    tokens = (*table.tokens, *_tokens(pair[2]))
    key_start = at + pair.start(2)
    scalar = _SCALAR.match(pair[4]) if not pair[4].startswith(('"""', "'''")) else None
    if scalar is not None:
        return Place(tokens, key_start, start, start + scalar.end()), end
    # The value goes on for as many lines as it takes to be read.
    while end < len(text) and not _is_whole(text[key_start:end]):
        end = line_end(text, end)
    return Place(tokens, key_start, start, None), end


def _is_whole(text: str) -> bool:
    try:
        toml_tree(text.replace("\r\n", "\n"))
    except Unreadable:
        return False
    return True


def _tokens(key: str) -> tuple[str, ...]:
    parts = []
    for part in _PARTS.findall(key):
        name = json.loads(part) if part[0] == '"' else part.strip("'")
        parts.append(addresses.escape(name))
    return tuple(parts)


def _changed(text: str, found: Place, value: str | None) -> str:
    """The text with another value at a place, or without its line."""
    if found.end is None:
        raise Inexact("its value is no scalar on one line")
    if value is None:
        return without_lines(text, found.key_start, found.end)
    return text[: found.start] + toml_value(value) + text[found.end :]


def _added(text: str, tables: Sequence[Table], tokens: tuple[str, ...], value: str) -> str:
    """The text with a key at the end of its table; a new table comes last."""
    if (
        not tokens
        or any(element_name(one) is not None for one in tokens)
        or is_position(tokens[-1])
    ):
        raise Inexact("lists are not edited in TOML")
    if any(one.tokens[: len(tokens)] == tokens for one in tables):
        raise Inexact("a mapping stands where the other side has a value")
    newline = "\r\n" if "\r\n" in text else "\n"
    key, said = _key(tokens[-1]), toml_value(value)
    for table in reversed(tables):
        if table.tokens == tokens[:-1]:
            return _into(text, table, f"{table.indent}{key}{table.gap}{said}", newline)
    header = ".".join(map(_key, tokens[:-1]))
    lines = ["", f"[{header}]", f"{key} = {said}"]
    if not text.strip():
        raise Inexact("its document is empty")
    return with_lines(text, len(text.rstrip()), lines, newline)


def _into(text: str, table: Table, line: str, newline: str) -> str:
    """The text with one more line in a table; the first table may have none yet."""
    if table.end == 0:
        return line + newline + text
    return with_lines(text, table.end, [line], newline)


def _key(token: str) -> str:
    key = unescape(token)
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)
