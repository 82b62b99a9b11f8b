"""What files of ownership say: CODEOWNERS of GitHub and GitLab, and Backstage's catalog-info.

A CODEOWNERS line is a pattern like those of `.gitignore` and whoever owns what
it matches; the last line that matches counts, in GitLab the last of each
section. A catalog file speaks for its folder and everything below.
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

# In the order in which GitHub and GitLab look for the one that counts.
CODEOWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
CATALOGS = ("catalog-info.yaml", "catalog-info.yml")
_SECTION = re.compile(r"\^?\[([^\]]+)\](?:\[\d+\])?(?:\s+(.*))?$")
_WORDS = re.compile(r"(?:\\.|[^\s\\])+")
_COMMENT = re.compile(r"(?<!\\)(?:^|(?<=\s))#.*")
_STARS_MAX = 12
_EVERYTHING = frozenset({"*", "**", "/**", "/", "/*", "**/*", "/**/*"})


class OwnerRule(msgspec.Struct, frozen=True):
    """One line of a CODEOWNERS; no owners means that nobody owns what it matches.

    `is_excluded` is GitLab's `!`: what it matches has no owner in its section,
    whatever later lines say.
    """

    pattern: str
    owners: tuple[str, ...]
    section: str = ""
    is_excluded: bool = False
    line: int = 0

    @property
    def is_about_everything(self) -> bool:
        """Whether the line is about no place in particular."""
        return self.pattern in _EVERYTHING


class CatalogEntry(msgspec.Struct, frozen=True):
    """One component of a catalog file: its folder, its name and its owner."""

    folder: str
    name: str
    owner: str
    file: str


class Ownership(msgspec.Struct, frozen=True):
    """What the files of one repository say about who owns what."""

    rules: tuple[OwnerRule, ...] = ()
    file: str = ""
    catalog: tuple[CatalogEntry, ...] = ()


def read_codeowners(text: str) -> tuple[OwnerRule, ...]:
    """The lines of a CODEOWNERS, in their order.

    >>> [(one.pattern, one.owners) for one in read_codeowners("*.tf @org/infra # why")]
    [('*.tf', ('@org/infra',))]
    """
    rules = []
    section, defaults = "", tuple[str, ...]()
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        line = _COMMENT.sub("", raw).strip()
        if not line:
            continue
        heading = _SECTION.fullmatch(line)
        if heading:
            # Sections of one name are one section, whatever the case of its letters.
            section, defaults = heading[1].strip().lower(), tuple((heading[2] or "").split())
            continue
        pattern, *owners = _WORDS.findall(line)
        is_excluded = pattern.startswith("!")
        rules.append(
            OwnerRule(
                re.sub(r"\\(.)", r"\1", pattern.removeprefix("!")),
                tuple(owners) or (() if is_excluded else defaults),
                section,
                is_excluded,
                number,
            )
        )
    return tuple(rules)


def owners_in(rules: Sequence[OwnerRule], path: str) -> tuple[OwnerRule, ...]:
    """The line of each section that decides about a file, in the order of the sections."""
    last: dict[str, OwnerRule] = {}
    excluded = set()
    for rule in rules:
        if not matches(rule.pattern, path):
            continue
        if rule.is_excluded:
            excluded.add(rule.section)
        last[rule.section] = rule
    return tuple(rule for section, rule in last.items() if section not in excluded and rule.owners)


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern of CODEOWNERS covers a file.

    >>> matches("/docs/", "docs/a/b"), matches("docs/*", "docs/a/b"), matches("*.md", "a/b.md")
    (True, False, True)
    """
    return _expression(pattern).fullmatch(path) is not None


def read_catalog(documents: Iterable[Any], file: str) -> tuple[CatalogEntry, ...]:
    """The owners that a catalog file names; `documents` are trees of mappings and JSON texts."""
    folder = file.rpartition("/")[0]
    entries = []
    for document in documents:
        spec, metadata = _mapping(document, "spec"), _mapping(document, "metadata")
        owner = _text(spec.get("owner"))
        if owner:
            name = _text(metadata.get("name"))
            entries.append(CatalogEntry(folder, name, owner_name(owner), file))
    return tuple(entries)


def owner_name(reference: str) -> str:
    """An owner without what catalogs write before the name.

    >>> owner_name("group:default/team-a"), owner_name("user:guest"), owner_name("team-b")
    ('team-a', 'guest', 'team-b')
    """
    kind, colon, rest = reference.partition(":")
    name = rest if colon and kind.lower() in {"group", "user"} else reference
    return name.removeprefix("default/")


def catalog_owner(entries: Sequence[CatalogEntry], path: str, role: str) -> CatalogEntry | None:
    """The nearest component above a file; of several in one folder the one called like the role.

    None where none is near, or several are and it is not clear which is meant.
    """
    above = [one for one in entries if not one.folder or path.startswith(one.folder + "/")]
    if not above:
        return None
    nearest = max(len(one.folder) for one in above)
    near = [one for one in above if len(one.folder) == nearest]
    called = [one for one in near if one.name and one.name == role.rpartition("/")[2]]
    chosen = called or near
    return chosen[0] if len({one.owner for one in chosen}) == 1 else None


@functools.lru_cache(maxsize=4096)
def _expression(pattern: str) -> re.Pattern[str]:
    if pattern.count("*") > _STARS_MAX:
        # Nobody means this, and a matcher would search it for minutes.
        return re.compile(r"(?!)")
    return re.compile(_translated(re.sub(r"(?:\*\*/)+", "**/", pattern)), re.DOTALL)


def _translated(pattern: str) -> str:
    if pattern in _EVERYTHING:
        return ".*"
    is_folder = pattern.endswith("/")
    body = pattern.strip("/")
    # A name without a slash is found anywhere, a path only where it begins.
    is_anchored = pattern.startswith("/") or "/" in body
    parts = body.split("/")
    text = "" if is_anchored else "(?:.*/)?"
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        if part == "**":
            text += ".*" if is_last else "(?:.*/)?"
        else:
            text += _globbed(part) + ("" if is_last else "/")
    if parts[-1] == "**":
        return text
    if is_folder:
        return text + "/.*"
    # `docs/*` is about the files of that folder only; a name may be a folder, too.
    return text if is_anchored and parts[-1] == "*" else text + "(?:/.*)?"


def _globbed(part: str) -> str:
    pieces = re.split(r"(\*+|\?)", part)
    return "".join(
        "[^/]*" if piece.startswith("*") else "[^/]" if piece == "?" else re.escape(piece)
        for piece in pieces
    )


def _mapping(document: Any, key: str) -> Mapping[str, Any]:
    inner = document.get(key) if isinstance(document, Mapping) else None
    return inner if isinstance(inner, Mapping) else {}


def _text(leaf: Any) -> str:
    """The text of a leaf, which is JSON; nothing for whatever is no text."""
    if not isinstance(leaf, str) or not leaf.startswith('"'):
        return ""
    return str(msgspec.json.decode(leaf)).strip()
