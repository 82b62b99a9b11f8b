"""Which names and addresses are one actor, folded only where the evidence is plain.

People spell themselves in several ways and write from several addresses. Bots
are told apart by name alone, because one address often serves several.
"""

import unicodedata
from collections.abc import Callable, Mapping

from driftline.model.actor import Identity
from driftline.model.look import Person

# Accounts that belong to a role and not to a person.
SHARED_ACCOUNTS: frozenset[str] = frozenset(
    {
        "admin",
        "bot",
        "contact",
        "dev",
        "developers",
        "devops",
        "email",
        "git",
        "github",
        "hello",
        "info",
        "infra",
        "mail",
        "me",
        "no-reply",
        "noreply",
        "ops",
        "platform",
        "root",
        "sre",
        "support",
        "team",
        "test",
        "user",
        "you",
    }
)


def account(email: str) -> str:
    """An address before its `@`, without the number that a hosting site puts there.

    >>> account("49699333+dependabot[bot]@users.noreply.github.com")
    'dependabot[bot]'
    """
    local = email.partition("@")[0]
    number, plus, rest = local.partition("+")
    return rest if plus and number.isdigit() else local


def identities(
    commits: Mapping[Person, int], *, is_human: Callable[[Person], bool]
) -> tuple[Identity, ...]:
    """One identity for each actor, by name; `commits` counts what each spelling did.

    Two spellings of people are one when they share a personal address, or a
    full name. Bots are one when they share a name, never by address.
    """
    people = sorted(commits)
    leader = {person: person for person in people}
    evidence: dict[Person, list[str]] = {}

    def find(person: Person) -> Person:
        while leader[person] != person:
            person = leader[person]
        return person

    holders: dict[tuple[str, str], Person] = {}
    for person in people:
        for key, why in _keys(person, is_human=is_human(person)):
            holder = holders.setdefault(key, person)
            one, other = find(holder), find(person)
            if one != other:
                leader[other] = one
                evidence.setdefault(one, []).extend([*evidence.pop(other, []), why])
    groups: dict[Person, list[Person]] = {}
    for person in people:
        groups.setdefault(find(person), []).append(person)
    found = [
        Identity(
            name=max(group, key=lambda person: (commits[person], person.name)).name,
            people=tuple(group),
            evidence=tuple(dict.fromkeys(evidence.get(first, ()))),
        )
        for first, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda identity: (identity.name.casefold(), identity.people)))


def _keys(person: Person, *, is_human: bool) -> list[tuple[tuple[str, str], str]]:
    """What this spelling may share with another one of the same actor, and the words for it."""
    name = _plain(person.name)
    if not is_human:
        return [(("bot", name), f"the same name, {person.name}")] if name else []
    keys = []
    own = account(person.email).casefold()
    if own and "@" in person.email and own not in SHARED_ACCOUNTS:
        address = own + "@" + person.email.partition("@")[2].casefold()
        keys.append((("address", address), f"the same address, {address}"))
    # A given name alone is shared by many people; a full one hardly ever is
    # inside one repository.
    if len(name.split()) > 1:
        keys.append((("name", name), f"the same full name, {person.name}"))
    return keys


def _plain(name: str) -> str:
    """A name without case, accents and extra spaces, which people leave out at times."""
    bare = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).casefold().split())
