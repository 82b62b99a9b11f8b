"""Files as they come beside an environment of the history: `compare ./rendered production`."""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from driftline.engine.answering.referring import Resolved, resolve
from driftline.engine.beside.answer import Side, compared, side_of
from driftline.engine.beside.plain_sides import plain_side
from driftline.engine.knowing.known import Known, side
from driftline.engine.reading.readers import make_state_reader
from driftline.engine.secret_key import secret_key
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.inventory.compare import View
from driftline.inventory.counterparts import Thing
from driftline.inventory.layers.material import text_of
from driftline.model.answers.parity import Comparison
from driftline.model.answers.side_by_side import FileCounts
from driftline.model.document import DocumentKind
from driftline.model.plane import Plane
from driftline.model.ref import Ref, time_text


def answer(
    known: Known, left: Ref, right: Ref, settings: Settings, folder: Path, *, now: int, layer: str
) -> Comparison:
    """Compare the files that one ref names with the environment that the other one names.

    Things of the environment are its effective values, or its own files alone
    with the layer `own`. Raises UsageError for what is not there, and for
    another plane than the declared one.
    """
    named, other = (left, right) if left.names_files else (right, left)
    if other.plane not in (None, Plane.DECLARED):
        raise UsageError(
            f"{other}: files stand beside what is declared; leave out :{other.plane.value}"
        )
    plain = plain_side(named, other, folder, os.environ)
    resolved = resolve(other, known, now=now)
    # With the key of the history, so that a secret here equals the same secret there.
    key = secret_key(settings.store_path, os.environ, key_file=settings.key_file)
    files = side_of(plain, dict(plain.contents()), make_state_reader(key.key, key.key_id))
    stored = _stored(str(other), resolved, known)
    sides = (files, stored) if named is left else (stored, files)
    counts = FileCounts(len(sides[0].files), len(sides[1].files), 0, len(plain.paths))
    return compared(*sides, counts, files=_aliases(sides[0].files, sides[1].files), layer=layer)


def _stored(ref: str, resolved: Resolved, known: Known) -> Side:
    """The environment at an instant as a side."""
    views = side(resolved.environment, resolved.units, until=resolved.until).views
    if not views:
        raise UsageError(f"{ref}: there was nothing in this environment then; ask for another time")
    things = tuple(_thing(role, view) for role, view in views.items())
    mine = {
        placement.path
        for layout in known.layouts
        for placement in layout.placements
        if resolved.environment in placement.environments
    }
    gaps = {
        gap.file: gap.reason
        for history in known.histories
        for gap in history.gaps
        if gap.to_position is None and gap.file in mine
    }
    look = known.looks[-1 if resolved.until is None else resolved.until]
    return Side(
        ref,
        things,
        frozenset(one.file for one in things) | gaps.keys(),
        gaps,
        Plane.DECLARED.value,
        time_text(look.at),
        known.words,
    )


def _thing(role: str, view: View) -> Thing:
    """A role of an environment as a thing: an object by what it says, anything else by its file."""
    file = view.unit.layers[-1].file if view.unit.layers else role
    kind, name, space = (
        text_of(point.value) if point else ""
        for address in ("/kind", "/metadata/name", "/metadata/namespace")
        for point in [view.facts.get(address)]
    )
    if "/apiVersion" in view.facts and kind:
        return Thing(file, "/".join(filter(None, (kind, space, name))), DocumentKind.OBJECT, view)
    _, mark, number = role.rpartition("#")
    return Thing(file, f"#{number}" if mark and number.isdigit() else "", DocumentKind.PLAIN, view)


def _aliases(left: Iterable[str], right: Iterable[str]) -> dict[str, str]:
    """Files of the right that are files of the left, seen from another folder.

    `values.yaml` is `env/production/values.yaml` where no other path ends so.
    """
    found: dict[str, list[str]] = defaultdict(list)
    ours, theirs = frozenset(left), frozenset(right)
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in ours:
        by_name[path.rpartition("/")[2]].append(path)
    for path in theirs - ours:
        for one in by_name[path.rpartition("/")[2]]:
            if one not in theirs and (path.endswith("/" + one) or one.endswith("/" + path)):
                found[path].append(one)
    taken = [several[0] for several in found.values() if len(several) == 1]
    return {
        path: several[0]
        for path, several in found.items()
        if len(several) == 1 and taken.count(several[0]) == 1
    }
