"""A decision appended to a ledger's text; every other character stays as it is."""

from collections.abc import Sequence

import msgspec
from yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from driftline.errors import UsageError
from driftline.model.ledger import Entry
from driftline.sources.ledger.reading import (
    LIST,
    MistakeError,
    items,
    list_of,
    read_ledger,
    root_of,
)
from driftline.sources.ledger.spelling import quoted, spelled

HEADER = """\
# Decisions about differences between environments; reviewed like code.
# `driftline accept`, `ignore`, `freeze` and `classify` append to it, `driftline decisions`
# lists it, and docs/ledger.md explains it. What is accepted counts again when its day comes.
"""


def with_entries(text: str, entries: Sequence[Entry], *, origin: str) -> str:
    """The ledger with these decisions at the end of its list; the empty text is a new ledger.

    Raises UsageError where the list is not written in lines of its own, or
    where the text cannot be read well enough to be sure of the place.
    """
    for entry in entries:
        text = _with_entry(text, entry, origin)
    return text


def entry_lines(entry: Entry) -> list[str]:
    """A decision as the lines of a list's item, not yet indented."""
    lines = [f"decision: {entry.decision.value}", f"role: {quoted(entry.role)}"]
    if entry.path:
        lines.append(f"path: {quoted(entry.path)}")
    if entry.class_:
        lines.append(f"as: {entry.class_}")
    if entry.bound:
        lines.append("values:")
        lines += [f"  {quoted(name)}: {spelled(value)}" for name, value in entry.bound]
    elif entry.values:
        lines += ["values:", *(f"  - {spelled(value)}" for value in entry.values)]
    if entry.environments and entry.environments != tuple(name for name, _ in entry.bound):
        lines.append(f"environments: [{', '.join(map(quoted, entry.environments))}]")
    for key in ("until", "reason", "owner", "made_on"):
        value = getattr(entry, key)
        if value:
            lines.append(f"{key}: {quoted(value)}")
    return lines


def _with_entry(text: str, entry: Entry, origin: str) -> str:
    try:
        lines, number, indent, is_first = _place(text)
    except MistakeError as mistake:
        raise UsageError(
            f"{origin}:{mistake.line}: {mistake}; nothing was written. Mend it, or use --print "
            "and paste the decision yourself"
        ) from None
    written = entry_lines(entry)
    block = [f"{indent}- {written[0]}", *(f"{indent}  {line}" for line in written[1:])]
    if not is_first:
        block.insert(0, "")
    end = "\r" if "\r\n" in text else ""
    lines[number:number] = [line + end for line in block]
    made = "\n".join(lines)
    _verify(text, made, entry, origin)
    return made


def _place(text: str) -> tuple[list[str], int, str, bool]:
    """The lines, the number of the one before which to insert, its indent, whether it is the first.

    A list that is not there yet is among the lines already.
    """
    root = root_of(text)
    key, content, _ = list_of(root)
    found = items(content)
    end = "\r" if "\r\n" in text else ""
    lines = text.split("\n")
    if lines[-1]:
        lines.append("")
    if key is None:
        head = HEADER.rstrip("\n").split("\n") if not text.strip() else []
        gap = [""] if len(lines) > 1 and lines[-2].strip("\r") else []
        lines[-1:] = [line + end for line in (*gap, *head, f"{LIST}:")] + [""]
        return lines, len(lines) - 1, "  ", True
    if content is not None and isinstance(content, CollectionNode) and content.flow_style:
        line = content.start_mark.line
        if found or content.end_mark.line != line:
            raise MistakeError(line + 1, f"'{LIST}' is written between brackets, not line by line")
        before, after = (
            lines[line][: content.start_mark.column],
            lines[line][content.end_mark.column :],
        )
        lines[line] = before.rstrip() + after
        return lines, line + 1, "  ", True
    if not found:
        return lines, key.end_mark.line + 1, "  ", True
    last = _last(found[-1])
    after_last = last.end_mark.line + (last.end_mark.column > 0)
    dash = content.start_mark.column if content is not None else 2
    return lines, after_last, " " * dash, False


def _last(node: Node) -> Node:
    """The last scalar or flow collection of a node, which is where its text ends."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        if isinstance(node, MappingNode):
            node = node.value[-1][1]
        elif isinstance(node, SequenceNode):
            node = node.value[-1]
    return node


def _verify(before: str, after: str, entry: Entry, origin: str) -> None:
    """Refuse a text in which anything but the new decision has changed."""
    was, now = read_ledger(before, origin=origin), read_ledger(after, origin=origin)
    bare = {"file": "", "line": 0}
    wanted = [msgspec.structs.replace(one, **bare) for one in (*was.entries, entry)]
    found = [msgspec.structs.replace(one, **bare) for one in now.entries]
    # The order is the file's, and the new one stands last in it.
    if found != wanted or len(now.problems) != len(was.problems):
        raise UsageError(
            f"{origin}: cannot be extended without changing what it says; nothing was written. "
            "Use --print and paste the decision yourself"
        )
