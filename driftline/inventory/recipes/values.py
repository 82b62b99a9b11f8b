"""Values that stand inside an object, put together again from its facts."""

import json
from collections.abc import Mapping

from driftline.model import address as addresses

_MASKED = '{"secret":'


def holds_secret(facts: Mapping[str, str], prefix: str) -> bool:
    """Whether anything below a prefix is a secret, of which only a digest is kept."""
    start = prefix + "/"
    return any(
        value.startswith(_MASKED)
        for address, value in facts.items()
        if address == prefix or address.startswith(start)
    )


def values_below(facts: Mapping[str, str], prefix: str) -> str:
    """What stands below a prefix as JSON; empty where there is nothing.

    >>> values_below({"/a/x/0": '"one"', "/a/y/[name=b]/name": '"b"', "/c": "1"}, "/a")
    '{"x": ["one"], "y": [{"name": "b"}]}'
    """
    start = prefix + "/"
    own = {
        addresses.tokens(address[len(prefix) :]): value
        for address, value in facts.items()
        if address.startswith(start)
    }
    return _text(own) if own else ""


def _text(facts: Mapping[tuple[str, ...], str]) -> str:
    """The JSON of a mapping or list from the facts below it; numbers keep their spelling."""
    if () in facts:
        return facts[()]
    children: dict[str, dict[tuple[str, ...], str]] = {}
    for (token, *rest), value in facts.items():
        children.setdefault(token, {})[tuple(rest)] = value
    if all(map(_is_element, children)):
        ordered = sorted(children.items(), key=lambda item: _order(item[0]))
        return "[" + ", ".join(_text(child) for _, child in ordered) + "]"
    pairs = (
        f"{json.dumps(addresses.unescape(token))}: {_text(child)}"
        for token, child in children.items()
    )
    return "{" + ", ".join(pairs) + "}"


def _is_element(token: str) -> bool:
    return addresses.is_position(token) or addresses.element_name(token) is not None


def _order(token: str) -> int:
    # Named elements stand in the order in which they were read.
    return int(token) if addresses.is_position(token) else 0
