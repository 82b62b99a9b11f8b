"""What became of one object between two looks, as changes of its documents."""

from collections import Counter
from collections.abc import Mapping

from driftline.engine.clusters.acts import Acts
from driftline.model.document import DocumentKind
from driftline.model.look import FactChange, ResourceChange

_NO_FACTS: Mapping[str, str] = {}


def object_changes(
    file: str,
    key: str,
    before: tuple[Mapping[str, str] | None, Mapping[str, str] | None],
    after: tuple[Mapping[str, str], Mapping[str, str] | None],
    managers_key: str,
    acts: Acts,
) -> list[ResourceChange]:
    """The changes of an object and of its companion that says who owns which field.

    Each pair is the object and its companion, None where there was none. An
    object that holds what it held has no change.
    """
    owned_before, owned = before[1] or _NO_FACTS, after[1] or _NO_FACTS
    moved = _steps(before[0] or _NO_FACTS, after[0])
    numbers = [acts.mover(step.address, owned_before, owned) for step in moved]
    changes = []
    is_new = before[0] is None
    act = _act(numbers, is_new=is_new) if numbers else acts.writer(owned_before, owned)
    if moved or is_new:
        facts = tuple(
            # Whoever made an object also made what nobody owns in it.
            step
            if number == act or (is_new and not number and step.address not in owned)
            else FactChange(step.address, step.before, step.after, number)
            for step, number in zip(moved, numbers, strict=True)
        )
        changes.append(ResourceChange(file, key, DocumentKind.OBJECT, is_new, False, facts, act))
    if after[1] is None:
        if before[1] is not None:
            changes.append(gone(file, managers_key, DocumentKind.OWNERSHIP, act))
        return changes
    ownership = _steps(owned_before, owned)
    if ownership or before[1] is None:
        is_new = before[1] is None
        changes.append(
            ResourceChange(
                file, managers_key, DocumentKind.OWNERSHIP, is_new, False, tuple(ownership), act
            )
        )
    return changes


def _act(numbers: list[int], *, is_new: bool) -> int:
    """Who did most of it; to make an object is somebody's act if anybody can be named."""
    counted = Counter(number for number in numbers if number or not is_new)
    return counted.most_common(1)[0][0] if counted else 0


def gone(file: str, key: str, kind: DocumentKind, act: int = 0) -> ResourceChange:
    """A document that is no longer there."""
    return ResourceChange(file, key, kind, False, True, (), act)


def _steps(before: Mapping[str, str], after: Mapping[str, str]) -> list[FactChange]:
    moved = [
        FactChange(address, before.get(address), value)
        for address, value in after.items()
        if before.get(address) != value
    ]
    moved += [
        FactChange(address, value, None)
        for address, value in before.items()
        if address not in after
    ]
    moved.sort(key=lambda step: step.address)
    return moved
