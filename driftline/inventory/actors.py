"""What kind of actor somebody is, and the evidence for it.

An actor is known by name and e-mail together: several bots may commit with one
address. Nothing here ranks people; a class is evidence of how a change came
about.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from driftline.errors import UsageError
from driftline.inventory.actor_rules import ASSISTANTS, RULES, SURNAMES
from driftline.model.actor import ActorClass, ActorRule
from driftline.model.look import Person

_PLACES = ("name", "email", "account")

# Below this many subjects, a pattern in them is no evidence.
SUBJECTS_MIN = 20
SUBJECTS_SHARE_MIN = 0.95

_VARIABLE = re.compile(r"\S*\d\S*|`[^`]*`|\S*/\S*|\S+@\S+")


def classify(
    person: Person,
    trailers: Sequence[Person] = (),
    subjects: Sequence[str] = (),
    extra: Sequence[ActorRule] = (),
) -> tuple[ActorClass, str]:
    """The class of an actor and why, in words that complete "because".

    `trailers` are those of the actor's own commits; they never change a class,
    for an assistant does not turn a person into a bot. `subjects` are the
    subjects of the actor's commits as far as they were seen: a name that looks
    human but only ever writes one machine-made sentence is a bot. `extra` rules
    come before the built-in ones. Raises UsageError for a rule that is no rule.
    """
    for rule in extra:
        evidence = _matched(rule, person)
        if evidence:
            return rule.actor_class, evidence
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


def account(email: str) -> str:
    """An address before its `@`, without the number that a hosting site puts there.

    >>> account("49699333+dependabot[bot]@users.noreply.github.com")
    'dependabot[bot]'
    """
    local = email.partition("@")[0]
    number, plus, rest = local.partition("+")
    return rest if plus and number.isdigit() else local


def _matched(rule: ActorRule, person: Person) -> str:
    searched = {"name": person.name.strip(), "email": person.email, "account": ""}
    searched["account"] = account(person.email)
    if rule.where not in searched:
        raise UsageError(
            f"actor rule {rule.pattern!r}: where is {rule.where!r}; it must be one of"
            f" {', '.join(_PLACES)}"
        )
    text = searched[rule.where]
    found = _compiled(rule.pattern).search(text)
    return f"{rule.why}: {text}" if found else ""


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise UsageError(
            f"actor rule {pattern!r}: not a regular expression ({error}); mend it in driftline.toml"
        ) from error


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
