"""Which namespaces of which clusters are which environment.

What the manifests declare comes first, then where Argo CD, Flux and helmfile
send things, then labels and names. A namespace that two environments claim with
equal right is given to neither: a wrong place costs more trust than a missing
one, and one line of settings decides it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from driftline.inventory.live.alone import undeclared
from driftline.inventory.live.claims import Claim, DeclaredObject, claims_of, labels_of
from driftline.inventory.live.findings import Finding, merged
from driftline.inventory.live.left_over import left_over
from driftline.inventory.live.names import OWN_NAMESPACES, named_by
from driftline.inventory.live.questions import not_told_apart, several_clusters, unplaced
from driftline.model.placing import (
    ClusterCard,
    Environment,
    Layout,
    LiveHint,
    LiveLayout,
    LivePlace,
    Question,
)

_SAID, _BY_CLUSTER, _BY_SELECTOR, _IN_COMMON = 1.0, 0.8, 0.8, 0.5
_OVERWHELMING = 5  # times as many objects as any other claimant's


def live_places(
    objects: Iterable[DeclaredObject],
    clusters: Sequence[ClusterCard],
    layout: Layout,
    hints: Sequence[LiveHint] = (),
) -> tuple[LivePlace, ...]:
    """Where environments live, by cluster and environment; see `live_layout`."""
    return live_layout(objects, clusters, layout, hints).places


def live_layout(
    objects: Iterable[DeclaredObject],
    clusters: Sequence[ClusterCard],
    layout: Layout,
    hints: Sequence[LiveHint] = (),
) -> LiveLayout:
    """Where environments live, and what only the user can decide.

    `objects` are the living documents of everything declared, `layout` their
    placements. Where no environment is declared at all, environments are made
    of what the names and labels of namespaces and clusters say.
    """
    work = _Work(tuple(objects), _distinct(clusters), layout)
    work.hinted(hints)
    if layout.environments:
        work.claimed()
        work.named()
    else:
        for card in work.clusters:
            work.found += undeclared(card, work.clusters, work.free(card))
    places = merged(work.found)
    questions = [*work.questions, *unplaced(work.clusters, places, layout.environments)]
    return LiveLayout(places, tuple(questions))


def one_layout(layouts: Sequence[Layout]) -> Layout:
    """The layouts of several sources as one."""
    environments: dict[str, Environment] = {}
    for one in layouts:
        for environment in one.environments:
            environments.setdefault(environment.name, environment)
    return Layout(
        tuple(environments.values()),
        tuple(placement for one in layouts for placement in one.placements),
        (),
    )


def _distinct(clusters: Sequence[ClusterCard]) -> tuple[ClusterCard, ...]:
    """Each cluster once, though several contexts may lead to it."""
    by_server: dict[str, ClusterCard] = {}
    for card in clusters:
        by_server.setdefault(card.server or f"context {card.name}", card)
    return tuple(by_server.values())


class _Work:
    """One inference, step by step; `found` and `questions` grow, the rest is set once."""

    def __init__(
        self,
        objects: tuple[DeclaredObject, ...],
        clusters: tuple[ClusterCard, ...],
        layout: Layout,
    ) -> None:
        self.objects = objects
        self.clusters = clusters
        self.environments = layout.environments
        self.claims = _by_environment(claims_of(objects, layout), layout.environments)
        self.said = {
            claim.cluster
            for claims in self.claims.values()
            for several in claims.values()
            for claim in several
            if claim.cluster
        }
        self.spoken = {one.name: named_by(one.name, self.environments) for one in clusters}
        self.taken: set[tuple[str, str]] = set()
        self.found: list[Finding] = []
        self.questions: list[Question] = []

    def hinted(self, hints: Sequence[LiveHint]) -> None:
        """What the user said, which nothing else can change."""
        for hint in hints:
            for card in self.clusters:
                if hint.cluster not in ("", card.name):
                    continue
                wanted = [one for one in hint.namespaces if hint.cluster or one in card.namespaces]
                if not hint.namespaces:
                    wanted = _ordinary(card)
                why = "driftline.toml says so"
                self.found += [
                    Finding(hint.environment, card.name, one, hint.selector, _SAID, why)
                    for one in wanted
                ]
                if not hint.selector:
                    self.taken |= {(card.name, one) for one in wanted}

    def free(self, card: ClusterCard) -> list[str]:
        """The namespaces of a cluster that are still nobody's."""
        held = {one.namespace for one in self.found if one.cluster == card.name}
        return [one for one in sorted(card.namespaces) if one not in held]

    def claimed(self) -> None:
        """The namespaces that somebody declares, cluster by cluster."""
        rights: dict[tuple[str, str], dict[str, Claim]] = {}
        for card in self.clusters:
            for namespace in sorted(card.namespaces):
                if (card.name, namespace) not in self.taken:
                    held = self._claimants(card, namespace)
                    if held:
                        rights[card.name, namespace] = held
        clusters_of = self._clusters_of(rights)
        for (cluster, namespace), held in rights.items():
            able = {
                environment: claim
                for environment, claim in held.items()
                if cluster in clusters_of[environment]
            }
            if able:
                self._decide(cluster, namespace, able, rights)

    def _claimants(self, card: ClusterCard, namespace: str) -> dict[str, Claim]:
        """The environments that may live in a namespace, each with its strongest claim."""
        held: dict[str, Claim] = {}
        for environment, claims in self.claims.items():
            for claim in claims.get(namespace, ()):
                if not claim.cluster or self._is_sent_to(card, claim.cluster):
                    held.setdefault(environment, claim)
        spoken = self.spoken[card.name]
        if not spoken:
            return held
        here = {one: claim for one, claim in held.items() if one in spoken}
        if here:
            return here
        # Another environment than the cluster's name says: only what its own name bears out.
        named = named_by(namespace, self.environments)
        return {one: claim for one, claim in held.items() if one in named or claim.cluster}

    def _is_sent_to(self, card: ClusterCard, said: str) -> bool:
        """Whether what goes to a cluster of this name goes to this one.

        Tools call clusters by other names than kubeconfigs do. Where no name
        fits any of them, the only cluster looked at may well be the one.
        """
        if _means(said, card):
            return True
        known = any(_means(one, other) for one in self.said for other in self.clusters)
        return not known and len(self.clusters) == 1

    def _clusters_of(
        self, rights: Mapping[tuple[str, str], Mapping[str, Claim]]
    ) -> dict[str, set[str]]:
        """The clusters in which an environment lives, of those that have its namespaces."""
        possible: dict[str, set[str]] = defaultdict(set)
        sent: dict[str, set[str]] = defaultdict(set)
        for (cluster, _), held in rights.items():
            for environment, claim in held.items():
                possible[environment].add(cluster)
                if claim.cluster:
                    sent[environment].add(cluster)
        for environment, several in possible.items():
            if len(several) == 1:
                continue
            spoken = {one for one in several if environment in self.spoken[one]}
            # A cluster that is another environment's by its name is no rival.
            silent = {one for one in several if not self.spoken[one]}
            chosen = sent[environment] | spoken or silent
            if not spoken and not sent[environment] and len(chosen) > 1:
                self.questions.append(several_clusters(environment, sorted(chosen)))
                chosen = set()
            possible[environment] = chosen
        return possible

    def _decide(
        self,
        cluster: str,
        namespace: str,
        held: Mapping[str, Claim],
        rights: Mapping[tuple[str, str], Mapping[str, Claim]],
    ) -> None:
        """Whose namespace it is, of the environments that claim it in this cluster."""
        owner = self._owner(namespace, held)
        if owner:
            claim = held[owner]
            why = [claim.evidence]
            if owner in self.spoken[cluster]:
                why.append(f"the cluster's name says {owner}")
            elif owner in named_by(namespace, self.environments):
                why.append("and so does its name")
            self.found.append(
                Finding(owner, cluster, namespace, "", claim.strength, "; ".join(why))
            )
            return
        has_own = {
            environment
            for (where, other), claimants in rights.items()
            if where == cluster and other != namespace
            for environment in claimants
            if self._owner(other, claimants) == environment
        }
        # A namespace that all use beside their own: which of them declares an
        # object there decides for that object, and there is nothing to ask.
        if set(held) <= has_own:
            return
        selectors = self._selectors(sorted(held))
        for environment, claim in held.items():
            selector = selectors.get(environment, "")
            strength = _BY_SELECTOR if selector else _IN_COMMON
            apart = f"; {selector} tells it apart" if selector else ""
            evidence = f"{claim.evidence}, as for others{apart}"
            self.found.append(
                Finding(environment, cluster, namespace, selector, strength, evidence)
            )
        if not selectors:
            self.questions.append(not_told_apart(cluster, namespace, sorted(held)))

    def _owner(self, namespace: str, held: Mapping[str, Claim]) -> str:
        """The one environment that a namespace belongs to, empty where several have a right."""
        if len(held) == 1:
            return next(iter(held))
        named = [one for one in named_by(namespace, self.environments) if one in held]
        if len(named) == 1:
            return named[0]
        # What is declared for one environment alone outweighs what all inherit.
        own = [one for one, claim in held.items() if claim.environment]
        if len(own) == 1:
            return own[0]
        ordered = sorted(held.values(), key=lambda claim: -claim.objects)
        if ordered[0].objects >= _OVERWHELMING * max(1, ordered[1].objects):
            return next(one for one, claim in held.items() if claim is ordered[0])
        return ""

    def _selectors(self, environments: Sequence[str]) -> dict[str, str]:
        """A label for each environment whose value tells it from the others, if there is one."""
        labels = labels_of(self.objects, environments)
        if set(labels) != set(environments):
            return {}
        shared = set.intersection(*(set(one) for one in labels.values()))
        for key in sorted(shared, key=lambda key: (not _is_telling(key), key)):
            values = {environment: labels[environment][key] for environment in environments}
            if len(set(values.values())) == len(environments):
                return {environment: f"{key}={value}" for environment, value in values.items()}
        return {}

    def named(self) -> None:
        """Environments that nothing declared has given a place: labels and names."""
        homeless = [
            one
            for one in self.environments
            if one.name not in {finding.environment for finding in self.found}
        ]
        if not homeless:
            return
        for card in self.clusters:
            findings, doubts = left_over(card, self.free(card), homeless, self.environments)
            self.found += findings
            self.questions += doubts
            placed = {one.environment for one in self.found}
            spoken = [one for one in self.spoken[card.name] if one not in placed]
            is_taken = any(one.cluster == card.name for one in self.found)
            if len(spoken) == 1 and not is_taken:
                why = f"the cluster's name says {spoken[0]}"
                self.found += [
                    Finding(spoken[0], card.name, one, "", _BY_CLUSTER, why)
                    for one in _ordinary(card)
                ]


def _by_environment(
    claims: Iterable[Claim], environments: Sequence[Environment]
) -> dict[str, dict[str, list[Claim]]]:
    """Claims by environment and namespace; what the shared layers say, all environments say."""
    found: dict[str, dict[str, list[Claim]]] = {one.name: {} for one in environments}
    for claim in claims:
        names = [claim.environment] if claim.environment else list(found)
        for name in names:
            if name in found:
                found[name].setdefault(claim.namespace, []).append(claim)
    return found


def _means(said: str, card: ClusterCard) -> bool:
    """Whether a cluster that somebody named is this one, by its address or within its name."""
    said = said.rstrip("/")
    if said in (card.name, card.server.rstrip("/")):
        return True
    words = re.escape(said)
    return re.search(rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])", card.name) is not None


def _ordinary(card: ClusterCard) -> list[str]:
    """The namespaces of a cluster without those that it has of itself."""
    return [one for one in sorted(card.namespaces) if not OWN_NAMESPACES.fullmatch(one)]


def _is_telling(key: str) -> bool:
    name = key.rpartition("/")[2].lower()
    return name in ("environment", "env", "stage", "tier", "instance")
