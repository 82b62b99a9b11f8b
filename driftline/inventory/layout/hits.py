"""The parts of each path that stand in a slot as an environment."""

from collections.abc import Mapping

import msgspec

from driftline.inventory.layout.members import Member
from driftline.inventory.layout.slots import Accepted
from driftline.inventory.layout.tree import FOLDER, Entry, SlotKey, carried_part
from driftline.inventory.layout.words import Name


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One part of a path that may be an environment."""

    depth: int
    start: int
    end: int
    key: SlotKey
    member: Member
    score: float


class Finder:
    """Finds hits, and remembers them for each folder, since its files share them."""

    def __init__(
        self,
        members: Mapping[SlotKey, Mapping[str, Member]],
        accepted: Mapping[SlotKey, Accepted],
    ) -> None:
        """Which values of which slots are environments, and how well slots are proven."""
        self._members = members
        self._accepted = accepted
        self._parents = {key.parent for key in members}
        self._folders: dict[tuple[str, ...], tuple[Hit, ...]] = {}

    def hits(self, entry: Entry) -> tuple[Hit, ...]:
        """The hits of one file, outermost first, at most one for each name."""
        folder = entry.folder
        above = self._above(entry, folder)
        name = entry.names[-1]
        own = self._best(folder, name, "." + name.extension, len(folder), is_file=True)
        return (*above, own) if own is not None else above

    def _above(self, entry: Entry, folder: tuple[str, ...]) -> tuple[Hit, ...]:
        if len(folder) < 2:
            return ()
        known = self._folders.get(folder)
        if known is None:
            known = self._above(entry, folder[:-1])
            depth = len(folder) - 1
            own = self._best(folder[:-1], entry.names[depth], FOLDER, depth, is_file=False)
            if own is not None:
                known = (*known, own)
            self._folders[folder] = known
        return known

    def _best(
        self, parent: tuple[str, ...], name: Name, form: str, depth: int, *, is_file: bool
    ) -> Hit | None:
        if parent not in self._parents:
            return None
        best: Hit | None = None
        for pattern, spelled, start in _readings(name, is_file=is_file):
            key = SlotKey(parent, pattern, form)
            member = self._members.get(key, {}).get(spelled)
            if member is None:
                continue
            score = self._accepted[key].score if key in self._accepted else 0.7
            if best is None or score > best.score:
                best = Hit(depth, start, start + len(spelled), key, member, score)
        return best


def _readings(name: Name, *, is_file: bool) -> list[tuple[str, str, int]]:
    """Every pattern a name fits, with what it cuts out and where."""
    readings = [("{}", name.stem, 0)]
    for found in name.found:
        pattern, spelled = name.pattern(found)
        if pattern != "{}":
            readings.append((pattern, spelled, found.start))
    if not name.found and is_file:
        carried = carried_part(name.stem)
        if carried is not None:
            pattern, spelled = carried
            readings.append((pattern, spelled, pattern.index("{}")))
    return readings
