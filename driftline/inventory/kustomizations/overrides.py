"""What a document does to an object over time: a patch, or a field of a kustomization.

A merge patch becomes a layer with the patch's own facts, merged by the rules of
its kind. Anything else is an edit: at each instant at which the document or
the object below it changed, the object is transformed anew, and what the
transformation changed becomes the layer's facts.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.kustomizations.json_patch import Inapplicable
from driftline.inventory.kustomizations.transformers import Effect
from driftline.inventory.layers.layer import DELETED, REPLACED, EffectiveSeries, LayerStep
from driftline.inventory.layers.material import Material

Facts = Mapping[str, str]

_IDENTITY = frozenset({"/apiVersion", "/kind", "/metadata/name", "/metadata/namespace"})


class Edit(msgspec.Struct, frozen=True):
    """A part of a document and what it does to an object."""

    material: Material
    prefixes: tuple[str, ...]
    effect: Effect


class Outcome(msgspec.Struct, frozen=True):
    """The steps of a derived layer, and why nothing is applied now, if so."""

    steps: tuple[LayerStep, ...]
    reason: str = ""


def patch_steps(material: Material, prefix: str) -> tuple[LayerStep, ...]:
    """The life of a merge patch below a prefix of a document, as steps of the object."""
    steps: list[LayerStep] = []
    current: dict[str, str] = {}
    set_now: dict[str, str] = {}
    for moved in _moves(material.steps, prefix):
        for step in moved:
            _apply(current, step.address[len(prefix) :], step.value)
        wanted = merge_patch(current)
        steps += _changes(set_now, wanted, moved[-1].instant, moved[-1].act)
        set_now = wanted
    return tuple(steps)


def merge_patch(facts: Facts) -> dict[str, str]:
    """A patch's facts as it sets them: without its identity, its directives carried out."""
    wanted: dict[str, str] = {}
    for address, value in facts.items():
        parent, _, token = address.rpartition("/")
        if token == "$patch":  # noqa: S105 - a directive
            mark = {'"delete"': DELETED, '"replace"': REPLACED}.get(value)
            if mark is not None:
                wanted[parent] = mark
        elif address not in _IDENTITY and "/$" not in address:
            wanted[address] = value
    for place in [place for place, value in wanted.items() if value == DELETED]:
        for other in [one for one in wanted if one.startswith(place + "/")]:
            del wanted[other]
    return wanted


def deletes_object(facts: Facts) -> bool:
    """Whether a patch deletes the object as a whole."""
    return facts.get("/$patch") == '"delete"'


def directives(facts: Facts) -> list[str]:
    """The directives of a patch that are not carried out, each once."""
    found = []
    for address, value in facts.items():
        token = address.rpartition("/")[2]
        if token == "$patch" and value in ('"delete"', '"replace"', '"merge"'):  # noqa: S105 - as above
            continue
        start = address.find("/$")
        if start >= 0:
            found.append(address[start + 1 :].partition("/")[0])
    return list(dict.fromkeys(found))


def edit_steps(edit: Edit, below: EffectiveSeries) -> Outcome:
    """The life of an edit on an object whose effective facts below it are known."""
    steps: list[LayerStep] = []
    field: dict[str, str] = {}
    facts: dict[str, str] = {}
    set_now: dict[str, str] = {}
    reason = ""
    for instant, act, own, moved in _edit_moves(edit, below):
        for address, value in own:
            _apply(field, address, value)
        for address, value in moved:
            _apply(facts, address, value)
        reason = ""
        try:
            wanted = _difference(facts, edit.effect(field, facts)) if facts else {}
        except Inapplicable as why:
            wanted, reason = {}, str(why)
        steps += _changes(set_now, wanted, instant, act)
        set_now = wanted
    return Outcome(tuple(steps), reason)


_Set = tuple[str, str | None]


def _edit_moves(
    edit: Edit, below: EffectiveSeries
) -> list[tuple[int, int, list[_Set], list[_Set]]]:
    """What moved at each instant: instant, whose act, moves of the field and of the object."""
    found: dict[int, tuple[int, list[_Set], list[_Set]]] = {}
    for address, points in below.items():
        for point in points:
            _, _, moved = found.setdefault(point.instant, (point.act, [], []))
            moved.append((address, point.value))
    for step in edit.material.steps:
        for prefix in edit.prefixes:
            relative = step.address[len(prefix) :]
            if step.address.startswith(prefix) and relative[:1] in ("/", ""):
                # Several prefixes are fields side by side, so they keep their names.
                address = relative if len(edit.prefixes) == 1 else step.address
                _, own, moved = found.get(step.instant, (step.act, [], []))
                own.append((address, step.value))
                found[step.instant] = (step.act, own, moved)
    return [(instant, *found[instant]) for instant in sorted(found)]


def _moves(steps: Sequence[LayerStep], prefix: str) -> list[list[LayerStep]]:
    """The steps below a prefix, together by instant."""
    found: dict[int, list[LayerStep]] = {}
    for step in steps:
        if step.address.startswith(prefix) and step.address[len(prefix) :][:1] in ("/", ""):
            found.setdefault(step.instant, []).append(step)
    return [found[instant] for instant in sorted(found)]


def _apply(facts: dict[str, str], address: str, value: str | None) -> None:
    if value is None:
        facts.pop(address, None)
    else:
        facts[address] = value


def _difference(before: Facts, after: Facts) -> dict[str, str]:
    """What an edit sets and deletes."""
    wanted = {one: value for one, value in after.items() if before.get(one) != value}
    wanted.update((one, DELETED) for one in before if one not in after)
    return wanted


def _changes(before: Facts, after: Facts, instant: int, act: int) -> list[LayerStep]:
    """The steps from what a layer set to what it sets."""
    steps = [
        LayerStep(instant, address, value, act)
        for address, value in after.items()
        if before.get(address) != value
    ]
    steps += [LayerStep(instant, one, None, act) for one in before if one not in after]
    return steps
