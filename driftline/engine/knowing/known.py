"""Everything that a question needs to know, loaded once from the store."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from driftline.engine.knowing.environment_names import environment_named
from driftline.engine.knowing.fleet import (
    SourceHistory,
    load_histories,
    materials,
)
from driftline.engine.knowing.inferring import layouts_of
from driftline.engine.knowing.people import people_of
from driftline.engine.knowing.successors import links
from driftline.engine.settings import Settings
from driftline.history.protocol import Resource, Source, Store
from driftline.inventory import siblings
from driftline.inventory.compare import views
from driftline.inventory.layers.continuing import joined
from driftline.inventory.layers.material import Material
from driftline.inventory.layout.aliases import canonical
from driftline.inventory.pairing import order
from driftline.inventory.people import actors
from driftline.inventory.units import Place, Unit, UnitSet, environment_words, gather
from driftline.model.chronicle import Chronicle
from driftline.model.document import DocumentKind
from driftline.model.look import Contribution, Look
from driftline.model.placing import Environment, Layout

PLANE = "declared"

# What an environment may be built from wherever it stands.
_MATERIAL_KINDS = frozenset(
    {
        DocumentKind.OBJECT,
        DocumentKind.KUSTOMIZATION,
        DocumentKind.CHART,
        DocumentKind.TERRAFORM,
    }
)


class Known(msgspec.Struct, frozen=True):
    """Everything that questions need, loaded once.

    `live` are the histories of running systems, whose looks are in the one order
    too where a question asked for them; they have no layout.
    """

    histories: tuple[SourceHistory, ...]
    looks: tuple[Look, ...]
    sources: tuple[int, ...]
    places: tuple[Place, ...]
    layouts: tuple[Layout, ...]
    units: UnitSet
    words: frozenset[str]
    live: tuple[SourceHistory, ...] = ()

    @property
    def environments(self) -> tuple[Environment, ...]:
        """Every environment of every source, each once, in reading order."""
        found: dict[str, Environment] = {}
        for layout in self.layouts:
            for one in layout.environments:
                found.setdefault(one.name, one)
        return tuple(sorted(found.values(), key=lambda one: order(one.name, canonical)))


def know(
    store: Store,
    sources: Sequence[Source],
    settings: Settings,
    *,
    layer: str,
    only: Sequence[str] | None = None,
    live: Sequence[Source] = (),
) -> Known:
    """Load the sources and gather their units; `layer` is effective or own.

    With `only`, files that belong to other environments alone are left out.
    The names in it are as people write them; raises UsageError for a wrong one.
    """
    every, looks, by_instant = load_histories(store, (*sources, *live))
    histories = every[: len(sources)]
    documents = {} if only else {one.source.id: materials(store, one) for one in histories}
    layouts = layouts_of(store, histories, settings, None if only else documents)
    if only:
        names = list(
            dict.fromkeys(env.name for one in layouts.values() for env in one.environments)
        )
        wanted = frozenset(environment_named(text, names) for text in only)
        for one in histories:
            resources = _concerning(wanted, one.resources, layouts[one.source.id])
            documents[one.source.id] = materials(store, one, resources)
    places = tuple(
        _place(store, one, layouts[one.source.id], documents[one.source.id]) for one in histories
    )
    chosen = tuple(layouts[one.source.id] for one in histories)
    units = gather(places, layer=layer)
    words = environment_words(chosen)
    return Known(histories, looks, by_instant, places, chosen, units, words, every[len(sources) :])


def _place(
    store: Store, history: SourceHistory, layout: Layout, documents: Sequence[Material]
) -> Place:
    return Place(history.name, layout, joined(documents, links(store, history.source.id), layout))


def _concerning(
    environments: frozenset[str], resources: Sequence[Resource], layout: Layout
) -> list[Resource]:
    """Documents that may say something of these environments.

    Those are their own files, the shared layers, and whatever these may build
    on without the layout knowing it: manifests, kustomizations, charts and
    Terraform's defaults.
    """
    places = {one.path: one for one in layout.placements}
    wanted = []
    for one in resources:
        placement = places.get(one.file)
        if placement is None or placement.layer is None:
            is_wanted = one.kind in _MATERIAL_KINDS
        else:
            names = placement.environments
            is_wanted = not names or not environments.isdisjoint(names)
        if is_wanted:
            wanted.append(one)
    return wanted


def side(name: str, units: Mapping[str, Unit], *, until: int | None = None) -> siblings.Environment:
    """One environment as a side of a comparison, at an instant."""
    born = {role: unit.born for role, unit in units.items()}
    gone = {role: unit.gone for role, unit in units.items()}
    return siblings.Environment(name, PLANE, views(units, until=until), born, gone, units)


def chronicle_of(
    store: Store, known: Known, settings: Settings, wanted: Iterable[int]
) -> Chronicle:
    """The order of all looks, with the contributions of the wanted instants and their actors."""
    looks, sources = known.looks, known.sources
    positions: dict[int, list[int]] = defaultdict(list)
    for instant in wanted:
        positions[sources[instant]].append(looks[instant].position)
    contributions: dict[int, tuple[Contribution, ...]] = {}
    histories = (*known.histories, *known.live)
    instants = {history.source.id: history.instants for history in histories}
    for source, several in positions.items():
        for position, made in store.contributions(source, several).items():
            contributions[instants[source][position]] = made
    trailers = {
        one for several in contributions.values() for made in several for one in made.trailers
    }
    helpers = frozenset(one for one in trailers if actors.assistants(one, ()))
    return Chronicle(looks, sources, contributions, people_of(store, histories, settings), helpers)
