"""How values stand in a ledger: as YAML spells them, or described in parentheses.

A value is written as in any other file. What is not there, what is secret and
what is too long to be read stands in bare parentheses, which in quotes would
be a text like any other.
"""

import re
from hashlib import sha256

import msgspec

from driftline.model.ledger import ABSENT, DIGEST
from driftline.sources.formats.scalars import plain_value, text_value

ABSENT_TEXT = "(absent)"
LONG_CHARACTERS = 200

# Plain YAML that needs no quotes, in a block as in a list between brackets.
_PLAIN = re.compile(
    r"[A-Za-z0-9/_.][A-Za-z0-9/_.@+=~-]*(?: [A-Za-z0-9/_.@+=~(-][A-Za-z0-9/_.@+=~()-]*)*"
)
_DESCRIBED = re.compile(r"\((secret|sha256) ([A-Za-z0-9_.:-]+)\)")
_SECRET = re.compile(r'\{"secret":"([A-Za-z0-9_.:-]+)"\}')
# What YAML lets stand in a text between quotes and everybody can see: neither
# controls nor marks that turn the direction of what follows.
_UNPRINTABLE = re.compile(
    "[^\t -~\xa0-\xac\xae-\u061b\u061d-\u180d\u180f-\u200a\u2010-\u2027\u202f-\u205f\u2070-\ud7ff"
    "\ue000-\ufefe\uff00-\ufff8\U00010000-\U000dffff]"
)


def spelled(value: str) -> str:
    """A fact's value, or ABSENT, as it stands in a ledger.

    >>> [spelled(value) for value in ('"1.2"', "3", "absent", '{"secret":"k:1f"}')]
    ['"1.2"', '3', '(absent)', '(secret k:1f)']
    """
    if value == ABSENT:
        return ABSENT_TEXT
    if value.startswith(DIGEST):
        return f"(sha256 {value.removeprefix(DIGEST)})"
    secret = _SECRET.fullmatch(value)
    if secret:
        return f"(secret {secret[1]})"
    if len(value) > LONG_CHARACTERS:
        return f"(sha256 {sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()})"
    return _UNPRINTABLE.sub(_escaped, value)


def value_of(text: str, *, is_plain: bool) -> str:
    """The fact's value that a scalar of the ledger means; the reverse of `spelled`."""
    if not is_plain:
        return text_value(text)
    if text == ABSENT_TEXT:
        return ABSENT
    described = _DESCRIBED.fullmatch(text)
    if described:
        what, key = described.groups()
        return f'{{"secret":"{key}"}}' if what == "secret" else DIGEST + key
    return plain_value(text)


def quoted(text: str) -> str:
    """A text as YAML, in quotes only where it needs them.

    >>> quoted("waits for the window"), quoted("no"), quoted("*"), quoted("a: b")
    ('waits for the window', '"no"', '"*"', '"a: b"')
    """
    if _PLAIN.fullmatch(text) and plain_value(text) == text_value(text):
        return text
    return _UNPRINTABLE.sub(_escaped, msgspec.json.encode(text).decode())


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
