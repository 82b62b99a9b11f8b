"""What differs between things that were laid side by side as they came?

There is no history here: nothing is said of since when, or of who moved it.
What one side lacks is absent only where everything that might hold it was
read; a thing that may stand in a file nobody could read is unknown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.inventory.compare import Counts, Difference, compare_views
from driftline.inventory.counterparts import Match, Thing
from driftline.inventory.typed import describe, shown
from driftline.model import address as addresses
from driftline.model.answers.parity import Divergence, Pair, RoleCounts, Side

_ALONE = {"left": (Side.PRESENT, Side.ABSENT), "right": (Side.ABSENT, Side.PRESENT)}
_UNSURE = {"left": (Side.PRESENT, Side.UNKNOWN), "right": (Side.UNKNOWN, Side.PRESENT)}
_NAMED_MAX = 3


class Account(msgspec.Struct, frozen=True):
    """One side: what it is called, its plane, its files, and the files that could not be read."""

    name: str
    plane: str
    files: frozenset[str]
    gaps: Mapping[str, str]


class Told(msgspec.Struct, frozen=True):
    """The differences with their counts, by role and path, and what there is to say about them."""

    pair: Pair
    roles: tuple[RoleCounts, ...]
    rows: tuple[Divergence, ...]
    notes: tuple[str, ...]


def told(matches: Sequence[Match], left: Account, right: Account, words: frozenset[str]) -> Told:
    """What differs between the things that belong together, and what one side alone has."""
    telling = _Telling(left, right)
    names = _names(matches)
    for match, name in zip(matches, names, strict=True):
        telling.tell(match, name, words)
    telling.rows.sort(key=lambda row: (row.role, row.path))
    telling.roles.sort(key=lambda role: role.role)
    notes = (*telling.notes(), *_renamed(matches), *_dependencies(matches, telling.rows))
    return Told(telling.pair(), tuple(telling.roles), tuple(telling.rows), notes)


class _Telling:
    """The rows and counts so far."""

    def __init__(self, left: Account, right: Account) -> None:
        self.rows: list[Divergence] = []
        self.roles: list[RoleCounts] = []
        self._left, self._right = left, right
        self._counts = Counts()
        self._alone = {"left": 0, "right": 0}
        self._facts_alone = {"left": 0, "right": 0}
        self._noise = 0

    def tell(self, match: Match, role: str, words: frozenset[str]) -> None:
        """Compare the two sides of a match, or tell the one that there is."""
        if match.left is not None and match.right is not None:
            self._both(match.left, match.right, role, words)
        elif match.left is not None:
            self._one(match.left, role, "left", hiding(match.left, self._left, self._right))
        elif match.right is not None:
            self._one(match.right, role, "right", hiding(match.right, self._right, self._left))

    def pair(self) -> Pair:
        """All counts together."""
        counts = self._counts
        return Pair(
            left=self._left.name,
            right=self._right.name,
            plane=self._left.plane,
            facts_common=counts.common,
            facts_differ=counts.differ,
            facts_left_only=counts.left_only + self._facts_alone["left"],
            facts_right_only=counts.right_only + self._facts_alone["right"],
            inherited=counts.inherited,
            unknown=counts.unknown,
            roles_common=len(self.roles),
            roles_left_only=self._alone["left"],
            roles_right_only=self._alone["right"],
            facts_in_left_roles=self._facts_alone["left"],
            facts_in_right_roles=self._facts_alone["right"],
            noise=self._noise,
        )

    def notes(self) -> list[str]:
        """What was left out because it means nothing."""
        if not self._noise:
            return []
        what = "differences" if self._noise > 1 else "difference"
        return [f"{self._noise:,} {what} in the order of lists whose order means nothing"]

    def _both(self, left: Thing, right: Thing, role: str, words: frozenset[str]) -> None:
        counts, found = compare_views(left.view, right.view, words)
        if any(one.address == "/version" for one in found) and left.key.startswith("pkg:"):
            # The digests of another version are no news of their own.
            kept = [one for one in found if not one.address.startswith("/hashes/")]
            told = len(found) - len(kept)
            counts = msgspec.structs.replace(
                counts, common=counts.common - told, differ=counts.differ - told
            )
            found = kept
        moved = _moved(left, right, found)
        if moved:
            found = [one for one in found if one.address not in moved]
            counts = _without(counts, moved.values())
            self._noise += len(moved)
        self._counts += counts
        self.roles.append(
            RoleCounts(
                role=role,
                facts_common=counts.common,
                facts_differ=counts.differ,
                facts_left_only=counts.left_only,
                facts_right_only=counts.right_only,
                inherited=counts.inherited,
                unknown=counts.unknown,
            )
        )
        self.rows += [self._difference(one, left, right, role) for one in found]

    def _difference(self, one: Difference, left: Thing, right: Thing, role: str) -> Divergence:
        left_value = one.left.value if one.left else None
        right_value = one.right.value if one.right else None
        kind, aspect = describe(one.address, left_value, right_value)
        row = self._row(role, (one.left_state, one.right_state), left.file, right.file)
        return msgspec.structs.replace(
            row,
            path=one.address,
            type=kind.value,
            left_value=shown(left_value),
            right_value=shown(right_value),
            aspect=aspect,
            right_path=one.right_address if one.right_address != one.address else None,
        )

    def _one(self, thing: Thing, role: str, holder: str, gap: str) -> None:
        """A thing that the other side does not have, or may have in a file nobody could read."""
        states = _UNSURE[holder] if gap else _ALONE[holder]
        files = (thing.file, None) if holder == "left" else (None, thing.file)
        row = self._row(role, states, *files)
        if gap:
            reason = f"it may be in {gap}, which could not be read"
            row = msgspec.structs.replace(row, reason=reason)
            self._counts += Counts(unknown=len(thing.view.facts))
        else:
            self._alone[holder] += 1
            self._facts_alone[holder] += len(thing.view.facts)
        self.rows.append(row)

    def _row(
        self, role: str, states: tuple[Side, Side], left_file: str | None, right_file: str | None
    ) -> Divergence:
        return Divergence(
            left=self._left.name,
            right=self._right.name,
            plane=self._left.plane,
            role=role,
            path="",
            type="role",
            left_state=states[0],
            right_state=states[1],
            left_value=None,
            right_value=None,
            left_layer=None,
            right_layer=None,
            since=None,
            onset="unknown",
            moved="unknown",
            actor=None,
            approved_by=None,
            left_file=left_file,
            right_file=right_file,
        )


def _moved(left: Thing, right: Thing, found: Sequence[Difference]) -> dict[str, Difference]:
    """The differences of an object's lists that are sets, where elements only stand elsewhere."""
    by_address = {one.address: one for one in found if one.address == one.right_address}
    if not left.is_object or not any(map(_is_in_list, by_address)):
        return {}
    # The tables behind it are loaded only where a list differs at all.
    from driftline.inventory.noise.kinds import is_custom
    from driftline.inventory.noise.reordered import reordered

    ours, theirs = (
        {address: point.value or "null" for address, point in one.view.facts.items()}
        for one in (left, right)
    )
    is_foreign = is_custom(ours.get("/apiVersion", '"v1"'))
    noise = reordered(left.identity[1], ours, theirs, by_address, is_custom=is_foreign)
    return {address: by_address[address] for address in noise if address in by_address}


def _is_in_list(address: str) -> bool:
    return any(
        addresses.is_position(token) or token[:1] == "[" for token in addresses.tokens(address)
    )


def _without(counts: Counts, left_out: Iterable[Difference]) -> Counts:
    """The counts without differences that are none: what both sides have is common and equal."""
    statuses = Counter(one.status for one in left_out)
    both = min(statuses["left only"], statuses["right only"])
    return msgspec.structs.replace(
        counts,
        common=counts.common + both,
        differ=counts.differ - statuses["differ"],
        left_only=counts.left_only - statuses["left only"],
        right_only=counts.right_only - statuses["right only"],
    )


def hiding(thing: Thing, own: Account, other: Account) -> str:
    """The file of the other side that could not be read and may hold a thing; empty: none.

    The file of the same path may; so may a folder that was closed. An object
    may be anywhere, and so in any unread file that the thing's own side does
    not have; what only its file names can be nowhere but in that file.
    """
    for gap in other.gaps:
        if gap == thing.file or (gap.endswith("/") and thing.file.startswith(gap)):
            return gap
    if thing.is_object or len(other.files) == 1:
        return next((gap for gap in other.gaps if gap not in own.files), "")
    return ""


def _names(matches: Sequence[Match]) -> list[str]:
    """A name for each match that no other one has: what it is called, with its file if need be."""
    names = [_called(match) for match in matches]
    times = Counter(names)
    firsts = [match.things[0] for match in matches]
    has_files = len({one.file for one in firsts}) > 1
    found: list[str] = []
    seen: Counter[str] = Counter()
    for name, one in zip(names, firsts, strict=True):
        unique = name
        if times[name] > 1 and has_files and not one.is_file:
            unique = f"{one.called} in {one.file}"
        seen[unique] += 1
        found.append(unique if seen[unique] == 1 else f"{unique}#{seen[unique]}")
    return found


def _called(match: Match) -> str:
    """What both things are called; a namespace that only one of them has is no part of it."""
    one = match.things[0]
    if not match.is_sure and one.is_object:
        spaces = {other.identity[2] for other in match.things}
        if len(spaces) > 1:
            return f"{one.identity[1]}/{one.identity[3]}"
    return one.called + _number(one)


def _number(one: Thing) -> str:
    """The number of a document that only its place in the file names."""
    return one.key if one.is_file else ""


def _renamed(matches: Sequence[Match]) -> list[str]:
    """What was taken for one thing although its names differ."""
    told: dict[str, Counter[str]] = {"though their namespaces differ": Counter()}
    others: Counter[str] = Counter()
    for match in matches:
        if match.left is None or match.right is None or match.is_sure:
            continue
        one, other = match.left, match.right
        if one.is_object and one.identity[3] == other.identity[3]:
            spaces = (space or "none" for space in (one.identity[2], other.identity[2]))
            told["though their namespaces differ"][" for ".join(spaces)] += 1
        elif one.called != other.called:
            others[f"{one.called} for {other.called}"] += 1
    told["though their names differ"] = others
    return [
        f"{pairs.total():,} matched {why}: {_first(pairs)}" for why, pairs in told.items() if pairs
    ]


def _first(pairs: Counter[str]) -> str:
    shown = [name for name, _ in pairs.most_common(_NAMED_MAX)]
    more = len(pairs) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def _dependencies(matches: Sequence[Match], rows: Sequence[Divergence]) -> list[str]:
    """How many components of bills of materials came, went, or have another version."""
    parts = [match for match in matches if match.things[0].key.startswith("pkg:")]
    if not parts:
        return []
    moved = sum(row.role.startswith("pkg:") and row.path == "/version" for row in rows)
    left = sum(match.right is None for match in parts)
    right = sum(match.left is None for match in parts)
    alone = f"{left:,} only left, {right:,} only right"
    return [f"dependencies: {moved:,} in another version, {alone}, of {len(parts):,}"]
