"""Objects of one role that live side by side, told apart in the same way everywhere.

Two namespaces of one environment may each have a `ConfigMap/settings`, and its
sibling only one of them. How they are told apart is therefore decided over all
environments together, never for each alone.
"""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from driftline.inventory.roles import without_words


class Contender(msgspec.Struct, frozen=True):
    """One object that claims a role: where it is, and what may tell it from others.

    `number` is the caller's own name for it.
    """

    number: int
    environment: str
    role: str
    namespace: str
    folder: str
    is_alive: bool


def told_apart(contenders: Sequence[Contender], words: Iterable[str]) -> dict[int, str]:
    """The role of each contender, qualified where several of one environment live at once.

    The qualifier is the namespace without environment words; where that does
    not tell, the folder. Contenders that nothing tells apart share a role.
    """
    known = frozenset(words)
    by_role: dict[str, list[Contender]] = defaultdict(list)
    for one in contenders:
        by_role[one.role].append(one)
    found: dict[int, str] = {}
    for role, several in by_role.items():
        found |= _qualified(role, several, known)
    return found


def _qualified(role: str, several: Sequence[Contender], words: frozenset[str]) -> dict[int, str]:
    plain = {one.number: role for one in several}
    if not _crowded(several, plain):
        return plain
    kind, _, name = role.partition("/")

    def by_namespace(one: Contender) -> str:
        bare = without_words(one.namespace, words) if one.namespace else ""
        return f"{kind}/{bare}/{name}" if bare and bare.lower() not in words else role

    def by_folder(one: Contender) -> str:
        bare = _bare_folder(one.folder, words)
        return f"{by_namespace(one)}#{bare}" if bare else by_namespace(one)

    spaced = {one.number: by_namespace(one) for one in several}
    if not _crowded(several, spaced):
        return spaced
    return {**spaced, **_in_folders(several, spaced, by_folder)}


def _in_folders(
    several: Sequence[Contender], spaced: Mapping[int, str], by_folder: Callable[[Contender], str]
) -> dict[int, str]:
    """The crowded roles by folder, where that helps at all."""
    found: dict[int, str] = {}
    for role in set(spaced.values()):
        crowd = [one for one in several if spaced[one.number] == role]
        if _crowded(crowd, spaced):
            foldered = {one.number: by_folder(one) for one in crowd}
            if len(set(foldered.values())) > 1:
                found |= foldered
    return found


def _crowded(several: Iterable[Contender], roles: Mapping[int, str]) -> bool:
    """Whether some environment has two living contenders of one role."""
    seen: set[tuple[str, str]] = set()
    for one in several:
        if one.is_alive:
            place = (one.environment, roles[one.number])
            if place in seen:
                return True
            seen.add(place)
    return False


def _bare_folder(folder: str, words: frozenset[str]) -> str:
    """The nearest folder whose name is more than an environment."""
    while folder:
        bare = without_words(posixpath.basename(folder), words)
        if bare.lower() not in words and bare not in (
            "overlays",
            "overlay",
            "envs",
            "environments",
        ):
            return bare
        folder = posixpath.dirname(folder)
    return ""
