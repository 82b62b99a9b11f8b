"""Steps of a chain and what their files changed, joined into looks and stored in transactions."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from driftline.engine.reading.file_histories import FileChanges
from driftline.model.look import Contribution, LookChanges, ResourceChange
from driftline.model.progress import Progress
from driftline.sources.git.chain import Step

# Commits can be read again, so many of them may share a transaction; the second
# limit keeps a transaction small where single commits are large.
LOOKS_PER_TRANSACTION = 1_000
FACTS_PER_TRANSACTION = 50_000


class Taken(msgspec.Struct, frozen=True):
    """Plain counts of what was stored: looks, fact changes, and gaps that opened."""

    looks: int
    facts: int
    gaps: int


def looks(steps: Iterable[Step], changes: Iterable[FileChanges]) -> Iterator[LookChanges]:
    """A look for each step, with the changes at its position; both come in order."""
    coming = iter(changes)
    change = next(coming, None)
    for step in steps:
        resources: list[ResourceChange] = []
        gaps = []
        while change is not None and change.position == step.look.position:
            resources.extend(change.resources)
            if change.gap is not None:
                gaps.append(change.gap)
            change = next(coming, None)
        acts, renumbered = used_acts(step.acts, resources)
        yield LookChanges(step.look, acts, renumbered, tuple(gaps))


def used_acts(
    acts: Sequence[Contribution], resources: Sequence[ResourceChange]
) -> tuple[tuple[Contribution, ...], tuple[ResourceChange, ...]]:
    """Only the acts that introduced something, and the changes with their new numbers."""
    used = {resource.act for resource in resources}
    for resource in resources:
        used.update(fact.act for fact in resource.facts if fact.act is not None)
    if len(used) == len(acts):
        return tuple(acts), tuple(resources)
    numbers = {old: new for new, old in enumerate(sorted(used))}
    kept = tuple(acts[old] for old in numbers)
    if all(old == new for old, new in numbers.items()):
        return kept, tuple(resources)
    return kept, tuple(_renumbered(resource, numbers) for resource in resources)


def _renumbered(resource: ResourceChange, numbers: dict[int, int]) -> ResourceChange:
    facts = tuple(
        fact if fact.act is None else msgspec.structs.replace(fact, act=numbers[fact.act])
        for fact in resource.facts
    )
    return msgspec.structs.replace(resource, act=numbers[resource.act], facts=facts)


def take_in(
    append: Callable[[Sequence[LookChanges]], None],
    coming: Iterable[LookChanges],
    *,
    total: int,
    progress: Progress,
) -> Taken:
    """Hand looks on in batches; counts what was handed on."""
    batch: list[LookChanges] = []
    in_batch = looks_taken = facts = gaps = 0
    for look in coming:
        batch.append(look)
        in_look = sum(len(resource.facts) for resource in look.resources)
        in_batch += in_look
        facts += in_look
        gaps += sum(gap.reason is not None for gap in look.gaps)
        looks_taken += 1
        if len(batch) >= LOOKS_PER_TRANSACTION or in_batch >= FACTS_PER_TRANSACTION:
            append(batch)
            batch = []
            in_batch = 0
        if looks_taken % 50 == 0:
            progress.step("reading commits", looks_taken, total)
    if batch:
        append(batch)
    progress.step("reading commits", looks_taken, total)
    return Taken(looks_taken, facts, gaps)
