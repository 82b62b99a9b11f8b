"""What was rendered, in the store: one look for each state that was rendered.

Each rendered file says in a document of its own what it was made of, so that a
question needs no more than the store to know what rendering replaced.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.engine.reading.file_histories import Known as FileKnown
from driftline.engine.reading.last_known import known_paths, last_known
from driftline.history.protocol import Source, Store
from driftline.inventory.canonical import NOTHING, difference
from driftline.inventory.live.rendered_units import RECIPE_KEY
from driftline.inventory.recipes.recipe import Recipe
from driftline.model.document import Document, DocumentKind, Reading
from driftline.model.look import (
    Contribution,
    GapChange,
    Look,
    LookChanges,
    Person,
    ResourceChange,
)

KIND = "rendered"
_NOBODY = Person("", "")


class Basis(msgspec.Struct, frozen=True):
    """The state that was rendered: when it was, its own name, and by what it was rendered."""

    at: int
    ref: str
    subject: str


def described(recipe: Recipe, reading: Reading) -> Reading:
    """What was read of a rendered file, with the document that says what it was made of."""
    facts = {
        "/tool": _text(recipe.tool),
        "/release": _text(recipe.release),
        "/namespace": _text(recipe.namespace),
        **{f"/inputs/{number}": _text(path) for number, path in enumerate(recipe.inputs)},
    }
    own = Document(RECIPE_KEY, DocumentKind.PLAIN, (facts,))
    return Reading((own, *reading.documents), reading.gap)


def keep(
    store: Store, source: Source, readings: Mapping[str, Reading], state: Basis, *, known_at: int
) -> bool:
    """Store what changed in the rendered files as one look; whether anything had.

    Files that are not among the readings are gone.
    """
    paths = known_paths(store, source.id) | readings.keys()
    before = last_known(store, source.id, paths)
    nothing = FileKnown(NOTHING, None)
    resources: list[ResourceChange] = []
    gaps: list[GapChange] = []
    for path in sorted(paths):
        former, reading = before.get(path, nothing), readings.get(path)
        resources += difference(former.reading, reading, path)
        gap = reading.gap if reading is not None else None
        if gap != former.gap:
            gaps.append(GapChange(path, gap))
    if not resources and not gaps:
        return False
    tip = store.tip(source.id)
    at = max(state.at, tip.at) if tip is not None else state.at
    look = Look(store.next_position(source.id), at, state.ref, _NOBODY, None, state.subject)
    acts: Sequence[Contribution] = (Contribution("", _NOBODY, state.subject),) if resources else ()
    changes = LookChanges(look, tuple(acts), tuple(resources), tuple(gaps))
    store.append(source.id, [changes], known_at=known_at)
    return True


def _text(value: str) -> str:
    return msgspec.json.encode(value).decode()
