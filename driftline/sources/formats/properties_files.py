"""Java properties: `key=value`, `key: value` or `key value`, with escapes; all values are text."""

import re

from driftline.sources.formats.scalars import text_value
from driftline.sources.formats.tree import Tree

_KEY = re.compile(r"((?:\\.|[^\\=:\s])*)[ \t\f]*[=:]?[ \t\f]*", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}


def properties_tree(text: str) -> Tree:
    r"""The properties of the text; a key with dots stays one key.

    >>> properties_tree("! note\ndb.url = jdbc:x\\\n   :y\nempty\n")
    {'db.url': '"jdbc:x:y"', 'empty': '""'}
    """
    properties: dict[str, Tree] = {}
    for line in _logical_lines(text):
        key = _KEY.match(line)
        if key is not None and (key[1] or key.end() > 0):
            properties[_plain(key[1])] = text_value(_plain(line[key.end() :]))
    return properties


def _logical_lines(text: str) -> list[str]:
    """Lines without comments, joined where one ends in an odd number of backslashes."""
    lines: list[str] = []
    pending: list[str] = []
    for natural in text.split("\n"):
        line = natural.lstrip(" \t\f")
        if not pending and (not line or line[0] in "#!"):
            continue
        backslashes = len(line) - len(line.rstrip("\\"))
        if backslashes % 2:
            pending.append(line[:-1])
            continue
        pending.append(line)
        lines.append("".join(pending))
        pending = []
    if pending:
        lines.append("".join(pending))
    return lines


def _plain(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is not None:
        code = int(match[1], 16)
        # Half of a surrogate pair is no character and could not be stored.
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
    return _ESCAPED.get(match[2], match[2])
