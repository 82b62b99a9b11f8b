"""How a fact's value is spelled in YAML and in JSON, in the style that stands there already."""

import json
import re

import msgspec

from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.nodes import Style
from driftline.sources.formats.scalars import plain_key, plain_value

# What a plain scalar may look like so that no reader takes it for something else.
_PLAIN = re.compile(r"(?:[\w./+~$()\\^;=-])(?:[^\n#:]|(?<! )#|:(?=[^\s]))*", re.ASCII)
_PLAIN_IN_FLOW = re.compile(r"[\w./+~$()\\^;=:@ -]*", re.ASCII)
_BARE_KEY = re.compile(r"[A-Za-z_][\w./-]*", re.ASCII)
_decode = msgspec.json.Decoder(str).decode


def text_of(value: str) -> str | None:
    """The text of a value that is one; None for numbers, booleans, null and empty containers."""
    return _decode(value) if value[:1] == '"' else None


def yaml_scalar(value: str, style: Style = Style.PLAIN, *, in_flow: bool = False) -> str:
    r"""A value on one line of YAML, quoted as `style` has it where that is possible.

    >>> yaml_scalar('"1.2"'), yaml_scalar('"web"', Style.SINGLE), yaml_scalar("3", Style.DOUBLE)
    ('"1.2"', "'web'", '3')
    """
    text = text_of(value)
    if text is None:
        if value not in ("{}", "[]") and plain_value(value) != value:
            raise Inexact("its value has no exact spelling in YAML")
        return value
    if style is Style.SINGLE and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style is not Style.DOUBLE and _is_plain(text, value, in_flow=in_flow):
        return text
    if style is not Style.DOUBLE and text.isprintable() and _needs_escapes(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def yaml_key(key: str, *, in_flow: bool = False) -> str:
    """A key of a mapping as YAML has it."""
    if _BARE_KEY.fullmatch(key) and plain_key(key) == key:
        return key
    if _is_plain(key, json.dumps(key), in_flow=in_flow) and plain_key(key) == key:
        return key
    return '"' + "".join(map(_escaped, key)) + '"'


def json_value(value: str) -> str:
    """A value as JSON has it; letters of all alphabets stay letters."""
    text = text_of(value)
    return value if text is None else json.dumps(text, ensure_ascii=False)


def literal_block(text: str, indent: str) -> tuple[str, list[str]] | None:
    r"""The header and the lines of a text as a literal block, None where it cannot be one.

    >>> literal_block("a\nb\n", "  ")
    ('|', ['  a', '  b'])
    """
    body = text.rstrip("\n")
    lines = body.split("\n")
    first = next((line for line in lines if line), "")
    ends = len(text) - len(body)
    if not first or first[0] in " \t" or lines[0] == "" or ends > 1:
        return None
    if any(not line.replace("\t", " ").isprintable() for line in lines):
        return None
    return ("|" if ends else "|-"), [indent + line if line else "" for line in lines]


def _is_plain(text: str, value: str, *, in_flow: bool) -> bool:
    if not text.isprintable() or text != text.strip() or text.startswith(("---", "...", "- ")):
        return False
    if text == "-" or text.endswith(":") or not _PLAIN.fullmatch(text):
        return False
    if in_flow and not _PLAIN_IN_FLOW.fullmatch(text):
        return False
    return plain_value(text) == value


def _needs_escapes(text: str) -> bool:
    return '"' in text or "\\" in text


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    named = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character)
    if named:
        return named
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
