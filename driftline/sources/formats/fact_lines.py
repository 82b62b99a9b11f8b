"""On which line of a file a fact stands, for whatever points people at it.

YAML and JSON are composed with their marks and walked along the address; any
other format is searched key by key. Where a fact is not there, its nearest
ancestor is: that is where it would stand.
"""

import re
from collections.abc import Iterator

import msgspec
import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from driftline.model import address as addresses

# Composing is slow beside parsing, and nobody reviews larger files by line.
CHARACTERS_MAX = 2_000_000
_TELLING_CHARACTERS = 3
_COMMENTS = ("#", "//", ";")
_COMPOSED = (".yaml", ".yml", ".json", "kustomization", ".json5")


class _Found(msgspec.Struct, frozen=True, order=True):
    """How far the walk came in one document: the best is the greatest."""

    depth: int
    is_value: bool
    is_named: bool
    line: int


def fact_line(
    path: str, text: str, address: str, *, value: str | None = None, name: str = ""
) -> int | None:
    """The line, counted from 1, on which a fact of a file stands, or where it would stand.

    `value` is the fact's JSON text and `name` something that holds the name of
    its object; both tell apart documents that have the same address. None
    where the file says nothing of it at all.
    """
    if not text or len(text) > CHARACTERS_MAX:
        return None
    tokens = addresses.tokens(address)
    if path.lower().endswith(_COMPOSED):
        found = _composed(text, tokens, value, name)
        found = _by_value(text, value) if found is None else found
        if found is not None:
            return found
    return _searched(text, tokens)


def _composed(text: str, tokens: tuple[str, ...], value: str | None, name: str) -> int | None:
    best: _Found | None = None
    try:
        for document in yaml.compose_all(text, Loader=yaml.CSafeLoader):
            found = _walked(document, tokens, value, name)
            # The first of equals stands highest in the file.
            if found is not None and (best is None or _rank(found) > _rank(best)):
                best = found
    except (yaml.YAMLError, RecursionError, ValueError):
        # What was composed before the fault still has its lines.
        pass
    return best.line if best is not None and (best.depth or not tokens) else None


def _rank(found: _Found) -> tuple[int, bool, bool]:
    return found.depth, found.is_named, found.is_value


def _walked(
    document: Node | None, tokens: tuple[str, ...], value: str | None, name: str
) -> _Found | None:
    if document is None:
        return None
    node, line, depth = document, document.start_mark.line + 1, 0
    for token in tokens:
        step = _step(node, token)
        if step is None:
            break
        node, line = step
        depth += 1
    is_value = (
        depth == len(tokens)
        and value is not None
        and isinstance(node, ScalarNode)
        and node.value in (value, _bare(value))
    )
    return _Found(depth, is_value, _object_name(document) in re.split(r"[^\w.-]+", name), line)


def _step(node: Node, token: str) -> tuple[Node, int] | None:
    """The child that a token leads to, and the line on which it is named."""
    if isinstance(node, MappingNode):
        key = addresses.unescape(token)
        for one, child in reversed(node.value):
            if isinstance(one, ScalarNode) and one.value == key:
                return child, one.start_mark.line + 1
        return None
    if not isinstance(node, SequenceNode):
        return None
    named = addresses.element_name(token)
    if named is None:
        position = int(token) if addresses.is_position(token) else len(node.value)
        if position >= len(node.value):
            return None
        child = node.value[position]
        return child, child.start_mark.line + 1
    for child in node.value:
        if _text_at(child, named[0]) == named[1]:
            return child, child.start_mark.line + 1
    return None


def _object_name(document: Node) -> str:
    for key, child in document.value if isinstance(document, MappingNode) else ():
        if isinstance(key, ScalarNode) and key.value == "metadata":
            return _text_at(child, "name") or "?"
    return "?"


def _text_at(node: Node, key: str) -> str | None:
    for one, child in node.value if isinstance(node, MappingNode) else ():
        if isinstance(one, ScalarNode) and one.value == key and isinstance(child, ScalarNode):
            return str(child.value)
    return None


def _bare(value: str) -> str:
    try:
        decoded = msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value
    return decoded if isinstance(decoded, str) else value


def _by_value(text: str, value: str | None) -> int | None:
    """The only line that holds the value, or the part of it after its last colon.

    A kustomization names the tag of an image elsewhere than the image stands.
    """
    bare = "" if value is None else _bare(value)
    for part in dict.fromkeys((bare, bare.rpartition("@")[2], bare.rpartition(":")[2])):
        pattern = re.compile(rf"(?<![\w.-]){re.escape(part)}(?![\w.-])")
        places = [n for n, line in enumerate(text.splitlines(), 1) if _holds(pattern, line)]
        if len(part) >= _TELLING_CHARACTERS and len(places) == 1:
            return places[0]
    return None


def _searched(text: str, tokens: tuple[str, ...]) -> int | None:
    """The line to which the keys lead, each looked for after the one before it."""
    lines = text.splitlines()
    found = None
    start = 0
    for word in _words(tokens):
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        place = next((n for n in range(start, len(lines)) if _holds(pattern, lines[n])), None)
        if place is None:
            break
        found = start = place
    return None if found is None else found + 1


def _holds(pattern: re.Pattern[str], line: str) -> bool:
    return not line.lstrip().startswith(_COMMENTS) and pattern.search(line) is not None


def _words(tokens: tuple[str, ...]) -> Iterator[str]:
    for token in tokens:
        named = addresses.element_name(token)
        if named is not None:
            yield named[1]
        elif not addresses.is_position(token):
            yield addresses.unescape(token)
