"""Elements of lists with names that are the same thing under another name.

A bucket list may hold `[name=shop-staging-events]` in one environment and
`[name=shop-events]` in the other. Elements that nothing else matches are taken
for the same when their names are equal without the words that name
environments, or when each side has exactly one such element.
"""

from collections import defaultdict
from collections.abc import Container, Iterable
from collections.abc import Set as AbstractSet

from driftline.inventory.roles import without_words
from driftline.model import address as addresses

_ROUNDS_MAX = 8  # Lists nest, and an outer match reveals inner ones.


def align(
    left_only: AbstractSet[str],
    right_only: AbstractSet[str],
    left: Iterable[str],
    right: Iterable[str],
    words: Iterable[str],
) -> dict[str, str]:
    """Right addresses that stand for left ones, right to left.

    `left_only` and `right_only` are the unmatched addresses; `left` and
    `right` all of each side.
    """
    candidates = {one: one for one in right_only if "/[" in one}
    if not candidates or not any("/[" in one for one in left_only):
        return {}
    left_elements = _elements(left)
    for _ in range(_ROUNDS_MAX):
        right_now = {candidates.get(one, one) for one in right}
        matches = _matches(left_elements, _elements(right_now), frozenset(words))
        if not matches:
            break
        for original, current in candidates.items():
            candidates[original] = _renamed(current, matches)
    return {
        original: current
        for original, current in candidates.items()
        if original != current and current in left_only
    }


def _elements(all_addresses: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for address in all_addresses:
        at = address.find("/[")
        while at >= 0:
            end = address.find("/", at + 1)
            found[address[:at]].add(address[at + 1 : end if end >= 0 else len(address)])
            at = address.find("/[", at + 1)
    return found


def _matches(
    left: dict[str, set[str]], right: dict[str, set[str]], words: Container[str]
) -> dict[str, str]:
    """Prefixes on the right that mean a prefix on the left."""
    found: dict[str, str] = {}
    for root, theirs in right.items():
        mine = left.get(root)
        if not mine:
            continue
        spare_left, spare_right = sorted(mine - theirs), sorted(theirs - mine)
        if not spare_left or not spare_right:
            continue
        # A bare name that two elements of one side share tells nothing about them.
        mine_bare, theirs_bare = _by_bare_name(spare_left, words), _by_bare_name(spare_right, words)
        for bare, tokens in theirs_bare.items():
            same = mine_bare.get(bare, ())
            if len(tokens) == len(same) == 1:
                found[f"{root}/{tokens[0]}"] = f"{root}/{same[0]}"
                spare_left.remove(same[0])
        spare_right = [token for token in spare_right if f"{root}/{token}" not in found]
        if len(spare_left) == len(spare_right) == 1 and len(mine) == len(theirs) == 1:
            found[f"{root}/{spare_right[0]}"] = f"{root}/{spare_left[0]}"
    return found


def _by_bare_name(tokens: Iterable[str], words: Container[str]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for token in tokens:
        found[_bare(token, words)].append(token)
    return found


def _bare(token: str, words: Container[str]) -> tuple[str, str]:
    named = addresses.element_name(token)
    if named is None:
        return token, ""
    field, value = named
    return field, without_words(value, [one for one in _tokens(value) if one in words])


def _tokens(value: str) -> list[str]:
    for mark in "-._/":
        value = value.replace(mark, " ")
    return [one.lower() for one in value.split()]


def _renamed(address: str, matches: dict[str, str]) -> str:
    at = address.find("/[")
    while at >= 0:
        end = address.find("/", at + 1)
        prefix = address if end < 0 else address[:end]
        renamed = matches.get(prefix)
        if renamed is not None:
            return renamed + address[len(prefix) :]
        at = address.find("/[", at + 1)
    return address
