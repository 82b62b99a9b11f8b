"""HCL text (Terraform, tfvars, Terragrunt) as a tree of blocks and attributes.

Literals become values; any other expression stays text, `"${var.size * 2}"`,
because only the tool can evaluate it. Blocks are mappings under their type and
labels. Inside a labelled block, blocks are lists, as in Terraform's own state:
there may be a second one tomorrow, and the first must keep its address.
"""

import re
from typing import Any

from driftline.sources.formats.limits import (
    DEPTH_MAX,
    LEAVES_MAX,
    Malformed,
    Unreadable,
    too_deep,
    too_many,
)
from driftline.sources.formats.scalars import number_value, text_value
from driftline.sources.formats.tree import Tree

# Blocks that may stand only once where they stand, so they are no lists.
_SINGLE_BLOCKS = frozenset(
    ("lifecycle", "timeouts", "connection", "required_providers", "locals", "terraform", "inputs")
)
# Blocks without a label that may stand several times at the top of a file.
_REPEATED_BLOCKS = frozenset(("moved", "import", "removed"))
# Where text is broken, the grammar takes time that grows with the square of a
# run of blanks; nobody writes so many.
_LONG_BLANK = re.compile(r"\s{500}")
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt"\\]))')
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}

_parser: Any = None


def hcl_tree(text: str) -> Tree:
    r"""The blocks and attributes of an HCL file; raises Unreadable.

    >>> hcl_tree('variable "size" {\n  default = 3\n}\nregion = "eu"\n')
    {'variable': {'size': {'default': '3'}}, 'region': '"eu"'}
    """
    if _LONG_BLANK.search(text):
        raise Unreadable("holds hundreds of blanks in a row")
    source = text.encode()
    root = parsed(source).root_node
    if root.has_error:
        raise Malformed("not valid HCL", _error_line(root))
    tree: dict[str, Tree] = {}
    walk = _Walk()
    for child in root.named_children:
        if child.type == "body":
            walk.body(child, tree, 0)
        elif child.type == "object":
            value = walk.value(child, 0)
            tree.update(value if isinstance(value, dict) else {})
    return tree


def repeats(block: str, *, is_inner: bool) -> bool:
    """Whether blocks of a type are a list where they stand: at the top of a file or inside."""
    return block not in _SINGLE_BLOCKS if is_inner else block in _REPEATED_BLOCKS


def parsed(source: bytes) -> Any:
    """The syntax tree of an HCL text."""
    global _parser  # noqa: PLW0603 - the grammar is loaded by the first HCL file, not by every start.
    if _parser is None:
        import tree_sitter
        import tree_sitter_hcl

        _parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
    return _parser.parse(source)


def _error_line(root: Any) -> int:
    """The line of the first error, found without recursion: broken text nests freely."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == "ERROR" or node.is_missing:
            return int(node.start_point[0]) + 1
        stack.extend(child for child in reversed(node.children) if child.has_error)
    return int(root.start_point[0]) + 1


class _Walk:
    """One run over the syntax tree of one file, counting what it makes."""

    __slots__ = ("leaves",)

    def __init__(self) -> None:
        self.leaves = 0

    def body(self, node: Any, into: dict[str, Tree], depth: int) -> None:
        """Add the attributes and blocks of a body."""
        if depth > DEPTH_MAX:
            raise too_deep()
        for child in node.named_children:
            if child.type == "attribute":
                name, expression = child.named_children[0], child.named_children[1]
                into[_text(name)] = self.value(expression, depth + 1)
            elif child.type == "block":
                self.block(child, into, depth)

    def block(self, node: Any, into: dict[str, Tree], depth: int) -> None:
        """Add one block under its type and labels."""
        names: list[str] = []
        inner: dict[str, Tree] = {}
        for child in node.named_children:
            if child.type == "identifier":
                names.append(_text(child))
            elif child.type == "string_lit":
                names.append(_literal(child))
            elif child.type == "body":
                self.body(child, inner, depth + 1 + len(names))
        if not inner:
            self.count()
        if names[0] == "provider" and len(names) == 2 and isinstance(inner.get("alias"), str):
            # Several configurations of one provider differ by alias alone.
            names[1] += "." + str(inner["alias"]).strip('"')
        place = into
        for name in names[:-1]:
            below = place.setdefault(name, {})
            if not isinstance(below, dict):
                return
            place = below
        _put(place, names[-1], inner, as_list=repeats(names[0], is_inner=depth > 0))

    def value(self, node: Any, depth: int) -> Tree:
        """The tree of an expression: a value if it is a literal, else its text."""
        if depth > DEPTH_MAX:
            raise too_deep()
        kind = node.type
        children = node.named_children
        if kind in ("expression", "literal_value", "collection_value", "template_expr"):
            if len(children) == 1:
                return self.value(children[0], depth + 1)
        elif kind == "tuple":
            elements = [child for child in children if child.type == "expression"]
            if not elements:
                self.count()
            return [self.value(child, depth + 1) for child in elements]
        elif kind == "object":
            return self.mapping(children, depth)
        self.count()
        return leaf_of(node)

    def mapping(self, children: list[Any], depth: int) -> dict[str, Tree]:
        """The entries of an object expression; a key that is computed stays text."""
        mapping: dict[str, Tree] = {}
        for child in children:
            if child.type == "object_elem":
                key, value = (part for part in child.named_children if part.type == "expression")
                mapping[key_of(key)] = self.value(value, depth + 1)
        if not mapping:
            self.count()
        return mapping

    def count(self) -> None:
        """Count one leaf against the limit."""
        self.leaves += 1
        if self.leaves > LEAVES_MAX:
            raise too_many()


def _put(place: dict[str, Tree], name: str, inner: dict[str, Tree], *, as_list: bool) -> None:
    """Add a block where others of its name may stand already."""
    before = place.get(name)
    if as_list:
        if isinstance(before, list):
            before.append(inner)
        else:
            place[name] = [inner]
    elif isinstance(before, dict):
        before.update(inner)
    else:
        place[name] = inner


def _text(node: Any) -> str:
    return str(node.text.decode())


def leaf_of(node: Any) -> str:
    """The JSON text of a literal, or of the text of an expression."""
    kind = node.type
    if kind == "numeric_lit":
        return number_value(_text(node)) or text_value(_text(node))
    if kind in ("bool_lit", "null_lit"):
        return _text(node)
    if kind in ("string_lit", "quoted_template"):
        return text_value(_literal(node))
    if kind == "heredoc_template":
        return text_value(_heredoc(_text(node)))
    text = " ".join(_text(node).split())
    if kind == "operation" and text.startswith("-"):
        negative = number_value(text)
        if negative is not None:
            return negative
    return text_value("${" + text + "}")


def _literal(node: Any) -> str:
    """The text between the quotes; interpolations stay as written."""
    return _ESCAPE.sub(_unescaped, _text(node)[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits is None:
        return _ESCAPED[match[3]]
    code = int(digits, 16)
    # Half of a surrogate pair is no character and could not be stored.
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _heredoc(text: str) -> str:
    """The lines of a heredoc, without their common indentation if it is `<<-`."""
    lines = text.split("\n")[1:-1]
    if text.startswith("<<-"):
        indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
        cut = min(indents, default=0)
        lines = [line[cut:] for line in lines]
    return "".join(line + "\n" for line in lines)


def key_of(expression: Any) -> str:
    """The key of an object's entry: a bare word and a string are meant literally."""
    node = expression
    while (
        node.type in ("expression", "literal_value", "template_expr")
        and len(node.named_children) == 1
    ):
        node = node.named_children[0]
    if node.type == "variable_expr" and not _text(expression).startswith("("):
        return _text(node)
    if node.type in ("string_lit", "quoted_template"):
        return _literal(node)
    if node.type in ("numeric_lit", "bool_lit", "null_lit"):
        return _text(node)
    return "${" + " ".join(_text(expression).strip("()").split()) + "}"
