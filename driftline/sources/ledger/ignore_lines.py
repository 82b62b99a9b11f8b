"""The lines of a `.driftignore`, which say in short what a ledger says at length.

A line is a role, then a dotted path or, after a space, a path with slashes. As
in a `.gitignore`, a place covers what is below it, `!` takes back, and the
last line that matches counts. What follows ` #` is the reason.
"""

import re

from driftline.model.ledger import NOT, Decision, Entry, Ledger

_COMMENT = re.compile(r"(?:^|\s)#\s?(.*)$")
_ROLE = re.compile(r"(?:\\.|[^\\.\s])+")


def read_ignore_lines(text: str, *, origin: str) -> Ledger:
    """The ignores that the lines mean, and the lines that mean nothing.

    >>> [(one.role, one.path) for one in read_ignore_lines("api.image.tag", origin="x").entries]
    [('api', 'image.tag')]
    """
    entries = []
    problems = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        comment = _COMMENT.search(line)
        said = (line[: comment.start()] if comment else line).strip()
        if not said:
            continue
        is_negated = said.startswith(NOT)
        role, path = _split(said.removeprefix(NOT).strip())
        if not role:
            problems.append(
                f"{origin}:{number}: {said!r} names no role; write role.path.to.field, "
                "or * for every role. This line does not count"
            )
            continue
        entries.append(
            Entry(
                decision=Decision.IGNORE,
                role=(NOT if is_negated else "") + role,
                path=path,
                reason=comment[1].strip() if comment else "",
                file=origin,
                line=number,
            )
        )
    return Ledger(tuple(entries), tuple(problems))


def _split(said: str) -> tuple[str, str]:
    """Role and path; a role with dots in it needs the path after a space, or escapes."""
    head, space, rest = said.partition(" ")
    if space and rest.strip().startswith("/"):
        return head.replace("\\", ""), rest.strip().rstrip("/")
    role = _ROLE.match(said)
    if role is None:
        return "", ""
    after = said[role.end() :]
    if after and not after.startswith("."):
        return "", ""
    return role[0].replace("\\", ""), after.removeprefix(".")
