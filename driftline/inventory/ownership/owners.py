"""Whom to ask about a difference: what labels, CODEOWNERS and catalogs say, the nearest first.

A label on the thing itself is nearest. Then comes the line of CODEOWNERS about
its place, then the catalog file of its folder; a line about everything and the
name of a larger system are what is left.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.ownership.ownership_files import (
    Ownership,
    catalog_owner,
    owner_name,
    owners_in,
)
from driftline.model import address as addresses

# Keys of labels, annotations and tags that name whoever owns a thing, and those
# that only name what it is a part of; in lower case, nearest first.
OWNER_KEYS = (
    "owner",
    "team",
    "owned-by",
    "owner-team",
    "squad",
    "backstage.io/owner",
    "app.kubernetes.io/owner",
    "app.kubernetes.io/team",
    "maintainer",
)
PART_KEYS = ("app.kubernetes.io/part-of",)
_HOLDERS = frozenset(
    (
        "labels annotations tags default_tags commonlabels commonannotations extralabels "
        "podlabels podannotations"
    ).split()
)


class Owner(msgspec.Struct, frozen=True):
    """Who owns something, and what says so."""

    name: str
    evidence: str


def owner_of(
    file: str | None, role: str, facts: Mapping[str, str], ownership: Ownership
) -> Owner | None:
    """The owner of a role's file, or None where nothing says whose it is.

    `facts` are values by address, of which only labels and tags count.

    >>> owner_of("a.yaml", "api", {"/metadata/labels/team": '"shop"'}, Ownership())
    Owner(name='shop', evidence='label team')
    """
    labels = labels_of(facts)
    label = _labelled(labels, OWNER_KEYS)
    if label is not None:
        return label
    rules = owners_in(ownership.rules, file) if file else ()
    special = [rule for rule in rules if not rule.is_about_everything]
    for group in (special, rules):
        if group:
            names = dict.fromkeys(name for rule in group for name in rule.owners)
            return Owner(", ".join(names), f"{ownership.file}:{group[-1].line}")
        entry = catalog_owner(ownership.catalog, file, role) if file else None
        if entry is not None:
            return Owner(entry.owner, entry.file)
    return _labelled(labels, PART_KEYS)


def labels_of(facts: Mapping[str, str]) -> dict[str, str]:
    """The labels and tags among facts that say whose a thing is, by key in lower case.

    Those nearest to the top speak for the whole.
    """
    found: dict[str, tuple[int, str]] = {}
    for address, value in facts.items():
        if not value.startswith('"'):
            continue
        *above, last = addresses.tokens(address) or ("",)
        key = addresses.unescape(last).lower()
        if key not in _KEYS or not above or above[-1].lower() not in _HOLDERS:
            continue
        if key not in found or len(above) < found[key][0]:
            found[key] = (len(above), str(msgspec.json.decode(value)).strip())
    return {key: text for key, (_, text) in found.items() if text}


_KEYS = frozenset((*OWNER_KEYS, *PART_KEYS))


def _labelled(labels: Mapping[str, str], keys: Sequence[str]) -> Owner | None:
    for key in keys:
        if key in labels:
            return Owner(owner_name(labels[key]), f"label {key}")
    return None


def together(owners: Sequence[Owner | None]) -> str:
    """The names of all owners, each once; empty where nobody is known.

    >>> together([Owner("a", ""), None, Owner("b", ""), Owner("a", "")])
    'a, b'
    """
    return ", ".join(dict.fromkeys(one.name for one in owners if one is not None))
