"""One series for a document that was moved: the old file's life, then the new one's.

A renamed file or a migrated layout ends one resource and begins another. Where
a successor is known and both belong to the same environments, the new document
takes over the life of the old one, so that a move is no change of any fact
that it did not touch.
"""

from collections.abc import Iterable, Sequence

import msgspec

from driftline.inventory.layers.layer import LayerStep
from driftline.inventory.layers.material import Material
from driftline.inventory.succession import Successor
from driftline.model.placing import Layout


def joined(
    materials: Sequence[Material], successors: Iterable[Successor], layout: Layout
) -> tuple[Material, ...]:
    """The materials with each predecessor folded into its successor.

    A predecessor of other environments than its successor's is left alone: a
    file that was copied from one environment to begin another is no move.
    """
    places = {one.path: frozenset(one.environments) for one in layout.placements}
    by_resource = {one.resource: one for one in materials}
    for link in sorted(successors, key=lambda one: (one.position, one.old)):
        old, new = by_resource.get(link.old), by_resource.get(link.new)
        if old is None or new is None or old.born >= new.born:
            continue
        if places.get(old.file, frozenset()) != places.get(new.file, frozenset()):
            continue
        by_resource[new.resource] = _continued(old, new)
        del by_resource[old.resource]
    return tuple(by_resource.values())


def _continued(old: Material, new: Material) -> Material:
    """The new document with the old one's life before it."""
    before = [step for step in old.steps if step.instant < new.born]
    facts: dict[str, str] = {}
    for step in before:
        if step.value is None:
            facts.pop(step.address, None)
        else:
            facts[step.address] = step.value
    born = {step.address: step for step in new.steps if step.instant == new.born}
    act = next((step.act for step in born.values()), -1)
    turn = [step for address, step in born.items() if facts.get(address) != step.value]
    turn += [LayerStep(new.born, address, None, act) for address in facts.keys() - born.keys()]
    after = [step for step in new.steps if step.instant > new.born]
    steps = (*before, *sorted(turn, key=lambda step: step.address), *after)
    return msgspec.structs.replace(new, steps=steps, born=old.born)
