"""The answer of `layout`: every placement with its evidence."""

from driftline.engine.answering.reporting import questions, summarise
from driftline.engine.knowing.known import Known, side
from driftline.model.answers.layout import LayoutAnswer, LivePlaceNote, PlacementNote
from driftline.model.answers.scan import QuestionNote
from driftline.model.placing import LiveLayout

SCHEMA = "driftline.layout/1"


def answer(known: Known, live: LiveLayout | None = None) -> LayoutAnswer:
    """What was taken for which environment, role and layer, and where environments live."""
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
    asked = questions(known.layouts)
    if live is None:
        return LayoutAnswer(SCHEMA, environments, tuple(rows), asked)
    more = (QuestionNote(one.text, one.paths, one.answer) for one in live.questions)
    places = tuple(
        LivePlaceNote(
            one.environment,
            one.cluster,
            one.namespaces,
            one.selector,
            one.confidence,
            one.evidence,
        )
        for one in live.places
    )
    return LayoutAnswer(SCHEMA, environments, tuple(rows), (*asked, *more), places)
