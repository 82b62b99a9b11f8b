"""What the rules about live environments would rather ask, each with the line that decides it."""

import json
from collections.abc import Collection, Sequence

from driftline.inventory.live.names import OWN_NAMESPACES
from driftline.model.placing import ClusterCard, Environment, LivePlace, Question

_SAMPLE = 5


def setting(environment: str, cluster: str, namespaces: Collection[str] = ()) -> str:
    """The line of driftline.toml that says where an environment lives.

    >>> setting("qa", "west", ["shop-qa"])
    'kubernetes = [{ environment = "qa", context = "west", namespaces = ["shop-qa"] }]'
    """
    parts = [f"environment = {json.dumps(environment)}", f"context = {json.dumps(cluster)}"]
    if namespaces:
        parts.append(f"namespaces = {json.dumps(sorted(namespaces))}")
    return f"kubernetes = [{{ {', '.join(parts)} }}]"


def several_clusters(environment: str, clusters: Sequence[str]) -> Question:
    """An environment whose namespaces stand in several clusters that nothing tells apart."""
    text = (
        f"The namespaces of {environment} stand in {', '.join(clusters)}; "
        "which of these clusters is it?"
    )
    return Question(text, (), setting(environment, clusters[0]))


def not_told_apart(cluster: str, namespace: str, environments: Sequence[str]) -> Question:
    """A namespace that several environments declare as theirs."""
    text = (
        f"{', '.join(environments)} all declare what is in namespace {namespace} of {cluster}, "
        f"and no label tells it apart. If it is only one environment's, say whose."
    )
    return Question(text, (), setting(environments[0], cluster, [namespace]))


def which_namespace(environment: str, cluster: str, candidates: Sequence[str]) -> Question:
    """An environment without a namespace, beside namespaces that may be one."""
    listed = ", ".join(candidates[:_SAMPLE])
    text = f"Nothing says where in {cluster} {environment} lives; {listed} may be it."
    return Question(text, (), setting(environment, cluster, candidates[:1]))


def unplaced(
    clusters: Sequence[ClusterCard],
    places: Sequence[LivePlace],
    environments: Sequence[Environment],
) -> list[Question]:
    """Clusters that were looked at and are no environment's."""
    used = {one.cluster for one in places}
    found = []
    for card in clusters:
        ordinary = [one for one in sorted(card.namespaces) if not OWN_NAMESPACES.fullmatch(one)]
        if card.name in used or not ordinary or not environments:
            continue
        listed = ", ".join(ordinary[:_SAMPLE]) + (", ..." if len(ordinary) > _SAMPLE else "")
        text = (
            f"Nothing says which environment lives in {card.name} (namespaces {listed}); "
            "until you say so, nothing in it is compared with what is declared."
        )
        found.append(Question(text, (), setting(environments[0].name, card.name, ordinary[:1])))
    return found
