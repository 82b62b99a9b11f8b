"""Who owns which field of an object: the server's managedFields in our own addresses.

The server names fields by its own rules (`f:spec`, `k:{"name":"web"}`); facts
are named by ours. Both stand on the same object, so an element is found in the
object's own list and named as its facts are. An entry says who wrote a field
last, never what it was before, and names of managers can be borrowed.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from driftline.model.address import element, escape
from driftline.sources.formats.limits import DEPTH_MAX
from driftline.sources.formats.list_keys import key_field
from driftline.sources.formats.scalars import text_value
from driftline.sources.formats.tree import Tree, flatten, key_token

# Facts below this token are no owned fields.
ASIDE = "-"
_ENTRIES_MAX = 1_000


class Entry(msgspec.Struct, frozen=True, rename="camel"):
    """One entry of managedFields as the server gives it."""

    manager: str = ""
    operation: str = ""
    subresource: str = ""
    time: str = ""
    fields_v1: Any = msgspec.field(name="fieldsV1", default=None)

    @property
    def owner(self) -> str:
        """`manager/operation`, with `/subresource` where there is one."""
        return "/".join(filter(None, (self.manager, self.operation, self.subresource)))


def ownership(
    entries: Iterable[Entry], tree: dict[str, Tree], *, is_secret: bool = False
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Address → its owners, sorted; and owner → the time of its last change.

    `tree` is the object without what is left out of it; what an entry owns
    beyond that has no address, and an entry that owns nothing else no time.
    """
    owners: dict[str, set[str]] = {}
    times: dict[str, str] = {}
    for number, entry in enumerate(entries):
        if number >= _ENTRIES_MAX or not isinstance(entry.fields_v1, dict):
            continue
        fields = _as_stored(entry.fields_v1) if is_secret else entry.fields_v1
        found = False
        for address in _owned(fields, tree, "", "", 0):
            owners.setdefault(address, set()).add(entry.owner)
            found = True
        if found and entry.time:
            times[entry.owner] = max(times.get(entry.owner, ""), entry.time)
    return {address: sorted(several) for address, several in owners.items()}, times


def ownership_facts(owners: Mapping[str, list[str]], times: Mapping[str, str]) -> dict[str, str]:
    """The facts of the companion document: owners by address, and times aside."""
    spelled: dict[tuple[str, ...], str] = {}
    facts: dict[str, str] = {}
    for address, several in owners.items():
        key = tuple(several)
        text = spelled.get(key)
        if text is None:
            text = spelled[key] = msgspec.json.encode(several).decode()
        facts[address] = text
    for owner, time in times.items():
        facts[f"/{ASIDE}/times/{escape(owner)}"] = text_value(time)
    return facts


def _owned(
    fields: Mapping[str, Any], tree: Tree, address: str, parent: str, depth: int
) -> Iterator[str]:
    """The addresses of the leaves that a set of fields names on the object."""
    if depth > DEPTH_MAX:
        return
    if not fields:
        # Nothing below is told apart: all of it has one owner.
        yield from _leaves(tree, address, parent)
        return
    tokens: list[str] = []
    if isinstance(tree, list):
        tokens = _tokens(tree, parent)
    for name, below in fields.items():
        if name == ".":
            if tree in ({}, []):
                yield address
            continue
        how, _, what = name.partition(":")
        inner = below if isinstance(below, dict) else {}
        if how == "f" and isinstance(tree, dict):
            child = tree.get(what)
            if child is not None:
                yield from _owned(inner, child, address + key_token(what), what, depth + 1)
        elif isinstance(tree, list):
            position = _position(how, what, tree)
            if position is not None:
                place = f"{address}/{tokens[position]}"
                yield from _owned(inner, tree[position], place, "", depth + 1)


def _leaves(tree: Tree, address: str, parent: str) -> Iterator[str]:
    if isinstance(tree, str):
        yield address
    else:
        yield from flatten(tree, address, parent)


def _tokens(elements: list[Tree], parent: str) -> list[str]:
    """How our addresses name the elements of this list."""
    field = key_field(parent, elements)
    if field is None:
        return [str(position) for position in range(len(elements))]
    return [element(field[0], value) for value in field[1]]


def _position(how: str, what: str, elements: list[Tree]) -> int | None:
    """Where the element stands that the server names by keys, value or index."""
    if how == "i":
        return int(what) if what.isdecimal() and int(what) < len(elements) else None
    try:
        wanted = msgspec.json.decode(what)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    if how == "v":
        return _first(elements, lambda one: isinstance(one, str) and _equal(one, wanted))
    if how == "k" and isinstance(wanted, dict):
        exact = _first(elements, lambda one: _has(one, wanted))
        # A default may have been filled in on the other side only.
        return exact if exact is not None else _first(elements, lambda one: _fits(one, wanted))
    return None


def _first(elements: list[Tree], fits: Any) -> int | None:
    return next((position for position, one in enumerate(elements) if fits(one)), None)


def _has(one: Tree, wanted: Mapping[str, Any]) -> bool:
    """Whether an element has all the keys."""
    return isinstance(one, dict) and all(
        key in one and _equal(one[key], value) for key, value in wanted.items()
    )


def _fits(one: Tree, wanted: Mapping[str, Any]) -> bool:
    """Whether an element has the first of the keys and contradicts none."""
    return (
        isinstance(one, dict)
        and bool(wanted)
        and next(iter(wanted)) in one
        and all(key not in one or _equal(one[key], value) for key, value in wanted.items())
    )


def _equal(leaf: Tree, value: Any) -> bool:
    if not isinstance(leaf, str):
        return False
    if isinstance(value, str):
        return leaf == text_value(value)
    return leaf == msgspec.json.encode(value).decode()


def _as_stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A Secret's fields: whoever wrote `stringData` owns the `data` that became of it."""
    written = fields.get("f:stringData")
    if not isinstance(written, dict):
        return dict(fields)
    data = fields.get("f:data")
    return {**fields, "f:data": {**(data if isinstance(data, dict) else {}), **written}}
