"""The planes of each environment: what is declared, what tools remember and what runs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from driftline.engine.knowing.fleet import SourceHistory, materials
from driftline.engine.knowing.known import Known, know
from driftline.engine.knowing.live_sources import CLUSTER, GIVEN, RENDERED
from driftline.engine.rendering.known import not_rendered, with_rendered
from driftline.engine.settings import Settings
from driftline.history.protocol import Source, Store
from driftline.inventory.compare import views
from driftline.inventory.layers.material import Material, text_of
from driftline.inventory.live.claims import declared_objects
from driftline.inventory.live.homes import Homes
from driftline.inventory.live.identity import Identity, unit_identity
from driftline.inventory.live.observed_units import LiveSource, ObservedUnits, observed_units
from driftline.inventory.live.places import live_layout, one_layout
from driftline.inventory.live.rendered_units import Unrendered
from driftline.inventory.live.unlisted import Unlisted, listing_of
from driftline.inventory.object_kinds import CLUSTER_KINDS
from driftline.inventory.siblings import Environment
from driftline.inventory.units import Unit, words_of
from driftline.model.document import DocumentKind
from driftline.model.placing import ClusterCard, LiveHint, LiveLayout
from driftline.model.plane import Plane

# In which order a plane is taken where nobody names one: what was looked at
# tells more than what a tool remembers, and that more than what is meant.
PREFERRED = (Plane.OBSERVED, Plane.RECORDED, Plane.DECLARED)


class LivePlane(msgspec.Struct, frozen=True):
    """One plane of what runs: its histories, one for each cluster, and the units found in them."""

    plane: Plane
    histories: tuple[SourceHistory, ...]
    found: ObservedUnits


class Planes(msgspec.Struct, frozen=True, dict=True):
    """Everything that questions about planes need, loaded once."""

    known: Known
    layout: LiveLayout
    live: Mapping[Plane, LivePlane]
    unrendered: tuple[Unrendered, ...] = ()

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """The name of every environment that any plane knows."""
        names = [one.name for one in self.known.environments]
        names += [place.environment for place in self.layout.places]
        return tuple(dict.fromkeys(names))

    def units(self, plane: Plane, environment: str) -> Mapping[str, Unit]:
        """The units of an environment on a plane; none where it has none there."""
        if plane is Plane.DECLARED:
            return self.known.units.units.get(environment, {})
        live = self.live.get(plane)
        return {} if live is None else live.found.units.get(environment, {})

    def recorded_roles(self, environment: str) -> frozenset[str]:
        """The roles of which some tool keeps a record, or kept one."""
        return frozenset(self.units(Plane.RECORDED, environment))

    def planes_of(self, environment: str) -> tuple[Plane, ...]:
        """The planes that an environment has, the most telling first."""
        return tuple(plane for plane in PREFERRED if self.units(plane, environment))

    def side(self, plane: Plane, environment: str, *, until: int | None) -> Environment:
        """One side of a comparison within one plane."""
        return _side(plane, environment, self.units(plane, environment), until)

    def intent(self, plane: Plane, environment: str, *, until: int | None) -> Environment:
        """What is meant to be there and could be seen there: objects of its namespaces."""
        units = self.units(plane, environment)
        if plane is Plane.DECLARED:
            identities = {role: unit_identity(unit) for role, unit in units.items()}
            units = {
                role: unit
                for role, unit in units.items()
                if self.is_within(environment, identities[role])
            }
        return _side(plane, environment, units, until)

    def is_within(self, environment: str, identity: Identity | None) -> bool:
        """Whether an object belongs to what an environment is live."""
        if identity is None:
            return False
        return not identity.namespace or identity.namespace in self.namespaces(environment)

    def namespaces(self, environment: str) -> frozenset[str]:
        """The namespaces in which an environment lives, of all clusters."""
        return frozenset(
            namespace
            for place in self.layout.places
            if place.environment == environment
            for namespace in place.namespaces
        )

    def unlisted(self, plane: Plane, environment: str, *, until: int | None) -> Unlisted:
        """The listings that were missing at an instant in the clusters of an environment."""
        live = self.live.get(plane)
        clusters = {one.cluster for one in self.layout.places if one.environment == environment}
        reasons: dict[str, str] = {}
        for history in live.histories if live else ():
            if history.source.locator in clusters:
                for gap in history.gaps:
                    if _is_open(gap.from_position, gap.to_position, history, until):
                        reasons[gap.file] = gap.reason
        return Unlisted(reasons)

    def why_unlisted(
        self, unlisted: Unlisted, plane: Plane, environment: str, identity: Identity
    ) -> str:
        """Why nobody could see an object; empty where it would have been seen."""
        if plane is Plane.RECORDED:
            # Whatever tools remember lies in Secrets, whichever kind it is of.
            return unlisted.reason_in(tuple(sorted(self.namespaces(environment))), "secrets.core")
        live = self.live.get(plane)
        listing = listing_of(identity, live.found.plurals if live else {})
        if identity.kind in CLUSTER_KINDS:
            return unlisted.reason(f"-/{listing}")
        if identity.namespace:
            return unlisted.reason(f"{identity.namespace}/{listing}")
        return unlisted.reason_in((*sorted(self.namespaces(environment)), "-"), listing)

    def why_unrendered(self, environment: str, facts: Mapping[str, str]) -> str:
        """Why nobody can say whether an object is declared: what made it could not be rendered."""
        for one in self.unrendered:
            if one.environment == environment and one.explains(facts):
                return f"{one.release} may declare it, and could not be rendered: {one.reason}"
        return ""

    def seen_at(self, plane: Plane, *, until: int | None) -> int:
        """The second of the last look at what runs, at an instant."""
        live = self.live.get(plane)
        seconds = [
            look.at
            for history in (live.histories if live else ())
            for look in history.looks
            if until is None or history.instants[look.position] <= until
        ]
        return max(seconds, default=0)


def know_planes(
    store: Store,
    declared: Sequence[Source],
    live: Sequence[Source],
    settings: Settings,
    *,
    layer: str = "effective",
) -> Planes:
    """Load what is declared and what runs, and say which of it belongs together."""
    wanted = _wanted(store, declared, live)
    known = with_rendered(store, know(store, declared, settings, layer=layer, live=wanted))
    histories = [one for one in known.live if one.looks and one.source.kind == CLUSTER]
    documents = {one.source.id: materials(store, one) for one in histories}
    objects = [one for place in known.places for one in declared_objects(place)]
    cards = _cards(histories, documents)
    layout = live_layout(objects, cards, one_layout(known.layouts), _hints(settings, cards))
    homes = Homes(layout.places, _declared_keys(known))
    words = {one.name: words_of(one) for one in known.environments}
    planes = {}
    for plane in (Plane.RECORDED, Plane.OBSERVED):
        own = tuple(one for one in histories if one.source.branch == plane.value)
        sources = [LiveSource(one.source.locator, documents[one.source.id]) for one in own]
        found = observed_units(sources, homes, known.units.units, words)
        planes[plane] = LivePlane(plane, own, found)
    return Planes(known, layout, planes, not_rendered(store, known))


def _wanted(store: Store, declared: Sequence[Source], live: Sequence[Source]) -> list[Source]:
    """The clusters, and what was rendered of these declarations or given last."""
    locators = {source.locator for source in declared}
    kept = store.derived(GIVEN, "ids")
    given = set() if kept is None else msgspec.json.decode(kept, type=set[int])
    if given:
        # What somebody rendered takes the place of what we had rendered.
        locators = set()
    return [
        source
        for source in live
        if source.kind != RENDERED or source.locator in locators or source.id in given
    ]


def _hints(settings: Settings, cards: Sequence[ClusterCard]) -> list[LiveHint]:
    """What the user said about where environments live, by the names that clusters have here."""
    hints = []
    for hint in settings.live_hints:
        names = [
            card.name
            for card in cards
            if card.name == hint.cluster or card.name.startswith(f"{hint.cluster}@")
        ]
        hints += [
            msgspec.structs.replace(hint, cluster=name)
            for name in (names if hint.cluster else [""])
        ]
    return hints


def _side(
    plane: Plane, environment: str, units: Mapping[str, Unit], until: int | None
) -> Environment:
    return Environment(
        environment,
        plane.value,
        views(units, until=until),
        {role: unit.born for role, unit in units.items()},
        {role: unit.gone for role, unit in units.items()},
        units,
    )


def _cards(
    histories: Iterable[SourceHistory], documents: Mapping[int, Sequence[Material]]
) -> list[ClusterCard]:
    """What is known of each cluster's namespaces: those of its objects, with their labels."""
    namespaces: dict[str, dict[str, dict[str, str]]] = {}
    for history in histories:
        own = namespaces.setdefault(history.source.locator, {})
        for one in documents[history.source.id]:
            namespace, _, listing = one.file.partition("/")
            if namespace not in ("-", "*", ""):
                own.setdefault(namespace, {})
            elif listing == "namespaces.core" and one.kind is DocumentKind.OBJECT:
                own[one.key.rpartition("/")[2]] = labels(one.now)
    return [ClusterCard(cluster, own) for cluster, own in namespaces.items()]


def labels(facts: Mapping[str, str]) -> dict[str, str]:
    """The labels of an object."""
    start = "/metadata/labels/"
    return {
        address[len(start) :].replace("~1", "/").replace("~0", "~"): text_of(value)
        for address, value in facts.items()
        if address.startswith(start)
    }


def _declared_keys(known: Known) -> list[tuple[str, str]]:
    """Environment and key of every object that is declared, as it will be called."""
    keys = []
    for environment, units in known.units.units.items():
        for unit in units.values():
            one = unit_identity(unit) if unit.gone is None else None
            if one is not None:
                key = "/".join(filter(None, (one.kind, one.namespace, one.name)))
                keys.append((environment, key))
    return keys


def _is_open(start: int, end: int | None, history: SourceHistory, until: int | None) -> bool:
    """Whether a gap between two positions was open at an instant."""
    if until is None:
        return end is None
    begun = history.instants.get(start)
    ended = None if end is None else history.instants.get(end)
    return begun is not None and begun <= until and (ended is None or ended > until)
