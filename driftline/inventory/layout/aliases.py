"""Spellings that mean one environment, so that `compare stg prod` finds staging and production.

An alias never renames anything: environments keep the names they have. The
canonical form only decides whether two spellings may be the same place.
"""

import re

# One row a meaning: the canonical word and the other spellings of it.
ALIASES: dict[str, tuple[str, ...]] = {
    "production": ("prod", "prd", "production", "produktion", "produccion", "producao"),
    "staging": ("stg", "stage", "stag", "staging"),
    "development": ("dev", "devel", "develop", "development", "entwicklung", "desarrollo"),
    "testing": ("test", "tst", "testing"),
    "preproduction": ("preprod", "pre-prod", "pre-production", "preprd", "ppd", "preproduction"),
    "nonproduction": ("nonprod", "non-prod", "non-production", "nonprd", "nonproduction"),
    "uat": ("uat",),
    "qa": ("qa",),
    "sandbox": ("sbx", "sandbox"),
    "local": ("localhost", "local"),
    "integration": ("int", "integ", "integration"),
    "acceptance": ("acc", "acpt", "acceptance", "acceptatie", "abnahme"),
    "performance": ("perf", "performance"),
    "homologation": ("homolog", "homologacao", "homologation", "hml"),
    "disaster-recovery": ("dr", "disaster-recovery"),
}

_CANONICAL = {spelling: word for word, row in ALIASES.items() for spelling in row}
_LONGEST_FIRST = sorted(_CANONICAL, key=lambda spelling: (-len(spelling), spelling))
_PHRASE = re.compile(
    r"(?<![a-z0-9])("
    + "|".join(re.escape(spelling).replace(r"\-", "[-_]?") for spelling in _LONGEST_FIRST)
    + r")(?:[-_]?([0-9]{1,3}))?(?![a-z0-9])"
)


def canonical(name: str) -> str:
    """The form under which two spellings of one environment are equal.

    Case is folded, every alias inside is replaced, and a number is joined to
    its word by a hyphen. Idempotent.

    >>> canonical("prod"), canonical("STG"), canonical("prod/eu-west-1")
    ('production', 'staging', 'production/eu-west-1')
    >>> canonical("prod2"), canonical("prod-2"), canonical("pre_prod")
    ('production-2', 'production-2', 'preproduction')
    """
    return _PHRASE.sub(_replacement, name.lower())


def _replacement(match: re.Match[str]) -> str:
    word = _CANONICAL[match[1]] if match[1] in _CANONICAL else _CANONICAL[_hyphenated(match[1])]
    return f"{word}-{match[2]}" if match[2] else word


def _hyphenated(phrase: str) -> str:
    plain = phrase.replace("_", "-")
    return plain if plain in _CANONICAL else plain.replace("-", "")
