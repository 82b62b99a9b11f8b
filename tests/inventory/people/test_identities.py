"""Which spellings are one actor."""

from driftline.inventory.people.identities import identities
from driftline.model.look import Person

# Each line is one group of spellings that are one; groups are apart.
GROUPS = """
Ada Lovelace <ada@example.com> | ada <ADA@example.com>
Bob Müller <bob@work.example> | Bob Muller <bob@home.example>
Cleo <cleo@example.com> | Cleo P <12+cleo@users.noreply.github.com>, Cleo P <cleo@example.com>
Dan <dan@one.example>
Dan <dan@two.example>
Eve One <team@example.com>
Fay Two <team@example.com>
Gus Three <root@localhost>
Hal Four <root@localhost>
Ida Five <noreply@example.com>
Jo Six <noreply@example.com>
"""


def _person(text: str) -> Person:
    name, _, email = text.strip().partition(" <")
    return Person(name, email.removesuffix(">"))


def test_groups_of_spellings() -> None:
    """A personal address or a full name makes one actor; a shared account does not."""
    expected = [
        frozenset(_person(text) for text in line.replace(">, ", ">|").split("|"))
        for line in GROUPS.strip().splitlines()
    ]
    people = {person: 1 for group in expected for person in group}

    found = identities(people, is_human=lambda _: True)

    assert len(expected) > 8
    assert set(expected) == {frozenset(identity.people) for identity in found}


def test_evidence_for_each_fold() -> None:
    """An actor with several spellings says why they are one, a single one has nothing to say."""
    for identity in identities(
        {_person("Ada L <a.l@x>"): 1, _person("Ada L <ada@y>"): 2, _person("Bo <bo@z>"): 1},
        is_human=lambda _: True,
    ):
        assert bool(identity.evidence) == (len(identity.people) > 1)


def test_bots_are_one_by_name_only() -> None:
    """Two bots with one address stay two; one bot with two addresses is one."""
    people = [_person("a-bot <bot@x>"), _person("b-bot <bot@x>"), _person("b-bot <other@y>")]

    found = identities(dict.fromkeys(people, 1), is_human=lambda _: False)

    assert [("a-bot", 1), ("b-bot", 2)] == [(one.name, len(one.people)) for one in found]


def test_nobody_is_not_everybody() -> None:
    """Spellings without a name are never folded."""
    people = [Person("", ""), Person("", "x@y")]

    assert 2 == len(identities(dict.fromkeys(people, 1), is_human=lambda _: False))
