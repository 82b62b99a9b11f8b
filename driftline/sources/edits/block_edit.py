"""Changes of mappings and lists that YAML writes by indentation.

Whole lines come and go; the lines around them stay as they are, comments
included. New lines follow the indentation of their neighbours.
"""

from collections.abc import Sequence
from itertools import pairwise

from driftline.model.address import element_name, is_position, unescape
from driftline.sources.edits.contract import Inexact
from driftline.sources.edits.nodes import Entry, Node, Style
from driftline.sources.edits.spelling import literal_block, text_of, yaml_key, yaml_scalar
from driftline.sources.formats.scalars import plain_value, text_value

_STEP = 2
# So many keys in the order of the alphabet are no accident.
_SORTED_MIN = 3


class Habits:
    """How a text is indented: the step of a level, and whether lists are deeper than keys."""

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        steps: list[int] = []
        deeper: list[bool] = []
        self._learn(root, steps, deeper)
        self.step = max(set(steps), key=steps.count) if steps else _STEP
        self.lists_are_deeper = not deeper or sum(deeper) * 2 >= len(deeper)

    def _learn(self, node: Node, steps: list[int], deeper: list[bool]) -> None:
        for entry in node.entries or ():
            value = entry.value
            if value.style is Style.BLOCK:
                width = column(self.text, value.start) - column(self.text, entry.key_start)
                if value.items is not None:
                    deeper.append(width > 0)
                elif width > 0:
                    steps.append(width)
            self._learn(value, steps, deeper)
        for item in node.items or ():
            self._learn(item, steps, deeper)

    def lines(self, tokens: Sequence[str], value: str, indent: str) -> list[str]:
        """The lines of a new key, which the first token is, with a value below the others."""
        token, rest = tokens[0], tokens[1:]
        head = indent + yaml_key(unescape(token)) + ":"
        if not rest:
            return _with_value(head, value, indent + " " * self.step)
        return [head, *self.below(rest, value, indent)]

    def below(
        self, tokens: Sequence[str], value: str, indent: str, *, is_list: bool | None = None
    ) -> list[str]:
        """The lines of the first child of a new mapping or list, whose key has an indentation.

        A list is told by its first token, unless `is_list` says what stood there.
        """
        if is_list is None:
            is_list = element_name(tokens[0]) is not None or tokens[0] == "0"
        inner = indent if is_list and not self.lists_are_deeper else indent + " " * self.step
        if is_list:
            return self.element(tokens[0], tokens[1:], value, inner)
        return self.lines(tokens, value, inner)

    def element(self, token: str, rest: Sequence[str], value: str, indent: str) -> list[str]:
        """The lines of a new element of a list."""
        inner = indent + "  "
        named = element_name(token)
        if named is None:
            if not rest:
                return _with_value(indent + "-", value, inner)
            if element_name(rest[0]) is not None or rest[0] == "0":
                raise Inexact("it stands in a list of lists")
            return _dashed(self.lines(rest, value, inner), indent)
        field, name = named
        if tuple(rest) == (field,):
            return _dashed(_with_value(f"{inner}{yaml_key(field)}:", value, inner), indent)
        first = f"{inner}{yaml_key(field)}: {yaml_scalar(_as_value(name))}"
        return _dashed([first, *self.lines(rest, value, inner)], indent)


def column(text: str, at: int) -> int:
    """The column of a character."""
    return at - (text.rfind("\n", 0, at) + 1)


def line_end(text: str, at: int) -> int:
    """Where the line that holds a character ends, its line break included."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def with_lines(text: str, at: int, lines: Sequence[str], newline: str) -> str:
    """The text with new lines after the line that holds the character before `at`."""
    end = line_end(text, at - 1 if text[at - 1 : at] == "\n" else at)
    added = newline.join(lines)
    if end and text[end - 1] != "\n":
        return text[:end] + newline + added
    return text[:end] + added + newline + text[end:]


def with_entry(text: str, node: Node, tokens: Sequence[str], value: str, habits: Habits) -> str:
    """The text with one more entry at the end of a block mapping."""
    entries = node.entries or []
    token = tokens[0]
    if element_name(token) is not None:
        raise Inexact("a mapping stands where the other side has a list")
    indent = _indentation(text, entries[0])
    lines = habits.lines(tokens, value, indent)
    if _is_airy(text, entries):
        lines = ["", *lines]
    return with_lines(text, _place(entries, unescape(token), node), lines, habits.newline)


def _is_airy(text: str, entries: Sequence[Entry]) -> bool:
    """Whether a blank line stands between every two entries of a mapping."""
    pairs = list(pairwise(entries))
    return bool(pairs) and all(
        "" in map(str.strip, text[before.value.end : after.key_start].split("\n")[1:-1])
        for before, after in pairs
    )


def _place(entries: Sequence[Entry], key: str, node: Node) -> int:
    """Behind which character a new key comes: in order where keys are sorted, else last."""
    keys = [entry.key or "" for entry in entries]
    if len(keys) < _SORTED_MIN or keys != sorted(keys) or key < keys[0]:
        return node.end
    before = entries[sum(one < key for one in keys) - 1]
    return max(before.value.end, before.key_end + 1)


def with_element(text: str, node: Node, tokens: Sequence[str], value: str, habits: Habits) -> str:
    """The text with one more element at the end of a block list."""
    token = tokens[0]
    items = node.items or []
    if element_name(token) is None and not (is_position(token) and int(token) == len(items)):
        raise Inexact("the list is shorter than that position")
    start = text.rfind("\n", 0, node.start) + 1
    indent = " " * (node.start - start)
    lines = habits.element(token, tokens[1:], value, indent)
    return with_lines(text, node.end, lines, habits.newline)


def filled(
    text: str, entry_start: int, node: Node, tokens: Sequence[str], value: str, habits: Habits
) -> str:
    """The text with the first child of a mapping or list that is empty so far.

    `entry_start` is where the key of the empty node begins.
    """
    start = text.rfind("\n", 0, entry_start) + 1
    indent = " " * (entry_start - start)
    is_list = None if node.leaf is not None else node.items is not None
    lines = habits.below(tokens, value, indent, is_list=is_list)
    before = text[: node.start].rstrip(" ")
    rest = text[node.end :]
    if (
        node.anchor
        or not before.endswith(":")
        or rest[: line_end(rest, 0)].strip()[:1]
        not in (
            "",
            "#",
        )
    ):
        raise Inexact("an empty value stands there in a form that cannot be kept")
    cleared = before + rest
    return with_lines(cleared, len(before), lines, habits.newline)


def without_lines(text: str, start: int, end: int) -> str:
    """The text without the whole lines from a key or dash to the end of its value."""
    begin = text.rfind("\n", 0, start) + 1
    if text[begin:start].strip():
        raise Inexact("it shares its line with something else")
    after = line_end(text, max(end - 1, start))
    before = text[:begin]
    if after == len(text):
        # A file does not begin to end in blank lines.
        bare = before.rstrip("\r\n")
        before = before[: line_end(before, len(bare))]
    return before + text[after:]


def _indentation(text: str, entry: Entry) -> str:
    width = column(text, entry.key_start)
    start = entry.key_start - width
    before = text[start : entry.key_start]
    if before.strip(" -"):
        raise Inexact("its keys are written in a form that cannot be kept")
    return " " * width


def _with_value(head: str, value: str, indent: str) -> list[str]:
    text = text_of(value)
    if text is not None and "\n" in text:
        block = literal_block(text, indent)
        if block is not None:
            return [f"{head} {block[0]}", *block[1]]
    return [f"{head} {yaml_scalar(value)}"]


def _dashed(lines: list[str], indent: str) -> list[str]:
    return [f"{indent}- {lines[0][len(indent) + 2 :]}", *lines[1:]]


def _as_value(name: str) -> str:
    """A name in an address as the value it most likely stands for."""
    value = plain_value(name)
    return text_value(name) if value in ("true", "false", "null") else value
