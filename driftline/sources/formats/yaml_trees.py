"""YAML text as trees, event by event, without ever constructing an object.

The C parser's events are folded into mappings, lists and leaves in the
Kubernetes reading of `scalars`. Where YAML leaves a choice, we do what the
Kubernetes tools do: of two equal keys the last one wins, a merge key acts
where it stands, and a key that is itself a mapping or list cannot be read.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from driftline.sources.formats.limits import (
    DEPTH_MAX,
    DOCUMENTS_MAX,
    LEAVES_MAX,
    Malformed,
    Unreadable,
    too_deep,
    too_many,
)
from driftline.sources.formats.scalars import number_value, plain_key, plain_value, text_value
from driftline.sources.formats.tree import Tree

_YAML_TAG = "tag:yaml.org,2002:"
_COMPLEX_KEY = "a key that is itself a mapping or a list"
_NOTHING: Any = object()
_MERGE: Any = object()
_OPEN: Any = object()
_decode = msgspec.json.Decoder(str).decode


class Anchors:
    """The anchors of one document, as far as it was read.

    A piece of a document may use anchors of the pieces before it: `known` are
    those, `used` the ones it asked for, `made` its own.
    """

    __slots__ = ("known", "made", "used")

    def __init__(self, known: Mapping[str, Tree]) -> None:
        self.known = known
        self.made: dict[str, Any] = {}
        self.used: dict[str, Tree] = {}

    def target(self, name: str) -> Any:
        """What an alias stands for; raises Unreadable when that is nothing yet."""
        node = self.made.get(name)
        if node is None:
            node = self.known.get(name)
            if node is None:
                raise Unreadable("an alias to an anchor that is not there")
            self.used[name] = node
        if node is _OPEN:
            raise Unreadable("an alias to the very thing that holds it")
        return node


def yaml_trees(text: str, anchors: Anchors | None = None) -> Iterator[Tree]:
    """The trees of every document in the text, empty ones as the leaf null.

    `anchors` are given when the text is a piece of a document, and then serve
    all of it. Raises Unreadable with the parser's reason, and for what
    Kubernetes itself would not read.
    """
    parser: Any = CParser(text)
    builder = _Builder(parser.get_event)
    documents = 0
    try:
        while True:
            event = parser.get_event()
            if event.__class__ is DocumentStartEvent:
                documents += 1
                if documents > DOCUMENTS_MAX:
                    raise Unreadable(f"holds more than {DOCUMENTS_MAX} documents")
                yield builder.document(Anchors({}) if anchors is None else anchors)
            elif event.__class__ is StreamEndEvent:
                return
    except yaml.YAMLError as error:
        raise _malformed(error) from None
    finally:
        parser.dispose()


def _malformed(error: yaml.YAMLError) -> Malformed:
    """What the parser disliked and where, without quoting the text."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "its characters"
    return Malformed(f"not valid YAML: {problem}", mark.line + 1 if mark is not None else 0)


class _Builder:
    """Folds the events of one document after the other into trees."""

    __slots__ = ("leaves", "next_event")

    def __init__(self, next_event: Any) -> None:
        self.next_event = next_event
        self.leaves = 0

    def document(self, anchors: Anchors) -> Tree:
        """The tree of the document whose start was just read."""
        next_event = self.next_event
        made = anchors.made
        stack: list[tuple[Any, Any, Any]] = []
        here: Any = _NOTHING  # the mapping or list that is open, if any
        key: Any = _NOTHING  # the key of `here` that waits for its value
        anchor: Any = None  # the anchor of `here`
        while True:
            event = next_event()
            kind = event.__class__
            awaits_key = key is _NOTHING and here.__class__ is dict
            if kind is ScalarEvent:
                if awaits_key:
                    key = _key_of(event)
                    if event.anchor is not None:
                        made[event.anchor] = _leaf(event)
                    continue
                node = plain_value(event.value) if event.implicit[0] else _leaf(event)
                if event.anchor is not None:
                    made[event.anchor] = node
                self.leaves += 1
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if awaits_key:
                    raise Malformed(_COMPLEX_KEY)
                if len(stack) >= DEPTH_MAX:
                    raise too_deep()
                stack.append((here, key, anchor))
                here = {} if kind is MappingStartEvent else []
                key = _NOTHING
                anchor = event.anchor
                if anchor is not None:
                    made[anchor] = _OPEN
                continue
            elif kind is AliasEvent:
                node = anchors.target(event.anchor)
                if awaits_key:
                    key = _key_of_leaf(node)
                    continue
            else:
                # The end of a mapping or list: it becomes a node of its parent.
                node = here
                if anchor is not None:
                    made[anchor] = node
                here, key, anchor = stack.pop()
                self.leaves += not node
            if here is _NOTHING:
                next_event()  # the document's end
                return node
            self.attach(here, key, node)
            key = _NOTHING

    def attach(self, here: Any, key: Any, node: Any) -> None:
        """Put a node into its mapping or list."""
        if here.__class__ is list:
            here.append(node)
        elif key is _MERGE:
            self.leaves += _merge(here, node)
        else:
            here[key] = node
        if self.leaves > LEAVES_MAX:
            raise too_many()


def _key_of(event: Any) -> Any:
    if event.implicit[0]:
        return _MERGE if event.value == "<<" else plain_key(event.value)
    if event.tag is None or event.tag == _YAML_TAG + "str":
        return event.value
    if event.tag == _YAML_TAG + "merge":
        return _MERGE
    return _key_of_leaf(_leaf(event))


def _key_of_leaf(leaf: Any) -> str:
    if leaf.__class__ is not str:
        raise Malformed(_COMPLEX_KEY)
    if leaf.startswith('"'):
        return _decode(leaf)
    return plain_key(leaf)


def _leaf(event: Any) -> str:
    """The JSON text of a scalar that is quoted or tagged."""
    text: str = event.value
    tag = event.tag
    if tag is None:
        return plain_value(text) if event.implicit[0] else text_value(text)
    if not tag.startswith(_YAML_TAG):
        # A tag of the application's own (`!Ref x`) changes what the text means.
        return text_value(f"{tag} {text}")
    name = tag.removeprefix(_YAML_TAG)
    if name in ("int", "float"):
        return number_value(text) or text_value(text)
    if name in ("bool", "null"):
        return plain_value(text)
    return text_value(text)


def _merge(mapping: dict[str, Any], node: Any) -> int:
    """Put the entries of a merge key into the mapping; how many there were.

    Of several merged mappings the first has precedence. Keys that stood before
    the merge key lose to it, keys after it win: Kubernetes reads it in order.
    """
    count = 0
    for source in reversed(node) if node.__class__ is list else (node,):
        if source.__class__ is not dict:
            raise Unreadable("a merge key whose value is not a mapping")
        mapping.update(source)
        count += len(source)
    return count
