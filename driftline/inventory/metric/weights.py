"""How much a place in a resource counts in the distance between two of them.

A resource weighs one million micro-units. What a place counts follows from its
address alone and from nothing that was ever seen there: a path that appears
tomorrow changes the weight of no other, so figures of different weeks can be
compared and added. The table belongs to one epoch of the metric; whoever
changes it opens the next epoch, and past figures are computed again under it.
"""

import functools
import re

import msgspec

from driftline.model import address as addresses

METRIC_EPOCH = 1

# One whole resource: what it costs that only one side has it, and the most that
# two versions of one resource can differ.
RESOURCE = 1_000_000

# An empty mapping or list against nothing at all. It is not more than twice the
# lightest place, so that the way over a filled container is never shorter.
EMPTY = 500


class WeightClass(msgspec.Struct, frozen=True):
    """One row of the table: places whose nearest key ends in one of the words.

    `micro_units` is what a complete difference counts there.
    """

    name: str
    micro_units: int
    words: frozenset[str]


# The first row that fits decides. Whose code runs counts most; remarks for
# people count least.
CLASSES = (
    WeightClass("image", 25_000, frozenset("image repository digest".split())),
    WeightClass(
        "version",
        25_000,
        frozenset("version tag ref revision release commit sha checksum".split()),
    ),
    WeightClass(
        "size",
        12_500,
        frozenset(
            "replicas replica count cpu memory storage size limit limits min max capacity "
            "concurrency workers threads parallelism quota".split()
        ),
    ),
    WeightClass(
        "switch",
        12_500,
        frozenset("enabled enable disabled disable suspend paused mode".split()),
    ),
    WeightClass(
        "reach",
        5_000,
        frozenset(
            "host hosts hostname url uri domain endpoint address port ports cidr ip class".split()
        ),
    ),
)
SETTING = WeightClass("setting", 2_500, frozenset())
REMARK = WeightClass("remark", 500, frozenset("description comment note notes summary".split()))
_REMARK_PLACES = frozenset(("annotations", "labels"))

_LAST_WORD = re.compile(r"(?:[A-Z]+|[A-Z]?[a-z]+|[0-9]+)[^A-Za-z0-9]*$")


@functools.lru_cache(maxsize=65536)
def weight_class(address: str) -> WeightClass:
    """The row of the table for an address.

    >>> weight_class("/image/tag").name, weight_class("/maxReplicas").name
    ('version', 'size')
    >>> weight_class("/metadata/annotations/tag").name, weight_class("/args/0").name
    ('remark', 'setting')
    """
    keys = [
        addresses.unescape(token)
        for token in reversed(addresses.tokens(address))
        if not addresses.is_position(token) and addresses.element_name(token) is None
    ]
    if not _REMARK_PLACES.isdisjoint(keys[1:3]):
        return REMARK
    found = _LAST_WORD.search(keys[0]) if keys else None
    word = "" if found is None else found[0].rstrip("-_. ").lower()
    for one in (*CLASSES, REMARK):
        if word in one.words:
            return one
    return SETTING


def weight(address: str) -> int:
    """What a complete difference at this address counts, in micro-units."""
    return weight_class(address).micro_units
