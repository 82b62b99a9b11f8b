"""Answers as JSON that other programs rely on.

The same answer is always the same text: fields stand in the order of the
records, and rows whose order means nothing are sorted.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from driftline.render.harmless import harmless, json_harmless

# The lists whose order means nothing, and the fields that order their rows.
# Environments, pairs, series and all that is ranked keep the order of the answer.
_SORTED_BY: dict[str, tuple[str, ...]] = {
    "actors": ("name", "class"),
    "divergences": ("left", "right", "role", "path", "plane"),
    "gaps": ("repository", "path", "look", "reason"),
    "placements": ("repository", "path"),
}


def json_text(answer: msgspec.Struct) -> str:
    """The answer as indented JSON that ends in a line feed."""
    content = _ordered(msgspec.to_builtins(answer))
    try:
        encoded = msgspec.json.encode(content)
    except UnicodeEncodeError:
        # Names that are not UTF-8 have no spelling in JSON; they are shown
        # with their bytes escaped, as on every other surface.
        encoded = msgspec.json.encode(_spelled(content))
    return json_harmless(msgspec.json.format(encoded, indent=2).decode()) + "\n"


def _ordered(content: dict[str, Any]) -> dict[str, Any]:
    for name, fields in _SORTED_BY.items():
        rows = content.get(name)
        if rows and all(isinstance(row, dict) for row in rows):
            content[name] = sorted(rows, key=_sorted_by(fields))
    return content


def _sorted_by(fields: Sequence[str]) -> Callable[[dict[str, Any]], list[str]]:
    return lambda row: [str(row.get(field, "")) for field in fields]


def _spelled(content: Any) -> Any:
    match content:
        case str():
            try:
                content.encode()
            except UnicodeEncodeError:
                return harmless(content)
            return content
        case dict():
            return {_spelled(key): _spelled(value) for key, value in content.items()}
        case list() | tuple():
            return [_spelled(value) for value in content]
    return content
