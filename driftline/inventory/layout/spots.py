"""For each file, which parts of its path are the environment, the region or the cluster.

Where two parts of one path could be the environment, the slot that is better
proven wins, for all its files alike; the other part stays in the file's role.
An account (`non-prod/us-east-1/qa`) and a cluster (`clusters/alpha/staging`)
are dimensions beside the environment and never its name alone.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from driftline.inventory.layout.aliases import canonical
from driftline.inventory.layout.evidence import mirrored
from driftline.inventory.layout.hits import Finder, Hit
from driftline.inventory.layout.members import Member
from driftline.inventory.layout.slots import Accepted
from driftline.inventory.layout.tree import FOLDER, Entry, SlotKey, Tree
from driftline.inventory.layout.vocabulary import (
    ACCOUNT_WORDS,
    CLUSTER_NAME,
    CLUSTER_NAME_BELOW_CLUSTERS,
    COMPONENTS,
    SHARED,
    STRENGTH,
)

_CLUSTER_HOLDERS = frozenset({"clusters", "cluster", "sites"})


class Spot(msgspec.Struct):
    """Where one file is: canonical names by dimension, and the parts of the path that say so.

    `cuts` maps a depth to the character spans of the name that are no part of
    the role. `repeats` are further spans that name the same environment; `spelled` is how
    the path spells it.
    """

    entry: Entry
    environment: str = ""
    spelled: str = ""
    region: str = ""
    cluster: str = ""
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()
    cuts: dict[int, list[tuple[int, int]]] = msgspec.field(default_factory=dict)
    repeats: list[tuple[int, int, int]] = msgspec.field(default_factory=list)

    @property
    def is_own(self) -> bool:
        """Whether the file belongs to an environment rather than to several or none."""
        return bool(self.environment) or bool(self.region and self.confidence)

    @property
    def detail(self) -> str:
        """Region and cluster, joined; empty for a plain environment."""
        if self.region and self.cluster:
            return f"{self.region}/{self.cluster}"
        return self.region or self.cluster


def locate(
    tree: Tree,
    members: Mapping[SlotKey, Mapping[str, Member]],
    accepted: Mapping[SlotKey, Accepted],
    forced: Mapping[str, str],
) -> list[Spot]:
    """One spot for each file of the tree, in its order.

    `forced` gives the canonical environment of a whole source, by its label.
    """
    finder = Finder(members, accepted)
    hits = [finder.hits(entry) for entry in tree.entries]
    accounts, dominated = _weigh(hits, tree)
    regions = _region_slots(tree)
    clusters = _cluster_slots(tree, members)
    spots = []
    for entry, found in zip(tree.entries, hits, strict=True):
        spot = Spot(entry)
        if entry.source in forced:
            _force(spot, forced[entry.source])
        else:
            _choose(spot, found, accounts, dominated)
        _refine(spot, regions, clusters)
        spots.append(spot)
    return spots


def _weigh(hits: Sequence[Sequence[Hit]], tree: Tree) -> tuple[set[SlotKey], set[SlotKey]]:
    """Slots that are accounts, and slots whose files are better placed by another slot."""
    accounts = set()
    beaten: dict[SlotKey, int] = {}
    refuted: set[SlotKey] = set()
    total: dict[SlotKey, int] = {}
    for found in hits:
        for hit in found:
            total[hit.key] = total.get(hit.key, 0) + 1
        for outer, inner in pairwise(found):
            if outer.member.name == inner.member.name:
                continue
            stranger = outer.member.word not in STRENGTH
            if outer.score < inner.score or stranger:
                beaten[outer.key] = beaten.get(outer.key, 0) + 1
            if stranger and inner.member.word in STRENGTH:
                # One file inside that is surely an environment's shows that a
                # name of no vocabulary is something else: a cluster, a service.
                refuted.add(outer.key)
    for key in total:
        words = {value.found.word for value in tree.slots[key].values() if value.found}
        if words & ACCOUNT_WORDS or (key.parent[-1].lower() == "accounts"):
            accounts.add(key)
    dominated = refuted | {key for key, count in beaten.items() if count * 2 >= total[key]}
    return accounts, dominated


def _choose(
    spot: Spot, found: Sequence[Hit], accounts: set[SlotKey], dominated: set[SlotKey]
) -> None:
    whole = list(found)
    inner = [hit for hit in whole if hit.key not in accounts]
    standing = [hit for hit in (inner or whole) if hit.key not in dominated] or inner or whole
    if not standing:
        return
    chosen = standing[0]
    if chosen.key in accounts and (inside := _inside_account(spot, chosen)) is not None:
        whole.append(inside)
        chosen = inside
    if chosen.key in dominated:
        # All of this slot's neighbours are better explained by another part of
        # their paths, which this file lacks: a base or a note beside them.
        _name_cluster(spot, len(spot.entry.segments) - 1)
        return
    spot.environment = chosen.member.name
    spot.spelled = spot.entry.names[chosen.depth].stem[chosen.start : chosen.end]
    spot.confidence = chosen.member.confidence
    spot.evidence = chosen.member.evidence
    spot.cuts.setdefault(chosen.depth, []).append((chosen.start, chosen.end))
    for hit in whole:
        if hit is chosen:
            continue
        if hit.key in accounts and hit.depth < chosen.depth:
            spot.cuts.setdefault(hit.depth, []).append((hit.start, hit.end))
    _name_cluster(spot, chosen.depth)
    _note_repeats(spot, chosen.member.word)


def _inside_account(spot: Spot, outer: Hit) -> Hit | None:
    """The environment's word in a folder below an account, even if it stands alone there."""
    entry = spot.entry
    for depth in range(outer.depth + 1, len(entry.segments) - 1):
        name = entry.names[depth]
        for found in name.found:
            if found.start == 0 and found.end == len(name.stem) and found.strength >= 0.5:
                member = Member(found.name, found.word, 0.65, ("a word below an account",))
                key = SlotKey(entry.segments[:depth], "{}", FOLDER)
                return Hit(depth, 0, found.end, key, member, 0.65)
    return None


def _name_cluster(spot: Spot, below: int) -> None:
    """The folder right below `clusters/`, where an environment stands further below."""
    segments = spot.entry.segments
    for depth in range(2, min(below, len(segments) - 1)):
        name = segments[depth]
        holder = segments[depth - 1].lower()
        if holder in _CLUSTER_HOLDERS and depth not in spot.cuts and name.lower() not in SHARED:
            spot.cluster = name.lower()
            spot.cuts.setdefault(depth, []).append((0, len(name)))
            return


def _force(spot: Spot, environment: str) -> None:
    spot.environment = canonical(environment)
    spot.spelled = environment
    spot.confidence = 0.95
    spot.evidence = ("the whole branch or repository is this environment",)
    _note_repeats(spot, spot.environment)


def _note_repeats(spot: Spot, word: str) -> None:
    for depth, name in enumerate(spot.entry.names):
        if not name.found or depth == 0 or depth in spot.cuts:
            continue
        for found in name.found:
            if found.word == word or found.name == spot.environment:
                spot.repeats.append((depth, found.start, found.end))


def _region_slots(tree: Tree) -> set[SlotKey]:
    """Slots that hold regions: several of them, one spelled in full, or one that varies elsewhere.

    A short code such as `eu` may be anything, so it needs a sibling somewhere.
    """
    held: dict[SlotKey, set[str]] = {}
    for key, values in tree.slots.items():
        if key.pattern == "{}":
            names = {
                name.lower() for name in values if tree.reader.read(name, is_file=False).is_region
            }
            if names:
                held[key] = names
    varying = {name for names in held.values() if len(names) > 1 for name in names}
    return {
        key
        for key, names in held.items()
        if len(names) > 1
        or names & varying
        or any(len(name) > 5 for name in names)
        or key.parent[-1].lower() == "regions"
    }


def _cluster_slots(
    tree: Tree, members: Mapping[SlotKey, Mapping[str, Member]]
) -> dict[SlotKey, set[str]]:
    """Folders below an environment's folder that are named clusters."""
    found: dict[SlotKey, set[str]] = {}
    for key, environments in members.items():
        if key.form != FOLDER or key.pattern != "{}":
            continue
        below = {
            name: tree.slots.get(SlotKey((*key.parent, name), "{}", FOLDER), {})
            for name in environments
        }
        for name, values in below.items():
            elsewhere = {item for other, held in below.items() if other != name for item in held}
            slot = SlotKey((*key.parent, name), "{}", FOLDER)
            below_clusters = key.parent[-1].lower() in _CLUSTER_HOLDERS
            names = CLUSTER_NAME_BELOW_CLUSTERS if below_clusters else CLUSTER_NAME
            clusters = {item for item in values if names.fullmatch(item.lower())}
            if below_clusters:
                # The only cluster of its environment is like those of the others.
                peers = [v for held in below.values() for v in held.values()]
                peers = [v for v in peers if v.spelled.lower() not in COMPONENTS]
                for value in (v for v in peers if v is values.get(v.spelled)):
                    share, _, telling = mirrored(value, peers, len(slot.parent))
                    if telling >= 2 and share >= 0.5 and value.spelled not in elsewhere:
                        clusters.add(value.spelled)
            if clusters:
                found[slot] = clusters
    return found


def _refine(spot: Spot, regions: set[SlotKey], clusters: Mapping[SlotKey, set[str]]) -> None:
    entry = spot.entry
    last = len(entry.segments) - 1
    for depth in range(1, last + 1):
        if depth in spot.cuts:
            continue
        name = entry.names[depth]
        if not name.is_region and not (spot.environment and clusters):
            continue
        form = FOLDER if depth < last else "." + name.extension
        key = SlotKey(entry.segments[:depth], "{}", form)
        if name.is_region and not spot.region and key in regions:
            spot.region = name.stem.lower()
        elif spot.environment and name.stem in clusters.get(key, ()):
            spot.cluster = name.stem.lower()
        else:
            continue
        spot.cuts.setdefault(depth, []).append((0, len(name.stem)))
