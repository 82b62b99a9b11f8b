"""Reading one name of a path: its stem, its format, and the environment words inside it.

A name may hold an environment's word whole (`staging.yaml`), with a word that
only says what the file carries (`values-staging.yaml`), as part of a compound
(`prod-eu-1`), or inside another name (`web-staging`, `production-api`). Reading
reports all of these; whether siblings vary there is decided elsewhere.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from driftline.inventory.layout.aliases import ALIASES, canonical
from driftline.inventory.layout.vocabulary import CARRIERS, QUALIFIER, REGION, STRENGTH

_EXTENSIONS: dict[str, str] = {
    "yaml": "yaml", "yml": "yaml", "json": "json", "json5": "json", "jsonnet": "json",
    "libsonnet": "json", "tf": "tf", "tfvars": "tfvars", "hcl": "hcl", "env": "env",
    "toml": "toml", "ini": "ini", "cfg": "ini", "conf": "ini", "properties": "properties",
    "xml": "xml", "rb": "rb", "py": "py", "js": "js", "ts": "ts", "tfbackend": "hcl",
    "cue": "cue", "dhall": "dhall", "eyaml": "yaml", "bicepparam": "bicep", "txt": "txt",
}  # fmt: skip
_WRAPPERS = frozenset({"gotmpl", "tpl", "tmpl", "j2", "erb", "enc", "sops", "dec", "example"})
_SEPARATOR = re.compile(r"[-_.]+")
_REGION_AFTER = re.compile(rf"[-_.](?:{REGION.pattern})(?![a-z0-9])")
_QUALIFIER_AFTER = re.compile(rf"[-_](?:{QUALIFIER.pattern})(?![a-z0-9])")
_BEFORE = re.compile(rf"(?:(?:{REGION.pattern})|(?:{QUALIFIER.pattern}))(?:[-_.]|$)")


class Found(NamedTuple):
    """An environment's word in a name: where, what it means, and how strongly.

    `name` is the canonical form of the whole compound (`production-eu-1`),
    `word` that of its environment word (`production`).
    """

    start: int
    end: int
    name: str
    word: str
    strength: float


class Name(NamedTuple):
    """One name of a path, read. `extension` is a format class, empty for none."""

    stem: str
    extension: str
    found: tuple[Found, ...]
    is_region: bool

    def pattern(self, found: Found) -> tuple[str, str]:
        """The stem with the environment cut out, and what was cut."""
        cut = self.stem[: found.start] + "{}" + self.stem[found.end :]
        return cut, self.stem[found.start : found.end]


def split_extension(name: str) -> tuple[str, str]:
    """Stem and format class of a file's name.

    >>> split_extension("values-prod.enc.yaml"), split_extension(".env.production")
    (('values-prod.enc', 'yaml'), ('env.production', 'env'))
    >>> split_extension("api"), split_extension("prod.auto.tfvars.json")
    (('api', ''), ('prod.auto', 'tfvars'))
    """
    if name == ".env" or name.startswith(".env."):
        stem = name[1:]
        return (stem.removesuffix(".gotmpl")), "env"
    stem, form = name, ""
    while True:
        head, dot, tail = stem.rpartition(".")
        if not (dot and head):
            break
        tail = tail.lower()
        if tail in _EXTENSIONS:
            if form and (form, tail) not in {("json", "tfvars"), ("json", "tf")}:
                break
            stem, form = head, _EXTENSIONS[tail]
        elif tail in _WRAPPERS and not form:
            stem = head
        else:
            break
    return stem, form


@lru_cache(maxsize=65536)
def tokens_of(text: str) -> tuple[str, ...]:
    """The lower-case words of a name.

    >>> tokens_of("web-Staging_config")
    ('web', 'staging', 'config')
    """
    return tuple(token for token in _SEPARATOR.split(text.lower()) if token)


@lru_cache(maxsize=65536)
def only_carriers(text: str) -> bool:
    """Whether a name, or what is left of it, only says what a file carries."""
    return all(token in CARRIERS or not token for token in tokens_of(text.replace("{}", "")))


class Reader:
    """Reads names under one vocabulary: the built-in words, more of them, fewer of them.

    It remembers every name it has read, because the same names recur in
    thousands of paths.
    """

    def __init__(
        self, more: frozenset[str] = frozenset(), less: frozenset[str] = frozenset()
    ) -> None:
        """`more` are further environment names, `less` words that are none."""
        self.more = {word.lower() for word in more}
        self._less = {word.lower() for word in less}
        self._less -= self.more
        self._memo: dict[tuple[str, bool], Name] = {}
        spellings = {spelling for row in ALIASES.values() for spelling in row} | set(STRENGTH)
        spellings |= self.more
        ordered = sorted(spellings, key=lambda word: (-len(word), word))
        self._phrase = re.compile(
            r"(?<![a-z0-9])(?:"
            + "|".join(re.escape(word).replace(r"\-", "[-_]?") for word in ordered)
            + r")(?:[-_]?[0-9]{1,2})?(?![a-z0-9])"
        )

    def read(self, name: str, *, is_file: bool) -> Name:
        """One name of a path; `is_file` says that an extension may follow."""
        key = (name, is_file)
        known = self._memo.get(key)
        if known is None:
            stem, extension = split_extension(name) if is_file else (name, "")
            found = self._find(stem)
            region = REGION.fullmatch(stem.lower()) is not None and not found
            known = self._memo[key] = Name(stem, extension, found, region)
        return known

    def _find(self, stem: str) -> tuple[Found, ...]:
        lower = stem.lower()
        results = []
        reached = 0
        for match in self._phrase.finditer(lower):
            text = match[0]
            if text in self._less or canonical(text) in self._less or match.start() < reached:
                continue
            start, end = self._compound(lower, match.start(), match.end())
            if lower[start:end] in self._less:
                continue
            word = text if text in self.more else _word(text)
            strength = 1.0 if text in self.more else STRENGTH.get(word, 0.3)
            results.append(Found(start, end, canonical(lower[start:end]), word, strength))
            reached = end
        return tuple(results)

    @staticmethod
    def _compound(lower: str, start: int, end: int) -> tuple[int, int]:
        # `prod-eu-1` is one name of one place; `eu-prod` too, but only from
        # the beginning, because `api-a-prod` is not the cluster `a-prod`.
        while after := _REGION_AFTER.match(lower, end) or _QUALIFIER_AFTER.match(lower, end):
            end = after.end()
        position = 0
        while position < start and (before := _BEFORE.match(lower, position, start)):
            position = before.end()
        if position == start:
            start = 0
        return start, end


def _word(text: str) -> str:
    return re.sub(r"-?[0-9]+$", "", canonical(text))
