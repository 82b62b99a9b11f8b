"""Namespaces for environments of which nothing declared says where they live: labels, then names.

Names are read in families: `shop-uat` and `shop-live` differ in one word. What
no name says may still follow from what is left over: the last place of a family
for the last environment.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from driftline.inventory.live.findings import Finding
from driftline.inventory.live.names import environment_word, labelled, named_by, tier_of
from driftline.inventory.live.questions import which_namespace
from driftline.model.placing import ClusterCard, Environment, Question

_LABELLED, _NAMED, _TIER, _LAST = 0.85, 0.75, 0.65, 0.6


def left_over(
    card: ClusterCard,
    free: Sequence[str],
    homeless: Sequence[Environment],
    environments: Sequence[Environment],
) -> tuple[list[Finding], list[Question]]:
    """Namespaces of a cluster for environments without one, and what has to be asked.

    `free` are the namespaces that are nobody's yet; `environments` are all.
    """
    found: list[Finding] = []
    wanted = {one.name for one in homeless}
    for namespace in free:
        name, label = labelled(card.namespaces[namespace], environments)
        if name in wanted:
            why = f"the namespace {namespace} is labelled {label}"
            found.append(Finding(name, card.name, namespace, "", _LABELLED, why))
    held = {one.namespace for one in found}
    for namespace in free:
        spoken = named_by(namespace, environments)
        if namespace not in held and len(spoken) == 1 and spoken[0] in wanted:
            why = f"the name {namespace} says {spoken[0]}"
            found.append(Finding(spoken[0], card.name, namespace, "", _NAMED, why))
    placed = {one.environment for one in found}
    rest = [one for one in homeless if one.name not in placed]
    if not rest:
        return found, []
    families = _families(card.namespaces, [one for one in free if not named_by(one, environments)])
    more = [*_by_tier(card, families, rest)]
    more = more or _by_elimination(card, families, rest, environments)
    placed |= {one.environment for one in more}
    doubts = [
        which_namespace(
            one.name, card.name, sorted(name for row in families.values() for name in row)
        )
        for one in rest
        if one.name not in placed and families
    ]
    return [*found, *more], doubts


def _families(
    namespaces: Mapping[str, Mapping[str, str]], free: Sequence[str]
) -> dict[str, list[str]]:
    """Free namespaces with a word of an environment, by what their names are without it.

    Only families with another member, free or not, count: one name alone with
    such a word may be what something is called.
    """
    sizes: dict[str, int] = defaultdict(int)
    for name in namespaces:
        sizes[environment_word(name)[1]] += 1
    found: dict[str, list[str]] = defaultdict(list)
    for name in free:
        word, family = environment_word(name)
        if word and sizes[family] > 1:
            found[family].append(name)
    return dict(found)


def _by_tier(
    card: ClusterCard, families: Mapping[str, Sequence[str]], rest: Sequence[Environment]
) -> list[Finding]:
    """`live` for `production`, `uat` for `staging`: where one word alone fits one environment."""
    found = []
    for one in rest:
        tier = tier_of(one.name)
        rivals = [other for other in rest if other is not one and tier_of(other.name) == tier]
        for members in families.values():
            fitting = [name for name in members if tier_of(name) == tier]
            if tier >= 0 and not rivals and len(fitting) == 1:
                why = f"the name {fitting[0]} says what {one.name} is elsewhere called"
                found.append(Finding(one.name, card.name, fitting[0], "", _TIER, why))
    return found


def _by_elimination(
    card: ClusterCard,
    families: Mapping[str, Sequence[str]],
    rest: Sequence[Environment],
    environments: Sequence[Environment],
) -> list[Finding]:
    """The last member of a family for the last environment, where all others have one."""
    if len(rest) != 1 or len(environments) < 2:
        return []
    why = "the only one left of its family, for the only environment left"
    return [
        Finding(rest[0].name, card.name, members[0], "", _LAST, f"{members[0]} is {why}")
        for members in families.values()
        if len(members) == 1
    ]
