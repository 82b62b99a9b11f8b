"""One fact of a JSON text changed, with the line breaks and blanks around it kept."""

from collections.abc import Sequence

from driftline.model import address as addresses
from driftline.model.document import DocumentKind
from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.flow_edit import Notation, with_child, without_child
from driftline.sources.edits.json_nodes import json_node
from driftline.sources.edits.nodes import Node, descend, last_with_siblings
from driftline.sources.edits.spelling import json_value
from driftline.sources.edits.yaml_nodes import document_node

_JSON = Notation(is_json=True)


def json_edited(text: str, edit: Edit, expected: DocumentKind) -> str:
    """The text with one fact as it should be; raises Inexact."""
    root, before = document_node([json_node(text)], edit.key, expected)
    steps, node, rest = descend(root, (*before, *addresses.tokens(edit.address)))
    if edit.value is None:
        if rest:
            raise Inexact("it is not set in this document")
        step = last_with_siblings(steps, (*before, *addresses.tokens(edit.address)))
        return without_child(text, step.parent, step.number)
    if not rest:
        if node.entries or node.items:
            raise Inexact("a mapping or list stands where the other side has a value")
        return text[: node.start] + json_value(edit.value) + text[node.end :]
    return _added(text, node, rest, edit.value)


def _added(text: str, node: Node, rest: Sequence[str], value: str) -> str:
    if node.leaf not in (None, "null"):
        raise Inexact("a value stands where the other side has a mapping or list")
    if node.leaf == "null":
        return text[: node.start] + _JSON.nested(rest, value) + text[node.end :]
    return with_child(text, node, rest, value, _JSON)
