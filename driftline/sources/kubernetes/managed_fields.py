"""Who owns which field of an object: the server's managedFields in our own addresses.

The server names fields by its own rules (`f:spec`, `k:{"name":"web"}`); facts
are named by ours. Both stand on the same object, so an element is found in the
object's own list and named as its facts are. An entry says who wrote a field
last, never what it was before, and names of managers can be borrowed.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
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
        owned: list[str] = []
        _collect(fields, tree, "", "", 0, owned)
        owner = entry.owner
        for address in owned:
            owners.setdefault(address, set()).add(owner)
        if owned and entry.time:
            times[owner] = max(times.get(owner, ""), entry.time)
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


def _collect(
    fields: Mapping[str, Any], tree: Tree, address: str, parent: str, depth: int, owned: list[str]
) -> None:
    """Add the addresses of the leaves that a set of fields names on the object."""
    if depth > DEPTH_MAX:
        return
    if not fields:
        # Nothing below is told apart: all of it has one owner.
        if isinstance(tree, str):
            owned.append(address)
        else:
            owned.extend(flatten(tree, address, parent))
        return
    if isinstance(tree, dict):
        for name, below in fields.items():
            if name.startswith("f:"):
                key = name[2:]
                child = tree.get(key)
                if child is not None:
                    place = address + key_token(key)
                    inner = below if isinstance(below, dict) else {}
                    _collect(inner, child, place, key, depth + 1, owned)
            elif name == "." and not tree:
                owned.append(address)
    elif isinstance(tree, list):
        if not tree and "." in fields:
            owned.append(address)
        elements = _Elements(tree, parent)
        for name, below in fields.items():
            position = elements.position(name)
            if position is not None:
                place = f"{address}/{elements.token(position)}"
                inner = below if isinstance(below, dict) else {}
                _collect(inner, tree[position], place, "", depth + 1, owned)


class _Elements:
    """The elements of one list, by how the server names them and by how we do."""

    __slots__ = ("_elements", "_field", "_names", "_numbers")

    def __init__(self, elements: list[Tree], parent: str) -> None:
        self._elements = elements
        found = key_field(parent, elements)
        self._field, self._names = found if found is not None else ("", [])
        self._numbers = {name: number for number, name in enumerate(self._names)}

    def token(self, position: int) -> str:
        """The element's token in our addresses."""
        return element(self._field, self._names[position]) if self._field else str(position)

    def position(self, name: str) -> int | None:
        """Where the element stands that the server names by keys, value or index."""
        how, _, what = name.partition(":")
        if how == "i":
            is_there = what.isdecimal() and int(what) < len(self._elements)
            return int(what) if is_there else None
        if how not in {"v", "k"}:
            return None
        wanted = _decoded(what)
        if how == "v":
            return self._first(lambda one: isinstance(one, str) and _equal(one, wanted))
        if not isinstance(wanted, dict) or not wanted:
            return None
        name_of = wanted.get(self._field)
        if name_of is not None:
            # Our own name of the element is among the server's keys, and it is unique.
            return self._numbers.get(name_of if isinstance(name_of, str) else str(name_of))
        exact = self._first(lambda one: _has(one, wanted))
        # A default may have been filled in on the other side only.
        return exact if exact is not None else self._first(lambda one: _fits(one, wanted))

    def _first(self, fits: Callable[[Tree], bool]) -> int | None:
        return next((number for number, one in enumerate(self._elements) if fits(one)), None)


@lru_cache(maxsize=20_000)
def _decoded(text: str) -> Any:
    """What a name of the server's holds; only ever read."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None


def _has(one: Tree, wanted: Mapping[str, Any]) -> bool:
    """Whether an element has all the keys."""
    return isinstance(one, dict) and all(
        key in one and _equal(one[key], value) for key, value in wanted.items()
    )


def _fits(one: Tree, wanted: Mapping[str, Any]) -> bool:
    """Whether an element has the first of the keys and contradicts none."""
    return (
        isinstance(one, dict)
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
