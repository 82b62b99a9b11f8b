"""Environment files: KEY=VALUE lines as shells and compose read them; all values are text."""

import re

from driftline.sources.formats.limits import Malformed, Unreadable
from driftline.sources.formats.scalars import text_value
from driftline.sources.formats.tree import Tree

_ASSIGNMENT = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*", re.ASCII)
_BARE = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*(?:#[^\n]*)?(?:\n|$)", re.ASCII)
_BLANK = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|$)")
_SINGLE = re.compile(r"'([^']*)'[ \t]*(?:#[^\n]*)?(?:\n|$)")
_DOUBLE = re.compile(r'"((?:\\.|[^"\\])*)"[ \t]*(?:#[^\n]*)?(?:\n|$)', re.DOTALL)
_PLAIN = re.compile(r"([^\n]*)(?:\n|$)")
_INLINE_COMMENT = re.compile(r"(?:^|(?<![ \t])[ \t]++)#.*$")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "\n": ""}


def env_tree(text: str) -> Tree:
    r"""The variables of an environment file; raises Unreadable.

    A name without a value (passed through from outside) is null.

    >>> env_tree("# db\nexport HOST=db # main\nNAME='a # b'\nUSER\n")
    {'HOST': '"db"', 'NAME': '"a # b"', 'USER': 'null'}
    """
    variables: dict[str, Tree] = {}
    at = 0
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank is not None:
            at = max(blank.end(), at + 1)
            continue
        assignment = _ASSIGNMENT.match(text, at)
        if assignment is None:
            bare = _BARE.match(text, at)
            if bare is None:
                raise Malformed("not a file of KEY=VALUE lines", text.count("\n", 0, at) + 1)
            variables[bare[1]] = "null"
            at = bare.end()
            continue
        value, at = _value(text, assignment.end())
        variables[assignment[1]] = text_value(value)
    if "sops_mac" in variables:
        raise Unreadable("encrypted with sops")
    return variables


def _value(text: str, at: int) -> tuple[str, int]:
    """The value that begins here, and where the next line begins."""
    if text.startswith("'", at):
        single = _SINGLE.match(text, at)
        if single is not None:
            return single[1], single.end()
    if text.startswith('"', at):
        double = _DOUBLE.match(text, at)
        if double is not None:
            return _ESCAPE.sub(_unescaped, double[1]), double.end()
    plain = _PLAIN.match(text, at)
    if plain is None:
        return "", len(text)
    return _INLINE_COMMENT.sub("", plain[1]).strip(), max(plain.end(), at + 1)


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED.get(match[1], match[1] if match[1] in "\"\\$`'" else match[0])
