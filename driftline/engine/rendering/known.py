"""What is known of declared environments, with what was rendered laid over it."""

import msgspec

from driftline.engine.knowing.fleet import SourceHistory, materials
from driftline.engine.knowing.known import Known
from driftline.engine.rendering.source import KIND
from driftline.history.protocol import Store
from driftline.inventory.live.rendered_units import (
    Unrendered,
    rendered_files,
    rendered_units,
    unrendered,
)
from driftline.inventory.units import UnitSet, words_of


def with_rendered(store: Store, known: Known) -> Known:
    """What is known, with what was rendered laid over our own evaluation.

    The rendered sources must be among the histories of `known.live`.
    """
    histories = _rendered(known)
    if not histories:
        return known
    words = {one.name: words_of(one) for one in known.environments}
    laid = known.units.units
    for history in histories:
        files = rendered_files(materials(store, history), _gaps(history))
        laid = rendered_units(laid, files, words)
    return msgspec.structs.replace(known, units=UnitSet(laid, known.units.notes))


def not_rendered(store: Store, known: Known) -> tuple[Unrendered, ...]:
    """What of the declared environments nobody could render, with reasons."""
    return tuple(
        one
        for history in _rendered(known)
        if any(gap.to_position is None for gap in history.gaps)
        for one in unrendered(rendered_files(materials(store, history), _gaps(history)))
    )


def _rendered(known: Known) -> list[SourceHistory]:
    return [one for one in known.live if one.source.kind == KIND and one.looks]


def _gaps(history: SourceHistory) -> dict[str, str]:
    return {one.file: one.reason for one in history.gaps if one.to_position is None}
