"""Which decision of the ledger speaks about a difference, if any.

Patterns and days are settled here and nowhere else. A path pattern covers the
path and everything below it; of several ignores the last that matches counts,
and one that begins with `!` takes ignoring back. What names values never
speaks about any other value, so that muting hides nothing new.
"""

import functools
import re
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256

from driftline.inventory.typed import equal
from driftline.model import address as addresses
from driftline.model.ledger import ABSENT, DIGEST, NOT, Decision, Entry, Ledger

NOTICE_DAYS = 7
_SPLIT = re.compile(r"\\(.)|\[([^\]]*)\]|([.])|([^.\\\[]+|.)", re.DOTALL)


def decided(
    ledger: Ledger,
    environments: Sequence[str],
    role: str,
    path: str,
    left_value: str | None,
    right_value: str | None,
    *,
    today: str,
) -> Entry | None:
    """The ignore or acceptance that covers a difference of two environments on a day.

    `environments` are the left and the right one, `path` is the left address,
    and the values are spelled as facts are; None is absent. For a role that one
    side lacks the path is empty, and so are both values.
    """
    takes_back = False
    for rule in reversed(_rules(_Same(ledger)).about(role)):
        entry = rule.entry
        if not rule.covers(path) or not is_in_force(entry, today=today):
            continue
        if not _concerns(entry, environments):
            continue
        if rule.is_negated:
            takes_back = True
        elif entry.decision is Decision.IGNORE and takes_back:
            continue
        elif _holds(entry, environments, path, (left_value, right_value)):
            return entry
    return None


def frozen(
    ledger: Ledger, environments: Sequence[str], role: str, path: str, *, today: str
) -> Entry | None:
    """The freeze that holds a path of a pair back on a day; the last in the ledger counts."""
    for rule in reversed(_rules(_Same(ledger)).freezing(role)):
        entry = rule.entry
        if rule.covers(path) and is_in_force(entry, today=today) and _concerns(entry, environments):
            return entry
    return None


def corrections(ledger: Ledger, *, today: str) -> tuple[Entry, ...]:
    """The corrections of wrong classes that are valid on a day, in the order of the ledger."""
    return tuple(
        entry
        for entry in ledger.entries
        if entry.decision is Decision.CLASSIFY and is_in_force(entry, today=today)
    )


def is_in_force(entry: Entry, *, today: str) -> bool:
    """Whether a decision is valid on a day: from the day it was made, before the day it ends."""
    return entry.made_on <= today and (not entry.until or today < entry.until)


def days_left(entry: Entry, *, today: str) -> int | None:
    """Days until a decision ends, 0 or less when it has ended; None for one that never does."""
    if not entry.until:
        return None
    return (date.fromisoformat(entry.until) - date.fromisoformat(today)).days


def announcements(ledger: Ledger, *, today: str) -> tuple[str, ...]:
    """What a reader has to know about the ledger: its mistakes, what ends soon, what has ended."""
    said = list(ledger.problems)
    ended = 0
    for entry in current(ledger):
        left = days_left(entry, today=today)
        if left is None or left > NOTICE_DAYS:
            continue
        if left <= 0:
            ended += 1
        else:
            said.append(f"{_noun(entry)} {_when(left)}, on {entry.until}, and then counts again")
    if ended:
        said.append(f"{_counted(ended)} again; `driftline decisions` lists what")
    return tuple(said)


def current(ledger: Ledger) -> tuple[Entry, ...]:
    """The entries that no later one renews; a renewal says the same about the same place."""
    last = {_place(entry): entry for entry in ledger.entries}
    return tuple(entry for entry in ledger.entries if last[_place(entry)] is entry)


def pointer(path: str) -> str:
    r"""A path pattern as a pointer; a dotted one has `[web]` for an element of that name.

    >>> pointer("spec.containers[web].image"), pointer("args[0]"), pointer("a\\.b")
    ('/spec/containers/[*=web]/image', '/args/0', '/a.b')
    """
    if not path or path.startswith("/"):
        return path.rstrip("/")
    found: list[str] = []
    key = ""
    for match in _SPLIT.finditer(path):
        escaped, inner, dot, plain = match.groups()
        if inner is None and dot is None:
            key += escaped or plain
            continue
        found += [addresses.escape(key)] if key else []
        key = ""
        if inner is not None:
            found.append(_element(inner))
    found += [addresses.escape(key)] if key else []
    return addresses.join(tuple(found))


def covers(pattern: str, path: str) -> bool:
    """Whether a path pattern covers a path: that place, or one above it."""
    return _path_test(pattern)(path)


def is_about(entry: Entry, environments: Sequence[str], role: str, path: str) -> bool:
    """Whether an entry speaks of a path of a role, between these two environments."""
    fits = _name_test(entry.role)(role) and covers(entry.path, path)
    return fits and _concerns(entry, environments)


def _element(inner: str) -> str:
    if inner == "*" or addresses.is_position(inner):
        return inner
    return f"[{inner}]" if "=" in inner else f"[*={addresses.escape(inner)}]"


class _Rule:
    """An entry with its patterns compiled."""

    __slots__ = ("covers", "entry", "fits", "is_negated")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.is_negated = entry.role.startswith(NOT)
        self.fits = _name_test(entry.role.removeprefix(NOT))
        self.covers = _path_test(entry.path)


class _Rules:
    """All entries compiled once, with those about a role found once."""

    def __init__(self, ledger: Ledger) -> None:
        rules = [_Rule(entry) for entry in ledger.entries]
        wanted = (Decision.IGNORE, Decision.ACCEPT)
        self._muting = [rule for rule in rules if rule.entry.decision in wanted]
        self._freezing = [rule for rule in rules if rule.entry.decision is Decision.FREEZE]
        self._about: dict[str, list[_Rule]] = {}
        self._frozen: dict[str, list[_Rule]] = {}

    def about(self, role: str) -> list[_Rule]:
        """The ignores and acceptances of a role, in the order of the ledger."""
        return _kept(self._about, role, self._muting)

    def freezing(self, role: str) -> list[_Rule]:
        """The freezes of a role, in the order of the ledger."""
        return _kept(self._frozen, role, self._freezing)


def _kept(known: dict[str, list[_Rule]], role: str, rules: Sequence[_Rule]) -> list[_Rule]:
    found = known.get(role)
    if found is None:
        found = known[role] = [rule for rule in rules if rule.fits(role)]
    return found


class _Same:
    """A ledger as a key of the memo: itself, not its content, so that asking is quick."""

    __slots__ = ("ledger",)

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def __hash__(self) -> int:
        return id(self.ledger)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.ledger is self.ledger


@functools.lru_cache(maxsize=8)
def _rules(same: _Same) -> _Rules:
    return _Rules(same.ledger)


def _concerns(entry: Entry, environments: Sequence[str]) -> bool:
    """Whether an entry is about this pair.

    One environment named means every pair that has it; several mean the pairs
    among them.
    """
    if not entry.environments:
        return True
    among = [any(_name_test(one)(name) for one in entry.environments) for name in environments]
    return any(among) if len(entry.environments) == 1 else all(among)


def _holds(
    entry: Entry, environments: Sequence[str], path: str, values: Sequence[str | None]
) -> bool:
    """Whether the values are those that the entry was made for, if it names any."""
    if not path and values == (None, None):
        return True
    if entry.bound:
        bound = dict(entry.bound)
        return all(
            name in bound and _is_value(path, bound[name], value)
            for name, value in zip(environments, values, strict=True)
        )
    return not entry.values or all(
        any(_is_value(path, one, value) for one in entry.values) for value in values
    )


def _is_value(path: str, written: str, value: str | None) -> bool:
    if value is None or written == ABSENT:
        return value is None and written == ABSENT
    if written.startswith(DIGEST):
        return written == DIGEST + sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    return equal(path, written, value)


@functools.lru_cache(maxsize=4096)
def _path_test(pattern: str) -> Callable[[str], bool]:
    text = ""
    for part in addresses.tokens(pointer(pattern)):
        text += "(?:/[^/]*)*" if part == "**" else "/" + _starred(part, "[^/]*")
    return _tester(text + "(?:/.*)?")


@functools.lru_cache(maxsize=4096)
def _name_test(pattern: str) -> Callable[[str], bool]:
    """Tests names of roles and environments, in which a star is any text."""
    return pattern.__eq__ if "*" not in pattern else _tester(_starred(pattern, ".*"))


def _starred(pattern: str, any_text: str) -> str:
    # Neighbouring stars mean one, and cost a backtracking matcher dearly.
    return any_text.join(map(re.escape, re.sub(r"\*+", "*", pattern).split("*")))


def _tester(expression: str) -> Callable[[str], bool]:
    matches = re.compile(expression, re.DOTALL).fullmatch
    return lambda text: matches(text) is not None


def _place(entry: Entry) -> tuple[Decision, str, str, tuple[str, ...]]:
    return entry.decision, entry.role, pointer(entry.path), tuple(sorted(entry.environments))


def _noun(entry: Entry) -> str:
    what = {Decision.FREEZE: "the freeze of", Decision.ACCEPT: "what was accepted for"}
    where = addresses.dotted(entry.path) if entry.path.startswith("/") else entry.path
    owner = f" (owner {entry.owner})" if entry.owner else ""
    place = f"{entry.role} {where}".rstrip()
    return f"{what.get(entry.decision, f'the decision to {entry.decision.value}')} {place}{owner}"


def _when(days: int) -> str:
    return "ends tomorrow" if days == 1 else f"ends in {days} days"


def _counted(ended: int) -> str:
    return "1 decision has ended and counts" if ended == 1 else f"{ended} have ended and count"
