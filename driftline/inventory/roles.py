"""The environment-free names of Kubernetes objects, by which siblings are matched.

`web-staging` and `web-production` are one role, `web`. `production-planner` is
what a service is called, and keeps its name. Only the environments together
tell which is which, so the names of all objects are decided at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

_SPLIT = re.compile(r"([-._])")


class Named(msgspec.Struct, frozen=True):
    """An object in an environment by its key: `Kind/name` or `Kind/namespace/name`.

    The namespace is no part of the role, because it often is the environment.
    """

    environment: str
    key: str

    @property
    def full(self) -> str:
        """Kind and name."""
        return f"{self.key.partition('/')[0]}/{self.key.rpartition('/')[2]}"


def object_roles(objects: Sequence[Named], words: Mapping[str, Iterable[str]]) -> list[str]:
    """The role of each object; `words` are the lower-case words for each environment.

    A name loses the words of its own environment where that makes it one with
    an object of another environment, and with nothing else.
    """
    bare = [_bare(one, words.get(one.environment, ())) for one in objects]
    names: dict[str, set[str]] = defaultdict(set)  # environment -> full names
    neutral: set[str] = set()  # full names that hold no word of some environment that has them
    stripped: dict[tuple[str, str], set[str]] = defaultdict(set)  # environment, bare -> full
    families: dict[str, set[tuple[str, str]]] = defaultdict(set)  # bare -> environment, full
    for one, name in zip(objects, bare, strict=True):
        names[one.environment].add(one.full)
        stripped[one.environment, name].add(one.full)
        families[name].add((one.environment, one.full))
        if name == one.full:
            neutral.add(one.full)
    roles = []
    for one, name in zip(objects, bare, strict=True):
        has_sibling = any(
            environment != one.environment and full != one.full
            for environment, full in families[name]
        )
        is_alone = len(stripped[one.environment, name]) == 1
        is_stripped = one.full not in neutral and is_alone and has_sibling
        roles.append(name if is_stripped else one.full)
    return roles


def _bare(one: Named, words: Iterable[str]) -> str:
    kind, _, name = one.full.partition("/")
    return f"{kind}/{without_words(name, words)}"


def without_words(name: str, words: Iterable[str]) -> str:
    """A name without the given words, which must be whole tokens of it, or several in a row.

    A name that is nothing else keeps its spelling, so that it stays a name.

    >>> without_words("api.production.values", {"production"})
    'api.values'
    >>> without_words("web-eu-west-1", {"eu-west-1"})
    'web'
    >>> without_words("production", {"production"})
    'production'
    """
    wanted = sorted((word for word in words if word), key=len, reverse=True)
    pieces = _SPLIT.split(name)
    lower = [piece.lower() for piece in pieces]
    kept: list[tuple[str, str]] = []
    at = 0
    while at < len(pieces):
        skipped = next((size for word in wanted if (size := _matches(lower, at, word))), 0)
        if skipped:
            at += skipped + 1
        else:
            kept.append((pieces[at - 1] if at else "", pieces[at]))
            at += 2
    if not kept:
        return name
    return kept[0][1] + "".join(mark + token for mark, token in kept[1:])


def _matches(pieces: Sequence[str], at: int, word: str) -> int:
    """How many pieces from a position on make up a word; 0 when they do not."""
    size = 2 * len(_SPLIT.split(word)[0::2]) - 1
    return size if "".join(pieces[at : at + size]) == word else 0
