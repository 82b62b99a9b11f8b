"""Why two environments differ at a path by design, or why that cannot be said.

One difference at a time. What differs since both sides exist and has not moved
since is how the environments were made. What once was equal and parted is
drift, unless the values do no more than name their own environments.
"""

from collections.abc import Iterator, Sequence

import msgspec

from driftline.inventory.by_design.environment_tokens import Tokens
from driftline.inventory.by_design.value_kinds import (
    ValueKind,
    amount,
    is_capacity,
    is_host_list,
    kind_of,
)
from driftline.inventory.layers.merging import Point, at
from driftline.inventory.travel.onset import Onset
from driftline.inventory.typed import ValueType, decode, equal, type_of
from driftline.model.verdict import PathClass

DAY_SECONDS = 24 * 3600
NEWS_SECONDS = 90 * DAY_SECONDS
SETTING_UP_SECONDS = 14 * DAY_SECONDS
BRIEF_SECONDS = 90 * DAY_SECONDS
_APART_TIMES = 9
_FREE_MOVES_MIN = 3
_ADDRESSED = (ValueKind.MAIL, ValueKind.URL, ValueKind.HOST, ValueKind.NETWORK)
_NUMBERS = (ValueType.NUMBER, ValueType.QUANTITY, ValueType.DURATION)


class Classified(msgspec.Struct, frozen=True):
    """How a path behaves, whether its difference is by design, and why, in a short sentence.

    `confidence` is between 0 and 1; a person's own correction has 1.
    """

    class_: PathClass
    reason: str
    is_environmental: bool
    confidence: float


class Case(msgspec.Struct, frozen=True):
    """One difference with what is known around it.

    `start` is the instant from which both sides existed. `are_regions` tells
    that both are one environment in two places; `is_copy_gap`, that a young
    environment copied from the other side inherits a default here which the
    other overrides; `is_switched_off`, that the path
    belongs to a component that one side does not run; `is_roster`, that it is an
    entry for some environment in a list of them. `is_private` is a pair with a
    side for developers, `local` the side on a developer's machine, if there is
    one, and `modest` the sides that are not the more exposed one. `at` are the
    seconds of instants and `now` the present, both empty where no clock is known.
    """

    address: str
    left: Sequence[Point]
    right: Sequence[Point]
    onset: Onset
    start: int
    tokens: Tokens
    are_regions: bool = False
    is_copy_gap: bool = False
    is_switched_off: bool = False
    is_roster: bool = False
    is_private: bool = False
    local: str = ""
    modest: frozenset[str] = frozenset()
    at: Sequence[int] = ()
    now: int | None = None

    @property
    def values(self) -> tuple[str | None, str | None]:
        """The values in force."""
        return (
            self.left[-1].value if self.left else None,
            self.right[-1].value if self.right else None,
        )

    @property
    def is_born(self) -> bool:
        """Whether the sides differ for as long as both exist, or since the younger was set up.

        An environment is set up in several acts, so that what parts within two
        weeks and never meets again was never meant to be equal.
        """
        if self.onset.kind == "born":
            return True
        if not self.at:
            return False
        return self.at[self.onset.instant] - self.at[self.start] <= SETTING_UP_SECONDS


def decide(case: Case) -> Classified:
    """The class of a difference and whether it is by design."""
    left, right = case.values
    kinds = {kind_of(case.address, one) for one in (left, right) if one is not None}
    texts = [decode(one) for one in (left, right) if one is not None and one[0] == '"']
    if len(texts) == 2 and case.tokens.are_named(*texts):
        return Classified(PathClass.TEMPLATE, "names its own environment", True, 0.95)
    if len(texts) == 2 and case.tokens.are_both_named(*texts):
        return Classified(PathClass.TEMPLATE, "each names its own environment", True, 0.8)
    if ValueKind.SECRET in kinds:
        return _secret(case, left, right)
    if kinds == {ValueKind.VERSION}:
        return Classified(PathClass.FREE, "a version, meant to follow", False, 0.9)
    if case.is_switched_off:
        return _by_design("belongs to what one side does not run", 0.7)
    if case.is_born:
        return _born(case, kinds)
    excuse = _excuse(case, kinds)
    return _parted(case) if excuse is None else _by_design(excuse, 0.65)


def _excuse(case: Case, kinds: set[ValueKind]) -> str | None:
    """Why what parted is by design nevertheless, or None."""
    left, right = case.values
    if is_host_list(case.address) and kinds <= set(_ADDRESSED):
        return "host name in a list of its own"
    if ValueKind.PLATFORM in kinds:
        return "placement on the cluster it runs on"
    if case.is_roster and (left is None or right is None):
        return "entry for an environment, in a list of its own"
    if kinds == {ValueKind.LOGGING} and case.is_private:
        return "logging of an environment for developers"
    if case.local and case.onset.moved not in (case.local, "both"):
        return "a developer's machine need not follow"
    if case.are_regions and ValueKind.SIZE in kinds and _is_number(case.address, left, right):
        return "size of a region, which has a load of its own"
    if _is_made_smaller(case):
        return "made smaller where less is needed"
    if is_capacity(case.address) and _have_both_moved(case):
        return "size that each side has set for itself"
    return "equal only briefly, and different ever since" if _was_brief(case) else None


def _have_both_moved(case: Case) -> bool:
    mine = moves(case.address, case.left, case.start)
    theirs = moves(case.address, case.right, case.start)
    return bool(mine - theirs) and bool(theirs - mine)


def _was_brief(case: Case) -> bool:
    """Whether the sides agreed for less than 90 days in all, and differed nine times as long.

    The bound is absolute, so that drift does not turn into design by standing.
    """
    if not case.at or case.now is None:
        return False
    equal_seconds = apart_seconds = 0
    told = list(states(case.left, case.right, case.start))
    ends = [*(case.at[instant] for instant, _, _ in told[1:]), case.now]
    for (instant, left, right), end in zip(told, ends, strict=True):
        lasted = end - case.at[instant]
        if equal(case.address, left, right):
            equal_seconds += lasted
        else:
            apart_seconds += lasted
    return equal_seconds < BRIEF_SECONDS and apart_seconds >= _APART_TIMES * equal_seconds


def _is_made_smaller(case: Case) -> bool:
    """Whether a size parted because a side that is not the more exposed one made it smaller."""
    if not is_capacity(case.address) or case.onset.moved not in case.modest:
        return False
    left, right = (amount(value) for value in case.values)
    if left is None or right is None:
        return False
    return left < right if case.onset.moved == "left" else right < left


def _by_design(reason: str, confidence: float) -> Classified:
    return Classified(PathClass.PARAMETER, reason, True, confidence)


def _secret(case: Case, left: str | None, right: str | None) -> Classified:
    if left is None or right is None:
        if case.is_born:
            return _by_design("secret that only one side has, since both exist", 0.6)
        return Classified(PathClass.UNIQUE, "secret that only one side has", False, 0.8)
    if not case.is_born:
        return Classified(PathClass.UNIQUE, "secret that was shared and no longer is", False, 0.7)
    return Classified(PathClass.UNIQUE, "secret of its own", True, 0.9)


def _born(case: Case, kinds: set[ValueKind]) -> Classified:
    """Different for as long as both sides exist."""
    if case.is_copy_gap and ValueKind.SIZE not in kinds:
        return Classified(
            PathClass.PARAMETER,
            "the younger side was made after the other's pattern and inherits a default here",
            is_environmental=False,
            confidence=0.6,
        )
    for kind in (*_ADDRESSED, ValueKind.RANGE):
        if kind in kinds:
            return _by_design(kind.value, 0.85)
    if ValueKind.SIZE in kinds:
        return _by_design("size, different since both exist", 0.85)
    moved = last_lone_move(case)
    if moved is not None and is_news(case, moved) and not _is_number(case.address, *case.values):
        return Classified(
            PathClass.PARAMETER,
            "a value of its own that moved lately, on one side alone",
            False,
            0.6,
        )
    if ValueKind.PLATFORM in kinds:
        return _by_design("placement on the cluster it runs on", 0.85)
    word = f"{ValueKind.IDENTIFIER.value}, " if ValueKind.IDENTIFIER in kinds else ""
    return _by_design(f"{word}different since both exist", 0.75)


def _parted(case: Case) -> Classified:
    """Equal once, and different now."""
    moves = lone_moves(case.address, case.left, case.right, case.start)
    class_ = PathClass.FREE if len(moves) >= _FREE_MOVES_MIN else PathClass.CONSTANT
    return Classified(class_, "was equal once", False, 0.8)


def _is_number(address: str, left: str | None, right: str | None) -> bool:
    return type_of(address, left) in _NUMBERS and type_of(address, right) in _NUMBERS


def states(
    left: Sequence[Point], right: Sequence[Point], start: int
) -> Iterator[tuple[int, str | None, str | None]]:
    """Both values at a start and at every move after it, with the instant."""
    for instant in sorted({start, *(p.instant for p in (*left, *right) if p.instant > start)}):
        mine, theirs = at(left, instant), at(right, instant)
        yield instant, mine.value if mine else None, theirs.value if theirs else None


def lone_moves(
    address: str, left: Sequence[Point], right: Sequence[Point], start: int
) -> list[int]:
    """The instants after a start at which exactly one side changed in meaning."""
    mine, theirs = moves(address, left, start), moves(address, right, start)
    return sorted(mine ^ theirs)


def moves(address: str, points: Sequence[Point], start: int) -> set[int]:
    """The instants after a start at which a series changed in meaning."""
    found: set[int] = set()
    before: str | None = None
    for point in points:
        if point.instant > start and not equal(address, before, point.value):
            found.add(point.instant)
        before = point.value
    return found


def last_lone_move(case: Case) -> int | None:
    """The last instant at which one side alone moved, after both existed."""
    found = lone_moves(case.address, case.left, case.right, case.start)
    return found[-1] if found else None


def is_news(case: Case, instant: int) -> bool:
    """Whether what happened at an instant is too recent to be taken as settled.

    Without a clock it always is: what cannot be told is not waved through.
    """
    if not case.at or case.now is None:
        return True
    return case.now - case.at[instant] <= NEWS_SECONDS
