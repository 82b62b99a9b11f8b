"""One fact of a file of `KEY=VALUE` lines changed: .env, .properties and .ini.

Every value there is text on one line of its own. A value that goes on over
several lines, and a key that stands several times, are refused.
"""

import re
from collections.abc import Callable

import msgspec

from driftline.model import address as addresses
from driftline.model.address import unescape
from driftline.sources.edits.block_edit import line_end, with_lines
from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.spelling import text_of

_ENV = re.compile(r"([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.-]*)([ \t]*=[ \t]*)([^\n]*)", re.ASCII)
_PROPERTY = re.compile(
    r"([ \t\f]*)((?:\\.|[^\\=:\s#!])(?:\\.|[^\\=:\s])*)([ \t\f]*[=:][ \t\f]*|[ \t\f]+)([^\n]*)"
)
_INI = re.compile(r"([ \t]*)([^\s=:#;\[][^=:\n]*?)([ \t]*[=:][ \t]*)([^\n]*)")
_SECTION = re.compile(r"[ \t]*\[([^\]\n]*)\][^\n]*")
_SAFE = re.compile(r"[\w./:@%+,=~^-]*", re.ASCII)
_COMMENT = re.compile(r"(?:'[^']*'|\"(?:\\.|[^\"\\])*\"|[^#]*?)([ \t]+#.*)?")


class Place(msgspec.Struct, frozen=True):
    """One key with its section, and where key and value stand; `end` is behind the value."""

    section: str
    key: str
    line_start: int
    start: int
    end: int
    head: str
    gap: str


def env_edited(text: str, edit: Edit) -> str:
    """The text of an environment file with one fact as it should be; raises Inexact."""
    return _edited(text, edit, _lines(text, _ENV, has_sections=False), _env_value)


def properties_edited(text: str, edit: Edit) -> str:
    """The text of Java properties with one fact as it should be; raises Inexact."""
    return _edited(text, edit, _lines(text, _PROPERTY, has_sections=False), _property_value)


def ini_edited(text: str, edit: Edit) -> str:
    """The text of a file with sections with one fact as it should be; raises Inexact."""
    return _edited(text, edit, _lines(text, _INI, has_sections=True), _ini_value)


def _lines(text: str, pattern: re.Pattern[str], *, has_sections: bool) -> list[Place]:
    """Every line that sets a key."""
    places: list[Place] = []
    section, at = "", 0
    while at < len(text):
        end = line_end(text, at)
        line = text[at:end].rstrip("\r\n")
        header = _SECTION.fullmatch(line) if has_sections else None
        pair = pattern.fullmatch(line)
        if header is not None:
            section = header[1].strip()
        elif pair is not None and line.lstrip()[:1] not in ("#", "!", ";"):
            start = at + pair.start(4)
            key = re.sub(r"\\(.)", r"\1", pair[2]) if pattern is _PROPERTY else pair[2]
            places.append(Place(section, key, at, start, at + len(line), pair[1], pair[3]))
        at = end
    return places


def _edited(text: str, edit: Edit, places: list[Place], spelled: Callable[[str, str], str]) -> str:
    tokens = [unescape(one) for one in addresses.tokens(edit.address)]
    if not 1 <= len(tokens) <= 2:
        raise Inexact("it stands deeper than such a file can say")
    section, key = (tokens[0] if len(tokens) == 2 else ""), tokens[-1]
    found = [one for one in places if (one.section, one.key) == (section, key)]
    if len(found) > 1:
        raise Inexact("its key stands there several times")
    if edit.value is None:
        if not found:
            raise Inexact("it is not set in this document")
        if len(places) == 1:
            raise Inexact("nothing would be left of its document")
        _refuse_continued(text, found[0])
        return text[: found[0].line_start] + text[line_end(text, found[0].line_start) :]
    value = text_of(edit.value)
    if value is None:
        raise Inexact("such a file holds text only, and its value is none")
    if found:
        one = found[0]
        _refuse_continued(text, one)
        return text[: one.start] + spelled(value, text[one.start : one.end]) + text[one.end :]
    return _added(text, places, section, key, spelled(value, ""))


def _refuse_continued(text: str, place: Place) -> None:
    """Refuse a value that goes on over several lines."""
    here = text[place.start : place.end]
    behind = text[line_end(text, place.start) :]
    is_open = here[:1] in ("'", '"') and len(here.split(here[0])) % 2 == 0
    if here.endswith("\\") or is_open or (place.section and re.match(r"[ \t]+[^\s#;]", behind)):
        raise Inexact("its value goes on over several lines")


def _added(text: str, places: list[Place], section: str, key: str, said: str) -> str:
    """The text with a new line behind the last one of its section."""
    own = [one for one in places if one.section == section]
    newline = "\r\n" if "\r\n" in text else "\n"
    if not own:
        raise Inexact("there is no section of its name" if section else "its file sets nothing yet")
    last = own[-1]
    _refuse_continued(text, last)
    if not re.fullmatch(r"[\w.-]+", key):
        raise Inexact("its key has no plain spelling")
    gap = last.gap if last.gap.strip() or last.gap == " " else "="
    return with_lines(text, last.end, [f"{last.head}{key}{gap}{said}"], newline)


def _env_value(value: str, before: str) -> str:
    """A value as shells read it, with the quotes and the comment that stood there."""
    match = _COMMENT.fullmatch(before)
    comment = (match[1] or "") if match else ""
    quote = before[:1] if before[:1] in ("'", '"') else ""
    if "\n" in value or "\r" in value or not value.isprintable():
        raise Inexact("its value has several lines")
    if quote == "'" and "'" not in value:
        return f"'{value}'{comment}"
    if not quote and _SAFE.fullmatch(value):
        return value + comment
    if not any(one in value for one in '"\\$`'):
        return f'"{value}"{comment}'
    if "'" not in value:
        return f"'{value}'{comment}"
    raise Inexact("its value has no plain spelling")


def _property_value(value: str, before: str) -> str:
    """A value as Java reads it."""
    del before
    if not value.isprintable() or value[:1] == " ":
        raise Inexact("its value has no plain spelling")
    return value.replace("\\", "\\\\")


def _ini_value(value: str, before: str) -> str:
    """A value of a section, as it is meant."""
    del before
    if not value.isprintable() or value != value.strip() or value.endswith("\\"):
        raise Inexact("its value has no plain spelling")
    return value
