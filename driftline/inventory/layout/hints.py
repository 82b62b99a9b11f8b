"""What the user said about the layout: templates of paths, which win over every inference.

`clusters/{environment}/{role}/**` names parts of a path; `*` is any text
without a slash, `**` any text at all. ` -> role=api environment=qa layer=base`
after a template fixes what it does not capture.
"""

import re
from collections.abc import Sequence

import msgspec

from driftline.errors import UsageError
from driftline.model.placing import LayerKind

_FIELDS = ("environment", "role", "region", "layer")
_PIECE = re.compile(r"\{([a-z_]*)\}|\*\*/|\*\*|\*|[^{*]+|\{")


class Place(msgspec.Struct, frozen=True):
    """One template, ready to match: the pattern, what it fixes, and its text for evidence."""

    pattern: re.Pattern[str]
    fixed: tuple[tuple[str, str], ...]
    text: str


class Placed(msgspec.Struct, frozen=True):
    """What a template says of one path; empty parts were not said.

    `spans` are the character spans of the path that the template captured.
    """

    environment: str
    region: str
    role: str
    layer: LayerKind | None
    text: str
    spans: tuple[tuple[int, int], ...]


def compile_places(places: Sequence[str]) -> tuple[Place, ...]:
    """The templates in their order.

    Raises UsageError for a template that cannot be understood.
    """
    return tuple(_compile(text) for text in places)


def _compile(text: str) -> Place:
    template, arrow, tail = text.partition("->")
    fixed = []
    for item in tail.split() if arrow else ():
        name, equals, value = item.partition("=")
        if not equals or not value or name not in _FIELDS:
            raise UsageError(
                f"driftline.toml: [layout] places: {text!r}: {item!r} is not one of "
                "role=…, environment=…, region=…, layer=…; write for example "
                "'shared/{role}.yaml -> layer=base'"
            )
        if name == "layer" and value not in set(LayerKind):
            raise UsageError(
                f"driftline.toml: [layout] places: {text!r}: no layer is called {value!r}; "
                f"use one of {', '.join(LayerKind)}"
            )
        fixed.append((name, value))
    return Place(_pattern(template.strip(), text), tuple(fixed), text)


def _pattern(template: str, text: str) -> re.Pattern[str]:
    template = template.removeprefix("./").removeprefix("/")
    if template.endswith("/"):
        template += "**"
    if not template:
        raise UsageError(
            f"driftline.toml: [layout] places: {text!r} has no path; "
            "write for example 'clusters/{environment}/**'"
        )
    seen: set[str] = set()
    built = []
    for match in _PIECE.finditer(template):
        piece, name = match[0], match[1]
        if name is not None:
            if name not in _FIELDS[:3]:
                raise UsageError(
                    f"driftline.toml: [layout] places: {text!r}: {piece} is unknown; "
                    "use {environment}, {role} or {region}, and * or ** for the rest"
                )
            built.append(f"(?P={name})" if name in seen else f"(?P<{name}>[^/]+?)")
            seen.add(name)
        elif piece == "**/":
            built.append("(?:.*/)?")
        elif piece == "**":
            built.append(".*")
        elif piece == "*":
            built.append("[^/]*")
        else:
            built.append(re.escape(piece))
    return re.compile("".join(built), re.DOTALL)


def match(places: Sequence[Place], path: str) -> Placed | None:
    """What the first template that matches says of a path, or None."""
    for place in places:
        found = place.pattern.fullmatch(path)
        if found is None:
            continue
        said = {name: value for name, value in found.groupdict().items() if value}
        said.update(place.fixed)
        layer = said.get("layer")
        return Placed(
            environment=said.get("environment", ""),
            region=said.get("region", ""),
            role=said.get("role", ""),
            layer=LayerKind(layer) if layer else None,
            text=place.text,
            spans=tuple(sorted(found.span(name) for name, v in found.groupdict().items() if v)),
        )
    return None
