"""RFC 6902 patches applied to flat facts, or refused where facts do not say enough.

Facts of a list with names do not keep its order, so an operation at a position
of such a list cannot be applied, except where the list has one element. What
cannot be applied exactly is refused as a whole.
"""

from collections.abc import Iterable, Mapping

from driftline.inventory.layers.claims import merge_fields
from driftline.inventory.layers.material import groups_below, text_of
from driftline.model import address as addresses

Facts = Mapping[str, str]

# Lists whose elements are named by other fields than the usual ones; a value
# written elsewhere than in the list itself was named without knowing that.
_OWN_NAMES = frozenset(
    "ports volumeMounts volumeDevices hosts extraHosts tls rules paths conditions"
    " hostAliases topologySpreadConstraints dependencies repositories panels".split()
)


class Inapplicable(Exception):  # noqa: N818 - an outcome that callers expect, no fault
    """An edit that cannot be applied exactly; the message says why."""


def is_json_patch(facts: Facts, prefix: str = "") -> bool:
    """Whether a document, or what stands below a prefix, is a list of operations."""
    return f"{prefix}/0/op" in facts


def patched(operations: Facts, facts: Facts) -> dict[str, str]:
    """The facts after a list of operations, each applied to what the one before left.

    Raises Inapplicable.
    """
    result = dict(facts)
    for operation in groups_below(
        {"/o" + one: value for one, value in operations.items()}, "/o"
    ).values():
        _apply(operation, result)
    return result


def _apply(operation: Facts, facts: dict[str, str]) -> None:
    kind, pointer = text_of(operation.get("/op")), text_of(operation.get("/path"))
    if kind in ("add", "replace"):
        _put(pointer, _value(operation), facts, is_new=kind == "add")
    elif kind == "remove":
        _take(_existing(pointer, facts), facts)
    elif kind == "test":
        if _subtree(_existing(pointer, facts), facts) != _value(operation):
            raise Inapplicable(f"its test of {pointer} fails")
    elif kind in ("move", "copy"):
        source = _existing(text_of(operation.get("/from")), facts)
        value = _subtree(source, facts)
        if kind == "move":
            _take(source, facts)
        _put(pointer, value, facts, is_new=True)
    else:
        raise Inapplicable(f"{kind or 'an entry without op'} is no operation of a JSON patch")


def _value(operation: Facts) -> dict[str, str]:
    """The facts of an operation's value, relative to it."""
    return {
        address[len("/value") :]: value
        for address, value in operation.items()
        if address == "/value" or address.startswith("/value/")
    }


def _subtree(place: str, facts: Facts) -> dict[str, str]:
    start = place + "/"
    return {
        address[len(place) :]: value
        for address, value in facts.items()
        if address == place or address.startswith(start)
    }


def _existing(pointer: str, facts: Facts) -> str:
    """The address that a pointer means, which must be there."""
    place = _located(addresses.tokens(pointer), facts)
    if not _subtree(place, facts):
        raise Inapplicable(f"there is no {pointer}")
    return place


def _located(tokens: Iterable[str], facts: Facts) -> str:
    """A pointer in the words of our addresses, step by step through the facts."""
    place = ""
    for token in tokens:
        names = _children(place, facts)
        if any(name.startswith("[") for name in names):
            if not addresses.is_position(token):
                raise Inapplicable(f"{place} is a list, and {token} no position in it")
            if len(names) > 1 or token != "0":  # noqa: S105 - a token of an address
                raise Inapplicable(f"it counts the elements of {place}, whose order is not kept")
            place = f"{place}/{next(iter(names))}"
        else:
            place = f"{place}/{_own_token(token)}"
    return place


def _own_token(token: str) -> str:
    return addresses.escape(token.replace("~1", "/").replace("~0", "~"))


def _children(place: str, facts: Facts) -> dict[str, None]:
    """The tokens below a place, each once."""
    start = place + "/"
    return dict.fromkeys(
        address[len(start) :].partition("/")[0] for address in facts if address.startswith(start)
    )


def _put(pointer: str, value: dict[str, str], facts: dict[str, str], *, is_new: bool) -> None:
    tokens = addresses.tokens(pointer)
    if not tokens:
        raise Inapplicable("it replaces the object as a whole")
    parent, last = _located(tokens[:-1], facts), tokens[-1]
    names = _children(parent, facts)
    if not names and facts.get(parent) not in ("{}", "[]"):
        raise Inapplicable(f"there is no {parent or 'content'} to put {last} into")
    is_list = "0" in names or facts.get(parent) == "[]"
    if is_list:
        _put_into_list(parent, last, value, facts, is_new=is_new)
        return
    if any(name.startswith("[") for name in names):
        place = _named_place(parent, names, value)
        if not is_new and place != _located(tokens, facts):
            raise Inapplicable(f"it renames an element of {parent}")
        if is_new and place.rpartition("/")[2] in names:
            raise Inapplicable(f"{parent} would have two elements of one name")
    else:
        place = f"{parent}/{_own_token(last)}"
    if not is_new and not _subtree(place, facts):
        raise Inapplicable(f"there is no {pointer} to replace")
    _write(place, _renamed(place, value), facts)


def _named_place(parent: str, names: Iterable[str], value: Facts) -> str:
    """Where an element of a list with names belongs, by its own field."""
    named = addresses.element_name(next(iter(names)))
    name = value.get(f"/{addresses.escape(named[0])}") if named else None
    if named is None or name is None:
        raise Inapplicable(f"its element has no name for {parent}")
    return f"{parent}/{addresses.element(named[0], text_of(name))}"


def _put_into_list(
    parent: str, last: str, value: dict[str, str], facts: dict[str, str], *, is_new: bool
) -> None:
    """Put an element into a list by position, shifting those behind it."""
    elements = _elements(parent, facts)
    at = len(elements) if last == "-" else int(last) if addresses.is_position(last) else -1
    if not 0 <= at < len(elements) + is_new or (last == "-" and not is_new):
        raise Inapplicable(f"{parent} has no position {last}")
    if "" not in value and (not elements or "" in elements[0]):
        raise Inapplicable(f"it may give the elements of {parent} names")
    if is_new:
        elements.insert(at, value)
    else:
        elements[at] = value
    _write_list(parent, elements, facts)


def _elements(place: str, facts: Facts) -> list[dict[str, str]]:
    return list(groups_below(facts, place).values())


def _write_list(place: str, elements: list[dict[str, str]], facts: dict[str, str]) -> None:
    _erase(place, facts)
    if not elements:
        facts[place] = "[]"
    for number, element in enumerate(elements):
        facts.update({f"{place}/{number}{rest}": one for rest, one in element.items()})


def _take(place: str, facts: dict[str, str]) -> None:
    """Remove what stands at a place; its parent stays, empty if need be."""
    parent, _, token = place.rpartition("/")
    names = _children(parent, facts)
    if "0" in names:
        elements = _elements(parent, facts)
        del elements[int(token)]
        _write_list(parent, elements, facts)
        return
    _erase(place, facts)
    if len(names) == 1:
        facts[parent] = "[]" if token.startswith("[") else "{}"


def _write(place: str, value: Facts, facts: dict[str, str]) -> None:
    _erase(place, facts)
    facts.pop(place.rpartition("/")[0], None)
    facts.update({place + rest: one for rest, one in value.items()})


def _erase(place: str, facts: dict[str, str]) -> None:
    for rest in _subtree(place, facts):
        del facts[place + rest]


def _renamed(place: str, value: Facts) -> dict[str, str]:
    """A value whose outermost list is named as lists are named where it goes."""
    names = _children("", value)
    parent = place.rpartition("/")[2]
    if (
        parent not in _OWN_NAMES
        or not names
        or not any(name.startswith("[") or addresses.is_position(name) for name in names)
    ):
        return dict(value)
    if any(f"/{name}" in value for name in names):
        return dict(value)  # A list of scalars.
    for field in merge_fields(place):
        fields = {name: value.get(f"/{name}/{field}") for name in names}
        if None not in fields.values() and len(set(fields.values())) == len(names):
            return {
                f"/{addresses.element(field, text_of(fields[token]))}{slash}{rest}": one
                for address, one in value.items()
                for token, slash, rest in (address[1:].partition("/"),)
            }
    raise Inapplicable(f"it is not known how the elements of {place} are named")
