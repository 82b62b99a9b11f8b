"""One fact of a YAML text changed: the scalar in place, or its lines added or taken away.

Quotes, comments, anchors and indentation stay as they are. What other places
share (an anchor with aliases) and what has no exact form is refused.
"""

from collections.abc import Sequence

from driftline.model import address as addresses
from driftline.model.document import DocumentKind
from driftline.sources.edits.block_edit import (
    Habits,
    column,
    filled,
    line_end,
    with_element,
    with_entry,
    without_lines,
)
from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.flow_edit import Notation, with_child, without_child
from driftline.sources.edits.nodes import (
    Node,
    Step,
    Style,
    descend,
    everything,
    last_with_siblings,
)
from driftline.sources.edits.spelling import literal_block, text_of, yaml_scalar
from driftline.sources.edits.yaml_nodes import document_node, yaml_nodes

_FLOW = Notation(is_json=False)


def yaml_edited(text: str, edit: Edit, expected: DocumentKind) -> str:
    """The text with one fact as it should be; raises Inexact."""
    roots = yaml_nodes(text)
    root, before = document_node(roots, edit.key, expected)
    return _edited(text, root, (*before, *addresses.tokens(edit.address)), edit.value)


def _edited(text: str, root: Node, tokens: Sequence[str], value: str | None) -> str:
    steps, node, rest = descend(root, tokens)
    _refuse_shared(root, [root, *(step.child for step in steps)])
    if rest and node.style is Style.LITERAL and node.leaf is not None:
        return _embedded(text, node, rest, value)
    if value is None:
        if rest:
            raise Inexact("it is not set in this document")
        return _without(text, steps, tokens)
    if not rest:
        return _replaced(text, steps, node, value)
    return _added(text, root, steps, node, rest, value)


def _refuse_shared(root: Node, way: Sequence[Node]) -> None:
    """Refuse what aliases elsewhere repeat."""
    used = {node.anchor for node in everything(root) if node.style is Style.ALIAS}
    for node in way:
        if node.tag and node.leaf is not None:
            raise Inexact("its value has a tag")
        if node.style is not Style.ALIAS and node.anchor in used and node.anchor:
            raise Inexact(f"other places share it by the anchor &{node.anchor}")


def _replaced(text: str, steps: Sequence[Step], node: Node, value: str) -> str:
    """The text with another value in the place of a scalar."""
    if node.entries or node.items:
        raise Inexact("a mapping or list stands where the other side has a value")
    if node.style is Style.FOLDED:
        raise Inexact("its value is a folded block, whose line breaks cannot be kept")
    in_flow = any(step.parent.style is Style.FLOW for step in steps)
    written = text_of(value)
    if node.style is Style.LITERAL and written is not None and "\n" in written:
        return _other_block(text, node, written)
    style = node.style if node.style in (Style.SINGLE, Style.DOUBLE) else Style.PLAIN
    spelled = yaml_scalar(value, style, in_flow=in_flow)
    if written is not None and "\n" in written and not in_flow and steps:
        block = literal_block(written, " " * (_own_indent(text, steps[-1]) + 2))
        if block is not None and not text[node.end : line_end(text, node.end)].strip():
            newline = "\r\n" if "\r\n" in text else "\n"
            spelled = newline.join([block[0], *block[1]])
    gap = " " if text[node.start - 1 : node.start] in (":", "-") else ""
    return text[: node.start] + gap + spelled + text[node.end :]


def _own_indent(text: str, step: Step) -> int:
    """The column of the key or dash of a child."""
    if step.parent.entries is not None:
        return column(text, step.parent.entries[step.number].key_start)
    return column(text, step.parent.start)


def _other_block(text: str, node: Node, written: str) -> str:
    """Another text in the lines of a literal block, at the same indentation."""
    lines = text[node.start : node.end].split("\n")
    header = lines[0].rstrip("\r")
    indent = min((len(one) - len(one.lstrip(" ")) for one in lines[1:] if one.strip()), default=0)
    block = literal_block(written, " " * indent)
    if block is None or not indent or block[0] != header.split(" ")[0]:
        raise Inexact("its value is a block of text that ends in another way")
    newline = "\r\n" if "\r\n" in text else "\n"
    return text[: node.start] + newline.join([header, *block[1]]) + text[node.end :]


def _added(
    text: str, root: Node, steps: Sequence[Step], node: Node, rest: Sequence[str], value: str
) -> str:
    """The text with a value where nothing stood."""
    if node.style is Style.ALIAS:
        raise Inexact("an alias stands above it, and the anchor is shared")
    habits = Habits(text, root)
    if node.is_empty:
        if any(step.parent.style is Style.FLOW for step in steps):
            return with_child(text, node, rest, value, _FLOW)
        if not steps:
            raise Inexact("its document is empty")
        parent = steps[-1].parent
        if parent.entries is None:
            raise Inexact("the element above it is empty")
        start = parent.entries[steps[-1].number].key_start
        return filled(text, start, node, rest, value, habits)
    if node.leaf is not None:
        raise Inexact("a value stands where the other side has a mapping or list")
    if node.style is Style.FLOW:
        return with_child(text, node, rest, value, _FLOW)
    if node.entries is not None:
        return with_entry(text, node, rest, value, habits)
    return with_element(text, node, rest, value, habits)


def _without(text: str, steps: Sequence[Step], tokens: Sequence[str]) -> str:
    """The text without a value, and without what would be left empty above it."""
    step = last_with_siblings(steps, tokens)
    parent = step.parent
    if parent.style is Style.FLOW:
        return without_child(text, parent, step.number)
    if parent.entries is not None:
        entry = parent.entries[step.number]
        return without_lines(text, entry.key_start, max(entry.key_end, entry.value.end))
    item = step.child
    dash = text.rfind("-", 0, max(item.start, 1) + 1)
    return without_lines(text, dash, max(item.end, dash + 1))


def _embedded(text: str, node: Node, rest: Sequence[str], value: str | None) -> str:
    """The text with a change inside a block of text that is YAML itself."""
    lines = text[node.start : node.end].split("\n")
    indent = min((len(one) - len(one.lstrip(" ")) for one in lines[1:] if one.strip()), default=0)
    if not indent or "\r" in text:
        raise Inexact("it stands in a block of text whose indentation cannot be kept")
    inner = "\n".join(one[indent:] for one in lines[1:]) + "\n"
    roots = [one for one in yaml_nodes(inner) if not one.is_empty]
    if len(roots) != 1:
        raise Inexact("it stands in a block of several documents")
    edited = _edited(inner, roots[0], rest, value)
    again = [" " * indent + one if one else "" for one in edited.rstrip("\n").split("\n")]
    return text[: node.start] + "\n".join([lines[0], *again]) + text[node.end :]
