"""What a spelled value means, and when two spellings mean the same.

Facts are stored as the file spelled them. Here `1000m` equals `1` where both
are quantities, `1h` equals `60m` where both are durations, and two images that
differ in their tag are known to differ in nothing else. Equality by meaning is
an equivalence relation on the values of one address (tested as a law).
"""

import enum
import functools
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import msgspec

from driftline.model import address as addresses


class ValueType(enum.StrEnum):
    """How a value is read; also how a divergence is described to people."""

    ABSENT = "absent"
    BOOLEAN = "boolean"
    CIDR = "cidr"
    DURATION = "duration"
    EMPTY = "empty"  # an empty mapping or list
    IMAGE = "image"
    NULL = "null"
    NUMBER = "number"
    QUANTITY = "quantity"
    SECRET = "secret"  # noqa: S105 - the name of a type of values, not a password
    TEXT = "text"
    VERSION = "version"


# No quantity or duration of a real system has more digits; longer ones are
# identifiers, and turning them into numbers costs time.
_DIGITS = r"(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})"
_QUANTITY = re.compile(
    rf"([+-]?{_DIGITS})(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?[0-9]{{1,2}})?", re.ASCII
)
_SUFFIX = {
    "": Fraction(1),
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    **{letter: Fraction(1000**power) for power, letter in enumerate("kMGTPE", 1)},
    **{letter + "i": Fraction(1024**power) for power, letter in enumerate("KMGTPE", 1)},
}
_DURATION = re.compile(r"(?:[0-9]{1,40}(?:\.[0-9]{1,40})?(?:ns|us|µs|ms|s|m|h|d|w)){1,9}")
_DURATION_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ns|us|µs|ms|s|m|h|d|w)")
_SECONDS = {
    "ns": Fraction(1, 10**9),
    "us": Fraction(1, 10**6),
    "µs": Fraction(1, 10**6),
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "m": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86400),
    "w": Fraction(604800),
}
_VERSION = re.compile(r"[vV]?[0-9]+(?:\.[0-9]+){1,3}(?:[-+._][0-9A-Za-z.+_-]+)?")
_DIGEST = re.compile(r"sha(?:256|512):[0-9a-f]{32,128}")
_IMAGE = re.compile(
    r"[a-z0-9][a-z0-9._-]*(?::[0-9]+)?(?:/[a-z0-9][a-z0-9._-]*)*"  # registry and repository
    r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha(?:256|512):[0-9a-f]+)?"  # tag, digest
)
_CIDR = re.compile(r"[0-9a-fA-F.:]{2,64}/[0-9]{1,3}")

# Words of an address's last keys that say how an ambiguous spelling is meant:
# `5m` is five thousandths of a core below `cpu`, five minutes below `timeout`.
_QUANTITY_WORDS = frozenset(
    "cpu memory storage ephemeral-storage size limits requests capacity hugepages maxmemory".split()
)
_VERSION_WORDS = frozenset(
    "version tag newtag imagetag ref revision targetrevision appversion release digest".split()
)
_LAST_WORD = re.compile(r"(?:[A-Z]+|[A-Z]?[a-z]+|[0-9]+)[^A-Za-z0-9]*$")


class Image(msgspec.Struct, frozen=True, gc=False):
    """A container image reference, with the defaults that a registry would assume."""

    registry: str
    repository: str
    tag: str
    digest: str

    def aspect(self, other: "Image") -> str:
        """The only part in which two images differ, or `image` when it is more than one.

        >>> image("registry/a:1").aspect(image("registry/a:2"))
        'tag'
        """
        parts = [
            name for name in self.__struct_fields__ if getattr(self, name) != getattr(other, name)
        ]
        return parts[0] if len(parts) == 1 else "image"


@functools.lru_cache(maxsize=65536)
def image(text: str) -> Image:
    """An image reference taken apart; a missing registry is docker.io, a missing tag latest."""
    name, _, digest = text.partition("@")
    head, slash, rest = name.partition("/")
    if slash and ("." in head or ":" in head or head == "localhost"):
        registry, path = head, rest
    else:
        registry, path = "docker.io", name
    repository, _, tag = path.partition(":")
    if registry == "docker.io" and "/" not in repository:
        repository = f"library/{repository}"
    return Image(registry, repository, tag or ("" if digest else "latest"), digest)


@functools.lru_cache(maxsize=65536)
def quantity(text: str) -> Fraction | None:
    """A Kubernetes quantity as an exact number, or None when it is none.

    Grammar: kubernetes.io, "Quantity" (apimachinery's resource package).

    >>> quantity("1000m") == quantity("1"), quantity("1Gi") == quantity("1024Mi")
    (True, True)
    """
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    digits, suffix = found[1], found[2] or ""
    if suffix[:1] in ("e", "E") and len(suffix) > 1:
        return Fraction(digits) * Fraction(10) ** int(suffix[1:])
    return Fraction(digits) * _SUFFIX[suffix]


@functools.lru_cache(maxsize=65536)
def duration_seconds(text: str) -> Fraction | None:
    """A duration such as `1h30m` or `500ms` in seconds, or None when it is none."""
    if _DURATION.fullmatch(text) is None:
        return None
    parts = _DURATION_PART.findall(text)
    return sum((Fraction(number) * _SECONDS[unit] for number, unit in parts), Fraction(0))


def decode(text: str) -> Any:
    """The JSON value of a fact's text."""
    return msgspec.json.decode(text)


def shown(text: str | None) -> Any:
    """The JSON value to show for a fact; absence is None.

    A number that JSON programs would spell otherwise stays text, because
    `1.10` may be a version and is not `1.1`.

    >>> shown("1.10"), shown("1.5"), shown('"a"')
    ('1.10', 1.5, 'a')
    """
    if text is None:
        return None
    value = decode(text)
    if isinstance(value, float) and msgspec.json.encode(value).decode() != text:
        return text
    return value


class _Hints(msgspec.Struct, frozen=True, gc=False):
    """What the keys of an address say about how an ambiguous spelling is meant."""

    is_quantity: bool
    is_version: bool
    is_image: bool
    is_repository: bool


@functools.lru_cache(maxsize=65536)
def _hints(address: str) -> _Hints:
    keys = [
        addresses.unescape(token)
        for token in reversed(addresses.tokens(address))
        if not addresses.is_position(token) and addresses.element_name(token) is None
    ]
    nearest = keys[0] if keys else ""
    found = _LAST_WORD.search(nearest)
    last = "" if found is None else found[0].rstrip("-_. ").lower()
    return _Hints(
        is_quantity=not _QUANTITY_WORDS.isdisjoint(key.lower() for key in keys[:3]),
        is_version=last in _VERSION_WORDS,
        is_image=last == "image",
        is_repository=last == "repository",
    )


def _text_type(text: str, hints: _Hints) -> ValueType:
    if hints.is_version:
        return ValueType.VERSION
    if (hints.is_image or (hints.is_repository and "/" in text)) and _IMAGE.fullmatch(text):
        return ValueType.IMAGE
    is_quantity = _QUANTITY.fullmatch(text) is not None
    if _DURATION.fullmatch(text):
        return ValueType.QUANTITY if is_quantity and hints.is_quantity else ValueType.DURATION
    if is_quantity and (hints.is_quantity or text[-1].isalpha()):
        return ValueType.QUANTITY
    if _CIDR.fullmatch(text) and _network(text) is not None:
        return ValueType.CIDR
    if _VERSION.fullmatch(text):
        return ValueType.VERSION
    if _DIGEST.search(text) and _IMAGE.fullmatch(text):
        return ValueType.IMAGE
    return ValueType.TEXT


@functools.lru_cache(maxsize=65536)
def _network(text: str) -> str | None:
    """A network, or an address in one, in its one canonical spelling."""
    import ipaddress

    try:
        return str(ipaddress.ip_interface(text))
    except ValueError:
        return None


@functools.lru_cache(maxsize=262144)
def type_of(address: str, text: str | None) -> ValueType:
    """How the value at an address is read; None is absence.

    The address decides only where the spelling is ambiguous.
    """
    if text is None:
        return ValueType.ABSENT
    first = text[0]
    if first == '"':
        return _text_type(decode(text), _hints(address))
    if first == "{":
        return ValueType.EMPTY if text == "{}" else ValueType.SECRET
    if first == "[":
        return ValueType.EMPTY
    if first in "tf":
        return ValueType.BOOLEAN
    if first == "n":
        return ValueType.NULL
    hints = _hints(address)
    if hints.is_quantity and _QUANTITY.fullmatch(text):
        return ValueType.QUANTITY
    return ValueType.VERSION if hints.is_version else ValueType.NUMBER


@functools.lru_cache(maxsize=262144)
def meaning(address: str, text: str) -> tuple[str, Any]:
    """A key that is equal for two spellings at one address exactly when they mean the same."""
    kind = type_of(address, text)
    # A number that is no JSON float is never decoded: its spelling says it all.
    value = decode(text) if text[0] == '"' else text
    if kind is ValueType.QUANTITY:
        return ("quantity", quantity(value))
    if kind is ValueType.DURATION:
        return ("duration", duration_seconds(value))
    if kind is ValueType.NUMBER:
        return ("number", _number(value))
    if kind is ValueType.IMAGE:
        return ("image", image(value))
    if kind is ValueType.CIDR:
        return ("cidr", _network(value))
    return (kind.value, value)


def _number(text: str) -> Decimal | str:
    # Not a Fraction: `1e-99999999` would take all memory to write out.
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def equal(address: str, left: str | None, right: str | None) -> bool:
    """Whether two values at one address mean the same. Absence equals only absence."""
    if left == right:
        return True
    if left is None or right is None:
        return False
    return meaning(address, left) == meaning(address, right)


def describe(address: str, left: str | None, right: str | None) -> tuple[ValueType, str]:
    """The type in which two differing values are told apart, and the aspect if there is one.

    >>> describe("/image", '"registry/a:1"', '"registry/a:2"')
    (<ValueType.IMAGE: 'image'>, 'tag')
    """
    kinds = {type_of(address, side) for side in (left, right) if side is not None}
    if ValueType.SECRET in kinds:
        return ValueType.SECRET, ""
    if kinds == {ValueType.IMAGE} and left is not None and right is not None:
        return ValueType.IMAGE, image(decode(left)).aspect(image(decode(right)))
    kinds -= {ValueType.NULL, ValueType.EMPTY} if len(kinds) > 1 else set()
    if len(kinds) == 1:
        return kinds.pop(), ""
    if kinds == {ValueType.NUMBER, ValueType.QUANTITY}:
        return ValueType.QUANTITY, ""
    return ValueType.TEXT, ""
