"""Elements of lists whose order means nothing, matched by what they say.

Most lists of Kubernetes have a naming field, and then order is no difference
already. The others stand by position: verbs of a role, peers of a policy. And
a list changes its naming field when one more port makes the usual one
ambiguous. Here elements are matched by content, wherever they stand.
"""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

import msgspec

from driftline.inventory import typed
from driftline.inventory.noise.defaults import is_default
from driftline.inventory.noise.places import is_element, place
from driftline.inventory.noise.populated import filled
from driftline.inventory.noise.rule import Noise, noise
from driftline.model import address as addresses

# The keys of lists that Kubernetes reads as sets, in its own kinds.
_SETS = frozenset(
    "finalizers accessModes verbs resources apiGroups resourceNames nonResourceURLs policyTypes"
    " operations apiVersions shortNames categories add drop values externalIPs except"
    " loadBalancerSourceRanges mountOptions namespaces subjects rules from to ingress egress"
    " tolerations matchExpressions matchFields hosts tls imagePullSecrets secrets ports usages"
    " topologies supplementalGroups sysctls paths metrics policies limits scopes addresses"
    " notReadyAddresses subsets endpoints sources items groups audiences taints"
    " requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms clusterRoleSelectors"
    " preferredDuringSchedulingIgnoredDuringExecution topologySpreadConstraints webhooks"
    " resourceRules excludeResourceRules matchConditions validations admissionReviewVersions"
    " volumeLifecycleModes readinessGates schedulingGates hostAliases nameservers options"
    " volumes volumeMounts env nonResourceRules resourceClaims claims".split()
)
_ELEMENTS_MAX = 400

_REORDERED = noise("reordered")
_REKEYED = Noise("reordered", "the same elements, told apart by another of their fields")

Facts = Mapping[str, str]
Tree: TypeAlias = "dict[str, Tree] | str"
Signature: TypeAlias = tuple[object, ...]


def reordered(
    kind: str, left: Facts, right: Facts, differing: Collection[str], *, is_custom: bool
) -> dict[str, Noise]:
    """Those of the differing addresses at which elements only stand elsewhere.

    Of an object of the server's own kinds, lists that are sets are matched;
    of any kind, lists whose elements are named by different fields.
    """
    found: dict[str, Noise] = {}
    for root, is_rekeyed in _roots(left, right, differing, is_custom=is_custom):
        mine, theirs = _elements(left, root), _elements(right, root)
        if not mine or not theirs or max(len(mine), len(theirs)) > _ELEMENTS_MAX:
            continue
        both = _Lists(kind, root, mine, theirs, is_custom)
        if is_rekeyed and _fields(mine) != _fields(theirs):
            found.update(both.rekeyed())
        elif not is_rekeyed:
            found.update(both.moved(differing))
    return found


class _Lists(msgspec.Struct, frozen=True):
    """One list on both sides: its elements by their tokens, with facts relative to each."""

    kind: str
    root: str
    mine: Mapping[str, Facts]
    theirs: Mapping[str, Facts]
    is_custom: bool

    def moved(self, differing: Iterable[str]) -> dict[str, Noise]:
        """The noise where elements that are told apart by position stand at another one."""
        pairs = self._partners()
        # Where neither element of a place has moved, what differs is no matter of order.
        left = {one for one, other in pairs if one != other}
        right = {other for one, other in pairs if one != other}
        start = self.root + "/"
        found = {}
        for address in differing:
            if not address.startswith(start):
                continue
            token, slash, rest = address[len(start) :].partition("/")
            path = slash + rest
            is_in_left = path not in self.mine.get(token, ()) or token in left
            is_in_right = path not in self.theirs.get(token, ()) or token in right
            if is_in_left and is_in_right:
                found[address] = _REORDERED
        return found

    def rekeyed(self) -> dict[str, Noise]:
        """The noise where elements are called otherwise on the other side.

        Elements that say the same are matched first, then those with the same
        port or name; of these, what really differs stays a difference.
        """
        pairs = self._partners()
        left = self.mine.keys() - {one for one, _ in pairs}
        right = self.theirs.keys() - {other for _, other in pairs}
        pairs += _by_fields(self.mine, left, self.theirs, right)
        found = {}
        for one, other in pairs:
            if one == other:
                continue
            mine, theirs = self.mine[one], self.theirs[other]
            for token, facts, others in ((one, mine, theirs), (other, theirs, mine)):
                element = f"{self.root}/{token}"
                for rest in facts:
                    if self._is_same(element, rest, facts, others):
                        found[element + rest] = _REKEYED
        return found

    def _is_same(self, element: str, rest: str, facts: Facts, others: Facts) -> bool:
        """Whether the partner of an element says the same at a path, or leaves it to the server."""
        if rest in others:
            return typed.equal(element + rest, facts[rest], others[rest])
        at = place(element + rest)
        whole = {element + one: value for one, value in facts.items()}
        if is_default(self.kind, element + rest, at, whole, is_custom=self.is_custom):
            return True
        return filled(self.kind, at.shape) is not None

    def _partners(self) -> list[tuple[str, str]]:
        """Pairs of tokens whose elements say the same; an element's own place comes first."""
        waiting: dict[Signature, list[str]] = {}
        for token, facts in self.mine.items():
            waiting.setdefault(self._signature(token, facts), []).append(token)
        pairs: list[tuple[str, str]] = []
        moved: list[tuple[str, Signature]] = []
        for token, facts in self.theirs.items():
            signature = self._signature(token, facts)
            if token in waiting.get(signature, ()):
                waiting[signature].remove(token)
                pairs.append((token, token))
            elif signature in waiting:
                moved.append((token, signature))
        for token, signature in moved:
            if waiting[signature]:
                pairs.append((waiting[signature].pop(0), token))
        return pairs

    def _signature(self, token: str, facts: Facts) -> Signature:
        return _signature(self.kind, f"{self.root}/{token}", facts, is_custom=self.is_custom)


def _by_fields(
    mine: Mapping[str, Facts],
    left: AbstractSet[str],
    theirs: Mapping[str, Facts],
    right: AbstractSet[str],
) -> list[tuple[str, str]]:
    """Pairs of tokens whose elements have the same port and protocol, or the same name."""
    pairs = []
    waiting = sorted(right)
    for token in sorted(left):
        names = _names(mine[token])
        other = next((one for one in waiting if not names.isdisjoint(_names(theirs[one]))), None)
        if other is not None:
            waiting.remove(other)
            pairs.append((token, other))
    return pairs


def _names(facts: Facts) -> set[tuple[str, ...]]:
    """By what an element may be known again, whatever its list is told apart by."""
    found: set[tuple[str, ...]] = {
        (field, facts[field]) for field in ("/name", "/mountPath") if field in facts
    }
    for field in ("/containerPort", "/port"):
        if field in facts:
            found.add((field, facts[field], facts.get("/protocol", '"TCP"')))
    return found


def _roots(
    left: Facts, right: Facts, differing: Collection[str], *, is_custom: bool
) -> list[tuple[str, bool]]:
    """The lists in which something may stand elsewhere, the outermost first.

    Each with whether its elements have other names (True), or other positions.
    """
    places: dict[str, set[str]] = {}
    fields: dict[str, tuple[set[str], set[str]]] = {}
    for address in differing:
        is_left, is_right = address in left, address in right
        for root, token, field in place(address).lists:
            if not field and not is_custom and root[root.rfind("/") + 1 :] in _SETS:
                places.setdefault(root, set()).add(token)
            if is_left != is_right:
                fields.setdefault(root, (set(), set()))[is_right].add(field)
    # What moves leaves one place for another, so that at least two differ.
    found = [(root, False) for root, tokens in places.items() if len(tokens) > 1]
    found += [(root, True) for root, (mine, theirs) in fields.items() if mine and theirs != mine]
    return sorted(found, key=lambda one: (one[0].count("/"), one))


def _elements(facts: Facts, root: str) -> dict[str, dict[str, str]]:
    """The elements of a list by their tokens, with facts relative to each."""
    start = root + "/"
    found: dict[str, dict[str, str]] = {}
    for address, value in facts.items():
        if address.startswith(start):
            token, slash, rest = address[len(start) :].partition("/")
            if is_element(token):
                found.setdefault(token, {})[slash + rest] = value
    return found


def _fields(elements: Iterable[str]) -> set[str]:
    """By which fields elements are told apart; the empty one is their position."""
    named = (addresses.element_name(one) for one in elements)
    return {"" if one is None else one[0] for one in named}


def _signature(kind: str, element: str, facts: Facts, *, is_custom: bool) -> Signature:
    """What an element says, without what a server would add, in an order of its own."""
    tree: dict[str, Tree] = {}
    whole = {element + rest: value for rest, value in facts.items()}
    for rest, value in facts.items():
        address = element + rest
        at = place(address)
        if rest and value in ("null", "[]"):
            continue
        if rest and is_default(kind, address, at, whole, is_custom=is_custom):
            continue
        node = tree
        *inner, last = rest.split("/")
        for token in inner:
            child = node.setdefault(token, {})
            if isinstance(child, str):
                break
            node = child
        else:
            node[last] = repr(typed.meaning(at.shape, value))
    return _canonical(tree, "")


def _canonical(tree: Tree, key: str) -> Signature:
    """A tree as nested tuples; elements of sets lose their place, others keep it."""
    if isinstance(tree, str):
        return (tree,)
    if tree and key in _SETS and all(is_element(one) for one in tree):
        return tuple(sorted((_canonical(one, "") for one in tree.values()), key=repr))
    return tuple((one, _canonical(child, one)) for one, child in sorted(tree.items()))
