"""Which differences between environments are by design, path by path, with the reason.

Two environments are judged at a time, because what is by design between
staging and production can be an oversight between two regions. Corrections
that people made win, and hold for every path of the same shape.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from driftline.inventory import siblings
from driftline.inventory.by_design.environment_tokens import Tokens, learnt, names_of
from driftline.inventory.by_design.environmental import Case, Classified, decide
from driftline.inventory.by_design.path_corrections import Corrections
from driftline.inventory.compare import Difference, View
from driftline.inventory.layers.own_lists import own_lists
from driftline.inventory.layout.aliases import ALIASES, canonical
from driftline.inventory.pairing import order
from driftline.inventory.siblings import Environment, Found
from driftline.inventory.typed import ValueType, decode, type_of
from driftline.model import address as addresses
from driftline.model.ledger import Entry

__all__ = ["Classified", "Environments", "classify", "classify_pair"]

Environments = Mapping[str, Mapping[str, View]]
Classes = dict[tuple[str, str], Classified]

_PRIVATE = frozenset("local development sandbox".split())
_COPY_AGREEMENT_MIN = 0.8


def classify(
    environments: Environments,
    words: frozenset[str],
    corrections: Sequence[Entry] = (),
    *,
    at: Sequence[int] = (),
    now: int | None = None,
) -> Classes:
    """The class of every path at which any of these environments differ, by role and path.

    A path is by design only if it is between each two that differ in it. To
    judge one pair, ask `classify_pair`, or pass its two environments alone.
    `at` are the seconds of all instants, and `now` the second that is asked for.
    """
    sides = {name: _side(name, views) for name, views in environments.items()}
    found: dict[tuple[str, str], list[Classified]] = defaultdict(list)
    for left, right in combinations(sorted(sides), 2):
        pair = siblings.find(sides[left], sides[right], words)
        for key, one in classify_pair(pair, words, corrections, at=at, now=now).items():
            found[key].append(one)
    return {key: _together(several) for key, several in found.items()}


def classify_pair(
    found: Found,
    words: frozenset[str],
    corrections: Sequence[Entry] = (),
    *,
    at: Sequence[int] = (),
    now: int | None = None,
) -> Classes:
    """The class of every difference of a pair, by role and (left) path.

    Nothing but the two environments counts, so that every question about them
    gets the same verdict, whatever else it had to read.
    """
    corrected = Corrections(corrections, (found.left.name, found.right.name))
    pair = _Pair(found, words)
    classes: Classes = {}
    for number, one in enumerate(found.compared.differences):
        decided = decide(pair.case(number, one, at, now))
        classes[one.role, one.address] = decided
    own = own_lists(found.compared.differences, classes)
    return {
        (role, address): corrected.applied(role, address, own.get((role, address), decided))
        for (role, address), decided in classes.items()
    }


def _together(several: Sequence[Classified]) -> Classified:
    """Drift between any two is drift; else the surest reason."""
    drifting = [one for one in several if not one.is_environmental]
    return max(drifting or several, key=lambda one: (one.confidence, one.reason))


def _side(name: str, views: Mapping[str, View]) -> Environment:
    born = {role: view.unit.born for role, view in views.items()}
    gone = {role: view.unit.gone for role, view in views.items()}
    return Environment(name, "", views, born, gone)


class _Pair:
    """What the differences of one pair say about each other."""

    def __init__(self, found: Found, words: frozenset[str]) -> None:
        self.found, self.words = found, words
        self.rosters: dict[str, dict[str, set[str]]] = {}
        left, right = found.left, found.right
        names = names_of(left.name, words), names_of(right.name, words)
        self.tokens = learnt(Tokens(*names), self._texts())
        counts = found.compared.counts
        agreed = (counts.common - counts.differ) / counts.common if counts.common else 0.0
        # A region is called as its environment is; a copy resembles its pattern.
        meanings = [{canonical(word) for word in one} & ALIASES.keys() for one in names]
        self.are_regions = meanings[0] == meanings[1] != set()
        self.resemble = self.are_regions and agreed >= _COPY_AGREEMENT_MIN
        self.is_private = any(
            canonical(word) in _PRIVATE
            for side in (left, right)
            for word in names_of(side.name, ())
        )
        named = {"left": left.name, "right": right.name}
        self.local = next((side for side, name in named.items() if _is_local(name)), "")
        exposure = {side: order(name, canonical)[0] for side, name in named.items()}
        self.modest = frozenset(
            side for side, rank in exposure.items() if rank == min(exposure.values())
        )
        self.first = _first(left), _first(right)

    def _texts(self) -> Iterator[tuple[str, str]]:
        """The texts that differed for as long as both sides exist."""
        pairs = zip(self.found.compared.differences, self.found.onsets, strict=True)
        for one, start in pairs:
            if start.kind != "born" or one.left is None or one.right is None:
                continue
            values = one.left.value, one.right.value
            if all(type_of(one.address, value) is ValueType.TEXT for value in values):
                yield decode(str(values[0])), decode(str(values[1]))

    def case(self, number: int, one: Difference, at: Sequence[int], now: int | None) -> Case:
        """One difference with what is known around it."""
        left, right = self.found.left.views[one.role], self.found.right.views[one.role]
        return Case(
            address=one.address,
            left=left.series.get(one.address, ()),
            right=right.series.get(one.right_address, ()),
            onset=self.found.onsets[number],
            start=max(left.unit.born, right.unit.born),
            tokens=self.tokens,
            are_regions=self.are_regions,
            is_copy_gap=self._is_copy_gap(one, left, right),
            is_switched_off=_is_switched_off(one, left, right),
            is_roster=self._is_roster(one, left, right),
            is_private=self.is_private,
            local=self.local,
            modest=self.modest,
            at=at,
            now=now,
        )

    def _is_roster(self, one: Difference, left: View, right: View) -> bool:
        """Whether only one side has a path through a mapping of two or more environments."""
        if one.left is not None and one.right is not None:
            return False
        if not any(True for _ in self._named_in(one.address)):
            return False
        if one.role not in self.rosters:
            named: dict[str, set[str]] = defaultdict(set)
            for address in (*left.facts, *right.facts):
                for place, word in self._named_in(address):
                    named[place].add(word)
            self.rosters[one.role] = named
        entries = self.rosters[one.role]
        return any(len(entries[place]) > 1 for place, _ in self._named_in(one.address))

    def _named_in(self, address: str) -> Iterator[tuple[str, str]]:
        """The keys of an address that name an environment, each with the mapping it stands in."""
        start = 0
        for token in addresses.tokens(address):
            word = addresses.unescape(token).lower()
            if word in self.words:
                yield address[:start], word
            start += 1 + len(token)

    def _is_copy_gap(self, one: Difference, left: View, right: View) -> bool:
        """Whether a young environment inherits what the one it resembles sets itself."""
        if not self.resemble or self.first[0] == self.first[1]:
            return False
        sides = ((left, one.left), (right, one.right))
        (young, theirs), (old, mine) = sides if self.first[0] > self.first[1] else sides[::-1]
        if mine is None or theirs is None or mine.layer is None or theirs.layer is None:
            return False
        return young.shared[theirs.layer] and not old.shared[mine.layer]


def _is_switched_off(one: Difference, left: View, right: View) -> bool:
    """Whether a switch above the path, as charts have them, is off on one side."""
    for place in addresses.ancestors(one.address):
        for switch in (f"{place}/enabled", f"{place}Enabled", f"{place}_enabled"):
            points = left.facts.get(switch), right.facts.get(switch)
            if switch != one.address and any(p and p.value == "false" for p in points):
                return True
    return False


def _is_local(name: str) -> bool:
    return canonical(name.partition("/")[0]) == "local"


def _first(side: Environment) -> int:
    return min((view.unit.born for view in side.views.values()), default=0)
