"""From the store to what analyses read: layouts, units and the order of all looks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec

from driftline.history.protocol import Gap, Resource, Source, Store
from driftline.inventory.layers.material import Material
from driftline.inventory.layers.merging import LayerStep
from driftline.model.chronicle import act_of
from driftline.model.document import DocumentKind
from driftline.model.look import Look


class SourceHistory(msgspec.Struct, frozen=True):
    """One source as stored; `instants` says where each of its positions stands in the order."""

    source: Source
    looks: tuple[Look, ...]
    resources: tuple[Resource, ...]
    gaps: tuple[Gap, ...]
    instants: Mapping[int, int]

    @property
    def name(self) -> str:
        """The repository's own name."""
        return PurePosixPath(self.source.locator).name.removesuffix(".git")


def as_one(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources as they are asked about: a branch alone is no environment, whatever its name.

    Only branches that are read together are environments of their repository; a
    check reads the branch that a change is made against by itself.
    """
    if len(sources) != 1:
        return tuple(sources)
    return (msgspec.structs.replace(sources[0], branch=""),)


def load_histories(
    store: Store, sources: Sequence[Source]
) -> tuple[tuple[SourceHistory, ...], tuple[Look, ...], tuple[int, ...]]:
    """The sources with their looks merged into one order; looks and their sources by instant."""
    per_source = [(source, store.looks(source.id)) for source in sources]
    merged = (
        sorted(
            (look.at, source.id, look.position, look)
            for source, looks in per_source
            for look in looks
        )
        if len(per_source) > 1
        else [
            (look.at, source.id, look.position, look)
            for source, looks in per_source
            for look in looks
        ]
    )
    instants: dict[int, dict[int, int]] = defaultdict(dict)
    for number, (_, source_id, position, _) in enumerate(merged):
        instants[source_id][position] = number
    histories = tuple(
        SourceHistory(
            source, looks, store.resources(source.id), store.gaps(source.id), instants[source.id]
        )
        for source, looks in per_source
    )
    return histories, tuple(entry[3] for entry in merged), tuple(entry[1] for entry in merged)


def materials(
    store: Store, history: SourceHistory, wanted: Iterable[Resource] | None = None
) -> tuple[Material, ...]:
    """The documents of a source with every step of their facts; `wanted` narrows them."""
    resources = {one.id: one for one in (history.resources if wanted is None else wanted)}
    steps: dict[int, list[LayerStep]] = defaultdict(list)
    instants = history.instants
    for step in store.steps(resources):
        instant = instants[step.position]
        steps[step.resource].append(
            LayerStep(instant, step.address, step.after, act_of(instant, step.act))
        )
    made = []
    for one in resources.values():
        own = steps[one.id]
        own.sort(key=lambda step: step.instant)
        first, last = one.presence[0], one.presence[-1]
        gone = None if last[1] is None else instants[last[1]]
        kind = DocumentKind(one.kind)
        made.append(
            Material(
                history.source.id,
                one.id,
                one.file,
                one.key,
                kind,
                tuple(own),
                instants[first[0]],
                gone,
            )
        )
    return tuple(made)
