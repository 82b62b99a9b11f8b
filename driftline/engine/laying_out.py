"""The answer of `layout`: every placement with its evidence."""

from driftline.engine.known import Known, side
from driftline.engine.reporting import questions, summarise
from driftline.model.answers.layout import LayoutAnswer, PlacementNote

SCHEMA = "driftline.layout/1"


def answer(known: Known) -> LayoutAnswer:
    """What was taken for which environment, role and layer."""
    rows = []
    for place, layout in zip(known.places, known.layouts, strict=True):
        alive = {one.file for one in place.materials if one.is_alive}
        rows += [
            PlacementNote(
                repository=place.name,
                path=one.path,
                environments=one.environments,
                role=one.role,
                layer=one.layer.value if one.layer else None,
                precedence=one.precedence,
                confidence=one.confidence,
                evidence=one.evidence,
                alive=one.path in alive,
            )
            for one in layout.placements
        ]
    environments = tuple(
        summarise(one, known, side(one.name, known.units.units.get(one.name, {})))
        for one in known.environments
    )
    return LayoutAnswer(SCHEMA, environments, tuple(rows), questions(known.layouts))
