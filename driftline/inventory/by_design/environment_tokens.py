"""The words by which a value names the environment it stands in, told or learnt from the values.

`shop-staging.example.com` names staging. In other places an environment is not
called by its name: one company's staging is `shop.test` and its production
`shop.com`. Such words are learnt: where in three or more values that always
differed one word stands in the place of the other, the two are a binding.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from driftline.inventory.layout.aliases import canonical

_WORD = re.compile(r"[a-z0-9]+")
_WORDS_MAX = 400  # Longer texts are programs or documents, not names.
_DIFFERENT_MAX = 6
_VALUES_MIN = 3
_VALUES_MIN_BESIDE_NAME = 2  # where the other side's word is its own name already
_LETTERS_BESIDE_NUMBER_MIN = 8


class Tokens(msgspec.Struct, frozen=True):
    """What names the left side in left values, what names the right, and learnt bindings."""

    left: frozenset[str]
    right: frozenset[str]
    bindings: frozenset[tuple[str, str]] = frozenset()

    def are_named(self, left: str, right: str) -> bool:
        """Whether two values differ in nothing but the words for their own environments.

        One side may have no such word, as production often has none.

        >>> tokens = Tokens(frozenset({"staging"}), frozenset({"production", "prod"}))
        >>> tokens.are_named("https://staging.shop.example", "https://shop.example")
        True
        >>> tokens.are_named("shop-production", "shop-staging")
        False
        """
        mine, theirs = words_in(left), words_in(right)
        if mine == theirs or max(len(mine), len(theirs)) > _WORDS_MAX:
            return False
        if self._same(mine, theirs):
            return True
        bare = [one for one in mine if one not in self.left]
        return self._same(bare, [one for one in theirs if one not in self.right])

    def are_both_named(self, left: str, right: str) -> bool:
        """Whether each value names its own environment and not the other's, whatever else differs.

        >>> tokens = Tokens(frozenset({"staging"}), frozenset({"production", "prod"}))
        >>> tokens.are_both_named("values/staging/web.yaml", "env/production/web.yaml")
        True
        """
        mine, theirs = set(words_in(left)), set(words_in(right))
        own_left, own_right = self.left - self.right, self.right - self.left
        return (
            bool(mine & own_left and theirs & own_right)
            and not mine & own_right
            and not theirs & own_left
        )

    def _same(self, mine: Sequence[str], theirs: Sequence[str]) -> bool:
        return len(mine) == len(theirs) and all(
            one == two or self.are_bound(one, two) for one, two in zip(mine, theirs, strict=True)
        )

    def are_bound(self, one: str, two: str) -> bool:
        """Whether a left word and a right word both stand for their environments."""
        return (one in self.left and two in self.right) or (one, two) in self.bindings


def words_in(value: str) -> list[str]:
    """The words of a value in lower case.

    >>> words_in("https://API.staging.example")
    ['https', 'api', 'staging', 'example']
    """
    return _WORD.findall(value.lower())


def names_of(environment: str, words: Iterable[str]) -> frozenset[str]:
    """The words that name an environment: those of its name, and their usual other spellings.

    >>> sorted(names_of("production-us", {"prod", "production", "staging"}))
    ['prod', 'production', 'us']
    """
    own = {one for one in words_in(environment) if not one.isdigit()}
    meanings = {canonical(one) for one in own}
    return frozenset(own | {one for one in words if canonical(one) in meanings and one.isalnum()})


def learnt(tokens: Tokens, values: Iterable[tuple[str, str]]) -> Tokens:
    """The tokens with the bindings that these pairs of values show.

    `values` are texts that have differed for as long as both sides exist; what
    once was equal shows a change, and no name.
    """
    seen: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for left, right in set(values):
        mine, theirs = words_in(left), words_in(right)
        if len(mine) != len(theirs) or not 2 <= len(mine) <= _WORDS_MAX:
            continue
        different = {
            (one, two) for one, two in zip(mine, theirs, strict=True)
            if one != two and not (one in tokens.left and two in tokens.right)
        }  # fmt: skip
        if len(different) > _DIFFERENT_MAX:
            continue
        kept = sum(len(one) for one in mine if not one.isdigit())
        for one, two in different:
            is_number = one.isdigit() or two.isdigit()
            if not is_number or kept >= _LETTERS_BESIDE_NUMBER_MIN:
                seen[one, two].add((left, right))
    found = {pair for pair, several in seen.items() if len(several) >= _needed(tokens, pair)}
    # A word that means either side, depending on where it stands, names neither.
    return msgspec.structs.replace(
        tokens, bindings=frozenset((one, two) for one, two in found if (two, one) not in seen)
    )


def _needed(tokens: Tokens, pair: tuple[str, str]) -> int:
    is_beside_name = pair[0] in tokens.left or pair[1] in tokens.right
    return _VALUES_MIN_BESIDE_NAME if is_beside_name else _VALUES_MIN
