"""How much of what was seen was understood?

A figure is worth as much as the part of the world behind it. Files are counted
by what they were taken for; nothing that was not read is counted as read.
"""

from collections.abc import Iterable, Sequence

from driftline.model.answers.parity import GapNote
from driftline.model.answers.scan import Coverage
from driftline.model.placing import Layout


def coverage(
    alive: Iterable[tuple[str, str]],
    layouts: dict[str, Layout],
    gaps: Sequence[GapNote],
    *,
    facts: int,
    fact_changes: int,
    not_configuration: int,
) -> Coverage:
    """Count the configuration files of now.

    `alive` are (repository, path) of files that are there; `layouts` is by
    repository.
    """
    places = {
        name: {one.path: one for one in layout.placements} for name, layout in layouts.items()
    }
    files = set(alive)
    placed = shared = 0
    for repository, path in files:
        placement = places.get(repository, {}).get(path)
        if placement is None or placement.layer is None:
            continue
        if placement.environments:
            placed += 1
        else:
            shared += 1
    unreadable = {(one.repository, one.path) for one in gaps}
    return Coverage(
        files=len(files | unreadable),
        placed=placed,
        shared=shared,
        unplaced=len(files) - placed - shared,
        unreadable=len(unreadable),
        not_configuration=not_configuration,
        facts=facts,
        fact_changes=fact_changes,
    )
