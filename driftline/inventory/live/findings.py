"""Single namespaces found to be an environment's, put together to places."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from driftline.model.placing import LivePlace

_EVIDENCE_MAX = 6


class Finding(msgspec.Struct, frozen=True):
    """That one namespace, or what a selector picks of it, is an environment's, and why."""

    environment: str
    cluster: str
    namespace: str
    selector: str
    confidence: float
    evidence: str


def merged(findings: Iterable[Finding]) -> tuple[LivePlace, ...]:
    """Places by environment and cluster, each as sure as the least sure of its namespaces.

    At most six pieces of evidence are kept, the surest first.
    """
    groups: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for one in findings:
        groups[one.environment, one.cluster, one.selector].append(one)
    places = []
    for (environment, cluster, selector), group in sorted(groups.items()):
        ordered = sorted(group, key=lambda one: (-one.confidence, one.namespace))
        evidence = list(dict.fromkeys(one.evidence for one in ordered))
        places.append(
            LivePlace(
                environment,
                cluster,
                tuple(sorted({one.namespace for one in group})),
                selector,
                min(one.confidence for one in group),
                tuple(evidence[:_EVIDENCE_MAX]),
            )
        )
    return tuple(places)
