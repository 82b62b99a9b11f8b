"""Answers as JSON that other programs rely on.

The same answer is always the same text: fields stand in the order of the
records, and rows whose order means nothing are sorted.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from driftline.model.answers.parity import Divergence
from driftline.render.harmless import harmless, json_harmless

# The lists whose order means nothing, and the fields that order their rows.
# Environments, pairs, series and all that is ranked keep the order of the answer.
_SORTED_BY: dict[str, tuple[str, ...]] = {
    "actors": ("name", "class"),
    "divergences": ("left", "right", "role", "path", "plane"),
    "gaps": ("repository", "path", "look", "reason"),
    "placements": ("repository", "path"),
}


# Fields of a divergence that are left out where they say nothing but their default,
# as the schema allows; those of one row are left out together or not at all.
_QUIET: tuple[tuple[str, ...], ...] = (
    ("aspect",),
    ("left_file", "right_file"),
    ("right_path",),
    ("look", "subject"),
    ("stands_from", "threshold_seconds"),
    ("cause",),
    ("owner",),
    ("left_plane", "right_plane"),
)


def json_text(answer: msgspec.Struct, *, whole: bool = False, indented: bool = False) -> str:
    """The answer as JSON that ends in a line feed.

    Each field of the answer and each row of its lists is a line, so that it
    can be searched and compared line by line; `indented` is for eyes, with a
    line for each value. `whole` writes every field of every divergence.
    """
    content = _ordered(msgspec.to_builtins(answer))
    if not whole and content.get("divergences"):
        content["divergences"] = [_spoken(row) for row in content["divergences"]]
    try:
        text = _laid_out(content, indented=indented)
    except UnicodeEncodeError:
        # Names that are not UTF-8 have no spelling in JSON; they are shown
        # with their bytes escaped, as on every other surface.
        text = _laid_out(_spelled(content), indented=indented)
    return json_harmless(text) + "\n"


def _laid_out(content: dict[str, Any], *, indented: bool) -> str:
    if indented:
        return msgspec.json.format(msgspec.json.encode(content), indent=2).decode()
    fields = (f"  {_line(name)}: {_value(value)}" for name, value in content.items())
    return "{\n" + ",\n".join(fields) + "\n}"


def _value(value: Any) -> str:
    if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"    {_line(row)}" for row in value) + "\n  ]"
    return _line(value)


def _line(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    """The row without the fields that say nothing."""
    silent = {
        field
        for together in _QUIET
        if all(row.get(field) == _DEFAULTS.get(field) for field in together)
        for field in together
    }
    return {field: value for field, value in row.items() if field not in silent}


_DEFAULTS = {
    field.encode_name: field.default
    for field in msgspec.structs.fields(Divergence)
    if field.default is not msgspec.NODEFAULT
}


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
