"""Elements of lists whose order means nothing, matched by what they say.

Most lists of Kubernetes have a naming field, and then order is no difference
already. The others stand by position: verbs of a role, peers of a policy. And
a list changes its naming field when one more port makes the usual one
ambiguous. Here elements are matched by content, wherever they stand.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from driftline.inventory import typed
from driftline.inventory.noise.defaults import is_default
from driftline.inventory.noise.places import is_element, place
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
# Mappings that the above are keys of only by chance.
_ELEMENTS_MAX = 400

_REORDERED = noise("reordered")
_REKEYED = Noise("reordered", "the same elements, told apart by another of their fields")

Facts = Mapping[str, str]
Tree: TypeAlias = "dict[str, Tree] | str"
Signature: TypeAlias = tuple[object, ...]


def reordered(
    kind: str, left: Facts, right: Facts, differing: Iterable[str], *, is_custom: bool
) -> dict[str, Noise]:
    """Those of the differing addresses at which elements only stand elsewhere.

    Of an object of the server's own kinds, lists that are sets are matched;
    of any kind, lists whose elements are named by different fields.
    """
    found: dict[str, Noise] = {}
    addresses_left = [one for one in differing if "/" in one[1:]]
    for root in _roots(addresses_left):
        mine, theirs = _elements(left, root), _elements(right, root)
        if not mine or not theirs or max(len(mine), len(theirs)) > _ELEMENTS_MAX:
            continue
        is_rekeyed = _fields(mine) != _fields(theirs)
        is_set = not is_custom and root[root.rfind("/") + 1 :] in _SETS
        if not is_rekeyed and not (is_set and _fields(mine) == {""}):
            continue
        reason = _REKEYED if is_rekeyed else _REORDERED
        left_matched, right_matched = _matched(kind, root, mine, theirs, is_custom=is_custom)
        start = root + "/"
        for address in addresses_left:
            if not address.startswith(start) or address in found:
                continue
            token = address[len(start) :].partition("/")[0]
            is_in_left = address not in left or token in left_matched
            is_in_right = address not in right or token in right_matched
            if is_in_left and is_in_right:
                found[address] = reason
    return found


def _roots(differing: Iterable[str]) -> list[str]:
    """The lists that differing addresses run through, the outermost first."""
    roots: set[str] = set()
    for address in differing:
        for element in place(address).elements:
            roots.add(element[: element.rfind("/")])
    return sorted(roots, key=lambda root: (root.count("/"), root))


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


def _matched(
    kind: str,
    root: str,
    mine: Mapping[str, Facts],
    theirs: Mapping[str, Facts],
    *,
    is_custom: bool,
) -> tuple[set[str], set[str]]:
    """The tokens of either side whose element stands elsewhere on the other side.

    Where neither element of a place has moved, whatever differs there is no
    matter of order.
    """
    waiting: dict[Signature, list[str]] = {}
    for token, facts in mine.items():
        signature = _signature(kind, f"{root}/{token}", facts, is_custom=is_custom)
        waiting.setdefault(signature, []).append(token)
    left: set[str] = set()
    right: set[str] = set()
    moved: list[tuple[str, Signature]] = []
    for token, facts in theirs.items():
        signature = _signature(kind, f"{root}/{token}", facts, is_custom=is_custom)
        same = waiting.get(signature, [])
        if token in same:
            same.remove(token)
        elif same:
            moved.append((token, signature))
    for token, signature in moved:
        if waiting[signature]:
            left.add(waiting[signature].pop(0))
            right.add(token)
    return left, right


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
