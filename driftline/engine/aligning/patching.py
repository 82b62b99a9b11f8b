"""One changed file as a unified diff that `git apply` takes at the root of the repository."""

import difflib

_PLAIN = frozenset(range(0x20, 0x7F)) - {0x22, 0x5C}
_ESCAPES = {0x07: "a", 0x08: "b", 0x09: "t", 0x0A: "n", 0x0B: "v", 0x0C: "f", 0x0D: "r"}
_CONTEXT_LINES = 3


def patch_of(path: str, before: bytes, after: bytes) -> str:
    """The diff of a file, empty where nothing changed.

    The text is decoded so that encoding it again as UTF-8 with
    `surrogateescape` gives the exact bytes.
    """
    if before == after:
        return ""
    old, new = (_lines(data) for data in (before, after))
    found = difflib.unified_diff(
        old, new, quoted("a/" + path), quoted("b/" + path), n=_CONTEXT_LINES, lineterm="\n"
    )
    return "".join(
        line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in found
    )


def _lines(data: bytes) -> list[str]:
    """The lines with their ends; only a line feed ends a line, as git has it."""
    text = data.decode(errors="surrogateescape")
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def quoted(path: str) -> str:
    r"""A path as git writes it in a diff: in quotes where it holds anything unusual.

    >>> print(quoted("a/web.yaml"), quoted("a/é.yaml"))
    a/web.yaml "a/\303\251.yaml"
    """
    data = path.encode(errors="surrogateescape")
    if all(one in _PLAIN for one in data):
        # A path with blanks needs a tab behind it, so that it ends there.
        return path + "\t" if " " in path else path
    return '"' + "".join(map(_byte, data)) + '"'


def _byte(one: int) -> str:
    if one in _PLAIN:
        return chr(one)
    if one in (0x22, 0x5C):
        return "\\" + chr(one)
    return "\\" + _ESCAPES[one] if one in _ESCAPES else f"\\{one:03o}"
