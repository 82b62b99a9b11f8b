"""What changed most, and which kinds of actors changed it?

Counts only: how often each fact of an environment's own files moved, and how
many fact changes each actor made. Actors are ordered by class and name, never
ranked; aggregates are for classes and teams.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from driftline.inventory.compare import View
from driftline.model.answers.scan import ActorSummary, Changed
from driftline.model.chronicle import Chronicle


def most_changed(
    environments: Mapping[str, Iterable[View]], chronicle: Chronicle, *, limit: int
) -> tuple[Changed, ...]:
    """The facts whose effective value moved most often, over all environments together."""
    moves: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, views in environments.items():
        for view in views:
            layers = view.unit.layers
            for address, points in view.series.items():
                if len(points) < 2:
                    continue
                # A shared file that moves several environments is one move, and
                # a value that only another layer sets has not moved.
                made = {
                    (after.instant, layers[after.cause].file)
                    for before, after in pairwise(points)
                    if before.value != after.value
                }
                if made:
                    moves[view.unit.role, address] |= made
                    where[view.unit.role, address].add(name)
    ranked = sorted(moves.items(), key=lambda item: (-len(item[1]), item[0]))[:limit]
    return tuple(
        Changed(
            role, path, len(made), tuple(sorted(where[role, path])), chronicle.time(max(made)[0])
        )
        for (role, path), made in ranked
    )


def actors(acts: Sequence[tuple[int, int]], chronicle: Chronicle) -> tuple[ActorSummary, ...]:
    """Each actor with its class and count of fact changes.

    `acts` are pairs of an act and how many fact changes it made. A
    contribution whose text names a co-author that is an AI counts as assisted.
    """
    changes: Counter[str] = Counter()
    assisted: Counter[str] = Counter()
    known: dict[str, tuple[str, str]] = {}
    for act, count in acts:
        made = chronicle.contribution(act)
        if made is None:
            continue
        actor = chronicle.actors.get(made.author)
        name = actor.name if actor else made.author.name
        known[name] = (actor.class_, actor.evidence) if actor else ("unattributed", "no rule")
        changes[name] += count
        if not chronicle.assistants.isdisjoint(made.trailers):
            assisted[name] += count
    rows = [
        ActorSummary(
            name=name,
            class_=class_,
            changes=changes[name],
            evidence=evidence,
            assisted=assisted[name],
        )
        for name, (class_, evidence) in known.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.class_, row.name)))
