"""How far apart two values at one address are, in whole millionths of the most they can be.

Each kind of value has its own measure: numbers by their ratio, versions by the
first part that differs, images part by part, lists in a text by what they
share. Every one of them is a metric in integers, and values of different kinds
are as far apart as can be, so the whole is a metric: a detour is never shorter.
Quotients are rounded up, because that keeps a sum at least as long as its parts.
"""

import functools
import math
import re
from typing import Any

from driftline.inventory.metric.weights import EMPTY, weight
from driftline.inventory.typed import Image, meaning

FAR = 1_000_000

# What stands on a side besides a value. Neither is JSON, so no file says it.
FILLED = "<filled>"  # a container whose content is told by other addresses
UNKNOWN = "<unknown>"  # a layer that could not be read may have set it

# A factor of ten is as far as two amounts can be. Below the scale of a kind
# differences count less and less, so that none and nearly none are alike.
_TENFOLD = math.log(10)
_SCALES = {"number": 0.1, "quantity": 0.001, "duration": 0.001}

_VERSION = re.compile(
    r"(?P<prefix>[A-Za-z][A-Za-z_-]*[-_])?[vV]?"
    r"(?P<numbers>[0-9]{1,12}(?:\.[0-9]{1,12})*)(?P<rest>[-+._].*|[a-z].*)?",
    re.DOTALL,
)
_NUMBER = re.compile(r"[0-9]+")
_DIGITS_MAX = 12
# One step, and the most, for each part of a version. No part's most is above
# two steps of the part before it, else a detour over it would be shorter.
_STEPS = ((500_000, FAR), (100_000, 500_000), (50_000, 200_000))
_LATER_STEP = (20_000, 40_000)
_SUFFIX = 40_000

_IMAGE_PARTS = {"registry": 300_000, "repository": FAR, "digest": 300_000}
_TAG_SHARE = 600_000


@functools.lru_cache(maxsize=131072)
def apart(address: str, left: str | None, right: str | None) -> int:
    """What the difference of two values adds to the distance, in micro-units.

    Values are JSON texts, None is absence. `FILLED` and `UNKNOWN` are understood:
    against the unknown nothing is known to differ, so the answer is 0.
    """
    if left == right or UNKNOWN in (left, right):
        return 0
    sides = {left, right}
    if FILLED in sides:
        # The content of a container is told by its own addresses.
        (other,) = sides - {FILLED}
        return 0 if other in (None, "{}", "[]") else weight(address)
    if sides <= {None, "{}", "[]"}:
        return EMPTY
    if left is None or right is None:
        return weight(address)
    return _share(weight(address), delta(address, left, right))


def apart_max(address: str, left: str | None, right: str | None) -> int:
    """As `apart`, but the most that it can be, whatever an unread layer says."""
    if left == right or UNKNOWN not in (left, right):
        return apart(address, left, right)
    (other,) = {left, right} - {UNKNOWN}
    return 0 if other in (None, FILLED) else weight(address)


@functools.lru_cache(maxsize=131072)
def delta(address: str, left: str, right: str) -> int:
    """How far apart two values are, from 0 (they mean the same) to a million.

    >>> delta("/replicas", "2", "4"), delta("/replicas", "1", "30")
    (300827, 1000000)
    >>> delta("/image/tag", '"1.4.0"', '"1.4.1"'), delta("/image/tag", '"1.4.0"', '"2.0.0"')
    (50000, 500000)
    """
    if left == right:
        return 0
    mine, theirs = meaning(address, left), meaning(address, right)
    if mine == theirs:
        return 0
    if mine[0] != theirs[0]:
        return FAR
    # Different values are never at no distance, however little it is.
    return min(FAR, max(1, _measured(mine[0], mine[1], theirs[1])))


def _measured(kind: str, left: Any, right: Any) -> int:
    if kind in _SCALES:
        return _amounts(left, right, _SCALES[kind])
    if kind == "version":
        return versions(left, right)
    if kind == "image":
        return _images(left, right)
    if kind == "cidr":
        return _networks(left, right)
    if kind == "text":
        return _lists(left, right)
    return FAR


def _amounts(left: Any, right: Any, scale: float) -> int:
    """The distance of two places on a ruler that is linear near nothing and logarithmic beyond."""
    mine, theirs = _place(left, scale), _place(right, scale)
    if mine is None or theirs is None:
        return FAR
    return abs(mine - theirs)


@functools.lru_cache(maxsize=65536)
def _place(amount: Any, scale: float) -> int | None:
    try:
        found = math.asinh(float(amount) / scale) / _TENFOLD
    except (ValueError, OverflowError):
        return None
    return round(found * FAR) if math.isfinite(found) else None


def versions(left: str, right: str) -> int:
    """The distance of two versions: by the first part that differs, and by how many steps.

    >>> versions("1.4.0", "1.6.2"), versions("v1.4", "1.4.0-rc1"), versions("1.4", "main")
    (200000, 40000, 1000000)
    >>> versions("8x.16.1", "8x.16.2"), versions("9f3c", "9f4c")
    (50000, 1000000)
    """
    if left == right:
        return 0
    mine, theirs = _version(left), _version(right)
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return FAR
    parts = max(len(mine[1]), len(theirs[1]))
    for part in range(parts):
        one = mine[1][part] if part < len(mine[1]) else 0
        two = theirs[1][part] if part < len(theirs[1]) else 0
        if one != two:
            step, most = _STEPS[part] if part < len(_STEPS) else _LATER_STEP
            return min(most, abs(one - two) * step)
    return _SUFFIX if mine[2] != theirs[2] else 1


@functools.lru_cache(maxsize=65536)
def _version(text: str) -> tuple[str, tuple[int, ...], str] | None:
    found = _VERSION.fullmatch(text)
    if found is None:
        return _lettered(text)
    numbers = tuple(int(one) for one in found["numbers"].split("."))
    rest = found["rest"] or ""
    # A hash may begin with digits; it is a name, and has no steps.
    if rest[:1].isalpha():
        return _lettered(text)
    return found["prefix"] or "", numbers, rest


def _lettered(text: str) -> tuple[str, tuple[int, ...], str] | None:
    """A version with letters between its numbers, as `8x.16.1`; its likes have the same letters."""
    numbers = _NUMBER.findall(text)
    if "." not in text or not numbers or max(map(len, numbers)) > _DIGITS_MAX:
        return None
    # The mark of a number is no letter, so these are never taken for the others.
    return _NUMBER.sub("#", text), tuple(map(int, numbers)), ""


def _images(left: Image, right: Image) -> int:
    found = sum(
        far for part, far in _IMAGE_PARTS.items() if getattr(left, part) != getattr(right, part)
    )
    return found + _share(_TAG_SHARE, versions(left.tag, right.tag))


def _networks(left: str, right: str) -> int:
    """How little of the addresses of two networks is in both."""
    import ipaddress

    mine, theirs = ipaddress.ip_interface(left), ipaddress.ip_interface(right)
    for one in (mine, theirs):
        if one.ip != one.network.network_address:
            return FAR
    if mine.version != theirs.version or not mine.network.overlaps(theirs.network):
        return FAR
    bits = abs(mine.network.prefixlen - theirs.network.prefixlen)
    return FAR - (FAR >> bits)


def _lists(left: str, right: str) -> int:
    """How little two comma-separated lists share; a text without commas is a list of one."""
    mine = frozenset(one.strip() for one in left.split(","))
    theirs = frozenset(one.strip() for one in right.split(","))
    return -(-FAR * len(mine ^ theirs) // len(mine | theirs))


def _share(whole: int, part: int) -> int:
    """A part in millionths of a whole, rounded up."""
    return -(-whole * part // FAR)
