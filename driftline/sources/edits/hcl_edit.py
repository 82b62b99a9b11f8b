"""One fact of an HCL text changed: Terraform's variables, tfvars, the inputs of Terragrunt.

Literals are replaced by literals. An expression can be replaced, too, but none
can be written: what a value with `${` in it means, only the tool knows.
"""

import json
import re
from collections.abc import Sequence

from driftline.model import address as addresses
from driftline.model.address import element_name, is_position, unescape
from driftline.sources.edits.block_edit import line_end, with_lines, without_lines
from driftline.sources.edits.contract import Edit, Inexact
from driftline.sources.edits.hcl_nodes import SHARED, hcl_node
from driftline.sources.edits.nodes import Node, Style, descend, last_with_siblings
from driftline.sources.edits.spelling import text_of

_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_EQUALS = re.compile(r"([ \t]*)([A-Za-z_][\w-]*|\"[^\"]*\")([ \t]*)=([ \t]*)")
_STEP = "  "


def hcl_edited(text: str, edit: Edit) -> str:
    """The text with one fact as it should be; raises Inexact."""
    root = hcl_node(text)
    tokens = addresses.tokens(edit.address)
    _, node, rest = descend(root, tokens)
    if edit.value is None:
        if rest:
            raise Inexact("it is not set in this document")
        return _without(text, root, tokens)
    if rest:
        return _added(text, node, rest, edit.value)
    if node.entries or node.items or node.style is Style.BLOCK:
        raise Inexact("a mapping or list stands where the other side has a value")
    if node.style is Style.LITERAL:
        raise Inexact("its value is a block of text")
    return text[: node.start] + hcl_value(edit.value) + text[node.end :]


def hcl_value(value: str) -> str:
    """A value as a literal of HCL.

    >>> hcl_value('"a"'), hcl_value("1.10"), hcl_value("true")
    ('"a"', '1.10', 'true')
    """
    text = text_of(value)
    if text is None:
        return value
    if "${" in text or "%{" in text:
        raise Inexact("its value is an expression, which means something else in another file")
    if not text.replace("\n", "").replace("\t", "").isprintable():
        raise Inexact("its value has no exact spelling in HCL")
    return json.dumps(text, ensure_ascii=False)


def _nested(tokens: Sequence[str], value: str) -> str:
    """A value below some new tokens, on one line."""
    if not tokens:
        return hcl_value(value)
    token, rest = tokens[0], tokens[1:]
    named = element_name(token)
    if named is not None or token == "0":  # noqa: S105 - a position
        if named is not None and tuple(rest) != (named[0],):
            raise Inexact("the element of the list is not there")
        return f"[{_nested(rest, value)}]"
    return f"{{ {_key(token)} = {_nested(rest, value)} }}"


def _key(token: str) -> str:
    key = unescape(token)
    return key if _NAME.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _added(text: str, node: Node, rest: Sequence[str], value: str) -> str:
    """The text with a value where nothing stood."""
    if node.tag == SHARED or node.leaf is not None:
        raise Inexact("there is no place for it in the file")
    token = rest[0]
    if node.items is not None:
        if not (is_position(token) and int(token) == len(node.items)):
            raise Inexact("the list is shorter than that position")
        return _in_brackets(text, node, _nested(rest[1:], value))
    if element_name(token) is not None:
        raise Inexact("a mapping stands where the other side has a list")
    said = _nested(rest[1:], value)
    if node.style is Style.FLOW:
        return _in_brackets(text, node, f"{_key(token)} = {said}")
    entries = [one for one in node.entries or () if one.value.style is not Style.BLOCK]
    if not entries:
        raise Inexact("there is no place for it in the file")
    if not _NAME.fullmatch(unescape(token)):
        raise Inexact("its key is no name of HCL")
    last = entries[-1]
    start = text.rfind("\n", 0, last.key_start) + 1
    if text[start : last.key_start].strip():
        raise Inexact("the block stands on one line")
    line = _aligned(text[start : line_end(text, start)], token, said)
    return with_lines(text, last.value.end, [line], _newline(text))


def _aligned(neighbour: str, token: str, said: str) -> str:
    """A new attribute with its sign of equality below the neighbour's, if it is long enough."""
    match = _EQUALS.match(neighbour)
    indent = neighbour[: len(neighbour) - len(neighbour.lstrip())]
    width = len(match[2]) + len(match[3]) if match and len(match[3]) > 1 else 0
    return f"{indent}{_key(token).ljust(width - 1)} = {said}"


def _in_brackets(text: str, node: Node, said: str) -> str:
    """The text with one more child in an object or a tuple."""
    children = [one.value for one in node.entries or ()] or list(node.items or ())
    if not children:
        inside = text[node.start + 1 : node.end - 1]
        if inside.strip():
            raise Inexact("a comment stands between the brackets")
        blank = " " if node.entries is not None else ""
        return text[: node.start + 1] + blank + said + blank + text[node.end - 1 :]
    last = children[-1].end
    behind = text[last : node.end - 1]
    if "\n" not in behind:
        if behind.strip():
            raise Inexact("a comment or a comma stands before the closing bracket")
        return text[:last] + ", " + said + text[last:]
    first = node.entries[-1].key_start if node.entries else children[-1].start
    start = text.rfind("\n", 0, first) + 1
    indent = text[start:first]
    has_comma = behind.lstrip().startswith(",")
    if indent.strip():
        raise Inexact("several entries stand on the last line")
    if node.items is not None and not has_comma:
        return text[:last] + "," + _newline(text) + indent + said + text[last:]
    if node.entries is not None and _EQUALS.match(text, start):
        key, _, value = said.partition(" = ")
        width = len(_EQUALS.match(text, start)[2] + _EQUALS.match(text, start)[3])  # type: ignore[index]
        said = f"{key.ljust(width - 1)} = {value}"
    end = last + len(behind) - len(behind.lstrip()) + 1 if has_comma else last
    return with_lines(text, end, [indent + said + ("," if has_comma else "")], _newline(text))


def _without(text: str, root: Node, tokens: Sequence[str]) -> str:
    steps, _, _ = descend(root, tokens)
    step = last_with_siblings(steps, tokens)
    child = step.child
    if child.style is Style.BLOCK or step.parent.tag == SHARED:
        raise Inexact("a whole block would go")
    start = child.start
    if step.parent.entries is not None:
        start = step.parent.entries[step.number].key_start
    elif step.number < len(step.parent.items or ()) - 1:
        raise Inexact("the elements after it in the list would move up")
    behind = text[child.end : line_end(text, child.end)].strip()
    if step.parent.style is Style.FLOW and behind[:1] not in ("", ",", "#", "/"):
        raise Inexact("it shares its line with something else")
    if behind[:1] == "," and behind[1:].strip()[:1] not in ("", "#", "/"):
        raise Inexact("it shares its line with something else")
    return without_lines(text, start, child.end)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
