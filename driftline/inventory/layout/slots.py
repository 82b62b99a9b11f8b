"""Which slots hold environments: places where siblings vary in environment words.

A slot is accepted when its values add up: two words such as `staging` and
`production`, or one under a folder or beside a word that says so. A word alone
never decides; `services/production-api` has no sibling that differs from it in
that word, so it stays a service.
"""

from collections.abc import Iterable, Mapping

import msgspec

from driftline.inventory.layout.tree import FOLDER, SlotKey, Tree, Value
from driftline.inventory.layout.vocabulary import (
    CONTAINERS,
    HOLDERS,
    LOOSE_HOLDERS,
    SHARED,
    STRICT_HOLDERS,
    STRUCTURE,
)
from driftline.inventory.layout.words import only_carriers, tokens_of

ENOUGH = 1.0  # the strength at which distinct words among siblings prove environments
STRONG = 0.7  # the strength of a word that is hardly ever anything else


class Accepted(msgspec.Struct, frozen=True):
    """A slot whose values are environments: how sure, why, and the words that proved it."""

    key: SlotKey
    confidence: float
    reason: str
    names: frozenset[str]
    score: float


def holder_of(key: SlotKey) -> str:
    """`strict`, `loose`, `carrier` or nothing: what around a slot says that it holds environments.

    >>> holder_of(SlotKey(("repo", "clusters"), "{}", "/"))
    'strict'
    >>> holder_of(SlotKey(("repo",), "values-{}", ".yaml"))
    'carrier'
    """
    if key.pattern != "{}" and only_carriers(key.pattern):
        return "carrier"
    if key.form == ".tfvars" and key.pattern == "{}":
        return "carrier"
    parent = key.parent[-1].lower() if len(key.parent) > 1 else ""
    if parent in STRICT_HOLDERS:
        return "strict"
    if parent in LOOSE_HOLDERS:
        return "loose"
    if tokens_of(parent)[-1:] and tokens_of(parent)[-1] in STRICT_HOLDERS - {"env", "cluster"}:
        return "strict"
    return ""


def strengths(values: Iterable[Value]) -> dict[str, float]:
    """Canonical environment names among values, with the strength of their words."""
    found = (value.found for value in values if value.found is not None)
    return {item.name: item.strength for item in found}


def accept(tree: Tree, said: frozenset[str] = frozenset()) -> dict[SlotKey, Accepted]:
    """Every slot that holds environments by its own values, its holder, or its cousins.

    `said` are canonical names that the user gave; one of them suffices.
    """
    accepted: dict[SlotKey, Accepted] = {}
    waiting: list[tuple[SlotKey, dict[str, float]]] = []
    cousins: dict[tuple[tuple[str, ...], str, str], dict[str, float]] = {}
    for key, values in tree.slots.items():
        names = strengths(values.values())
        if not names or _names_clusters(key):
            continue
        result = _by_word(key, names, said) or _by_itself(key, names, values)
        if result is not None:
            accepted[key] = result
        else:
            waiting.append((key, names))
        cousins.setdefault((key.parent[:-1], key.pattern, key.form), {}).update(names)
    proven = frozenset(name for item in accepted.values() for name in item.names)
    for key, names in waiting:
        result = _by_cousins(key, names, cousins) or _by_proof(key, names, proven, tree)
        if result is not None:
            accepted[key] = result
    return accepted


def _by_word(key: SlotKey, names: dict[str, float], said: frozenset[str]) -> Accepted | None:
    given = said & set(names)
    if not given or (key.pattern != "{}" and holder_of(key) != "carrier" and len(given) < 2):
        return None
    return Accepted(key, 1.0, "named in driftline.toml", frozenset(names), 3.0)


def _by_itself(
    key: SlotKey, names: dict[str, float], values: Mapping[str, Value]
) -> Accepted | None:
    holder = holder_of(key)
    total = sum(names.values())
    score = total + (1.0 if holder else 0.0)
    proof = frozenset(names)
    if len(names) >= 2 and (total >= ENOUGH or (holder and total >= 0.5)):
        spelled = sorted(value.spelled for value in values.values() if value.found is not None)
        listed = ", ".join(spelled[:3]) + (", …" if len(spelled) > 3 else "")
        confidence = 0.95 if holder else 0.9
        if key.pattern != "{}" and holder != "carrier":
            confidence = 0.85
        return Accepted(key, confidence, f"siblings vary: {listed}", proof, score)
    strongest = max(names.values())
    if holder == "strict" and strongest >= 0.3:
        reason = f"an environment's word in the folder {key.parent[-1]}/"
        return Accepted(key, 0.8, reason, proof, score)
    if holder in {"carrier", "loose"} and strongest >= 0.5:
        where = key.pattern.replace("{}", "…") if holder == "carrier" else key.parent[-1] + "/"
        return Accepted(key, 0.75, f"an environment's word with {where}", proof, score)
    return None


def _by_cousins(
    key: SlotKey,
    names: dict[str, float],
    cousins: dict[tuple[tuple[str, ...], str, str], dict[str, float]],
) -> Accepted | None:
    # `services/api/{dev,prod}` proves `services/web/dev`, which stands alone.
    if key.pattern != "{}" or key.parent[-1].lower() in SHARED:
        return None
    family = cousins[(key.parent[:-1], key.pattern, key.form)]
    if len(family) < 2 or sum(family.values()) < ENOUGH:
        return None
    reason = f"the folders beside {key.parent[-1]}/ vary in the same place"
    return Accepted(key, 0.8, reason, frozenset(names), sum(names.values()))


def _by_proof(
    key: SlotKey, names: dict[str, float], proven: frozenset[str], tree: Tree
) -> Accepted | None:
    if key.pattern != "{}" or max(names.values()) < STRONG:
        return None
    siblings = tree.slots[key]
    parent = key.parent[-1].lower() if len(key.parent) > 1 else ""
    plain = len(key.parent) == 1 or parent in STRUCTURE or parent in HOLDERS
    if key.form == FOLDER:
        contains = parent in CONTAINERS
        if any(name in proven for name in names) and not contains:
            return Accepted(
                key, 0.7, "the same environment is found elsewhere", frozenset(names), 1.0
            )
        if plain:
            return Accepted(key, 0.65, "a folder with an environment's name", frozenset(names), 1.0)
        return None
    strangers = [
        value for name, value in siblings.items() if value.found is None and not _is_shared(name)
    ]
    if not strangers and plain and any(name in proven for name in names):
        return Accepted(key, 0.65, "the same environment is found elsewhere", frozenset(names), 1.0)
    return None


def _names_clusters(key: SlotKey) -> bool:
    """Whether a part of a name is meant whole: `clusters/engineering-dev/` is one cluster."""
    return key.form == FOLDER and key.pattern != "{}" and key.parent[-1].lower() in STRICT_HOLDERS


def _is_shared(name: str) -> bool:
    return name.lower() in SHARED or only_carriers(name)
