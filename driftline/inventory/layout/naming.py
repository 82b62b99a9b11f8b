"""The names environments are shown by: the spelling the repository uses most."""

from collections.abc import Iterable

from driftline.inventory.layout.spots import Spot
from driftline.model.placing import Environment


def spellings(spots: Iterable[Spot]) -> dict[str, str]:
    """Canonical name to the spelling most files use, living files first.

    `prod` in forty files and `production` in three is `prod`.
    """
    counted: dict[str, dict[str, list[int]]] = {}
    for spot in spots:
        if spot.environment:
            tally = counted.setdefault(spot.environment, {}).setdefault(spot.spelled, [0, 0])
            tally[0] += spot.entry.card.alive
            tally[1] += 1
    return {
        name: min(
            tallies, key=lambda spelled: (-tallies[spelled][0], -tallies[spelled][1], spelled)
        )
        for name, tallies in counted.items()
    }


def shown(spot: Spot, names: dict[str, str]) -> str:
    """The name of a spot's environment with region and cluster: `production/eu-west-1`."""
    name = names.get(spot.environment, spot.environment)
    return "/".join(part for part in (name, spot.detail) if part)


def environments(spots: Iterable[Spot], names: dict[str, str]) -> tuple[Environment, ...]:
    """Every environment that files were placed in, by name.

    An environment that is divided into regions or clusters is listed by its
    divisions only.
    """
    held: dict[str, list[Spot]] = {}
    divided: set[str] = set()
    for spot in spots:
        if not (spot.environment or spot.detail):
            continue
        held.setdefault(shown(spot, names), []).append(spot)
        if spot.environment and spot.detail:
            divided.add(names.get(spot.environment, spot.environment))
    found = []
    for name in sorted(set(held) - divided):
        members = held[name]
        first = members[0]
        parts = (
            ("environment", names.get(first.environment, first.environment)),
            ("region", first.region),
            ("cluster", first.cluster),
        )
        reasons = sorted({reason for spot in members for reason in spot.evidence})
        alive = sum(spot.entry.card.alive for spot in members)
        count = f"{len(members)} files, {alive} of them there now"
        found.append(
            Environment(
                name=name,
                dimensions=tuple(part for part in parts if part[1]),
                confidence=max(spot.confidence for spot in members),
                evidence=(count, *reasons[:4]),
            )
        )
    return tuple(found)
