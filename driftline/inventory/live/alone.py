"""Environments of clusters for which nothing is declared: what labels and names alone say.

Somebody who points at a cluster and nothing else sees its environments all the
same, under the words that the names themselves use.
"""

from collections import defaultdict
from collections.abc import Sequence

from driftline.inventory.live.findings import Finding
from driftline.inventory.live.names import (
    ENVIRONMENT_LABELS,
    OWN_NAMESPACES,
    environment_word,
    strength_of,
)
from driftline.model.placing import ClusterCard

_LABELLED, _CLUSTER, _NAMED, _WHOLE = 0.85, 0.8, 0.7, 0.5
_STRENGTH_MIN = 1.0  # as for the names of files: two words that add up to this


def undeclared(
    card: ClusterCard, clusters: Sequence[ClusterCard], free: Sequence[str]
) -> list[Finding]:
    """The environments of one cluster, of those looked at, and their namespaces.

    A cluster whose name differs from another's in an environment's word is that
    environment; else its namespaces are, where they are labelled or named so;
    else it is one environment, under its own name.
    """
    ordinary = [one for one in free if not OWN_NAMESPACES.fullmatch(one)]
    by_label = _by_label(card, ordinary)
    if by_label:
        return by_label
    word, family = environment_word(card.name)
    kin = [one for one in clusters if environment_word(one.name)[1] == family]
    if word and len(kin) > 1:
        why = f"the cluster's name says {word}"
        return [Finding(word, card.name, one, "", _CLUSTER, why) for one in ordinary]
    by_name = _by_name(card, ordinary)
    if by_name:
        return by_name
    why = "nothing tells environments apart in this cluster"
    return [Finding(word or card.name, card.name, one, "", _WHOLE, why) for one in ordinary]


def _by_label(card: ClusterCard, namespaces: Sequence[str]) -> list[Finding]:
    for key in ENVIRONMENT_LABELS:
        values = {one: card.namespaces[one].get(key, "") for one in namespaces}
        if any(values.values()):
            return [
                Finding(value, card.name, one, "", _LABELLED, f"{one} is labelled {key}={value}")
                for one, value in values.items()
                if value
            ]
    return []


def _by_name(card: ClusterCard, namespaces: Sequence[str]) -> list[Finding]:
    families: dict[str, dict[str, str]] = defaultdict(dict)
    for one in namespaces:
        word, family = environment_word(one)
        if word:
            families[family][word] = one
    return [
        Finding(word, card.name, one, "", _NAMED, f"the name {one} says {word}")
        for members in families.values()
        if len(members) > 1 and sum(map(strength_of, members)) >= _STRENGTH_MIN
        for word, one in members.items()
    ]
