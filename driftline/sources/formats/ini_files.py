"""Sections of `key = value` lines (.ini, .cfg, .conf, systemd units); all values are text."""

import re

from driftline.sources.formats.limits import Malformed, Unreadable
from driftline.sources.formats.scalars import text_value
from driftline.sources.formats.tree import Tree

_SECTION = re.compile(r"\[([^\]]*(?:\][^\]]+)*)\]\s*(?:[#;].*)?")
# Braces and sentences before the sign mean that this is another grammar.
_FOREIGN = re.compile(r"[{}<>()]|\s\S+\s\S+\s\S+\s")
_WORD = re.compile(r"[\w.-]+")


def ini_tree(text: str) -> Tree:
    r"""Sections with their keys; keys before any section stand at the root.

    A key that is repeated within its section is a list, as systemd means it; an
    indented line continues the value above. Raises Unreadable for what has
    another grammar, such as the blocks of nginx.

    >>> ini_tree("[server]\nport = 80\nskip-networking\n")
    {'server': {'port': '"80"', 'skip-networking': 'null'}}
    """
    root: dict[str, list[str | None]] = {}
    sections: dict[str, dict[str, list[str | None]]] = {}
    here = root
    last: list[str | None] | None = None
    joining = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if joining and last is not None:
            joining = line.endswith("\\")
            last[-1] = (last[-1] or "") + " " + line.rstrip("\\").strip()
            continue
        if not line or line[0] in "#;":
            continue
        if raw[0] in " \t" and last is not None and last[-1] is not None and here is not root:
            last[-1] += "\n" + line
            continue
        section = _SECTION.fullmatch(line)
        if section is not None:
            here = sections.setdefault(section[1].strip(), {})
            last = None
            continue
        key, value = _assignment(line, number, in_section=here is not root)
        joining = value is not None and value.endswith("\\")
        if value is not None and joining:
            value = value.rstrip("\\").strip()
        last = here.setdefault(key, [])
        last.append(value)
    if "mac" in sections.get("sops", {}):
        raise Unreadable("encrypted with sops")
    tree: dict[str, Tree] = {key: _leaf(values) for key, values in root.items()}
    for name, keys in sections.items():
        tree[name] = {key: _leaf(values) for key, values in keys.items()}
    return tree


def _assignment(line: str, number: int, *, in_section: bool) -> tuple[str, str | None]:
    """Key and value of a line; the first `=` or `:` divides them."""
    # npm's keys begin with an address, which holds colons itself.
    at = line.find("=") if line.startswith("//") else _first_of(line, "=:")
    key = line[:at].rstrip() if at > 0 else ""
    if key and not _FOREIGN.search(key):
        return key, line[at + 1 :].strip()
    if at < 0 and in_section and _WORD.fullmatch(line):
        return line, None
    raise Malformed("not a file of sections and `key = value` lines", number)


def _first_of(line: str, characters: str) -> int:
    found = [at for at in map(line.find, characters) if at >= 0]
    return min(found, default=-1)


def _leaf(values: list[str | None]) -> Tree:
    leaves: list[Tree] = ["null" if value is None else text_value(value) for value in values]
    return leaves[0] if len(leaves) == 1 else leaves
