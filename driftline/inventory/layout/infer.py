"""The layout of repositories nobody has seen: which file is which environment, role and layer.

Names suggest, content and references decide, and the user's hints win. What
would rest on one sign alone is not placed but asked about, because a wrong
pair of files costs more trust than a missing one.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.layout import hints as said
from driftline.inventory.layout.aliases import canonical
from driftline.inventory.layout.branches import branch_environments, environment_of_branch
from driftline.inventory.layout.charts import charts_of, overlaid
from driftline.inventory.layout.layers import PRECEDENCE, Shared, find_shared
from driftline.inventory.layout.members import Membership, decide
from driftline.inventory.layout.naming import environments, shown, spellings
from driftline.inventory.layout.questions import asked, nothing_found
from driftline.inventory.layout.repositories import without_environment
from driftline.inventory.layout.roles import assign
from driftline.inventory.layout.slots import accept
from driftline.inventory.layout.spots import Spot, locate
from driftline.inventory.layout.templates import shelve
from driftline.inventory.layout.tree import Entry, Tree, entries_of
from driftline.inventory.layout.vocabulary import COMPONENTS, SHARED
from driftline.inventory.layout.words import Reader
from driftline.model.placing import FileCard, LayerKind, Layout, LayoutHints, Placement

NO_HINTS = LayoutHints()


class Source(msgspec.Struct, frozen=True):
    """One chain of history to place: its files, its repository's name, and its branch."""

    cards: tuple[FileCard, ...]
    repository: str = ""
    branch: str = ""


def infer(
    cards: Sequence[FileCard],
    hints: LayoutHints = NO_HINTS,
    *,
    repository: str = "",
    branch: str = "",
) -> Layout:
    """The layout of one repository, or of one of its branches.

    `cards` are all configuration files that were ever there. `branch` is not
    empty only where branches are environments; then every file is in it.
    Raises UsageError for a hint that cannot be understood.
    """
    source = Source(tuple(cards), repository, branch)
    return infer_together({"": source}, hints)[""]


def infer_together(
    sources: Mapping[str, Source], hints: LayoutHints = NO_HINTS
) -> dict[str, Layout]:
    """The layouts of several sources with one set of environments and one set of roles.

    Repositories `shop-staging` and `shop-production` are environments of
    `shop`; branches are environments of their repository.
    """
    work = _Work(sources, hints)
    return {label: work.layout(label) for label in sources}


class _Work:
    """One inference, step by step; every attribute is set once."""

    def __init__(self, sources: Mapping[str, Source], hints: LayoutHints) -> None:
        self.hints = hints
        places = said.compile_places(hints.places)
        more = frozenset(hints.environments) | _declared(sources)
        self.reader = Reader(more, frozenset(hints.not_environments))
        self.forced, self.bases = _whole_sources(sources, self.reader)
        self.entries: list[Entry] = []
        for label in sorted(sources):
            cards = sources[label].cards
            self.entries.extend(entries_of(cards, label, self.reader, hints.ignore))
        self.placed = {
            id(entry): found
            for entry in self.entries
            if (found := said.match(places, entry.path)) is not None
        }
        self.tree = Tree([e for e in self.entries if id(e) not in self.placed], self.reader)
        self.membership = self._decide()
        self.spots = [*self._from_hints(), *self._located]
        self._settle_regions()
        self.names = spellings(self.spots)
        self.shelf = shelve(self.spots, self.bases)
        self.shared = self._layers(sources)

    def _decide(self) -> Membership:
        given = frozenset(canonical(name) for name in self.hints.environments)
        accepted = accept(self.tree, given)
        excluded = frozenset(word.lower() for word in self.hints.not_environments)
        charts = {
            entry.segments[-2].lower()
            for entry in self.tree.entries
            if entry.names[-1].stem == "Chart" and len(entry.segments) > 2
        }
        membership = decide(self.tree, accepted, excluded, frozenset(charts))
        self._located = locate(self.tree, membership.members, accepted, self.forced)
        return membership

    def _from_hints(self) -> list[Spot]:
        spots = []
        for entry in self.entries:
            found = self.placed.get(id(entry))
            if found is None:
                continue
            spot = Spot(entry, evidence=(f"driftline.toml places: {found.text}",), confidence=1.0)
            spot.environment = canonical(found.environment)
            spot.spelled = found.environment
            spot.region = found.region
            start = 0
            for depth, segment in enumerate(entry.path.split("/"), start=1):
                end = start + len(segment)
                for left, right in found.spans:
                    if start <= left and right <= end:
                        stem = len(entry.names[depth].stem)
                        span = (left - start, min(right - start, stem))
                        spot.cuts.setdefault(depth, []).append(span)
                start = end + 1
            spots.append(spot)
        return spots

    def _settle_regions(self) -> None:
        """A region alone is an environment only where nothing else is one."""
        if any(spot.environment for spot in self.spots):
            return
        siblings: dict[tuple[str, ...], set[str]] = {}
        for spot in self.spots:
            if spot.region:
                depth = min(spot.cuts)
                siblings.setdefault(spot.entry.segments[:depth], set()).add(spot.region)
        for spot in self.spots:
            alone = not spot.region or len(siblings[spot.entry.segments[: min(spot.cuts)]]) < 2
            unresolved = any(name.found for name in spot.entry.names[1:-1])
            if not alone and not spot.confidence and not unresolved:
                spot.confidence = 0.65
                spot.evidence = ("siblings vary in a region",)

    def _layers(self, sources: Mapping[str, Source]) -> dict[str, Shared]:
        own = list(self.shelf.own.values())
        others = list(self.shelf.others.values())
        fallbacks = {
            self.bases[label]: _repository_name(self.bases[label], source)
            for label, source in sources.items()
        }
        assign(own, fallbacks)
        natural: dict[str, str] = {}
        assign(others, fallbacks)
        for template in others:
            for spot in template.spots:
                natural["/".join(spot.entry.segments)] = template.role
        entries = [spot.entry for template in others for spot in template.spots]
        charts = charts_of(entries)
        overlays: dict[str, Shared] = {}
        for template in own:
            chart = overlaid(template, list(charts.values()), template.base)
            if chart is None:
                continue
            found, confidence, why = chart
            template.role = found.name
            values = "/".join((*found.folder, "values.yaml"))
            overlays[values] = Shared(found.name, LayerKind.CHART, 0, confidence, why)
        shared = find_shared(own, entries, natural, charts)
        shared.update({name: item for name, item in overlays.items() if name not in shared})
        return shared

    def layout(self, label: str) -> Layout:
        """The part of the answer that concerns one source."""
        spots = [spot for spot in self.spots if spot.entry.source == label]
        divisions: dict[str, set[str]] = {}
        parts: dict[str, set[str]] = {}
        for spot in self.spots:
            name = shown(spot, self.names)
            if spot.environment and spot.detail:
                own = self.names[spot.environment]
                divisions.setdefault(own, set()).add(name)
                for part in filter(None, (spot.region, spot.cluster)):
                    parts.setdefault(part, set()).add(name)
        placements = [self._placement(spot, divisions, parts) for spot in spots]
        ignored = [
            Placement(entry.path, (), "", None, 0, 0.9, ("an example, a test or documentation",))
            for entry in self.entries
            if entry.source == label and entry.ignored and id(entry) not in self.placed
        ]
        found = environments((spot for spot in spots if spot.is_own), self.names)
        questions = asked(self.membership.doubts, self.tree, self.hints)
        if not found and not questions:
            mine = [entry for entry in self.entries if entry.source == label]
            questions = nothing_found(mine, self.tree, self.hints)
        ordered = sorted([*placements, *ignored], key=lambda placement: placement.path)
        return Layout(found, tuple(ordered), questions)

    def _placement(
        self, spot: Spot, divisions: Mapping[str, set[str]], parts: Mapping[str, set[str]]
    ) -> Placement:
        template = self.shelf.of[id(spot)]
        hint = self.placed.get(id(spot.entry))
        role = hint.role if hint is not None and hint.role else template.role
        path = spot.entry.path
        if spot.is_own:
            layer = LayerKind.GENERATED if template.is_generated else LayerKind.ENVIRONMENT
            names: tuple[str, ...] = (shown(spot, self.names),)
            if not spot.detail and names[0] in divisions:
                layer, names = LayerKind.REGION, tuple(sorted(divisions[names[0]]))
            if hint is not None and hint.layer is not None:
                layer = hint.layer
            precedence = PRECEDENCE[layer] + (2 if template.override else int(template.secret))
            if layer is LayerKind.REGION:
                precedence += 4
            return Placement(path, names, role, layer, precedence, spot.confidence, spot.evidence)
        if hint is not None:
            layer = hint.layer or LayerKind.BASE
            return Placement(path, (), role, layer, PRECEDENCE[layer], 1.0, spot.evidence)
        shared = self.shared.get("/".join(spot.entry.segments))
        part = spot.region or spot.cluster
        if part in parts:
            names = tuple(sorted(parts[part]))
            role = shared.role if shared is not None else role
            why = (f"shared by the environments of {part}",)
            return Placement(path, names, role, LayerKind.REGION, 20, 0.7, why)
        if shared is not None:
            why = (shared.evidence,)
            if shared.only:
                names = tuple(sorted({shown(one, self.names) for one in shared.only}))
                layer, precedence = LayerKind.REGION, PRECEDENCE[LayerKind.REGION]
                return Placement(path, names, shared.role, layer, precedence, 0.8, why)
            layer, precedence = shared.layer, shared.precedence
            return Placement(path, (), shared.role, layer, precedence, shared.confidence, why)
        return Placement(path, (), role, None, 0, 0.5, ("it belongs to no environment",))


def _declared(sources: Mapping[str, Source]) -> frozenset[str]:
    """Environment names that content declares: helmfile environments, generators' elements."""
    names = {
        reference.environment
        for source in sources.values()
        for card in source.cards
        for reference in card.references
        if reference.environment
    }
    plain = {
        name
        for name in names
        if name.lower() not in SHARED | COMPONENTS | {"in-cluster", "default"} and len(name) > 2
    }
    return frozenset(plain) if len(plain) >= 2 else frozenset()


def _whole_sources(
    sources: Mapping[str, Source], reader: Reader
) -> tuple[dict[str, str], dict[str, str]]:
    """Sources that are one environment each, and every source's name without it."""
    forced: dict[str, str] = {}
    bases: dict[str, str] = {}
    for label, source in sources.items():
        bases[label] = source.repository or label
        if source.branch:
            forced[label] = environment_of_branch(source.branch)
    alone = {label: source.repository for label, source in sources.items() if not source.branch}
    for label, (base, environment) in without_environment(alone, reader).items():
        bases[label], forced[label] = base, environment
    return forced, bases


def _repository_name(base: str, source: Source) -> str:
    return base if source.repository else ""


__all__ = ["NO_HINTS", "Source", "branch_environments", "infer", "infer_together"]
