"""What each value of a slot is: an environment, a shared layer, a region, or something else.

Words of the vocabulary are settled. A stranger among them (`ovh` beside
`staging` and `prod`) is an environment when its content or its files mirror
theirs, is none when it is a thing people run, and is asked about otherwise.
"""

from collections.abc import Iterable, Mapping

import msgspec

from driftline.inventory.layout.aliases import canonical
from driftline.inventory.layout.evidence import alike, mirrored
from driftline.inventory.layout.slots import Accepted, holder_of
from driftline.inventory.layout.tree import FOLDER, SlotKey, Tree, Value
from driftline.inventory.layout.vocabulary import (
    COMPONENTS,
    CONTAINERS,
    GENERIC_STEMS,
    KIND_STEMS,
    SHARED,
    STRICT_HOLDERS,
    STRUCTURE,
)
from driftline.inventory.layout.words import only_carriers

# Below this we do not place a file but ask. At 0.6 a claim rests on at least
# two independent signs: a word and a place, or a place and mirrored content.
PLACE_FROM = 0.6


class Member(msgspec.Struct, frozen=True):
    """One value of a slot taken for an environment; `name` is canonical, `word` its base word."""

    name: str
    word: str
    confidence: float
    evidence: tuple[str, ...]


class Doubt(msgspec.Struct, frozen=True):
    """Values of one slot that may be environments, and the ones beside them that are."""

    key: SlotKey
    strangers: tuple[str, ...]
    known: tuple[str, ...]


class Membership(msgspec.Struct, frozen=True):
    """For each slot: which values are environments; and what is in doubt."""

    members: dict[SlotKey, dict[str, Member]]
    doubts: tuple[Doubt, ...]


def decide(
    tree: Tree,
    accepted: Mapping[SlotKey, Accepted],
    excluded: frozenset[str],
    things: frozenset[str],
) -> Membership:
    """The values of accepted slots, and of folders whose name alone promises environments.

    `excluded` are words the user said are none; `things` are names known to be
    services or charts, in lower case.
    """
    members: dict[SlotKey, dict[str, Member]] = {}
    doubts: list[Doubt] = []
    for key, slot in tree.slots.items():
        acceptance = accepted.get(key)
        holder = holder_of(key)
        if acceptance is None and (holder in {"", "carrier"} or key.pattern != "{}"):
            continue
        settled = _settled(slot, acceptance) if acceptance is not None else {}
        unknown = [
            value
            for spelled, value in slot.items()
            if value.found is None
            and not _is_nothing(spelled, key, excluded, things)
            and not _is_read_in_part(tree, accepted, key, spelled)
        ]
        added, asked = _strangers(tree, key, slot, settled, unknown, holder)
        settled.update(added)
        if settled:
            members[key] = settled
        if asked and (settled or len(asked) > 1):
            doubts.append(
                Doubt(key, tuple(sorted(asked)), tuple(sorted(set(settled) - set(asked))))
            )
    return Membership(members, tuple(doubts))


def _settled(slot: Mapping[str, Value], acceptance: Accepted) -> dict[str, Member]:
    """The values that are words of the vocabulary.

    Two spellings of one word that stand side by side now are two environments
    in this repository, whatever they mean elsewhere.
    """
    alive: dict[str, int] = {}
    for value in slot.values():
        if value.found is not None and value.alive:
            alive[value.found.name] = alive.get(value.found.name, 0) + 1
    settled = {}
    for spelled, value in slot.items():
        found = value.found
        if found is not None:
            name = found.name if alive.get(found.name, 0) < 2 else spelled.lower()
            settled[spelled] = Member(name, found.word, acceptance.confidence, (acceptance.reason,))
    return settled


def _is_read_in_part(
    tree: Tree, accepted: Mapping[SlotKey, Accepted], key: SlotKey, spelled: str
) -> bool:
    """Whether a file's name holds an environment in an accepted slot: `environment.prod.json`."""
    if key.form == FOLDER:
        return False
    name = tree.reader.read(spelled, is_file=False)
    return any(
        SlotKey(key.parent, name.pattern(found)[0], key.form) in accepted for found in name.found
    )


def _is_nothing(
    spelled: str, key: SlotKey, excluded: frozenset[str], things: frozenset[str]
) -> bool:
    lower = spelled.lower()
    if lower in excluded or lower in SHARED or lower in COMPONENTS or only_carriers(spelled):
        return True
    if (
        lower == key.parent[-1].lower()
        or lower.startswith((".", "_"))
        or "{" in lower
        or lower in things
    ):
        return True
    if lower in GENERIC_STEMS or lower in KIND_STEMS or lower in STRUCTURE or lower in CONTAINERS:
        return True
    return key.form != FOLDER and key.form in {".tf", ".hcl"} and key.pattern == "{}"


def _strangers(
    tree: Tree,
    key: SlotKey,
    slot: Mapping[str, Value],
    settled: Mapping[str, Member],
    unknown: Iterable[Value],
    holder: str,
) -> tuple[dict[str, Member], list[str]]:
    unknown = list(unknown)
    # The surest word first, so that evidence compares with what nobody doubts.
    known = sorted((slot[spelled] for spelled in settled), key=_sureness)
    added: dict[str, Member] = {}
    asked: list[str] = []
    for value in unknown:
        peers = known or [other for other in unknown if other is not value]
        confidence, reason = (
            _folder(key, value, peers, holder, alone=not known)
            if key.form == FOLDER
            else _file(key, value, peers, holder, alone=not known)
        )
        words = tree.reader.read(value.spelled, is_file=False).found
        if key.form == FOLDER and holder == "strict" and words:
            confidence, reason = 0.75, f"a name with an environment's word in {key.parent[-1]}/"
        if confidence >= PLACE_FROM:
            name = canonical(value.spelled)
            added[value.spelled] = Member(name, name, confidence, (reason,))
        elif confidence >= 0.4:
            asked.append(value.spelled)
    return added, asked


def _sureness(value: Value) -> tuple[float, int, str]:
    strength = value.found.strength if value.found is not None else 0.0
    return -strength, -value.alive, value.spelled


def _folder(
    key: SlotKey, value: Value, peers: list[Value], holder: str, *, alone: bool
) -> tuple[float, str]:
    share, common, telling = mirrored(value, peers, len(key.parent))
    peer = peers[0].spelled if peers else ""
    if alone:
        if holder == "strict" and common and share >= 0.5:
            return 0.7, f"a folder below {key.parent[-1]}/ with the files of its siblings"
        if holder == "loose" and telling and share >= 0.5:
            return 0.65, f"a folder below {key.parent[-1]}/ with the files of its siblings"
        return (0.5 if holder == "strict" else 0.4), "a folder below one that promises environments"
    if share >= 0.5 and telling:
        return 0.75, f"it holds the files that {peer} holds"
    if holder and share >= 0.5 and common:
        return 0.7, f"it stands beside {peer} and holds the same files"
    if holder:
        return 0.5, f"it stands beside {peer} but its files differ"
    return (0.5, f"it stands beside {peer}") if common else (0.2, "")


def _file(
    key: SlotKey, value: Value, peers: list[Value], holder: str, *, alone: bool
) -> tuple[float, str]:
    likeness = alike(value, peers)
    peer = peers[0].spelled if peers else ""
    if likeness is not None:
        if likeness >= 0.6:
            sure = 0.65 if alone else 0.8
            return sure, f"its content has the shape of {peer}'s"
        if likeness < 0.25:
            return 0.1, ""
        return 0.5, f"its content resembles {peer}'s in part"
    strict = holder == "strict" and key.parent[-1].lower() in STRICT_HOLDERS
    if alone:
        return (
            0.5 if strict and len(peers) else 0.3
        ), "a file in a folder that promises environments"
    if strict:
        return 0.6, f"it stands beside {peer} in {key.parent[-1]}/"
    return 0.5, f"it stands beside {peer}"
