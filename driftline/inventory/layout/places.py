"""Nameless files of different folders: one thing that moves, or two things.

`config/prod.yaml` and `helm/prod.yaml` share the repository's name as their
role only for want of a better one. They are taken for one thing if one of them
is gone, as after a move, or if their content is alike; otherwise each keeps
its folder's word in its role.
"""

from collections.abc import Sequence

from driftline.inventory.layout.evidence import shapes_of, top_level
from driftline.inventory.layout.templates import Template
from driftline.inventory.layout.vocabulary import HOLDERS, SECRET_WORDS

_ALIKE_FROM = 0.5  # the share of top-level keys that two contents of one thing have in common


def separate_places(nameless: Sequence[Template]) -> None:
    """Give nameless templates of one role, but of different things, longer roles."""
    places: dict[tuple[str, ...], list[Template]] = {}
    for template in nameless:
        place = tuple(word for word in template.hard if word not in HOLDERS | SECRET_WORDS)
        places.setdefault(place, []).append(template)
    ordered = sorted(places, key=lambda place: (len(place), place))
    open_ones = [place for place in ordered if not all(t.secret for t in places[place])]
    if len(open_ones) < 2:
        return
    kept: list[tuple[tuple[str, ...], str]] = []
    for place in open_ones:
        held = places[place]
        same = [role for other, role in kept if _is_one_thing(held, places[other])]
        if not kept or same:
            role = same[0] if same else held[0].role
        else:
            role = f"{held[0].role}/{place[-1]}"
        kept.append((place, role))
    for place, role in kept:
        for template in places[place]:
            template.role = role


def _is_one_thing(one: Sequence[Template], other: Sequence[Template]) -> bool:
    if not _is_alive(one) or not _is_alive(other):
        return True
    left, right = _keys(one), _keys(other)
    if not left or not right:
        return False
    return len(left & right) >= _ALIKE_FROM * len(left | right)


def _is_alive(templates: Sequence[Template]) -> bool:
    return any(spot.entry.card.alive for template in templates for spot in template.spots)


def _keys(templates: Sequence[Template]) -> frozenset[str]:
    return top_level(shapes_of(spot.entry for t in templates for spot in t.spots))
