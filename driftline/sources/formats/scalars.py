"""Plain YAML scalars as Kubernetes understands them, as JSON text.

The rules are those of the YAML library inside the Kubernetes tools, not those
of PyYAML: dates and `12:30` stay strings, `yes`, `on` and `y` are booleans,
`010` is eight and `1_000` a thousand. A number keeps its spelling where JSON
can carry it, because `1.10` may be a version.
"""

import math
import re
from decimal import Decimal

import msgspec

_encode = msgspec.json.encode

_WORDS = {
    **dict.fromkeys(
        ("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), "true"
    ),
    **dict.fromkeys(
        ("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), "false"
    ),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), "null"),
}
_INTEGER = re.compile(
    r"([-+]?)(?:0[bB]([01]+)|0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))", re.ASCII
)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)
_NUMBER_STARTS = frozenset("-+.0123456789")
# Beyond this many digits a number is an identifier, and turning it into an
# integer and back costs time that grows with the square of its length.
_DIGITS_MAX = 1000
# The memo holds the scalars of several versions of the usual repository; it is
# emptied rather than aged, because filling it again costs milliseconds.
_MEMO_ENTRIES_MAX = 100_000
_MEMO_CHARACTERS_MAX = 200

_values: dict[str, str] = {}
_keys: dict[str, str] = {}


def text_value(text: str) -> str:
    r"""A string as JSON text.

    >>> text_value('say "hi"')
    '"say \\"hi\\""'
    """
    return _encode(text).decode()


def plain_value(text: str) -> str:
    """The JSON text that a plain (unquoted) scalar stands for.

    >>> [plain_value(text) for text in ("1.10", "010", "on", "12:30", "~", "1_000", "1e400")]
    ['1.10', '8', 'true', '"12:30"', 'null', '1000', '"1e400"']
    """
    value = _values.get(text)
    if value is None:
        value = _resolve(text)
        if len(text) <= _MEMO_CHARACTERS_MAX:
            if len(_values) >= _MEMO_ENTRIES_MAX:
                _values.clear()
            _values[text] = value
    return value


def plain_key(text: str) -> str:
    """The mapping key that a plain scalar stands for; keys are always strings.

    >>> [plain_key(text) for text in ("web", "on", "010", "1.10", "1e6", "1.0")]
    ['web', 'true', '8', '1.1', '1e+06', '1']
    """
    key = _keys.get(text)
    if key is None:
        key = _key(text)
        if len(text) <= _MEMO_CHARACTERS_MAX:
            if len(_keys) >= _MEMO_ENTRIES_MAX:
                _keys.clear()
            _keys[text] = key
    return key


def number_value(text: str) -> str | None:
    """The JSON text of a number in any spelling of YAML, or None where it is none.

    >>> number_value("0x1F"), number_value("+.5"), number_value("1.2.3")
    ('31', '0.5', None)
    """
    plain = text.replace("_", "")
    if len(plain) > _DIGITS_MAX:
        return None
    whole = _INTEGER.fullmatch(plain)
    if whole is not None:
        return _integer_value(whole)
    if _FLOAT.fullmatch(plain) is None:
        return None
    if math.isinf(float(plain)):
        return None
    plain = plain.removeprefix("+")
    if _JSON_NUMBER.fullmatch(plain):
        return plain
    # `08` is no octal number, so it is a float without a fraction.
    return repr(float(plain)).removesuffix(".0")


def _resolve(text: str) -> str:
    word = _WORDS.get(text)
    if word is not None:
        return word
    if text[0] in _NUMBER_STARTS:
        number = number_value(text)
        if number is not None:
            return number
    return text_value(text)


def _integer_value(match: re.Match[str]) -> str:
    sign, binary, hexadecimal, octal, decimal = match.groups()
    if decimal is not None:
        digits = decimal
    elif binary is not None:
        digits = str(int(binary, 2))
    elif hexadecimal is not None:
        digits = str(int(hexadecimal, 16))
    else:
        digits = str(int(octal, 8))
    return "-" + digits if sign == "-" and digits != "0" else digits


def _key(text: str) -> str:
    value = _resolve(text)
    if value.startswith('"'):
        return text
    if value in ("true", "false", "null") or _INTEGER.fullmatch(value):
        return value
    return _shortest(float(value))


def _shortest(number: float) -> str:
    """A float as Go's shortest form writes it, which is how it becomes a key there."""
    plain = repr(number)
    exponent = Decimal(plain).adjusted()
    if "e" not in plain and -4 <= exponent < 6:
        return plain.removesuffix(".0")
    # repr knows the shortest digits; they are only laid out differently here.
    digits = plain.partition("e")[0].replace(".", "").replace("-", "").strip("0")
    sign = "-" if number < 0 else ""
    point = "." if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{point}{digits[1:]}e{exponent:+03d}"
