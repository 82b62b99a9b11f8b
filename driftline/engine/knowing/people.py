"""Who everybody is: each spelling of a person or program, its actor, class and evidence.

A class may rest on everything that an actor ever wrote, so it is inferred from
the whole history at once and kept: every question then says the same of it.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from driftline.engine.knowing.fleet import SourceHistory
from driftline.engine.knowing.live_sources import CLUSTER
from driftline.engine.remembering import remember
from driftline.engine.settings import Settings
from driftline.history.protocol import Store
from driftline.inventory.people import actors
from driftline.inventory.rules import RULES_VERSION
from driftline.model.chronicle import ClassifiedActor
from driftline.model.look import Person

SUBJECTS_MAX = 400


class _Row(msgspec.Struct, frozen=True):
    person: Person
    actor: ClassifiedActor


def people_of(
    store: Store, histories: Sequence[SourceHistory], settings: Settings
) -> dict[Person, ClassifiedActor]:
    """The actor behind every author and approver of these sources."""
    # A deepened clone has the same tip and more past.
    tips = [
        (one.source.id, *((look.position, look.ref) for look in (one.looks[:1] + one.looks[-1:])))
        for one in histories
    ]
    said = msgspec.json.encode(settings.actors).decode()
    stamp = f"{RULES_VERSION} {tips} {said}"
    # Questions about running systems know more people than the others, and
    # neither shall make the other look them up again.
    name = "people" if all(one.source.kind != CLUSTER for one in histories) else "people who run"
    kept = store.derived(name, stamp)
    if kept is None:
        rows = [_Row(person, actor) for person, actor in _classified(store, histories, settings)]
        remember(store, name, stamp, msgspec.json.encode(rows))
    else:
        rows = msgspec.json.decode(kept, type=list[_Row])
    return {row.person: row.actor for row in rows}


def _classified(
    store: Store, histories: Sequence[SourceHistory], settings: Settings
) -> list[tuple[Person, ClassifiedActor]]:
    subjects: dict[Person, list[str]] = defaultdict(list)
    for history in histories:
        positions = [look.position for look in history.looks]
        for made in store.contributions(history.source.id, positions).values():
            for one in made:
                own = subjects[one.author]
                if len(own) < SUBJECTS_MAX:
                    own.append(one.subject)
        for look in history.looks:
            subjects.setdefault(look.by, [])
            if look.approver is not None:
                subjects.setdefault(look.approver, [])
    commits = {person: len(told) for person, told in subjects.items()}
    rules = settings.actors.rules
    return list(actors.identify(subjects, rules, commits=commits, subjects=subjects).items())
