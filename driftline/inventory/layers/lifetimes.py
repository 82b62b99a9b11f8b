"""Layers cut to the life of the unit that they make up.

A shared file may be older than an environment that takes values from it, and
outlive it. What it said before is what the environment began with, and what it
says afterwards concerns nobody.
"""

from collections.abc import Sequence

import msgspec

from driftline.inventory.layers.layer import Layer, LayerStep


def within(layers: Sequence[Layer], born: int, gone: int | None) -> tuple[Layer, ...]:
    """The layers between two instants: older facts begin with the unit, all end with it.

    A fact that is older keeps the act that made it.
    """
    return tuple(_cut(layer, born, gone) for layer in layers)


def _cut(layer: Layer, born: int, gone: int | None) -> Layer:
    steps = layer.steps
    if not steps or (gone is None and steps[0].instant >= born):
        return layer
    earlier: dict[str, LayerStep] = {}
    later: list[LayerStep] = []
    for step in steps:
        if step.instant <= born:
            earlier[step.address] = step
        elif gone is None or step.instant < gone:
            later.append(step)
    begun = [
        step if step.instant == born else LayerStep(born, step.address, step.value, step.act)
        for step in earlier.values()
        if step.value is not None
    ]
    kept = [*begun, *later]
    if gone is not None:
        kept += _ending(
            kept, gone, {step.address: step.act for step in steps if step.instant == gone}
        )
    return msgspec.structs.replace(layer, steps=tuple(kept))


def _ending(steps: Sequence[LayerStep], gone: int, acts: dict[str, int]) -> list[LayerStep]:
    """The steps that end every fact; by the act that removed it, where it was removed then."""
    last = {step.address: step for step in steps}
    return [
        LayerStep(gone, address, None, acts.get(address, -1))
        for address, step in last.items()
        if step.value is not None
    ]
