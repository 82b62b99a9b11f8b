"""What kind of actor somebody is, and the evidence for it.

An actor is known by name and e-mail together: several bots may commit with one
address. Nothing here ranks people; a class is evidence of how a change came
about.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Protocol

from driftline.errors import UsageError
from driftline.inventory.people.actor_rules import ASSISTANTS, RULES, SURNAMES
from driftline.inventory.people.identities import account, identities
from driftline.model.actor import ActorClass, ActorRule
from driftline.model.chronicle import ClassifiedActor
from driftline.model.look import Person

# Below this many subjects, a pattern in them is no evidence.
SUBJECTS_MIN = 20
SUBJECTS_SHARE_MIN = 0.95

_VARIABLE = re.compile(r"\S*\d\S*|`[^`]*`|\S*/\S*|\S+@\S+")


class OwnRule(Protocol):
    """A row that a user put before the table: globs, any case; an empty one fits everybody."""

    @property
    def class_(self) -> str:
        """The name of the class."""

    @property
    def name(self) -> str:
        """A glob for the name."""

    @property
    def email(self) -> str:
        """A glob for the e-mail."""


def identify(
    people: Iterable[Person],
    own: Sequence[OwnRule] = (),
    *,
    commits: Mapping[Person, int] | None = None,
    subjects: Mapping[Person, Sequence[str]] | None = None,
) -> dict[Person, ClassifiedActor]:
    """Each spelling with the one actor behind it: a name, a class, and the evidence for both.

    `commits` counts what each spelling did, so that the name most used is
    shown; `subjects` are those of each one's commits, as far as they were seen.
    """
    counted = {person: (commits or {}).get(person, 0) for person in people}
    seen = subjects or {}
    classes = {person: classify(person, (), seen.get(person, ()), own) for person in counted}
    found = {}
    for identity in identities(
        counted, is_human=lambda person: classes[person][0] is ActorClass.HUMAN
    ):
        actor_class, evidence = _of_all([classes[person] for person in identity.people])
        words = "; ".join(dict.fromkeys((evidence, *identity.evidence)))
        for person in identity.people:
            found[person] = ClassifiedActor(identity.name, actor_class.value, words)
    return found


def classify(
    person: Person,
    trailers: Sequence[Person] = (),
    subjects: Sequence[str] = (),
    own: Sequence[OwnRule] = (),
) -> tuple[ActorClass, str]:
    """The class of an actor and why, in words that complete "because".

    `trailers` are those of the actor's own commits; they never change a class,
    for an assistant does not turn a person into a bot. `subjects` are the
    subjects of the actor's commits as far as they were seen: a name that looks
    human but only ever writes one machine-made sentence is a bot. `own` rules
    come before the built-in ones; a class that does not exist is a UsageError.
    """
    for row in own:
        if _fits(row.name, person.name) and _fits(row.email, person.email):
            return _class_named(row.class_), "a rule of driftline.toml"
    if assistants(person, ()):
        return ActorClass.BOT, "an AI agent that commits under its own name"
    for rule in RULES:
        evidence = _matched(rule, person)
        if evidence and not (rule.actor_class is ActorClass.BOT and _is_surname(rule, person)):
            return rule.actor_class, evidence
    machine_made = _one_sentence(subjects)
    if machine_made:
        return ActorClass.BOT, machine_made
    helped = ", ".join(assistants(person, trailers))
    return ActorClass.HUMAN, "no mark of automation" + (f"; assisted by {helped}" if helped else "")


def assistants(person: Person, trailers: Iterable[Person]) -> tuple[str, ...]:
    """The AI assistants that an author or its trailers name, each once, sorted.

    >>> assistants(Person("Ada", "ada@example.com"), [Person("Claude", "noreply@anthropic.com")])
    ('Claude',)
    >>> assistants(Person("Claude Monet", "claude@example.com"), [])
    ()
    """
    found = set()
    for who in (person, *trailers):
        for label, name, email in _assistant_patterns():
            if name.search(who.name.strip()) or email.search(who.email):
                found.add(label)
    return tuple(sorted(found))


def is_assistant(person: Person) -> bool:
    """Whether this is an AI assistant, as a co-author or an author of its own."""
    return bool(assistants(person, ()))


def _of_all(classes: Sequence[tuple[ActorClass, str]]) -> tuple[ActorClass, str]:
    # One spelling that says it is a machine is better evidence than another
    # one that says nothing.
    marked = [one for one in classes if one[0] is not ActorClass.HUMAN]
    return (marked or classes)[0]


def _fits(glob: str, text: str) -> bool:
    return not glob or fnmatchcase(text.casefold(), glob.casefold())


def _class_named(name: str) -> ActorClass:
    try:
        return ActorClass(name)
    except ValueError as error:
        near = get_close_matches(name, list(ActorClass), n=1)
        raise UsageError(
            f"actor class {name!r} does not exist; "
            + (f"did you mean {str(near[0])!r}? " if near else "")
            + f"there are {', '.join(ActorClass)}"
        ) from error


def _matched(rule: ActorRule, person: Person) -> str:
    searched = {
        "name": person.name.strip(),
        "email": person.email,
        "account": account(person.email),
    }
    text = searched[rule.where]
    return f"{rule.why}: {text}" if _compiled(rule.pattern).search(text) else ""


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=1)
def _assistant_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((label, _compiled(name), _compiled(email)) for label, name, email in ASSISTANTS)


def _is_surname(rule: ActorRule, person: Person) -> bool:
    """Whether only a family name that ends in `bot` made the rule fit."""
    if rule.where != "name":
        return False
    word = person.name.strip().casefold()
    if not word.endswith("bot") or " " in word:
        return False
    return any(word.endswith(name) and len(word) - len(name) <= 2 for name in SURNAMES) or any(
        word.endswith(("." + name, "-" + name, "_" + name)) for name in SURNAMES
    )


def _one_sentence(subjects: Sequence[str]) -> str:
    """Evidence that all subjects are one sentence with other figures in it, else nothing."""
    if len(subjects) < SUBJECTS_MIN:
        return ""
    sentences = Counter(_VARIABLE.sub("*", subject.strip()) for subject in subjects)
    sentence, count = sentences.most_common(1)[0]
    if "*" not in sentence or len(sentence.split()) < 3:
        return ""
    if count < SUBJECTS_SHARE_MIN * len(subjects):
        return ""
    return f"{count} of {len(subjects)} subjects read {sentence!r}"
