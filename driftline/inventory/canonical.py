"""What changed between two versions of a file, resource by resource.

A file that can no longer be read has not lost its facts: what was last known
stays, until a version that can be read says otherwise.
"""

from collections.abc import Mapping

from driftline.model.document import Document, Reading
from driftline.model.look import FactChange, ResourceChange

NOTHING = Reading(())


def known(before: Reading | None, after: Reading) -> Reading:
    """What is known of a file after a version was read: its facts, or the last known ones.

    Behind a gap, the documents that could be read replace the older ones, and
    those that are missing stay as they were.
    """
    if after.gap is None or before is None:
        return after
    read = {document.key for document in after.documents}
    kept = tuple(document for document in before.documents if document.key not in read)
    return Reading(after.documents + kept, after.gap)


def difference(
    before: Reading | None, after: Reading | None, file: str, act: int = 0
) -> tuple[ResourceChange, ...]:
    """The changes that lead from one version of a file to the next, in document order.

    None stands for a file that is not there. A gap in `after` never takes a
    resource or a fact away.
    """
    old = {document.key: document for document in before.documents} if before else {}
    changes = []
    for document in after.documents if after else ():
        former = old.pop(document.key, None)
        if former is document:
            continue
        facts = (
            _facts_of(document) if former is None else _fact_changes(former.parts, document.parts)
        )
        if facts or former is None or former.kind != document.kind:
            changes.append(
                ResourceChange(
                    file=file,
                    key=document.key,
                    kind=document.kind.value,
                    appeared=former is None,
                    vanished=False,
                    facts=facts,
                    act=act,
                )
            )
    if after is None or after.gap is None:
        changes.extend(
            ResourceChange(
                file=file,
                key=document.key,
                kind=document.kind.value,
                appeared=False,
                vanished=True,
                facts=(),
                act=act,
            )
            for document in old.values()
        )
    return tuple(changes)


def _facts_of(document: Document) -> tuple[FactChange, ...]:
    return tuple(FactChange(address, None, value) for address, value in document.leaves().items())


def _fact_changes(
    before: tuple[Mapping[str, str], ...], after: tuple[Mapping[str, str], ...]
) -> tuple[FactChange, ...]:
    """Changes between two documents, looking only into parts that are not the same object."""
    old_parts = {id(part) for part in before}
    new_parts = {id(part) for part in after}
    old = _merged([part for part in before if id(part) not in new_parts])
    new = _merged([part for part in after if id(part) not in old_parts])
    changes = []
    for address, value in new.items():
        former = old.get(address)
        if former != value:
            changes.append(FactChange(address, former, value))
    changes.extend(
        FactChange(address, value, None) for address, value in old.items() if address not in new
    )
    return tuple(changes)


def _merged(parts: list[Mapping[str, str]]) -> Mapping[str, str]:
    if len(parts) == 1:
        return parts[0]
    merged: dict[str, str] = {}
    for part in parts:
        merged.update(part)
    return merged
